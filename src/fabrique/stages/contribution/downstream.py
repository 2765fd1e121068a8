"""What later stages add to the page of someone's words, without this stage knowing them.

A later stage registers, when its application starts, a question answered for many contributions
at once: where each one is cited.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from fabrique.stages.contribution.models import Contribution


@dataclass(frozen=True, kw_only=True)
class CitedIn:
    """A document that rests on a contribution, and where to read it."""

    title: str
    href: str


Citations = Callable[[Iterable[Contribution]], Mapping[UUID, list[CitedIn]]]
_questions: list[Citations] = []


def register_citations(question: Citations) -> None:
    if question not in _questions:
        _questions.append(question)


def cited_in(contributions: Iterable[Contribution]) -> dict[UUID, list[CitedIn]]:
    """Where each contribution is cited, by its identifier."""
    wanted = list(contributions)
    found: dict[UUID, list[CitedIn]] = {one.pk: [] for one in wanted}
    for question in _questions:
        for identifier, documents in question(wanted).items():
            found.setdefault(identifier, []).extend(documents)
    return found
