from django.urls import URLPattern, URLResolver

app_name = "deliverable"
urlpatterns: list[URLPattern | URLResolver] = []
