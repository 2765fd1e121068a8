from django.urls import URLPattern, URLResolver, path

from fabrique.stages.contribution.views import follow_up, join, phone

app_name = "contribution"
urlpatterns: list[URLPattern | URLResolver] = [
    path("r/", join.ask_code, name="join"),
    path("r/<str:code>/", join.join, name="join"),
    path("salle/service-worker.js", phone.service_worker, name="service-worker"),
    path("salle/<str:code>/", phone.phone, name="phone"),
    path("salle/<str:code>/envoyer/", phone.send, name="send"),
    path("salle/<str:code>/quitter/", phone.leave, name="leave"),
    path("suivi/<str:link_key>/", follow_up.follow_up, name="follow-up"),
]
