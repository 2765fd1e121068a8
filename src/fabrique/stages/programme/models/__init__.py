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

__all__ = [
    "AuditLine",
    "ClosedPeriod",
    "Contact",
    "Expected",
    "ExpectedDeliverable",
    "GroupMember",
    "Meeting",
    "Notice",
    "Partner",
    "Poll",
    "PollAnswer",
    "PollOption",
    "Programme",
    "Site",
    "SuccessCriterion",
    "TeamMember",
    "Unavailability",
]
