from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliverableConfig(AppConfig):
    name = "fabrique.stages.deliverable"
    label = "deliverable"
    verbose_name = _("Livrables")

    def ready(self) -> None:
        from fabrique.stages.contribution.downstream import register_citations, register_documents
        from fabrique.stages.deliverable.followed import citations_for, documents_for

        register_citations(citations_for)
        register_documents(documents_for)
