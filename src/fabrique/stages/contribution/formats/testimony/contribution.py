"""What a listener keeps of a testimony, and the card of a testimony: who came to tell it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats.choices import CardSpokenOf, choices_of
from fabrique.stages.contribution.formats.contract import CardForm, ContributionForm, Text
from fabrique.stages.contribution.formats.rows import kept_cards
from fabrique.stages.contribution.formats.testimony.kinds import BLOCKED, KINDS


class ListenerForm(ContributionForm):
    def __init__(self, *args: Any, blocks: Sequence[Text], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if heard := list(kept_cards(self.workshop)):
            self.fields["testimony"] = CardSpokenOf(
                heard,
                label=_("De quel témoignage parlez-vous ?"),
                error_messages={
                    "required": _("Choisissez le témoignage dont vous parlez."),
                    "invalid_choice": _(
                        "Ce témoignage n'est plus proposé : choisissez-en un autre."
                    ),
                },
            )
        self.fields["kind"] = forms.ChoiceField(
            label=_("Ce que vous en retenez"),
            choices=list(KINDS.items()),
            widget=forms.RadioSelect,
            error_messages=dict.fromkeys(
                ("required", "invalid_choice"),
                _("Dites ce que vous en retenez : une des quatre lignes."),
            ),
        )
        self.fields["text"].label = _("Avec vos mots")
        self.fields["text"].widget.attrs["rows"] = 3
        self.fields["block"] = forms.ChoiceField(
            label=_("Si cela a bloqué : de quel ordre ?"),
            choices=choices_of(blocks, empty=_("Sans précision")),
            required=False,
        )
        self.order_fields(["testimony", "kind", "text", "block"])

    @property
    def payload(self) -> dict[str, Any]:
        """An order of blocking only means something of what blocked."""
        payload = super().payload
        if payload.get("kind") != BLOCKED:
            payload.pop("block", None)
        return payload


class TestimonyForm(CardForm):
    def __init__(self, *args: Any, guests: Sequence[Text], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label = _("Témoignage")
        self.fields["title"].help_text = _("En quelques mots : « La légumerie de la régie »")
        self.fields["text"].label = _("Le récit en bref")
        self.fields["guest"] = forms.CharField(
            label=_("Qui témoigne"),
            help_text=_("La fonction et l'organisme, sans nom de personne."),
            required=False,
            max_length=160,
            strip=True,
        )
        self.fields["kind"] = forms.ChoiceField(
            label=_("Type d'organisme"),
            choices=choices_of(guests, empty=_("Sans précision")),
            required=False,
        )
        self.order_fields(["title", "guest", "kind", "text"])
