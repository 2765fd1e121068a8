"""Slow work, handed to whatever worker the settings name."""

from uuid import UUID

from django_tasks import task

from fabrique.stages.deliverable.actions.rendering import render_export
from fabrique.stages.deliverable.enums import ExportFormat


@task()
def render_version(version_id: str) -> None:
    """The four files of a frozen version; one that fails does not keep the others back."""
    failures = []
    for format in ExportFormat.values:
        try:
            render_export(UUID(version_id), format=format)
        except Exception as error:
            failures.append(error)
    if failures:
        raise ExceptionGroup("some files could not be made", failures)
