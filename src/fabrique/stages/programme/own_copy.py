"""The sheets a programme brings to the copy that someone takes of what concerns them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fabrique.kit.sheets import Table
from fabrique.stages.programme.models import Contact, GroupMember, TeamMember
from fabrique.stages.programme.queries.own_copy import days_answered_by, told_to
from fabrique.stages.programme.queries.polls import unavailabilities_of
from fabrique.stages.programme.year import option_words


def programme_tables(contact: Contact) -> list[Table]:
    """Who they are as it is recorded, what they were told, when they said they can come."""
    return [_who(contact), _told(contact), _availability(contact)]


def moment(at: datetime | None) -> str:
    """« 23/01/2020 14:00 », nothing without an instant."""
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT") if at else ""


def day(on: date | None) -> str:
    return date_format(on, "SHORT_DATE_FORMAT") if on else ""


def _who(contact: Contact) -> Table:
    facts = [(_("Démarche"), contact.programme.title), *_of_their_place(contact)]
    facts += [
        (_("Adresse d'agenda donnée à lire"), contact.calendar_url),
        (_("Agenda lu le"), moment(contact.calendar_read_at)),
        (_("Courriels arrêtés le"), moment(contact.unsubscribed_at)),
    ]
    rows = [(label, value) for label, value in facts if value]
    return Table(_("Qui vous êtes"), [_("Ce qui est noté"), _("Valeur")], rows)


def _of_their_place(contact: Contact) -> Iterable[tuple[str, str]]:
    if contact.member is not None:
        return _of_the_group(contact.member)
    return _of_the_team(contact.team_member) if contact.team_member else ()


def _of_the_group(member: GroupMember) -> Iterable[tuple[str, str]]:
    return [
        (_("Groupe"), str(member.site) if member.site else _("Échelle nationale")),
        (_("Nom ou fonction"), member.name),
        (_("Adresse électronique"), member.email),
        (_("Institution"), member.institution),
        (_("Type d'institution"), str(member.get_institution_kind_display())),
        (_("Fonction"), str(member.get_function_kind_display())),
        (_("Secteur"), member.sector),
        (_("Genre"), str(member.get_gender_display())),
        (_("Référent ou référente"), _("oui") if member.is_referent else ""),
        (_("Place dans le groupe"), str(member.get_status_display())),
        (_("Invitation personnelle le"), day(member.invited_on)),
        (_("Remplace"), str(member.substitute_of or "")),
        (_("Profil proposé à la journée d'immersion"), str(member.proposed_as or "")),
    ]


def _of_the_team(member: TeamMember) -> Iterable[tuple[str, str]]:
    return [
        (_("Rôle dans l'équipe"), str(member.get_role_display())),
        (_("Fonction affichée"), member.user.label),
        (_("Adresse électronique"), member.user.email),
        (_("Territoires"), ", ".join(str(site) for site in member.sites.all())),
    ]


def _told(contact: Contact) -> Table:
    rows = [
        (
            str(one.get_kind_display()),
            str(one.meeting or ""),
            moment(one.created_at),
            moment(one.sent_at) or _("pas encore parti"),
        )
        for one in told_to(contact)
    ]
    return Table(
        _("Ce qui vous a été écrit"),
        [_("Message"), _("Réunion"), _("Préparé le"), _("Parti le")],
        rows,
    )


def _availability(contact: Contact) -> Table:
    answered = [
        (
            str(one.option.poll.meeting),
            option_words(one.option),
            str(one.get_answer_display()),
            moment(one.answered_at),
        )
        for one in days_answered_by(contact)
    ]
    away = [
        (
            _("Jours où vous n'êtes pas libre"),
            _("du %(first)s au %(last)s")
            % {"first": day(one.first_date), "last": day(one.last_date)},
            str(one.get_source_display()),
            "",
        )
        for one in unavailabilities_of(contact)
    ]
    return Table(
        _("Vos disponibilités"),
        [_("Réunion"), _("Jour"), _("Réponse ou provenance"), _("Répondu le")],
        [*answered, *away],
    )
