from django.urls import path

from fabrique.stages.programme.views import (
    calendar,
    calendar_announcements,
    calendar_constraints,
    calendar_proposals,
    create,
    detail,
    meeting_schedule,
    site,
)

app_name = "programme"
CALENDAR = "demarches/<slug:slug>/calendrier/"
PROPOSALS = f"{CALENDAR}propositions/"
CLOSED = f"{CALENDAR}fermetures/"

# The calendar of a series.
calendar_patterns = [
    path(CALENDAR, calendar.calendar, name="calendar"),
    path(f"{CALENDAR}periodes/", calendar_constraints.windows, name="windows"),
    path(f"{CALENDAR}delais/", calendar_constraints.delays, name="delays"),
    path(f"{CALENDAR}annonce/", calendar_announcements.announce, name="announce"),
    path(f"{CLOSED}nouvelle/", calendar_constraints.closed_period, name="add-closed-period"),
    path(f"{CLOSED}jours-feries/", calendar_constraints.add_days_off, name="add-days-off"),
    path(f"{CLOSED}<uuid:period_id>/", calendar_constraints.closed_period, name="closed-period"),
    path(
        f"{CLOSED}<uuid:period_id>/retirer/",
        calendar_constraints.remove_closed_period,
        name="remove-closed-period",
    ),
    path(PROPOSALS, calendar_proposals.ask, name="ask-proposals"),
    path(f"{PROPOSALS}<uuid:batch>/", calendar_proposals.proposals, name="proposals"),
    path(f"{PROPOSALS}<uuid:batch>/arreter/", calendar_proposals.stop, name="stop-proposals"),
    path(f"{PROPOSALS}<uuid:batch>/retenir/", calendar_proposals.keep, name="keep-proposal"),
    path("reunions/<uuid:meeting_id>/attendus/", calendar_constraints.expected, name="expected"),
    path(
        "reunions/<uuid:meeting_id>/date-tombe/",
        calendar_announcements.lost_date,
        name="lost-date",
    ),
]

urlpatterns = [
    *calendar_patterns,
    path("demarches/nouvelle/", create.create, name="create"),
    path("demarches/nouvelle/<slug:step>/", create.create_step, name="create-step"),
    path("demarches/<slug:slug>/", detail.detail, name="detail"),
    path("demarches/<slug:slug>/territoires/<str:code>/", site.site, name="site"),
    path("reunions/<uuid:meeting_id>/date/", meeting_schedule.schedule, name="meeting-schedule"),
    path("reunions/<uuid:meeting_id>/<slug:move>/", meeting_schedule.move, name="meeting-move"),
]
