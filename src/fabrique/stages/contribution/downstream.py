"""What later stages add to the page of someone's words, without this stage knowing them.

A later stage registers, when its application starts, one question: where what a participant said
is cited, and which documents they may read. It may also ask to be told when something that could
be read no longer may.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from fabrique.stages.contribution.queries import FateOf
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


@dataclass(frozen=True, kw_only=True)
class Followed:
    """Where each contribution is cited, by its identifier; what there is to read and take away,
    in the order it was written."""

    citations: Mapping[UUID, Sequence[CitedIn]] = field(default_factory=dict)
    documents: Sequence[Handed] = ()


Question = Callable[[Participant, Mapping[UUID, FateOf]], Followed]
Hiding = Callable[[UUID], None]
_questions: list[Question] = []
_hidings: list[Hiding] = []


def register(question: Question) -> None:
    if question not in _questions:
        _questions.append(question)


def register_hiding(deed: Hiding) -> None:
    """To be done, for a programme, once something was withdrawn or made private in it."""
    if deed not in _hidings:
        _hidings.append(deed)


def tell_hidden(programme_id: UUID) -> None:
    for deed in _hidings:
        deed(programme_id)


def followed(participant: Participant, became: Mapping[UUID, FateOf]) -> Followed:
    """What later stages made of what someone said, whose fates are known."""
    answers = [question(participant, became) for question in _questions]
    return Followed(
        citations={
            key: [place for answer in answers for place in answer.citations.get(key, ())]
            for key in became
        },
        documents=[document for answer in answers for document in answer.documents],
    )
