"""The fixed vocabularies of a seminar and its room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SequenceKind(TextChoices):
    DEBATE = "debate", _("Débat")
    TESTIMONY = "testimony", _("Témoignage")
    WORK = "work", _("Travail")
    BREAK = "break", _("Pause")


class Horizon(TextChoices):
    LONG = "long", _("Temps long")
    SHORT = "short", _("Temps court")
    NONE = "none", _("Sans horizon")


class RoomState(TextChoices):
    READY = "ready", _("Prête")
    OPEN = "open", _("Ouverte")
    CLOSED = "closed", _("Fermée")


class Identity(TextChoices):
    """How people are known in a room: settled before it opens, never loosened after."""

    NAMED = "named", _("Chacun choisit son nom dans la liste")
    PSEUDONYM = "pseudonym", _("Chacun choisit un pseudonyme")
    ANONYMOUS = "anonymous", _("Personne n'est nommé")


class Audience(TextChoices):
    """Which screens a journal entry concerns: the doorbell rings only at those."""

    EVERYONE = "everyone", _("Tous les écrans")
    ROOM = "room", _("Console et mur")
    CONSOLE = "console", _("Console")


class Coming(TextChoices):
    """What one answers to an invitation."""

    YES = "yes", _("Je viendrai")
    NO = "no", _("Je ne viendrai pas")
    REPLACED = "replaced", _("Quelqu'un viendra à ma place")


class AttendanceState(TextChoices):
    PRESENT = "present", _("Présent(e)")
    EXCUSED = "excused", _("Excusé(e)")
    ABSENT = "absent", _("Absent(e)")


class AttendanceSource(TextChoices):
    """How it was noted that someone was there, or not."""

    TICK = "tick", _("Pointage sur place")
    SCAN = "scan", _("Code de la feuille de présence")
    ROOM = "room", _("Entrée dans la salle")
    PAPER = "paper", _("Feuille signée")
