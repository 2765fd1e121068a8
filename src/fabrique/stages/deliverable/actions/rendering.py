"""Making the files of a frozen version. Made again, they are the same bytes.

A file made before something was taken back is never handed out: it is made again without it.
"""

import hashlib
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from fabrique.document.codec import digest, from_json
from fabrique.stages.deliverable.analyses.served import Served, served
from fabrique.stages.deliverable.enums import ExportFormat
from fabrique.stages.deliverable.exports import rendered
from fabrique.stages.deliverable.models import Export, Version


def render_exports(version: Version) -> list[Export]:
    """The files a version lacks, then all of them."""
    return [render_export(version.pk, format=format) for format in ExportFormat.values]


def render_export(version_id: UUID, *, format: str) -> Export:
    """One file of a version as it may be read today; the one there is when it still says that."""
    version = Version.objects.select_related("deliverable").get(pk=version_id)
    if digest(from_json(version.tree)) != version.sha256:
        raise ValueError(f"version {version_id} is not what was frozen")
    shown = served(version)
    known = Export.objects.filter(version=version_id, format=format).first()
    if known is not None and says(known, shown):
        return known
    content = rendered(shown.document, format)
    with transaction.atomic():
        if known is not None:
            known.file.delete(save=False)
        export = known or Export(version=version, format=format)
        export.file.save(f"{version.pk}.{format}", ContentFile(content), save=False)
        made, _is_new = Export.objects.update_or_create(
            version=version,
            format=format,
            defaults={
                "file": export.file.name,
                "sha256": hashlib.sha256(content).hexdigest(),
                "document_sha256": shown.sha256,
            },
        )
    return made


def forget_exports(programme_id: UUID) -> list[UUID]:
    """Throw away the files of a programme that say what was taken back since; gives whose."""
    stale = []
    versions = Version.objects.filter(deliverable__programme=programme_id)
    for version in versions.select_related("deliverable").prefetch_related("exports"):
        exports = list(version.exports.all())
        sha256 = served(version).sha256 if exports else ""
        for export in exports:
            if export.document_sha256 != sha256:
                export.file.delete(save=False)
                export.delete()
                stale.append(version.pk)
    return list(dict.fromkeys(stale))


def says(export: Export, shown: Served) -> bool:
    """Whether a file is there and says what may be read today."""
    there = export.file.storage.exists(str(export.file.name))
    return there and export.document_sha256 == shown.sha256
