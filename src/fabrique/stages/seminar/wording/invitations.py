"""Invitations in plain words: what someone was told, what they answered, what sending will do."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.kit.dates import day_words
from fabrique.stages.programme.announcements import Told
from fabrique.stages.programme.enums import MeetingState, NoticeKind
from fabrique.stages.seminar.enums import Coming
from fabrique.stages.seminar.errors import InvitationError
from fabrique.stages.seminar.guest_list import GuestLine, GuestList, Reach
from fabrique.stages.seminar.models import Reply


def say_refusal(error: InvitationError) -> str:
    return _REFUSALS[error.code](error.params)


def say_told(told: Told | None) -> str:
    """« Invitation du 3 septembre 2020 »."""
    if told is None or told.at is None:
        return ""
    said = {"kind": told.kind.label, "day": day_words(timezone.localdate(told.at))}
    return _("%(kind)s, le %(day)s") % said


def say_reply(line: GuestLine) -> tuple[str, str]:
    """A few words and the kind of badge."""
    if line.reply is not None:
        return say_coming(line.reply)
    if line.had_replied:
        return _("Avait répondu pour une autre date"), "neutral"
    if line.told is not None and line.told.is_expecting:
        return _("Sans réponse"), "neutral"
    return "", ""


def say_coming(reply: Reply) -> tuple[str, str]:
    if reply.coming == Coming.YES:
        return _("Viendra"), "success"
    if reply.coming == Coming.NO:
        return _("Ne viendra pas"), "warning"
    return _("Sera remplacé ou remplacée"), "info"


def say_substitute(reply: Reply | None) -> str:
    """« Adjointe à la mobilité, service transports », nothing without anyone."""
    if reply is None or not reply.substitute:
        return ""
    parts = (reply.substitute, reply.substitute_role)
    return ", ".join(part for part in parts if part)


def say_reach(reach: Reach) -> str:
    return _REACHES[reach]()


def say_sending(guests: GuestList) -> str:
    """What the button will do: « 12 personnes recevront l'invitation. »"""
    count = len(guests.to_write_to)
    kind = guests.kind
    if kind is None:
        return ""
    return _SENDINGS[kind](count) % {"count": count}


def say_button(kind: NoticeKind | None) -> str:
    return _BUTTONS[kind]() if kind in _BUTTONS else ""


def say_counts(guests: GuestList) -> str:
    """« 12 personnes prévenues : 8 viendront, 2 excusées, 2 sans réponse »."""
    if not guests.told:
        return ngettext(
            "%(count)d personne attendue, pas encore prévenue",
            "%(count)d personnes attendues, pas encore prévenues",
            guests.expected,
        ) % {"count": guests.expected}
    excused = len(guests.replied(Coming.NO))
    parts = []
    if guests.coming:
        parts.append(
            ngettext("%(count)d viendra", "%(count)d viendront", guests.coming)
            % {"count": guests.coming}
        )
    if excused:
        parts.append(
            ngettext("%(count)d excusée", "%(count)d excusées", excused) % {"count": excused}
        )
    if guests.silent:
        parts.append(_("%(count)d sans réponse") % {"count": guests.silent})
    told = ngettext("%(count)d personne prévenue", "%(count)d personnes prévenues", guests.told) % {
        "count": guests.told
    }
    return _("%(told)s : %(parts)s") % {"told": told, "parts": ", ".join(parts)}


_REACHES: dict[Reach, Callable[[], str]] = {
    Reach.BY_MAIL: lambda: "",
    Reach.NO_ADDRESS: lambda: _("Sans adresse : téléphoner"),
    Reach.UNSUBSCRIBED: lambda: _("Préfère ne pas recevoir de courriel : téléphoner"),
}

_SENDINGS: dict[NoticeKind, Callable[[int], str]] = {
    NoticeKind.INVITATION: lambda n: ngettext(
        "%(count)d personne recevra l'invitation.",
        "%(count)d personnes recevront l'invitation.",
        n,
    ),
    NoticeKind.DATE_CHANGE: lambda n: ngettext(
        "La date, l'heure ou le lieu a changé : %(count)d personne en sera prévenue.",
        "La date, l'heure ou le lieu a changé : %(count)d personnes en seront prévenues.",
        n,
    ),
    NoticeKind.CANCELLATION: lambda n: ngettext(
        "%(count)d personne attend cette réunion et sera prévenue qu'elle n'a pas lieu.",
        "%(count)d personnes attendent cette réunion et seront prévenues qu'elle n'a pas lieu.",
        n,
    ),
}

_BUTTONS: dict[NoticeKind | None, Callable[[], str]] = {
    NoticeKind.INVITATION: lambda: _("Envoyer les invitations"),
    NoticeKind.DATE_CHANGE: lambda: _("Prévenir du changement"),
    NoticeKind.CANCELLATION: lambda: _("Prévenir de l'annulation"),
}

_REFUSALS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "nobody_to_tell": lambda p: _(
        "Tout le monde est déjà prévenu de la date telle qu'elle est : rien n'a été envoyé."
    ),
    "invitation_closed": lambda p: _CLOSED.get(p["state"], _CLOSED[MeetingState.PLANNED])(),
    "substitute_needed": lambda p: _(
        "Indiquez qui viendra à votre place, ou choisissez une autre réponse."
    ),
}

_CLOSED: dict[str, Callable[[], str]] = {
    MeetingState.HELD: lambda: _("Cette réunion a eu lieu : il n'y a plus à répondre."),
    MeetingState.CANCELLED: lambda: _("Cette réunion est annulée : il n'y a plus à répondre."),
    MeetingState.PLANNED: lambda: _(
        "Cette réunion n'a plus de date : vous pourrez répondre quand une autre sera fixée."
    ),
}
