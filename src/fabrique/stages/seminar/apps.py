from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SeminarConfig(AppConfig):
    name = "fabrique.stages.seminar"
    label = "seminar"
    verbose_name = _("Séminaires")
