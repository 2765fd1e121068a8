"""How a programme presents itself, once it is open: its title, its question, its partners."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.models import Partner, Programme


@dataclass(frozen=True, kw_only=True)
class PartnerEntry:
    name: str
    role: str = ""


@transaction.atomic
def reword_programme(programme: Programme, *, title: str, question: str, actor: str) -> Programme:
    """Say it otherwise. Its address stays, and so does all that was written with the former words:
    frozen documents, criteria, run sheets already laid out.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    before = {"title": programme.title, "question": programme.question}
    after = {"title": title.strip(), "question": question.strip()}
    if before != after:
        programme.title, programme.question = after["title"], after["question"]
        programme.save(update_fields=["title", "question"])
        detail = {"before": before, "after": after}
        record(programme, verb="reword-programme", actor=actor, detail=detail)
    return programme


def put_partners(programme: Programme, entries: Sequence[PartnerEntry]) -> None:
    """These partners and no other, in this order."""
    programme.partners.all().delete()
    Partner.objects.bulk_create(
        Partner(programme=programme, name=entry.name.strip(), role=entry.role, position=position)
        for position, entry in enumerate(entries)
    )


@transaction.atomic
def change_partners(programme: Programme, entries: Sequence[PartnerEntry], *, actor: str) -> None:
    """Add, correct, sort and remove all at once; the former list stays in the audit line."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    before = [PartnerEntry(name=one.name, role=one.role) for one in programme.partners.all()]
    if before == list(entries):
        return
    put_partners(programme, entries)
    detail = {"before": [asdict(one) for one in before], "after": [asdict(one) for one in entries]}
    record(programme, verb="change-partners", actor=actor, detail=detail)
