"""What a territory settles for itself."""

from uuid import UUID

from django.db import transaction

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.models import Site


@transaction.atomic
def narrow_theme(site_id: UUID, *, theme: str, actor: str) -> Site:
    """Give the programme's question the turn this territory chose."""
    site = Site.objects.select_for_update(of=("self",)).get(pk=site_id)
    former, site.theme = site.theme, theme.strip()
    site.save(update_fields=["theme"])
    record(
        site.programme,
        verb="narrow-theme",
        actor=actor,
        subject=site.pk,
        detail={"before": former, "after": site.theme},
    )
    return site
