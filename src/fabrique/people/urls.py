from django.urls import path

from fabrique.people.views.sign_in import sign_in, sign_in_sent
from fabrique.people.views.sign_in_by_link import sign_in_by_link
from fabrique.people.views.sign_out import sign_out

app_name = "people"
urlpatterns = [
    path("connexion/", sign_in, name="sign-in"),
    path("connexion/messagerie/", sign_in_sent, name="sign-in-sent"),
    path("connexion/lien/", sign_in_by_link, name="sign-in-by-link"),
    path("deconnexion/", sign_out, name="sign-out"),
]
