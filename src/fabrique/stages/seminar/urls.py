from django.urls import URLPattern, URLResolver, path

from fabrique.stages.seminar.views import stream

app_name = "seminar"
urlpatterns: list[URLPattern | URLResolver] = [
    path("salle/<uuid:room_id>/sonnette/", stream.stream, name="stream"),
    path("salle/<uuid:room_id>/numeros/", stream.numbers, name="numbers"),
]
