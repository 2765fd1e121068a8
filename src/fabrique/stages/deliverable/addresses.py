"""Where things are read: by the team at plain addresses, by others under their personal link."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from fabrique.stages.deliverable.models import Version


@dataclass(frozen=True)
class Addresses:
    """Addresses for one reader; ``link_key`` is theirs, or empty for the team."""

    link_key: str = ""

    def version(self, version: Version) -> str:
        return self._at("version", deliverable_id=version.deliverable_id, number=version.number)

    def export(self, version: Version, format: str) -> str:
        return self._at(
            "export", deliverable_id=version.deliverable_id, number=version.number, format=format
        )

    def sources(self, block_id: UUID | str, version: Version | None = None) -> str:
        """What a passage rests on, as frozen in a version, or in the draft."""
        query = f"?version={version.number}" if version else ""
        return self._at("sources", block_id=block_id) + query

    def section(self, version: Version, key: str) -> str:
        """A part of the note, in its place."""
        return f"{self.version(version)}#doc-{key}"

    def _at(self, name: str, **parts: object) -> str:
        own = {"link_key": self.link_key} if self.link_key else {}
        return reverse(f"deliverable:{name}", kwargs={**own, **parts})
