"""Every page hangs here, in the order of the river."""

from django.urls import include, path

from fabrique.config.api import api

urlpatterns = [
    path("", include("fabrique.portal.urls")),
    path("compte/", include("fabrique.people.urls")),
    path("territoires/", include("fabrique.territory.urls")),
    path("", include("fabrique.stages.programme.urls")),
    path("", include("fabrique.stages.seminar.urls")),
    path("", include("fabrique.stages.contribution.urls")),
    path("", include("fabrique.stages.synthesis.urls")),
    path("", include("fabrique.stages.deliverable.urls")),
    path("api/", api.urls),
]

handler400 = "fabrique.portal.views.errors.bad_request"
handler403 = "fabrique.portal.views.errors.forbidden"
handler404 = "fabrique.portal.views.errors.not_found"
handler500 = "fabrique.portal.views.errors.server_error"
