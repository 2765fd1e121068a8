"""Names the app to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerritoryConfig(AppConfig):
    name = "fabrique.territory"
    label = "territory"
    verbose_name = _("Territoires")
    default_auto_field = "django.db.models.BigAutoField"
