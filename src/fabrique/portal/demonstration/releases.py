"""A territory's referent lets others see what its seminar kept, and takes some of it back."""

from datetime import timedelta
from typing import Any

from fabrique.portal.demonstration.files import read
from fabrique.portal.demonstration.keys import Kept
from fabrique.stages.contribution.actions.releases import release_cards, withdraw_release
from fabrique.stages.contribution.models import Release
from fabrique.stages.programme.models import Meeting

#: Time for the group to read its note before anything leaves the territory.
AFTER_THE_NOTE = timedelta(days=3)


def release(meeting: Meeting, script: dict[str, Any], name: str, kept: Kept) -> None:
    """Withdraw, then release, what the script of a territory's seminar says, days after it."""
    assert meeting.site is not None
    assert meeting.ends_at is not None
    actor = _referent(meeting.site.territory_id)
    on_that_day = meeting.ends_at + AFTER_THE_NOTE
    for line in script.get("withdrawn", []):
        standing = Release.objects.get(card=kept.card(name, line["card"]), withdrawn_at=None)
        withdraw_release(standing.pk, reason=line["reason"], actor=actor)
        Release.objects.filter(pk=standing.pk).update(withdrawn_at=on_that_day)
    if cards := [kept.card(name, key).pk for key in script.get("released", [])]:
        released = release_cards(meeting.site.pk, card_ids=cards, actor=actor)
        rows = Release.objects.filter(pk__in=[one.pk for one in released])
        rows.update(released_at=on_that_day)


def _referent(site_code: str) -> str:
    members = read("groups")[site_code]["members"]
    return str(next(member["name"] for member in members if member.get("referent")))
