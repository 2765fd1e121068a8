from django.urls import URLPattern, URLResolver

app_name = "contribution"
urlpatterns: list[URLPattern | URLResolver] = []
