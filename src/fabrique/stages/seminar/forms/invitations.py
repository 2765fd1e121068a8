"""What one answers to an invitation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.stages.seminar.enums import Coming
from fabrique.stages.seminar.models import Reply

_TOO_LONG = _("C'est trop long : %(limit_value)d caractères au plus.")


class ReplyForm(forms.Form):
    """One choice of three; who comes instead, only with the third."""

    coming = forms.ChoiceField(
        label=_("Votre réponse"),
        choices=Coming,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez l'une des trois réponses."),
            "invalid_choice": _("Choisissez l'une des trois réponses."),
        },
    )
    substitute = forms.CharField(
        label=_("Qui viendra"),
        max_length=160,
        required=False,
        help_text=_("Si quelqu'un vient à votre place : son nom."),
        error_messages={"max_length": _TOO_LONG},
    )
    substitute_role = forms.CharField(
        label=_("Sa fonction"),
        max_length=160,
        required=False,
        error_messages={"max_length": _TOO_LONG},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_replaced = cleaned.get("coming") == Coming.REPLACED
        if is_replaced and not cleaned.get("substitute", "").strip():
            self.add_error(
                "substitute",
                _("Indiquez qui viendra à votre place, ou choisissez une autre réponse."),
            )
        return cleaned

    @classmethod
    def initial_of(cls, reply: Reply | None) -> dict[str, Any]:
        """What was answered, whatever the date: it is often the same."""
        if reply is None:
            return {}
        return {
            "coming": reply.coming,
            "substitute": reply.substitute,
            "substitute_role": reply.substitute_role,
        }


class NotedReplyForm(ReplyForm):
    """The same, noted by the team for someone who telephoned."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coming"].label = _("Sa réponse")
        self.fields["coming"].choices = [  # type: ignore[attr-defined]
            (Coming.YES, _("Viendra")),
            (Coming.NO, _("Ne viendra pas")),
            (Coming.REPLACED, _("Quelqu'un viendra à sa place")),
        ]
        self.fields["substitute"].help_text = _("Si quelqu'un vient à sa place : son nom.")
