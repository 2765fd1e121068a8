"""The nouns of a programme, one file a subject; all are imported from here."""

from fabrique.stages.programme.models.announced import (
    AuditLine,
    ExpectedDeliverable,
    GroupMember,
    Meeting,
    Partner,
    Programme,
    Site,
    SuccessCriterion,
    TeamMember,
)

__all__ = [
    "AuditLine",
    "ExpectedDeliverable",
    "GroupMember",
    "Meeting",
    "Partner",
    "Programme",
    "Site",
    "SuccessCriterion",
    "TeamMember",
]
