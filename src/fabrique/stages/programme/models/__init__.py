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
from fabrique.stages.programme.models.correspondence import Contact, Notice
from fabrique.stages.programme.models.group import GroupMember
from fabrique.stages.programme.models.mailing import FeedKey, Mail
from fabrique.stages.programme.models.proposals import SeriesProposal

__all__ = [
    "AuditLine",
    "ClosedPeriod",
    "Contact",
    "Expected",
    "ExpectedDeliverable",
    "FeedKey",
    "GroupMember",
    "Mail",
    "Meeting",
    "Notice",
    "Partner",
    "Poll",
    "PollAnswer",
    "PollOption",
    "Programme",
    "SeriesProposal",
    "Site",
    "SuccessCriterion",
    "TeamMember",
    "Unavailability",
]
