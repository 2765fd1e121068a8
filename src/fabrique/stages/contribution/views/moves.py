"""Every gesture of the console, posted by a form or by its script: one address, one table.

A form gets the console again; a script gets what was done, in words it can announce. What is
refused comes back as it was typed, with what to do about it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fabrique.people.viewer import Viewer, account_viewer
from fabrique.stages.contribution import queries
from fabrique.stages.contribution.actions import cards, transcriptions
from fabrique.stages.contribution.actions import workshops as workshop_verbs
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.actions.hands import MOST_HANDS, count_hands
from fabrique.stages.contribution.actions.levels import set_card_level
from fabrique.stages.contribution.actions.links import link, unlink
from fabrique.stages.contribution.actions.take_over import take_cards_over
from fabrique.stages.contribution.actions.undo import undo
from fabrique.stages.contribution.enums import Level, Source
from fabrique.stages.contribution.errors import (
    ContributionError,
    InvalidContribution,
    InvalidHands,
    NoCardPicked,
    NothingPicked,
    ReasonNeeded,
    UnknownMove,
)
from fabrique.stages.contribution.formats.contract import InvalidAnswer
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.forms import HandsForm
from fabrique.stages.contribution.models import Card, Contribution, Link, Workshop
from fabrique.stages.contribution.views.console import console_page
from fabrique.stages.contribution.views.console_card import card_page
from fabrique.stages.contribution.views.console_contribution import contribution_page
from fabrique.stages.contribution.views.console_hands import hands_page
from fabrique.stages.contribution.views.console_new_card import new_card_page
from fabrique.stages.contribution.views.console_take_over import take_over_page
from fabrique.stages.contribution.wording.moves import shortened, what_was_done
from fabrique.stages.contribution.wording.refusals import say
from fabrique.stages.programme.access import with_facilitated_meeting
from fabrique.stages.programme.models import Meeting
from fabrique.stages.seminar.actions import rooms
from fabrique.stages.seminar.errors import RoomError
from fabrique.stages.seminar.models import Room
from fabrique.stages.seminar.queries import room_of

MINUTES_AT_MOST = 60


@dataclass(frozen=True)
class Asked:
    """A gesture: what was sent, by whom, in which seminar. Ids of another seminar are unknown."""

    meeting: Meeting
    viewer: Viewer
    actor: str
    data: QueryDict

    def word(self, name: str) -> str:
        return self.data.get(name, "").strip()

    def id(self, name: str) -> UUID:
        return _identifier(self.word(name))

    @property
    def room(self) -> Room:
        room = room_of(self.meeting)
        if room is None:
            raise Http404
        return room

    @property
    def workshop(self) -> Workshop:
        here = queries.workshops_visible_to(self.viewer, self.meeting)
        return get_object_or_404(here, pk=self.id("workshop"))

    def card(self, name: str = "card") -> Card:
        return get_object_or_404(self.cards, pk=self.id(name))

    @property
    def cards(self) -> QuerySet[Card]:
        return queries.cards_visible_to(self.viewer).filter(workshop__meeting=self.meeting)

    @property
    def contributions(self) -> list[Contribution]:
        """Those that are ticked, at least one, in the room's order."""
        wanted = {_identifier(one) for one in self.data.getlist("contribution")}
        if not wanted:
            raise NothingPicked
        here = queries.contributions_visible_to(self.viewer)
        found = list(here.filter(workshop__meeting=self.meeting, pk__in=wanted))
        if len(found) != len(wanted):
            raise Http404
        return found

    @property
    def contribution_ids(self) -> list[UUID]:
        return [one.pk for one in self.contributions]


Move = Callable[[Asked], str]


@never_cache
@require_POST
@with_facilitated_meeting
def move(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    actor = getattr(request.user, "label", "") or _("Équipe d'animation")
    asked = Asked(meeting, account_viewer(request.user), actor, request.POST)
    name = asked.word("move") or ("tie" if "kind" in request.POST else "")
    try:
        if name not in MOVES:
            raise UnknownMove
        done = MOVES[name](asked)
    except (ContributionError, RoomError, InvalidAnswer) as refusal:
        return _refused(request, asked, refusal)
    if _wants_json(request):
        return JsonResponse({"done": done})
    messages.success(request, done)
    return redirect(_back(asked))


def _prepare(asked: Asked) -> str:
    rooms.prepare_room(asked.meeting)
    workshop_verbs.lay_out_workshops(asked.meeting)
    return _("La salle est prête.")


def _open_room(asked: Asked) -> str:
    workshop_verbs.lay_out_workshops(asked.meeting)
    rooms.open_room(asked.room.pk, actor=asked.actor)
    return _("La salle est ouverte : les téléphones peuvent entrer.")


def _close_room(asked: Asked) -> str:
    rooms.close_room(asked.room.pk, actor=asked.actor)
    return _("La séance est terminée.")


def _next_sequence(asked: Asked) -> str:
    room = rooms.next_sequence(asked.room.pk, actor=asked.actor)
    return _started(room)


def _start_sequence(asked: Asked) -> str:
    room = rooms.start_sequence(asked.room.pk, sequence_id=asked.id("sequence"), actor=asked.actor)
    return _started(room)


def _started(room: Room) -> str:
    title = room.sequence.title if room.sequence else ""
    return _("Séquence commencée : « %(title)s ».") % {"title": title}


def _add_minutes(asked: Asked) -> str:
    word = asked.word("minutes") or "5"
    minutes = int(word) if word.lstrip("-").isdigit() else 0
    if not 0 < abs(minutes) <= MINUTES_AT_MOST:
        raise UnknownMove
    rooms.add_minutes(asked.room.pk, minutes=minutes, actor=asked.actor)
    return ngettext("%(n)d minute ajoutée.", "%(n)d minutes ajoutées.", minutes) % {"n": minutes}


def _renew_wall_key(asked: Asked) -> str:
    rooms.renew_wall_key(asked.room.pk, actor=asked.actor)
    return _("Le lien du mur a changé : ouvrez le mur à nouveau sur chaque écran.")


def _open_workshop(asked: Asked) -> str:
    workshop = workshop_verbs.open_workshop(asked.workshop.pk, actor=asked.actor)
    return _("Atelier ouvert : « %(title)s ».") % {"title": workshop.title}


def _close_workshop(asked: Asked) -> str:
    workshop = workshop_verbs.close_workshop(asked.workshop.pk, actor=asked.actor)
    return _("Atelier fermé : « %(title)s ».") % {"title": workshop.title}


def _change_phase(asked: Asked) -> str:
    workshop_verbs.change_phase(asked.workshop.pk, phase=asked.word("phase"), actor=asked.actor)
    return _("Phase changée.")


def _say(asked: Asked) -> str:
    """Written by the team for the room."""
    contribute(
        id=asked.id("id"),
        workshop_id=asked.workshop.pk,
        data=asked.data,
        source=Source.ROOM,
        actor=asked.actor,
    )
    return _("Contribution saisie pour la salle.")


def _create_card(asked: Asked) -> str:
    picked = asked.contributions if asked.data.getlist("contribution") else []
    workshop_id = picked[0].workshop_id if picked else asked.workshop.pk
    card = cards.create_card(
        workshop_id,
        title=asked.word("title"),
        contribution_ids=[one.pk for one in picked],
        actor=asked.actor,
    )
    return _("Carte créée : « %(title)s ».") % {"title": shortened(card.title)}


def _write_card(asked: Asked) -> str:
    """A card written whole by the facilitator, with the fields of its format."""
    card = cards.create_card(asked.workshop.pk, data=asked.data, actor=asked.actor)
    return _("Carte créée : « %(title)s ».") % {"title": shortened(card.title)}


def _take_over(asked: Asked) -> str:
    wanted = {_identifier(one) for one in asked.data.getlist("earlier")}
    if not wanted:
        raise NoCardPicked
    taken = take_cards_over(asked.workshop.pk, card_ids=wanted, actor=asked.actor)
    if not taken:
        return _("Ces cartes étaient déjà reprises.")
    return ngettext("%(n)d carte reprise.", "%(n)d cartes reprises.", len(taken)) % {
        "n": len(taken)
    }


def _count_hands(asked: Asked) -> str:
    workshop = asked.workshop
    criteria = get_format(workshop.format).criteria_of(workshop)
    form = HandsForm(asked.data, criteria=criteria)
    if not form.is_valid():
        errors = {name: [str(one) for one in all] for name, all in form.errors.items()}
        raise InvalidHands(errors=errors, limit=MOST_HANDS)
    card = count_hands(workshop.pk, card_id=asked.id("card"), counts=form.counts, actor=asked.actor)
    return _("Mains levées enregistrées pour « %(title)s ».") % {"title": shortened(card.title)}


def _place(asked: Asked) -> str:
    if not asked.word("card"):
        raise NothingPicked
    card = asked.card()
    cards.place_together(asked.contribution_ids, card_id=card.pk, actor=asked.actor)
    return _("Rangé dans « %(title)s ».") % {"title": shortened(card.title)}


def _take_out(asked: Asked) -> str:
    cards.place_together(asked.contribution_ids, card_id=None, actor=asked.actor)
    return _("Remis parmi les contributions à trier.")


def _edit_card(asked: Asked) -> str:
    card = cards.edit_card(asked.card().pk, data=asked.data, actor=asked.actor)
    return _("Carte modifiée : « %(title)s ».") % {"title": shortened(card.title)}


def _merge_cards(asked: Asked) -> str:
    into = cards.merge_cards(asked.card().pk, into_id=asked.card("into").pk, actor=asked.actor)
    return _("Carte réunie avec « %(title)s ».") % {"title": shortened(into.title)}


def _split_card(asked: Asked) -> str:
    new = cards.split_card(
        asked.card().pk,
        title=asked.word("title"),
        contribution_ids=asked.contribution_ids,
        actor=asked.actor,
    )
    return _("Carte créée : « %(title)s ».") % {"title": shortened(new.title)}


def _move_card(asked: Asked) -> str:
    before = asked.card("before").pk if asked.word("before") else None
    cards.move_card(asked.card().pk, before_id=before, actor=asked.actor)
    return _("Carte déplacée.")


def _set_card_level(asked: Asked) -> str:
    card = set_card_level(asked.card().pk, level=asked.word("level"), actor=asked.actor)
    if card.level == Level.PRIVATE:
        return _("« %(title)s » est réservée à l'équipe d'animation.") % {
            "title": shortened(card.title)
        }
    return _("« %(title)s » est visible du groupe.") % {"title": shortened(card.title)}


def _set_card_aside(asked: Asked) -> str:
    card = cards.set_card_aside(asked.card().pk, reason=asked.word("reason"), actor=asked.actor)
    return _("Mis de côté : « %(title)s ».") % {"title": shortened(card.title)}


def _restore_card(asked: Asked) -> str:
    card = cards.restore_card(asked.card().pk, actor=asked.actor)
    return _("Carte revenue : « %(title)s ».") % {"title": shortened(card.title)}


def _set_contribution_aside(asked: Asked) -> str:
    aside = cards.set_aside_together(
        asked.contribution_ids, reason=asked.word("reason"), actor=asked.actor
    )
    words = ngettext(
        "%(n)d contribution mise de côté.", "%(n)d contributions mises de côté.", len(aside)
    )
    return words % {"n": len(aside)}


def _restore_contribution(asked: Asked) -> str:
    for contribution_id in asked.contribution_ids:
        cards.restore_contribution(contribution_id, actor=asked.actor)
    return _("Remis parmi les contributions à trier.")


def _correct(asked: Asked) -> str:
    (contribution, *_others) = asked.contributions
    transcriptions.correct(
        contribution.pk, data=asked.data, paper_code=asked.word("paper_code"), actor=asked.actor
    )
    return _("Saisie corrigée.")


def _take_back(asked: Asked) -> str:
    for contribution_id in asked.contribution_ids:
        transcriptions.take_back(contribution_id, actor=asked.actor)
    return _("Saisie annulée.")


def _undo(asked: Asked) -> str:
    number = asked.word("number")
    undone = undo(
        asked.room.pk, number=int(number) if number.isdigit() else None, actor=asked.actor
    )
    subject = _identifier(undone.subject)
    names = {str(card.pk): card.title for card in asked.cards.filter(pk=subject)}
    said = queries.contributions_visible_to(asked.viewer).filter(pk=subject)
    names |= {str(one.pk): one.text for one in said}
    return _("Annulé : %(what)s.") % {"what": what_was_done(undone, names)}


def _tie(asked: Asked) -> str:
    """The room ties two cards, or ends such a tie (``undo=1``)."""
    source, target, kind = asked.card("source"), asked.card("target"), asked.word("kind")
    workshop = asked.workshop
    if asked.word("undo"):
        held = queries.links_of(workshop).filter(participant=None, kind=kind)
        one: Link = get_object_or_404(held, source=source, target=target)
        unlink(one.pk, actor=asked.actor)
        return _("Lien retiré.")
    link(
        workshop_id=workshop.pk,
        source_id=source.pk,
        target_id=target.pk,
        kind=kind,
        actor=asked.actor,
    )
    return _("Lien confirmé pour la salle.")


MOVES: dict[str, Move] = {
    "prepare": _prepare,
    "open_room": _open_room,
    "close_room": _close_room,
    "next_sequence": _next_sequence,
    "start_sequence": _start_sequence,
    "add_minutes": _add_minutes,
    "renew_wall_key": _renew_wall_key,
    "open_workshop": _open_workshop,
    "close_workshop": _close_workshop,
    "change_phase": _change_phase,
    "say": _say,
    "create_card": _create_card,
    "write_card": _write_card,
    "take_over": _take_over,
    "count_hands": _count_hands,
    "place": _place,
    "take_out": _take_out,
    "edit_card": _edit_card,
    "merge_cards": _merge_cards,
    "split_card": _split_card,
    "move_card": _move_card,
    "set_card_aside": _set_card_aside,
    "set_card_level": _set_card_level,
    "restore_card": _restore_card,
    "set_contribution_aside": _set_contribution_aside,
    "restore_contribution": _restore_contribution,
    "correct": _correct,
    "take_back": _take_back,
    "undo": _undo,
    "tie": _tie,
}


OVER_THE_BOARD: dict[str, Callable[..., HttpResponse]] = {
    "take_over": take_over_page,
    "new_card": new_card_page,
    "hands": hands_page,
}


def _refused(
    request: HttpRequest, asked: Asked, refusal: ContributionError | RoomError | InvalidAnswer
) -> HttpResponse:
    unfit = InvalidContribution | ReasonNeeded | InvalidAnswer | InvalidHands
    status = 422 if isinstance(refusal, unfit) else 409
    if _wants_json(request):
        fields = refusal.params.get("errors", {})
        body = {"code": refusal.code, "message": say(refusal), "fields": fields}
        return JsonResponse(body, status=status)
    back: dict[str, Any] = {"refusal": say(refusal), "typed": asked.data, "status": status}
    if asked.word("page") == "card":
        return card_page(request, asked.meeting, asked.id("card"), **back)
    if asked.word("page") == "contribution":
        return contribution_page(request, asked.meeting, asked.id("contribution"), **back)
    if page := OVER_THE_BOARD.get(asked.word("page")):
        return page(request, asked.meeting, asked.id("workshop"), **back)
    back |= {
        "picked": frozenset(asked.data.getlist("contribution")),
        "workshop_id": asked.word("workshop"),
    }
    return console_page(request, asked.meeting.pk, **back)


def _back(asked: Asked) -> str:
    if asked.word("page") == "hands":
        return reverse("contribution:console-hands", args=[asked.meeting.pk, asked.id("workshop")])
    if asked.word("page") == "transcription":
        page = reverse("contribution:transcription", args=[asked.meeting.pk])
    else:
        page = reverse("contribution:console", args=[asked.meeting.pk])
    workshop = _or_none(asked.word("follow"))
    return f"{page}?atelier={workshop}" if workshop else page


def _identifier(word: str) -> UUID:
    found = _or_none(word)
    if found is None:
        raise Http404
    return found


def _or_none(word: str) -> UUID | None:
    try:
        return UUID(word)
    except ValueError:
        return None


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
