"""The fixed vocabularies of what people say and what the group keeps of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WorkshopState(TextChoices):
    WAITING = "waiting", _("En attente")
    OPEN = "open", _("Ouvert")
    CLOSED = "closed", _("Fermé")


class Source(TextChoices):
    PHONE = "phone", _("Téléphone")
    PAPER = "paper", _("Papier")
    ROOM = "room", _("Saisi pour la salle")
    IMPORT = "import", _("Importé")


class Level(TextChoices):
    PRIVATE = "private", _("Réservé à l'auteur et à l'équipe d'animation")
    GROUP = "group", _("Groupe de travail")
    INTERSITE = "intersite", _("Intersite")
    PUBLIC = "public", _("Public")


class ReleaseLevel(TextChoices):
    """How far a territory lets a card go; the same values as ``Level``."""

    INTERSITE = "intersite", _("Intersite")
    PUBLIC = "public", _("Public")


class CardState(TextChoices):
    KEPT = "kept", _("Retenue")
    MERGED = "merged", _("Fusionnée")
    SET_ASIDE = "set_aside", _("Mise de côté")
    UNDONE = "undone", _("Création annulée")


class Fate(TextChoices):
    """What became of a contribution: computed from its links, never stored."""

    WAITING = "waiting", _("Pas encore examinée")
    KEPT = "kept", _("Retenue dans une carte")
    MERGED = "merged", _("Réunie avec d'autres")
    SET_ASIDE = "set_aside", _("Mise de côté")
