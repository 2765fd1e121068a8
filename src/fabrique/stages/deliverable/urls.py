from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, path

from fabrique.stages.deliverable.views import block, export, freezing, note, sources, version

app_name = "deliverable"

MEETING = "seminaires/<uuid:meeting_id>/note/"
NOTE = "notes/<uuid:deliverable_id>/"
PASSAGE = "notes/passages/<uuid:block_id>/"
LINK = "suivi/<str:link_key>/"

View = Callable[..., Any]

DOORS: dict[str, Callable[[View], View]] = {"": login_required, LINK: lambda view: view}

urlpatterns: list[URLPattern | URLResolver] = [
    path(MEETING, login_required(note.note), name="note"),
    path(f"{MEETING}rediger/", note.draft, name="draft"),
    path(f"{MEETING}projet/<str:format>/", login_required(export.preview), name="preview"),
    path(f"{NOTE}figer/", login_required(freezing.freeze_note), name="freeze"),
    path(f"{NOTE}reprendre/", freezing.reopen_note, name="reopen"),
    path(f"{NOTE}v<int:number>/fichiers/", export.make, name="make-exports"),
    path(f"{NOTE}passages/", block.add, name="add-block"),
    path(PASSAGE, block.edit, name="block"),
    path(f"{PASSAGE}retirer/", block.remove, name="remove-block"),
    path(f"{PASSAGE}retablir/", block.restore, name="restore-block"),
    path(f"{PASSAGE}deplacer/", block.move, name="move-block"),
    path(f"{PASSAGE}citer/", block.cite_source, name="cite"),
    path(f"{PASSAGE}ne-plus-citer/", block.uncite_source, name="uncite"),
]
# Where a mail or a bookmark leads, one is asked to sign in; a personal link asks nothing.
for prefix, door in DOORS.items():
    urlpatterns += [
        path(f"{prefix}{NOTE}v<int:number>/", door(version.version), name="version"),
        path(
            f"{prefix}{NOTE}v<int:number>/export/<str:format>/",
            door(export.export),
            name="export",
        ),
        path(f"{prefix}notes/blocs/<uuid:block_id>/sources/", sources.sources, name="sources"),
    ]
