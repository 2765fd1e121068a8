"""Making the files of a frozen version. Made again, they are the same bytes."""

import hashlib
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from fabrique.document.codec import digest, from_json
from fabrique.stages.deliverable.enums import ExportFormat
from fabrique.stages.deliverable.exports import rendered
from fabrique.stages.deliverable.models import Export, Version


def render_exports(version: Version) -> list[Export]:
    """The files a version lacks, then all of them."""
    return [render_export(version.pk, format=format) for format in ExportFormat.values]


def render_export(version_id: UUID, *, format: str) -> Export:
    """One file of a version; the one there is when it was already made."""
    known = Export.objects.filter(version=version_id, format=format).first()
    if known is not None and known.file.storage.exists(str(known.file.name)):
        return known
    version = Version.objects.get(pk=version_id)
    document = from_json(version.tree)
    if digest(document) != version.sha256:
        raise ValueError(f"version {version_id} is not what was frozen")
    content = rendered(document, format)
    with transaction.atomic():
        export = known or Export(version=version, format=format)
        export.sha256 = hashlib.sha256(content).hexdigest()
        export.file.save(f"{version.pk}.{format}", ContentFile(content), save=False)
        made, _is_new = Export.objects.update_or_create(
            version=version,
            format=format,
            defaults={"file": export.file.name, "sha256": export.sha256},
        )
    return made
