from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SynthesisConfig(AppConfig):
    name = "fabrique.stages.synthesis"
    label = "synthesis"
    verbose_name = _("Synthèse")

    def ready(self) -> None:
        """A criterion adopted from words made private since does not outlive them."""
        from fabrique.stages.contribution import downstream
        from fabrique.stages.synthesis.round_tables import drop_hidden

        downstream.register_hiding(drop_hidden)
