"""The sheets seminars bring to the copy that someone takes of what concerns them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from fabrique.kit.sheets import Table
from fabrique.stages.programme.models import Contact, GroupMember
from fabrique.stages.programme.own_copy import moment
from fabrique.stages.seminar.models import Participant
from fabrique.stages.seminar.queries import noted_of, replies_of
from fabrique.stages.seminar.wording.invitations import say_coming, say_substitute


def seminar_tables(contact: Contact, seats: Iterable[Participant]) -> list[Table]:
    """What they answered to invitations, whether they came, and the rooms they sat in."""
    presences = [_presences(contact.member)] if contact.member else []
    return [_replies(contact), *presences, rooms_table(seats)]


def rooms_table(seats: Iterable[Participant]) -> Table:
    rows = [
        (str(one.room.meeting), one.label, moment(one.joined_at), moment(one.left_at))
        for one in seats
    ]
    return Table(
        _("Vos entrées en salle"),
        [_("Séminaire"), _("Sous le nom de"), _("Entrée"), _("Sortie")],
        rows,
    )


def _replies(contact: Contact) -> Table:
    rows = [
        (
            str(one.meeting),
            moment(one.starts_at),
            say_coming(one)[0],
            say_substitute(one),
            moment(one.replied_at),
            one.noted_by or _("vous"),
        )
        for one in replies_of(contact).select_related("meeting__site__territory")
    ]
    return Table(
        _("Vos réponses aux invitations"),
        [
            _("Réunion"),
            _("Date proposée"),
            _("Réponse"),
            _("Qui viendrait à votre place"),
            _("Répondu le"),
            _("Noté par"),
        ],
        rows,
    )


def _presences(member: GroupMember) -> Table:
    rows = [
        (
            str(one.meeting),
            moment(one.meeting.starts_at),
            str(one.get_state_display()),
            one.substitute,
            str(one.get_source_display()),
            moment(one.recorded_at),
        )
        for one in noted_of(member)
    ]
    return Table(
        _("Vos présences"),
        [
            _("Réunion"),
            _("Date"),
            _("Présence"),
            _("Remplacé ou remplacée par"),
            _("Provenance"),
            _("Noté le"),
        ],
        rows,
    )
