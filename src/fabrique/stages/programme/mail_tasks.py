"""Mails handed to whatever worker the settings name: a server of mails can be slow."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django_tasks import TaskResultStatus, task

from fabrique.stages.programme.actions.sending import Sendings, send_waiting


@task()
def send_mails(contact_ids: list[str], actor: str) -> dict[str, Any]:
    """Write to these contacts what waits for them."""
    return asdict(send_waiting(to=[UUID(one) for one in contact_ids], actor=actor))


def ask_to_send(contact_ids: Iterable[UUID], *, actor: str) -> Sendings | None:
    """Have these contacts written to now; what became of it, unless a worker does it later."""
    result = send_mails.enqueue([str(one) for one in contact_ids], actor)
    if result.status != TaskResultStatus.SUCCESSFUL or result.return_value is None:
        return None
    return Sendings(**result.return_value)
