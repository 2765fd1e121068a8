"""The states of a deliverable and where its blocks come from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DeliverableState(TextChoices):
    DRAFT = "draft", _("En rédaction")
    FROZEN = "frozen", _("Figée")


class BlockOrigin(TextChoices):
    DRAFTED = "drafted", _("Proposé à partir du séminaire")
    REWORDED = "reworded", _("Proposé, puis réécrit par l'équipe")
    WRITTEN = "written", _("Écrit par l'équipe")


class ExportFormat(TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"
    ODT = "odt", "ODT"
    HTML = "html", "HTML"
