"""Who is expected at a meeting, and how much it needs them: what roles say, then what was said.

Polls, invitations, reminders and the calendar all ask here:

    expected_at(meetings) -> {meeting.pk: [Expectation, …]}

in four queries for any number of meetings of one programme. ``reached(expectations)`` keeps the
contacts of those who are expected. Contacts are made by ``actions.contacts.make_contacts``: call
it in your verb first, and every ``Expectation.contact`` is there.

| role | at a territory's meetings | at the national scale |
|---|---|---|
| project director | theirs: indispensable, facilitates | indispensable, facilitates |
| programme officer | indispensable, facilitates | indispensable, facilitates |
| referent (team or group) | theirs: indispensable | expected |
| national pilot | not expected | indispensable |
| member of a group | theirs: expected, save on immersion day | expected at seminars |

Directors and officers without a territory of their own answer for all. Someone who is there under
several roles is one person, by their address: the strongest need holds.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from fabrique.kit.sheets import plain_name
from fabrique.stages.programme.enums import FunctionKind, MeetingKind, Need, TeamRole
from fabrique.stages.programme.models import (
    Contact,
    Expected,
    GroupMember,
    Meeting,
    Site,
    TeamMember,
)
from fabrique.stages.programme.queries.announced import in_place
from fabrique.stages.programme.queries.group import in_a_group

Person = GroupMember | TeamMember
FACILITATORS = (TeamRole.DIRECTOR, TeamRole.OFFICER)
_STRENGTH = {Need.NONE: 0, Need.PREFERRED: 1, Need.MANDATORY: 2}
_TEAM_ORDER = {role: rank for rank, role in enumerate(TeamRole.values)}


@dataclass(frozen=True)
class Expectation:
    """One person at one meeting; ``by_default`` is what their roles say.

    ``contact`` is None until ``make_contacts`` ran. Of someone who has several roles, ``person``
    is the row that comes first: the team's, then the groups'.
    """

    person: Person
    contact: Contact | None
    need: Need
    by_default: Need
    facilitates: bool

    @property
    def name(self) -> str:
        return name_of(self.person)

    @property
    def email(self) -> str:
        return email_of(self.person)

    @property
    def is_elected(self) -> bool:
        return is_elected(self.person)

    @property
    def is_expected(self) -> bool:
        return self.need != Need.NONE


@dataclass(frozen=True)
class _Someone:
    """One human being: every row of the programme that has their address."""

    rows: tuple[Person, ...]

    @property
    def contacts(self) -> list[Contact]:
        return [found for row in self.rows if (found := contact_if_any(row)) is not None]


def expected_at(
    meetings: Iterable[Meeting], *, with_others: bool = False
) -> dict[UUID, list[Expectation]]:
    """Those expected at each meeting, the indispensable first, then by name.

    The meetings are of one programme. ``with_others`` adds those who could be and are not, with
    ``Need.NONE``: members of the territory, and the whole team.
    """
    asked = list(meetings)
    if not asked:
        return {}
    people = _people_of(asked[0].programme_id)
    said = _said_of(asked)
    found = {}
    for meeting in asked:
        all_of_them = [_expectation(someone, meeting, said[meeting.pk]) for someone in people]
        kept = [
            one
            for one in all_of_them
            if one.is_expected or (with_others and _could_come(one.person, meeting))
        ]
        found[meeting.pk] = sorted(
            kept, key=lambda one: (-_STRENGTH[one.need], plain_name(one.name))
        )
    return found


def _place(one: Expectation) -> tuple[int, str]:
    return -_STRENGTH[one.need], plain_name(one.name)


def reached(expectations: Iterable[Expectation]) -> list[Contact]:
    """The contacts of those who are expected."""
    return [one.contact for one in expectations if one.is_expected and one.contact is not None]


def people_of_the_calendar(programme_id: UUID) -> list[Person]:
    """Everyone dates may depend on, each once, the team first."""
    return [someone.rows[0] for someone in _people_of(programme_id)]


def name_of(person: Person) -> str:
    return str(person) if isinstance(person, GroupMember) else str(person.user)


def email_of(person: Person) -> str:
    return person.email if isinstance(person, GroupMember) else person.user.email


def is_elected(person: Person) -> bool:
    return isinstance(person, GroupMember) and person.function_kind == FunctionKind.ELECTED


def contact_if_any(person: Person) -> Contact | None:
    return getattr(person, "contact", None)


def default_need(person: Person, meeting: Meeting) -> Need:
    """What someone's role says of their presence at a meeting."""
    if isinstance(person, GroupMember):
        return _need_of_a_member(person, meeting)
    return _need_of_the_team(person, meeting)


def _need_of_a_member(member: GroupMember, meeting: Meeting) -> Need:
    if meeting.site_id is None:
        if member.is_referent or meeting.kind == MeetingKind.INTERSITE_SEMINAR:
            return Need.PREFERRED
        return Need.PREFERRED if member.site_id is None else Need.NONE
    if member.site_id != meeting.site_id:
        return Need.NONE
    if member.is_referent:
        return Need.MANDATORY
    return Need.NONE if meeting.kind == MeetingKind.IMMERSION_DAY else Need.PREFERRED


def _need_of_the_team(member: TeamMember, meeting: Meeting) -> Need:
    role = TeamRole(member.role)
    if meeting.site_id is None:
        return Need.PREFERRED if role == TeamRole.REFERENT else Need.MANDATORY
    if role == TeamRole.PILOT:
        return Need.NONE
    sites = _site_ids(member)
    answers = meeting.site_id in sites or (role in FACILITATORS and not sites)
    return Need.MANDATORY if answers else Need.NONE


def _facilitates(person: Person, meeting: Meeting) -> bool:
    return (
        isinstance(person, TeamMember)
        and person.role in FACILITATORS
        and default_need(person, meeting) == Need.MANDATORY
    )


def _could_come(person: Person, meeting: Meeting) -> bool:
    if isinstance(person, TeamMember) or meeting.site_id is None:
        return True
    return person.site_id in (None, meeting.site_id)


def _expectation(someone: _Someone, meeting: Meeting, said: dict[UUID, Need]) -> Expectation:
    by_default = max((default_need(row, meeting) for row in someone.rows), key=_STRENGTH.get)  # type: ignore[arg-type]
    contacts = someone.contacts
    overrides = [said[contact.pk] for contact in contacts if contact.pk in said]
    need = overrides[0] if overrides else by_default
    return Expectation(
        person=someone.rows[0],
        contact=contacts[0] if contacts else None,
        need=need,
        by_default=by_default,
        facilitates=need == Need.MANDATORY
        and any(_facilitates(row, meeting) for row in someone.rows),
    )


def _people_of(programme_id: UUID) -> list[_Someone]:
    team = sorted(
        in_place()
        .filter(programme_id=programme_id, user__is_active=True)
        .select_related("user", "contact")
        .prefetch_related("sites"),
        key=lambda member: (_TEAM_ORDER[member.role], member.pk),
    )
    members = GroupMember.objects.filter(in_a_group(), programme_id=programme_id).select_related(
        "contact", "site"
    )
    rows: dict[str, list[Person]] = defaultdict(list)
    everyone: list[Person] = [*team, *members]
    for person in everyone:
        rows[email_of(person).strip().lower() or f"{type(person)}{person.pk}"].append(person)
    return [_Someone(_contacts_first(found)) for found in rows.values()]


def _contacts_first(rows: Sequence[Person]) -> tuple[Person, ...]:
    """The row that has a contact stands for the person: their link never changes."""
    return tuple(sorted(rows, key=lambda row: contact_if_any(row) is None))


def _said_of(meetings: Sequence[Meeting]) -> dict[UUID, dict[UUID, Need]]:
    said: dict[UUID, dict[UUID, Need]] = defaultdict(dict)
    rows = Expected.objects.filter(meeting__in=[meeting.pk for meeting in meetings])
    for meeting_id, contact_id, need in rows.values_list("meeting_id", "contact_id", "need"):
        said[meeting_id][contact_id] = Need(need)
    return said


def _site_ids(member: TeamMember) -> set[UUID]:
    """Prefetched."""
    sites: Iterable[Site] = member.sites.all()
    return {site.pk for site in sites}
