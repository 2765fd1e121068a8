from django.urls import path

from fabrique.stages.synthesis.views import (
    change,
    desk,
    release,
    released,
    roadmap,
    roadmap_import,
    round_table,
)

app_name = "synthesis"

PROGRAMME = "demarches/<slug:slug>/"
SITE = f"{PROGRAMME}territoires/<str:code>/versements/"

urlpatterns = [
    path(f"{PROGRAMME}criteres/attentes/", round_table.round_table, name="round-table"),
    path(f"{PROGRAMME}versements/", released.released, name="released"),
    path(f"{PROGRAMME}territoires/<str:code>/feuille-de-route/", roadmap.roadmap, name="roadmap"),
    path(
        f"{PROGRAMME}territoires/<str:code>/feuille-de-route.<str:format>",
        roadmap.roadmap_file,
        name="roadmap-file",
    ),
    path(
        "seminaires/<uuid:meeting_id>/feuille-de-route/importer/",
        roadmap_import.roadmap_import,
        name="roadmap-import",
    ),
    path(SITE, desk.desk, name="desk"),
    path(f"{SITE}verser/", release.release, name="release"),
    path(f"{SITE}<uuid:release_id>/retirer/", change.withdraw, name="withdraw"),
    path(f"{SITE}<uuid:release_id>/verser-a-nouveau/", change.again, name="again"),
]
