"""What people fill in at the door of a room, and the team on the console and on paper cards."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.actions.cards import REASON_LIMIT
from fabrique.stages.contribution.actions.hands import MOST_HANDS
from fabrique.stages.contribution.formats.card_files import BroughtFile
from fabrique.stages.contribution.formats.contract import Criterion
from fabrique.stages.contribution.models import CARD_TITLE_LIMIT, Card
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


class SearchForm(forms.Form):
    """What the console looks for among what was said."""

    chercher = forms.CharField(
        label=_("Chercher dans les contributions"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class SelectionForm(forms.Form):
    """What to do with the contributions that are ticked: a card, a place, or aside."""

    title = forms.CharField(
        label=_("Nom de la carte"),
        required=False,
        max_length=CARD_TITLE_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    card = forms.ChoiceField(label=_("Carte"), required=False)
    reason = forms.CharField(
        label=_("Pourquoi"),
        required=False,
        max_length=REASON_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "reasons"}),
    )

    def __init__(self, *args: object, cards: Iterable[Card] = (), **kwargs: object) -> None:
        kwargs["auto_id"] = "selection-%s"
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = self.fields["card"]
        assert isinstance(choices, forms.ChoiceField)
        choices.choices = [
            ("", _("Choisir une carte")),
            *((str(card.pk), f"{rank}. {card.title}") for rank, card in enumerate(cards, 1)),
        ]


class ReasonForm(forms.Form):
    """Why something is set aside; its author will read it."""

    reason = forms.CharField(
        label=_("Pourquoi"),
        help_text=_("Son auteur le lira sur sa page de suivi."),
        max_length=REASON_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "reasons"}),
        error_messages={"required": _("Dites pourquoi : son auteur pourra le lire.")},
    )


class OtherCardForm(forms.Form):
    """Another card of the same workshop: to join it, or to go before it."""

    card = forms.ChoiceField(label=_("Carte"))

    def __init__(self, *args: object, cards: Iterable[Card], name: str, **kwargs: object) -> None:
        kwargs["auto_id"] = f"{name}-%s"
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = self.fields["card"]
        assert isinstance(choices, forms.ChoiceField)
        choices.choices = [(str(card.pk), card.title) for card in cards]


class HandsForm(forms.Form):
    """How many hands were raised for each value of each criterion; empty says nothing."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        criteria: Iterable[Criterion],
        given: Mapping[tuple[str, int], int] | None = None,
    ) -> None:
        super().__init__(data, auto_id="hands-%s")
        self.asked = [
            (criterion, [(value, f"{criterion.key}-{value}") for value in criterion.scale])
            for criterion in criteria
        ]
        for criterion, values in self.asked:
            for value, name in values:
                self.fields[name] = forms.IntegerField(
                    label=str(criterion.scale[value]),
                    initial=(given or {}).get((criterion.key, value)),
                    min_value=0,
                    max_value=MOST_HANDS,
                    required=False,
                    error_messages={
                        "invalid": _("Écrivez un nombre entier de mains, par exemple 7."),
                        "min_value": _("Un nombre de mains ne peut pas être négatif."),
                        "max_value": _("Au plus %(limit_value)d mains par réponse."),
                    },
                )

    @property
    def groups(self) -> list[tuple[Criterion, list[forms.BoundField]]]:
        """Each criterion with its fields, in the order of its scale."""
        return [
            (criterion, [self[name] for _value, name in values]) for criterion, values in self.asked
        ]

    @property
    def counts(self) -> dict[tuple[str, int], int | None]:
        return {
            (criterion.key, value): self.cleaned_data[name]
            for criterion, values in self.asked
            for value, name in values
        }


class CardFilesForm(forms.Form):
    """The files a workshop may be brought, one at least."""

    def __init__(self, *args: object, brought: Iterable[BroughtFile], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for one in brought:
            self.fields[one.key] = forms.FileField(
                label=str(one.label),
                help_text=str(one.hint),
                required=False,
                allow_empty_file=True,
                widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods,.json"}),
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not any(self.cleaned_data.values()):
            raise forms.ValidationError(_("Choisissez au moins un fichier."))
        return cleaned


class PaperCardForm(forms.Form):
    """What is on a paper card beside its text: its code, and who signed it if anyone did."""

    paper_code = forms.CharField(
        label=_("Code de la carte"),
        required=False,
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    author_label = forms.CharField(
        label=_("Signée par (si elle l'est)"),
        required=False,
        max_length=LABEL_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
