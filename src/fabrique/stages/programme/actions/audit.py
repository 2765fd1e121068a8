"""The audit line that every change of a programme leaves, inside its own transaction."""

from typing import Any
from uuid import UUID

from fabrique.stages.programme.models import AuditLine, Programme


def record(
    programme: Programme,
    *,
    verb: str,
    actor: str,
    subject: UUID | str = "",
    detail: dict[str, Any] | None = None,
) -> AuditLine:
    return AuditLine.objects.create(
        programme=programme, verb=verb, actor=actor, subject=str(subject), detail=detail or {}
    )
