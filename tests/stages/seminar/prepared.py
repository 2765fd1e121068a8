"""Seminars as they are before anyone prepares them: a meeting of the reference method."""

from datetime import date, datetime

from django.test import Client
from django.utils import timezone

from fabrique.stages.programme.blueprint import load_blueprint
from fabrique.stages.programme.enums import MeetingKind, TeamRole
from fabrique.stages.programme.models import Meeting
from tests.stages.rooms import a_programme, a_site, an_account

METHOD = "fabrique-prospective"


def a_seminar(*, key: str = "local-1", dated: bool = True) -> Meeting:
    """From 14:00 to 17:00 when dated, its run sheet not laid out yet."""
    blueprint = load_blueprint(METHOD)
    plan = blueprint.meeting(key)
    site = a_site(a_programme(blueprint=blueprint.as_data()))
    starts_at = timezone.make_aware(datetime(2020, 9, 17, 14)) if dated else None
    ends_at = timezone.make_aware(datetime(2020, 9, 17, 17)) if dated else None
    return Meeting.objects.create(
        programme=site.programme,
        site=site if plan.is_local else None,
        kind=MeetingKind(plan.kind),
        key=key,
        step=plan.step,
        number=plan.number,
        title=plan.title,
        purpose="\n".join(plan.purpose),
        window_start_date=date(2020, 9, 1),
        window_end_date=date(2020, 9, 30),
        starts_at=starts_at,
        ends_at=ends_at,
        place="Maison de l'agglomération" if dated else "",
    )


def signed_in(meeting: Meeting, role: TeamRole = TeamRole.DIRECTOR) -> Client:
    """Someone of the meeting's team, in a browser of their own."""
    client = Client()
    client.force_login(an_account(meeting, role), backend="sesame.backends.ModelBackend")
    return client
