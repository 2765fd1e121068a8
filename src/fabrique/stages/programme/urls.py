from django.urls import path

from fabrique.stages.programme.views import (
    create,
    detail,
    group,
    group_import,
    group_member,
    group_proposal,
    group_targets,
    meeting_schedule,
    site,
)

app_name = "programme"

GROUP = "demarches/<slug:slug>/territoires/<str:code>/groupe/"
#: Those invited at the national scale, for no territory.
NATIONAL_GROUP = "demarches/<slug:slug>/groupe/"
MEMBER = "membres/<uuid:member_id>/"

urlpatterns = [
    path("demarches/nouvelle/", create.create, name="create"),
    path("demarches/nouvelle/<slug:step>/", create.create_step, name="create-step"),
    path("demarches/<slug:slug>/", detail.detail, name="detail"),
    path("demarches/<slug:slug>/territoires/<str:code>/", site.site, name="site"),
    path("reunions/<uuid:meeting_id>/date/", meeting_schedule.schedule, name="meeting-schedule"),
    path("reunions/<uuid:meeting_id>/<slug:move>/", meeting_schedule.move, name="meeting-move"),
    # ── The working group ──
    path("demarches/<slug:slug>/composition/", group_targets.targets, name="group-targets"),
    path(f"{NATIONAL_GROUP}modele.<str:format>", group_import.model_sheet, name="group-model"),
    *(
        path(f"{place}{page}", view, name=name)
        for place in (NATIONAL_GROUP, GROUP)
        for page, view, name in (
            ("", group.group, "group"),
            ("nouveau/", group_member.add, "add-member"),
            ("importer/", group_import.group_import, "group-import"),
            ("tableau.<str:format>", group_import.group_sheet, "group-sheet"),
        )
    ),
    path(f"{GROUP}qui-ajouter/", group_proposal.proposal, name="group-proposal"),
    path(MEMBER, group_member.change, name="member"),
    path(f"{MEMBER}retirer/", group_member.remove, name="remove-member"),
]
