"""What later stages add to the page of someone's words, without this stage knowing them.

A later stage registers, when its application starts, a question answered for many contributions
at once: where each one is cited. It may also say which documents a participant may read, and ask
to be told when something that could be read no longer may.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fabrique.stages.contribution.models import Contribution
from fabrique.stages.seminar.models import Participant


@dataclass(frozen=True, kw_only=True)
class CitedIn:
    """A document that rests on a contribution, and where to read it."""

    title: str
    href: str


@dataclass(frozen=True, kw_only=True)
class Handed:
    """A document handed to a participant; ``files`` are pairs (label, address)."""

    title: str
    href: str
    files: Sequence[tuple[str, str]] = ()


Citations = Callable[[Iterable[Contribution]], Mapping[UUID, list[CitedIn]]]
Documents = Callable[[Participant], list[Handed]]
Hiding = Callable[[UUID], None]
_questions: list[Citations] = []
_documents: list[Documents] = []
_hidings: list[Hiding] = []


def register_citations(question: Citations) -> None:
    if question not in _questions:
        _questions.append(question)


def register_documents(question: Documents) -> None:
    if question not in _documents:
        _documents.append(question)


def register_hiding(deed: Hiding) -> None:
    """To be done, for a programme, once something was withdrawn or made private in it."""
    if deed not in _hidings:
        _hidings.append(deed)


def tell_hidden(programme_id: UUID) -> None:
    for deed in _hidings:
        deed(programme_id)


def documents_handed_to(participant: Participant) -> list[Handed]:
    """What there is to read and take away for someone, in the order it was written."""
    return [document for question in _documents for document in question(participant)]


def cited_in(contributions: Iterable[Contribution]) -> dict[UUID, list[CitedIn]]:
    """Where each contribution is cited, by its identifier."""
    wanted = list(contributions)
    found: dict[UUID, list[CitedIn]] = {one.pk: [] for one in wanted}
    for question in _questions:
        for identifier, documents in question(wanted).items():
            found.setdefault(identifier, []).extend(documents)
    return found
