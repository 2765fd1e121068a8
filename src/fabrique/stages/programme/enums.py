"""The fixed vocabularies of a programme; everything else is data of its blueprint."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Scale(TextChoices):
    LOCAL = "local", _("Échelle locale")
    INTERSITE = "intersite", _("Échelle nationale")


class MeetingKind(TextChoices):
    LAUNCH_COMMITTEE = "launch_committee", _("Comité de lancement")
    IMMERSION_DAY = "immersion_day", _("Journée d'immersion")
    LOCAL_SEMINAR = "local_seminar", _("Séminaire local")
    INTERSITE_SEMINAR = "intersite_seminar", _("Séminaire intersite")


class MeetingState(TextChoices):
    PLANNED = "planned", _("À fixer")
    SCHEDULED = "scheduled", _("Date fixée")
    HELD = "held", _("Tenue")
    CANCELLED = "cancelled", _("Annulée")


class TeamRole(TextChoices):
    PILOT = "pilot", _("Pilote national")
    DIRECTOR = "director", _("Directeur ou directrice de projet")
    OFFICER = "officer", _("Chargé ou chargée d'études")
    REFERENT = "referent", _("Référent ou référente du territoire")


class FunctionKind(TextChoices):
    ELECTED = "elected", _("Élu ou élue")
    STAFF = "staff", _("Agent ou agente")
    ACTOR = "actor", _("Forces vives")


class InstitutionKind(TextChoices):
    COMMUNE = "commune", _("Commune")
    EPCI = "epci", _("Intercommunalité")
    STATE = "state", _("Service de l'État")
    ASSOCIATION = "association", _("Association")
    FIRM = "firm", _("Entreprise")
    CHAMBER = "chamber", _("Chambre consulaire")
    RESIDENT = "resident", _("Habitant ou habitante")
    OTHER = "other", _("Autre")


class CriterionKind(TextChoices):
    SUBSTANCE = "substance", _("Sur le fond")
    METHOD = "method", _("Sur la méthode")


class DeliverableKind(TextChoices):
    SEMINAR_NOTE = "seminar_note", _("Note de séminaire")
    LOCAL_SYNTHESIS = "local_synthesis", _("Synthèse locale")
    MANIFESTO = "manifesto", _("Manifeste")
    POLICY_NOTE = "policy_note", _("Note transversale sur les politiques publiques")
    PROCESS_NOTE = "process_note", _("Note transversale sur la démarche")


class NoticeKind(TextChoices):
    """What a programme has to tell someone."""

    DATE_POLL = "date_poll", _("Dates à choisir")
    POLL_REMINDER = "poll_reminder", _("Rappel : dates à choisir")
    GROUP_INVITATION = "group_invitation", _("Invitation à rejoindre le groupe")
    INVITATION = "invitation", _("Invitation")
    DATE_CHANGE = "date_change", _("Changement de date")
    CANCELLATION = "cancellation", _("Annulation")
    MEETING_REMINDER = "meeting_reminder", _("Rappel de réunion")


class ClosedKind(TextChoices):
    PUBLIC_HOLIDAY = "public_holiday", _("Jour férié")
    SCHOOL_HOLIDAYS = "school_holidays", _("Vacances scolaires")
    ELECTION = "election", _("Élection")
    RESERVE = "reserve", _("Période de réserve")
    COUNCIL = "council", _("Conseil")
    ROOM = "room", _("Salle indisponible")
    OTHER = "other", _("Autre")


class Concerned(TextChoices):
    EVERYONE = "everyone", _("Tout le monde")
    ELECTED = "elected", _("Les élus")


class Need(TextChoices):
    """How much a meeting needs someone."""

    MANDATORY = "mandatory", _("Présence indispensable")
    PREFERRED = "preferred", _("Présence attendue")
    NONE = "none", _("Sans invitation")


class UnavailabilitySource(TextChoices):
    TYPED = "typed", _("Saisie")
    CALENDAR = "calendar", _("Agenda")


class AvailabilityAnswer(TextChoices):
    YES = "yes", _("Oui")
    IF_NEED_BE = "if_need_be", _("Si besoin")
    NO = "no", _("Non")


class ProposalState(TextChoices):
    """How far the search of a calendar is."""

    WAITING = "waiting", _("En attente")
    RUNNING = "running", _("Recherche en cours")
    FOUND = "found", _("Calendrier trouvé")
    IMPOSSIBLE = "impossible", _("Aucun calendrier possible")
    FAILED = "failed", _("Recherche interrompue")


class MemberStatus(TextChoices):
    """How far someone's place in a working group is settled."""

    CANDIDATE = "candidate", _("Pressentie")
    INVITED = "invited", _("Invitée")
    ACCEPTED = "accepted", _("A accepté")
    DECLINED = "declined", _("A décliné")


#: Those who are of the group: expected at its meetings, offered at the door, counted.
IN_GROUP = (MemberStatus.INVITED, MemberStatus.ACCEPTED)


class Gender(TextChoices):
    WOMAN = "woman", _("Femme")
    MAN = "man", _("Homme")
    OTHER = "other", _("Autre")


# ── Committee, criteria, immersion ──


class PointState(TextChoices):
    OPEN = "open", _("À arbitrer")
    SETTLED = "settled", _("Tranché")
    POSTPONED = "postponed", _("Reporté")


class DecisionKind(TextChoices):
    SETTLED = "settled", _("Décision")
    POSTPONED = "postponed", _("Report")


class ArgumentSide(TextChoices):
    FOR = "for", _("Pour")
    AGAINST = "against", _("Contre")


class Judgement(TextChoices):
    """What is said of a success criterion when it is looked at again."""

    REACHED = "reached", _("Atteint")
    ON_THE_WAY = "on_the_way", _("En bonne voie")
    PARTLY = "partly", _("En partie seulement")
    NOT_REACHED = "not_reached", _("Pas atteint")
    TOO_EARLY = "too_early", _("Trop tôt pour le dire")


class AppointmentKind(TextChoices):
    REFERENT = "referent", _("Référents du territoire")
    ACTOR = "actor", _("Acteur du territoire")
    VISIT = "visit", _("Visite")
    GROUP = "group", _("Composition du groupe")
