from django.urls import path

from fabrique.territory.views.search import search

app_name = "territory"
urlpatterns = [
    path("recherche/", search, name="search"),
]
