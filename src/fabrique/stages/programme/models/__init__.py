"""The nouns of a programme, one file a subject; all are imported from here."""

from fabrique.stages.programme.models.announced import (
    AuditLine,
    ExpectedDeliverable,
    Meeting,
    Partner,
    Programme,
    Site,
    SuccessCriterion,
    TeamMember,
)
from fabrique.stages.programme.models.calendar import (
    ClosedPeriod,
    Expected,
    Poll,
    PollAnswer,
    PollOption,
    Unavailability,
)
from fabrique.stages.programme.models.committee import (
    Argument,
    Decision,
    PointToSettle,
    SettlingOption,
)
from fabrique.stages.programme.models.correspondence import Contact, Notice
from fabrique.stages.programme.models.criteria import CriterionReview
from fabrique.stages.programme.models.group import GroupMember
from fabrique.stages.programme.models.immersion import (
    Appointment,
    ImmersionDay,
    ProposedProfile,
    SpottedActor,
    Stake,
)
from fabrique.stages.programme.models.mailing import FeedKey, Mail
from fabrique.stages.programme.models.proposals import SeriesProposal

__all__ = [
    "Appointment",
    "Argument",
    "AuditLine",
    "ClosedPeriod",
    "Contact",
    "CriterionReview",
    "Decision",
    "Expected",
    "ExpectedDeliverable",
    "FeedKey",
    "GroupMember",
    "ImmersionDay",
    "Mail",
    "Meeting",
    "Notice",
    "Partner",
    "PointToSettle",
    "Poll",
    "PollAnswer",
    "PollOption",
    "Programme",
    "ProposedProfile",
    "SeriesProposal",
    "SettlingOption",
    "Site",
    "SpottedActor",
    "Stake",
    "SuccessCriterion",
    "TeamMember",
    "Unavailability",
]
