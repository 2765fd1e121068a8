"""What can go wrong with a programme: facts with a code; ``wording`` says them in French."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class BlueprintProblem:
    """One thing wrong in a blueprint: where (path and line) and what (code and params)."""

    code: str
    path: tuple[str | int, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    line: int | None = None

    def at_line(self, line: int | None) -> "BlueprintProblem":
        return self if self.line else replace(self, line=line)


class ProgrammeError(Exception):
    """A refusal of this stage; ``params`` complete the code."""

    code = "refused"

    def __init__(self, **params: Any) -> None:
        super().__init__(self.code, params)
        self.params = params


class UnknownBlueprint(ProgrammeError):
    """Neither a blueprint of the software nor a readable file."""

    code = "unknown_blueprint"

    def __init__(self, asked: str) -> None:
        super().__init__(asked=asked)


class InvalidBlueprint(ProgrammeError):
    """The blueprint cannot be used; every problem found is listed."""

    code = "invalid_blueprint"

    def __init__(self, problems: Sequence[BlueprintProblem]) -> None:
        super().__init__(problems=problems)
        self.problems = tuple(problems)


class EndsBeforeItStarts(ProgrammeError):
    """Of a programme or a meeting: params ``starts``, ``ends``."""

    code = "ends_before_it_starts"


class TooFewTerritories(ProgrammeError):
    """Params ``count``, ``minimum``, ``maximum``."""

    code = "too_few_territories"


class TooManyTerritories(ProgrammeError):
    """Params ``count``, ``minimum``, ``maximum``."""

    code = "too_many_territories"


class TerritoryTwice(ProgrammeError):
    """Params ``code``, ``name``."""

    code = "territory_twice"


class TerritoryNotInProgramme(ProgrammeError):
    """A team member answers for a territory that does not take part: params ``code``, ``email``."""

    code = "territory_not_in_programme"


class InTheTeamAlready(ProgrammeError):
    """Someone has this role already: params ``who``, ``role``."""

    code = "in_the_team_already"


class NobodyLeads(ProgrammeError):
    """The last pilot or director would leave: params ``who``."""

    code = "nobody_leads"


class BadYears(ProgrammeError):
    """The midterm must lie between the start and the horizon."""

    code = "bad_years"


class UnknownMeeting(ProgrammeError):
    """Dates given for a meeting the blueprint does not have: params ``key``."""

    code = "unknown_meeting"


class MemberTwice(ProgrammeError):
    """The group already has this name from this institution: params ``name``, ``institution``."""

    code = "member_twice"


# ── The calendar of a series ──


class NothingToPlan(ProgrammeError):
    """Everything is held or cancelled."""

    code = "nothing_to_plan"


class PeriodsOverlap(ProgrammeError):
    """Two periods of one meeting share days: params ``first``, ``last`` of what they share."""

    code = "periods_overlap"


class WindowsOver(ProgrammeError):
    """Meetings whose period holds no day any more: params ``meetings``, ``first``."""

    code = "windows_over"


class ProposalOutOfDate(ProgrammeError):
    """Meetings were held, cancelled or announced since the calendar was proposed."""

    code = "proposal_out_of_date"


class ProposalWithoutDates(ProgrammeError):
    """Still searching, stopped too early, or impossible: there is nothing to keep."""

    code = "proposal_without_dates"


class NoDateToLose(ProgrammeError):
    """The meeting has no date: params ``meeting``."""

    code = "no_date_to_lose"


class NothingToAnnounce(ProgrammeError):
    """Every date has been told as it stands."""

    code = "nothing_to_announce"


class MemberEmailTwice(ProgrammeError):
    """Someone else of the roster has this address: params ``email``, ``name``."""

    code = "member_email_twice"


class NobodyToInvite(ProgrammeError):
    """Nobody was ticked, or those ticked are no longer to be invited."""

    code = "nobody_to_invite"


class ProfileTaken(ProgrammeError):
    """What an immersion day proposed was handed over already: params ``name``, of whom."""

    code = "profile_taken"


class ProfileGone(ProgrammeError):
    """It was taken off the immersion day, or belongs to another territory."""

    code = "profile_gone"


class NotInvited(ProgrammeError):
    """Nobody waits for this person's answer: params ``name``."""

    code = "not_invited"


class StandsInForNobody(ProgrammeError):
    """A substitute stands in for someone else of the same group: params ``name``."""

    code = "stands_in_for_nobody"


# ── Committee, criteria, immersion ──


class EmptyDecision(ProgrammeError):
    """Neither an option nor words."""

    code = "empty_decision"


class OptionElsewhere(ProgrammeError):
    """The option chosen is not one of this point any more."""

    code = "option_elsewhere"


class OptionTwice(ProgrammeError):
    """The point has this option already: params ``title``."""

    code = "option_twice"


class NotARevisit(ProgrammeError):
    """Criteria are not looked at again at this meeting: params ``meeting``."""

    code = "not_a_revisit"


class HeardTwice(ProgrammeError):
    """The immersion day has this line already: params ``words``."""

    code = "heard_twice"
