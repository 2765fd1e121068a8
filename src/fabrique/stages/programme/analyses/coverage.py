"""A working group beside what its programme wants of it: rows → method → gaps, and whom to add.

Writes nothing and says nothing in French: ``wording.group`` does. A category nobody's place in is
known of (gender, when nobody gave theirs) has no target here: there is nothing to measure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fabrique.kit.sheets import plain_name
from fabrique.methods.coverage import (
    Category,
    Coverage,
    CoverageRequest,
    Part,
    Person,
    Proof,
    Relaxation,
    Standing,
    ValueCoverage,
    ValueTarget,
    assess_coverage,
)
from fabrique.stages.programme.blueprint import GROUP_VALUES, GroupPlan, GroupTarget
from fabrique.stages.programme.enums import IN_GROUP, MemberStatus
from fabrique.stages.programme.models import GroupMember

#: The largest group the method takes.
LARGEST = 1_000
CATEGORIES: Mapping[str, str] = {
    "function": "function_kind",
    "institution": "institution_kind",
    "sector": "sector",
    "gender": "gender",
}


@dataclass(frozen=True)
class Row:
    """One kind of people: how many there are, what is wanted, how far from it."""

    category: str
    value: str
    label: str
    found: ValueCoverage
    target: GroupTarget | None

    @property
    def have(self) -> int:
        return self.found.have

    @property
    def is_met(self) -> bool:
        return not (self.found.gap or self.found.excess)


@dataclass(frozen=True)
class CategoryTable:
    """The kinds of one category; ``unknown`` people are counted in none."""

    category: str
    rows: tuple[Row, ...]
    unknown: int
    is_known: bool


@dataclass(frozen=True)
class GroupCoverage:
    """Where a group stands; ``labels`` names each sector as people wrote it."""

    plan: GroupPlan
    members: tuple[GroupMember, ...]
    candidates: tuple[GroupMember, ...]
    result: Coverage
    labels: Mapping[str, str]

    @property
    def size(self) -> int:
        return self.result.present.size

    @property
    def standing(self) -> Standing:
        return self.result.present

    @property
    def has_targets(self) -> bool:
        return bool(self.plan.targets)

    @cached_property
    def tables(self) -> list[CategoryTable]:
        return [self._table(category) for category in CATEGORIES]

    def rows_of(self, standing: Standing) -> list[Row]:
        """Every kind that is wanted or present, in the order of the categories."""
        targets: dict[tuple[str, str], GroupTarget] = {
            (target.category, self._key(target)): target for target in self.plan.targets
        }
        return [
            Row(
                category=found.category,
                value=found.value,
                label=self.label_of(found.category, found.value),
                found=found,
                target=targets.get((found.category, found.value))
                or (targets.get((found.category, "")) if found.minimum else None),
            )
            for found in standing.values
        ]

    def label_of(self, category: str, value: str) -> str:
        kinds = GROUP_VALUES.get(category)
        return str(kinds(value).label) if kinds else self.labels[value]

    def _key(self, target: GroupTarget) -> str:
        return plain_name(target.value) if target.category == "sector" else target.value

    def _table(self, category: str) -> CategoryTable:
        rows = [
            row
            for row in self.rows_of(self.standing)
            if row.category == category and (row.have or row.target)
        ]
        unknown = sum(not getattr(one, CATEGORIES[category]) for one in self.members)
        return CategoryTable(category, tuple(rows), unknown, _is_known(category, self.members))


@dataclass(frozen=True)
class Proposal:
    """Whom to add, and the one-for-one change that helps most: a person decides."""

    coverage: GroupCoverage
    added: tuple[GroupMember, ...]
    after: Standing
    is_proved: bool
    relaxations: tuple[Relaxation, ...]
    leaves: GroupMember | None = None
    comes: GroupMember | None = None
    after_swap: Standing | None = None

    @property
    def unmet(self) -> list[Row]:
        return [row for row in self.coverage.rows_of(self.after) if not row.is_met]


def coverage_of(roster: Sequence[GroupMember], plan: GroupPlan) -> GroupCoverage:
    """The group beside its targets; candidates only say which sectors there could be."""
    return _covered(*_split(roster), plan, wanted=())


def coverage_of_those(people: Sequence[GroupMember], plan: GroupPlan) -> GroupCoverage:
    """Some people beside the targets of a group, whatever their place in it: those who came."""
    return _covered(people, (), plan, wanted=())


def proposal_of(roster: Sequence[GroupMember], plan: GroupPlan) -> Proposal:
    """Whom to invite among the candidates. A group at its largest size has no room left."""
    covered = _covered(*_split(roster), plan, wanted=(Part.ADDITIONS, Part.SWAP))
    people = {str(one.pk): one for one in (*covered.members, *covered.candidates)}
    additions, swap = covered.result.additions, covered.result.swap
    assert additions is not None
    assert swap is not None
    is_swap = bool(swap.removed and swap.added)
    return Proposal(
        coverage=covered,
        added=tuple(people[one] for one in additions.added),
        after=additions.after,
        is_proved=additions.status == Proof.OPTIMAL,
        relaxations=additions.relaxations,
        leaves=people[str(swap.removed)] if is_swap else None,
        comes=people[str(swap.added)] if is_swap else None,
        after_swap=swap.after if is_swap else None,
    )


def _split(
    roster: Sequence[GroupMember],
) -> tuple[tuple[GroupMember, ...], tuple[GroupMember, ...]]:
    """The members and the candidates, in an order that does not depend on the database."""
    ordered = sorted(roster, key=lambda one: (plain_name(one.name), str(one.pk)))
    return (
        tuple(one for one in ordered if one.status in IN_GROUP),
        tuple(one for one in ordered if one.status == MemberStatus.CANDIDATE),
    )


def _covered(
    members: Sequence[GroupMember],
    candidates: Sequence[GroupMember],
    plan: GroupPlan,
    *,
    wanted: tuple[Part, ...],
) -> GroupCoverage:
    labels = sector_labels(plan, (*members, *candidates))
    request = CoverageRequest(
        members=tuple(_person(one) for one in members),
        candidates=tuple(_person(one) for one in candidates),
        categories=tuple(_category(name, plan, members, labels) for name in CATEGORIES),
        minimum_size=min(plan.min, LARGEST),
        maximum_size=min(plan.max, LARGEST),
        wanted=wanted,
    )
    return GroupCoverage(plan, tuple(members), tuple(candidates), assess_coverage(request), labels)


def _person(member: GroupMember) -> Person:
    said = {name: getattr(member, field) for name, field in CATEGORIES.items()}
    said["sector"] = plain_name(said["sector"])
    return Person(
        person=str(member.pk),
        attributes={name: value for name, value in said.items() if value},
        replaceable=not member.is_referent,
    )


def sector_labels(plan: GroupPlan, people: Sequence[GroupMember]) -> dict[str, str]:
    """Each sector once, as it is first written: by the programme, then by its people."""
    wanted = [target.value for target in plan.targets if target.category == "sector"]
    labels: dict[str, str] = {}
    for name in (*plan.sectors, *wanted, *sorted(one.sector for one in people)):
        if plain := plain_name(name):
            labels.setdefault(plain, name)
    return labels


def _is_known(category: str, members: Sequence[GroupMember]) -> bool:
    """Whether anybody's place in it is; an empty group has everything to find."""
    return not members or any(getattr(one, CATEGORIES[category]) for one in members)


def _category(
    name: str,
    plan: GroupPlan,
    members: Sequence[GroupMember],
    labels: Mapping[str, str],
) -> Category:
    kinds = GROUP_VALUES.get(name)
    values = kinds.values if kinds else list(labels)
    is_known = _is_known(name, members)
    targets = [target for target in plan.targets if target.category == name and is_known]
    by_value = {plain_name(t.value) if name == "sector" else t.value: t for t in targets}
    each = by_value.pop("", None)
    expected = {plain_name(sector) for sector in plan.sectors} or set(labels)
    return Category(
        category=name,
        values=tuple(
            _target(
                value,
                by_value.get(value),
                each.min if each and (name != "sector" or value in expected) else 0,
            )
            for value in values
        ),
    )


def _target(value: str, target: GroupTarget | None, least: int) -> ValueTarget:
    if target is None:
        return ValueTarget(value=value, minimum=least)
    return ValueTarget(
        value=value,
        minimum=min(max(target.min, least), LARGEST if target.max is None else target.max),
        maximum=target.max,
        minimum_share=target.min_share / 100,
        maximum_share=target.max_share / 100,
    )
