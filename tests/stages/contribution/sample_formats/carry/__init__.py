"""Takes over what was said in ``talk``; what one says is about a card."""

from uuid import UUID

from django import forms

from fabrique.stages.contribution.formats.contract import CardForm, ContributionForm, Format


class CarryCardForm(CardForm):
    where = forms.CharField(label="Où", required=False)


class CarryForm(ContributionForm):
    about = forms.CharField(required=False)


class Carry(Format):
    key = "carry"
    title = "Porter"
    explanation = "Le groupe reprend ce qu'un autre séminaire a retenu. Il y ajoute un lieu."
    letter = "C"
    takes_over = ("talk",)

    def card_form(self, workshop, data=None, **kwargs):
        return CarryCardForm(data, workshop=workshop, **kwargs)

    def contribution_form(self, workshop, data=None, **kwargs):
        return CarryForm(data, workshop=workshop, **kwargs)

    def subject_of(self, workshop, payload):
        return UUID(payload["about"]) if payload.get("about") else None

    def details(self, payload):
        return [("Où", payload["where"])] if payload.get("where") else []


FORMAT = Carry()
