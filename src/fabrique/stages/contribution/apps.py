from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContributionConfig(AppConfig):
    name = "fabrique.stages.contribution"
    label = "contribution"
    verbose_name = _("Contributions")

    def ready(self) -> None:
        from fabrique.stages.contribution.word_lists import lists_of_format
        from fabrique.stages.seminar.word_lists import register_lists

        register_lists(lists_of_format)
