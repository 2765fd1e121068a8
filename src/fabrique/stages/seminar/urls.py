from django.urls import URLPattern, URLResolver, path

from fabrique.stages.seminar.views import (
    attendance,
    committee,
    detail,
    group_year,
    invitations,
    own_meetings,
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
    path(f"{MEETING}groupe/", attendance.former_group, name="members"),
    path(f"{MEETING}presences/", attendance.attendance, name="attendance"),
    path(f"{MEETING}presences/<uuid:member_id>/", attendance.scan, name="scan"),
    path(
        "demarches/<slug:slug>/territoires/<str:code>/groupe/annee/",
        group_year.group_year,
        name="group-year",
    ),
    path(f"{MEETING}salle/", room.room, name="room"),
    path(f"{MEETING}salle/code.svg", room.qr_code, name="room-qr"),
    path(f"{MEETING}points/", committee.committee, name="committee"),
    path(f"{MEETING}points/<uuid:point_id>/", point.point, name="point"),
    path("salle/<uuid:room_id>/sonnette/", stream.stream, name="stream"),
    path("salle/<uuid:room_id>/numeros/", stream.numbers, name="numbers"),
    # ── Invitations ──
    path(f"{MEETING}invitations/", invitations.invitations, name="invitations"),
    path(f"{MEETING}invitations/<uuid:contact_id>/", invitations.note_reply, name="note-reply"),
    path("moi/<str:link_key>/", own_meetings.me, name="me"),
    path("moi/<str:link_key>/agenda/", own_meetings.own_feed, name="own-feed"),
    path("moi/<str:link_key>/reunions/<uuid:meeting_id>/", own_meetings.reply, name="reply"),
]
