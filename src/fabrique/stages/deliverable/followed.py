"""What the page of someone's words says of notes: where they are cited, what there is to read."""

import re
from collections.abc import Iterator, Mapping
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from fabrique.document.tree import Block, Document, Item
from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.downstream import CitedIn, Followed, Handed
from fabrique.stages.contribution.queries import FateOf
from fabrique.stages.deliverable.addresses import Addresses
from fabrique.stages.deliverable.analyses.served import served
from fabrique.stages.deliverable.enums import ExportFormat
from fabrique.stages.deliverable.models import Version
from fabrique.stages.deliverable.passages import citations_of, words_of
from fabrique.stages.deliverable.queries import last_versions_visible_to
from fabrique.stages.seminar.models import Participant

WORDS_SHOWN = 90


def notes_following(participant: Participant, became: Mapping[UUID, FateOf]) -> Followed:
    """Where frozen notes rest on what someone said, by itself or by the cards it went through;
    the notes of their group, and their files."""
    versions = last_versions_visible_to(Viewer(participant_id=participant.pk))
    addresses = Addresses(participant.link_key)
    cited = [place for version in versions for place in _passages_citing(version, addresses)]
    return Followed(
        citations={
            key: [place for place, on in cited if not _refs_of(key, fate).isdisjoint(on)]
            for key, fate in became.items()
        },
        documents=[_handed(version, addresses) for version in versions],
    )


def _refs_of(key: UUID, fate: FateOf) -> set[str]:
    return {f"contribution:{key}", *(f"card:{card.pk}" for card in fate.cards)}


def _handed(version: Version, addresses: Addresses) -> Handed:
    return Handed(
        title=_title(version),
        href=addresses.version(version),
        files=[
            (ExportFormat(export.format).label, addresses.export(version, export.format))
            for export in version.exports.all()
        ],
    )


def _passages_citing(version: Version, addresses: Addresses) -> Iterator[tuple[CitedIn, set[str]]]:
    for section, words, refs in _passages(served(version).document):
        title = _("« %(words)s », %(note)s") % {
            "words": Truncator(_within_quotes(words)).chars(WORDS_SHOWN),
            "note": _title(version),
        }
        yield CitedIn(title=title, href=addresses.section(version, section)), refs


def _passages(document: Document) -> Iterator[tuple[str, str, set[str]]]:
    for section in document.sections:
        for block in section.blocks:
            for part in getattr(block, "items", None) or [block]:
                refs = _refs(part if isinstance(part, Item) else block)
                if refs:
                    yield section.key, _words(part), refs


def _within_quotes(words: str) -> str:
    """Words that will be put between « and »: a whole quotation loses its own, others change."""
    whole = re.fullmatch(r"«\s*([^«»]*?)\s*»", words)
    return whole[1] if whole else re.sub(r"«\s*([^«»]*?)\s*»", r"“\1”", words)


def _refs(part: Block | Item) -> set[str]:
    if isinstance(part, Item):
        return {citation.ref for citation in part.citations}
    return {citation.ref for citation in citations_of(part)}


def _words(part: object) -> str:
    if isinstance(part, Item):
        return part.text
    words = words_of(part)  # type: ignore[arg-type]
    return words.text if words else str(getattr(part, "title", "") or getattr(part, "caption", ""))


def _title(version: Version) -> str:
    return _("%(title)s, version %(number)d") % {
        "title": version.deliverable.title,
        "number": version.number,
    }
