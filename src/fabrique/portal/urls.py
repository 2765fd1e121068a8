from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from fabrique.portal.views import gallery, home, legal

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("accessibilite/", legal.accessibility, name="accessibility"),
    path("mentions-legales/", legal.legal, name="legal"),
    path("galerie/", gallery.gallery, name="gallery"),
    path("langue/", require_POST(set_language), name="set_language"),
]
