from django.urls import URLPattern, URLResolver, path

from fabrique.stages.seminar.views import (
    committee,
    detail,
    members,
    members_import,
    point,
    room,
    run_sheet,
    stream,
)

app_name = "seminar"

MEETING = "seminaires/<uuid:meeting_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(MEETING, detail.detail, name="detail"),
    path(f"{MEETING}deroule/", run_sheet.run_sheet, name="run-sheet"),
    path(f"{MEETING}deroule/nouvelle/", run_sheet.add, name="add-sequence"),
    path(f"{MEETING}deroule/<uuid:sequence_id>/", run_sheet.change, name="sequence"),
    path(f"{MEETING}deroule/<uuid:sequence_id>/deplacer/", run_sheet.move, name="move-sequence"),
    path(f"{MEETING}deroule/<uuid:sequence_id>/retirer/", run_sheet.remove, name="remove-sequence"),
    path(f"{MEETING}groupe/", members.members, name="members"),
    path(f"{MEETING}groupe/nouveau/", members.add, name="add-member"),
    path(f"{MEETING}groupe/importer/", members_import.members_import, name="members-import"),
    path(f"{MEETING}groupe/modele.<str:format>", members_import.model_sheet, name="members-model"),
    path(f"{MEETING}groupe/<uuid:member_id>/", members.change, name="member"),
    path(f"{MEETING}groupe/<uuid:member_id>/retirer/", members.remove, name="remove-member"),
    path(f"{MEETING}salle/", room.room, name="room"),
    path(f"{MEETING}salle/code.svg", room.qr_code, name="room-qr"),
    path(f"{MEETING}points/", committee.committee, name="committee"),
    path(f"{MEETING}points/<uuid:point_id>/", point.point, name="point"),
    path("salle/<uuid:room_id>/sonnette/", stream.stream, name="stream"),
    path("salle/<uuid:room_id>/numeros/", stream.numbers, name="numbers"),
]
