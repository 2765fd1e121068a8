"""What blocks a scheme, as said; and the scheme itself, as the group describes and decides it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats.choices import CardSpokenOf, choices_of
from fabrique.stages.contribution.formats.contract import CardForm, ContributionForm, Text
from fabrique.stages.contribution.formats.rows import kept_cards, said_in_cards
from fabrique.stages.contribution.models import Card, Contribution

Lists = Mapping[str, Sequence[Text]]


class BlockForm(ContributionForm):
    """One thing that blocks a scheme, of which order, and whether only the State can lift it."""

    def __init__(self, *args: Any, lists: Lists, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if schemes := list(kept_cards(self.workshop)):
            self.fields["scheme"] = CardSpokenOf(
                schemes,
                label=_("De quel dispositif parlez-vous ?"),
                error_messages={
                    "required": _("Choisissez le dispositif dont vous parlez."),
                    "invalid_choice": _(
                        "Ce dispositif n'est plus sur l'établi : choisissez-en un autre."
                    ),
                },
            )
        self.fields["text"].label = _("Qu'est-ce qui bloque ?")
        self.fields["text"].widget.attrs["rows"] = 3
        self.fields["kind"] = forms.ChoiceField(
            label=_("De quel ordre est ce blocage ?"),
            choices=choices_of(lists["kinds"], empty=_("Je ne sais pas")),
            required=False,
        )
        self.fields["state_only"] = forms.BooleanField(
            label=_("Seul l'État peut lever ce blocage"), required=False
        )
        self.order_fields(["scheme", "text", "kind", "state_only"])

    @property
    def payload(self) -> dict[str, Any]:
        """A box left empty says nothing."""
        return {name: value for name, value in super().payload.items() if value is not False}


class SchemeForm(CardForm):
    """A scheme on the bench: what it is, what blocks it, its variants, what the group decides."""

    def __init__(self, *args: Any, lists: Lists, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label = _("Dispositif")
        self.fields["text"].label = _("En bref")
        self.fields |= {
            "aim": _words(_("À quoi il sert")),
            "public": _words(_("Pour qui")),
            "means": _words(_("Avec quels moyens")),
            "gains": _words(_("Qui y gagne, et quoi")),
            "blocks": forms.MultipleChoiceField(
                label=_("Ce qui bloque"),
                choices=choices_of(lists["kinds"]),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            ),
            "variants": _words(_("Variantes à essayer"), _("Une par ligne.")),
            "decision": forms.ChoiceField(
                label=_("Décision du groupe"),
                choices=choices_of(lists["decisions"], empty=_("Pas encore décidé")),
                required=False,
            ),
            "state_blocks": _words(
                _("Ce que seul l'État peut lever"),
                _(
                    "Un blocage par ligne : chaque ligne pourra devenir un levier national, "
                    "une fois la carte versée."
                ),
            ),
        }
        if self.card is not None:
            self._begin_with_what_was_said(self.card)

    def _begin_with_what_was_said(self, card: Card) -> None:
        """What the room said of the scheme fills what the group has not written yet."""
        if self.is_bound or (self.initial.get("blocks") and self.initial.get("state_blocks")):
            return
        heard = most_said(said_in_cards(self.workshop).get(card.pk, []))
        offered = {str(value) for value, _words in self.fields["blocks"].choices}  # type: ignore[attr-defined]
        heard["blocks"] = [kind for kind in heard.get("blocks", []) if kind in offered]
        for name, value in heard.items():
            if value and not self.initial.get(name):
                self.initial[name] = value


def most_said(contributions: Sequence[Contribution]) -> dict[str, Any]:
    """The kinds of block said of a scheme, and what only the State can lift, a line each."""
    payloads = [one.payload for one in contributions]
    kinds = list(dict.fromkeys(one["kind"] for one in payloads if one.get("kind")))
    state = [
        " ".join(one.text.split())
        for one in contributions
        if one.payload.get("state_only") and one.text
    ]
    found = {"blocks": kinds, "state_blocks": "\n".join(state)}
    return {name: value for name, value in found.items() if value}


def _words(label: Text, hint: Text = "") -> forms.CharField:
    return forms.CharField(
        label=str(label),
        help_text=str(hint),
        required=False,
        max_length=1_000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2, "data-autogrow": ""}),
        error_messages={
            "max_length": _(
                "Ce texte compte %(show_value)d caractères : ramenez-le à %(limit_value)d au plus."
            )
        },
    )
