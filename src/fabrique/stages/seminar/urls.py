from django.urls import URLPattern, URLResolver, path

from fabrique.stages.seminar.views import detail, room, stream

app_name = "seminar"

MEETING = "seminaires/<uuid:meeting_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(MEETING, detail.detail, name="detail"),
    path(f"{MEETING}salle/", room.room, name="room"),
    path(f"{MEETING}salle/code.svg", room.qr_code, name="room-qr"),
    path("salle/<uuid:room_id>/sonnette/", stream.stream, name="stream"),
    path("salle/<uuid:room_id>/numeros/", stream.numbers, name="numbers"),
]
