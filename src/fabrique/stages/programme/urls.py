from django.urls import path

from fabrique.stages.programme.views import (
    create,
    criteria,
    decisions,
    detail,
    immersion,
    meeting_schedule,
    site,
)

app_name = "programme"

CRITERIA = "demarches/<slug:slug>/criteres/"
IMMERSION = "reunions/<uuid:meeting_id>/immersion/"

urlpatterns = [
    path("demarches/nouvelle/", create.create, name="create"),
    path("demarches/nouvelle/<slug:step>/", create.create_step, name="create-step"),
    path("demarches/<slug:slug>/", detail.detail, name="detail"),
    path("demarches/<slug:slug>/territoires/<str:code>/", site.site, name="site"),
    # ── Committee, criteria, immersion ──
    path("demarches/<slug:slug>/decisions/", decisions.decisions, name="decisions"),
    path(
        "demarches/<slug:slug>/decisions.<str:format>",
        decisions.decisions_file,
        name="decisions-file",
    ),
    path(CRITERIA, criteria.criteria, name="criteria"),
    path(
        "demarches/<slug:slug>/criteres.<str:format>", criteria.criteria_file, name="criteria-file"
    ),
    path(f"{CRITERIA}nouveau/", criteria.add, name="criterion-add"),
    path(f"{CRITERIA}<int:criterion_id>/", criteria.change, name="criterion"),
    path(f"{CRITERIA}<int:criterion_id>/retirer/", criteria.drop, name="criterion-drop"),
    path(f"{CRITERIA}bilan/<slug:moment>/", criteria.review, name="criteria-review"),
    path(IMMERSION, immersion.immersion, name="immersion"),
    path(f"{IMMERSION}synthese/", immersion.summary, name="immersion-summary"),
    path(f"{IMMERSION}acteurs.<str:format>", immersion.actors_file, name="immersion-actors"),
    path(f"{IMMERSION}rendez-vous/", immersion.add_appointment, name="appointment-add"),
    path(
        f"{IMMERSION}rendez-vous/<uuid:appointment_id>/",
        immersion.appointment,
        name="appointment",
    ),
    path("reunions/<uuid:meeting_id>/date/", meeting_schedule.schedule, name="meeting-schedule"),
    path("reunions/<uuid:meeting_id>/<slug:move>/", meeting_schedule.move, name="meeting-move"),
]
