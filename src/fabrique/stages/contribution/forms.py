"""What people fill in at the door of a room."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.stages.seminar.actions.rooms import LABEL_LIMIT
from fabrique.stages.seminar.enums import Identity
from fabrique.stages.seminar.models import Room
from fabrique.stages.seminar.queries import members_to_pick


class CodeForm(forms.Form):
    """The code read on the wall, however it is typed."""

    code = forms.CharField(
        label=_("Code de la salle"),
        help_text=_("Six lettres et chiffres, affichés au mur et sur les affiches."),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "inputmode": "text",
            }
        ),
        error_messages={"required": _("Écrivez le code affiché au mur.")},
    )


class JoinForm(forms.Form):
    """Who one is in this room: a name of the list, a pseudonym, or nothing at all."""

    member = forms.ChoiceField(label=_("Votre nom"), required=False, widget=forms.RadioSelect)
    label = forms.CharField(
        required=False,
        max_length=LABEL_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "max_length": _("Ce nom est trop long : %(limit_value)d caractères au plus.")
        },
    )

    def __init__(self, *args: object, room: Room, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.room = room
        if room.identity == Identity.ANONYMOUS:
            del self.fields["member"], self.fields["label"]
        elif room.identity == Identity.PSEUDONYM:
            del self.fields["member"]
            self.fields["label"].label = _("Votre pseudonyme")
            self.fields["label"].help_text = _(
                "Un mot à vous, qui ne dit pas votre nom. Il sera affiché à côté de vos idées."
            )
        else:
            self._offer_names()

    def _offer_names(self) -> None:
        member = self.fields["member"]
        assert isinstance(member, forms.ChoiceField)
        member.choices = [
            (str(choice.member.pk), self._offered(choice.member.name, choice.is_taken))
            for choice in members_to_pick(self.room)
        ]
        self.fields["label"].label = _("Je ne suis pas dans la liste")
        self.fields["label"].help_text = _("Écrivez votre nom ou votre fonction.")
        if not member.choices:
            del self.fields["member"]
            self.fields["label"].label = _("Votre nom ou votre fonction")
            self.fields["label"].help_text = ""

    def _offered(self, name: str, is_taken: bool) -> str:
        return str(_("%(name)s (déjà dans la salle)") % {"name": name}) if is_taken else name

    @property
    def member_id(self) -> UUID | None:
        """The name picked, unless another one was written."""
        picked = self.cleaned_data.get("member")
        return UUID(picked) if picked and not self.written else None

    @property
    def written(self) -> str:
        return str(self.cleaned_data.get("label", "")).strip()
