"""What a workshop may rest on: the cards of its territory, and those others released to it.

A local workshop reaches the cards kept in every seminar of its territory, as they stand. An
inter-site one reaches what territories released, as it was released, and the cards of the other
national seminars. Nobody's name ever passes here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from fabrique.stages.contribution.enums import CardState, Level
from fabrique.stages.contribution.models import Card, CardReference, Release, Workshop
from fabrique.stages.contribution.withdrawals import is_standing, is_withdrawn


@dataclass(frozen=True, kw_only=True)
class Reachable:
    """An earlier card as this workshop may see it; one that was withdrawn says nothing else."""

    card_id: UUID
    title: str
    text: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)
    format: str = ""
    site_id: UUID | None = None
    site_name: str = ""
    meeting_title: str = ""
    is_withdrawn: bool = False


def in_reach(
    workshop: Workshop, formats: Iterable[str], *, not_taken: bool = False
) -> list[Reachable]:
    """The cards of these formats a workshop may rest on, territory by territory, in order.

    ``not_taken`` leaves out those it already took over.
    """
    wanted = list(formats)
    own = _own_cards(workshop).filter(workshop__format__in=wanted)
    released = _released(workshop).filter(card__workshop__format__in=wanted)
    if not_taken:
        own = own.filter(~_taken_by(workshop, "pk"))
        released = released.filter(~_taken_by(workshop, "card"))
    found = [_as_it_stands(card) for card in own]
    if workshop.meeting.site_id is not None:
        return found
    return [*map(_as_released, released), *found]


def resolved(workshop: Workshop, card_ids: Iterable[UUID | str]) -> dict[UUID, Reachable]:
    """Each of these cards as this workshop may see it today; those it may not say « retiré »."""
    wanted = {UUID(str(one)) for one in card_ids}
    if not wanted:
        return {}
    found = {card.pk: _as_it_stands(card) for card in _own_cards(workshop).filter(pk__in=wanted)}
    if workshop.meeting.site_id is None:
        for release in _released(workshop).filter(card__in=wanted):
            found[release.card_id] = _as_released(release)
    gone = Reachable(card_id=UUID(int=0), title=_("Retiré"), is_withdrawn=True)
    sites = dict(
        Card.objects.filter(pk__in=wanted - found.keys()).values_list(
            "pk", "workshop__meeting__site__territory__name"
        )
    )
    return found | {
        one: Reachable(
            card_id=one,
            title=_("Retiré par %(site)s") % {"site": sites[one]} if sites.get(one) else gone.title,
            site_name=sites.get(one) or "",
            is_withdrawn=True,
        )
        for one in wanted - found.keys()
    }


def reference_fields(
    workshop: Workshop, references: Mapping[str, "ReferenceField"]
) -> dict[str, forms.Field]:
    """The fields by which one says what a contribution or a card rests on."""
    return {
        name: forms.MultipleChoiceField(
            label=one.label,
            choices=_choices(in_reach(workshop, one.formats)),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        for name, one in references.items()
    }


@dataclass(frozen=True, kw_only=True)
class ReferenceField:
    """A field of a format's payload that holds earlier cards: of which formats, asked of whom."""

    label: Any
    formats: Sequence[str]
    asked_of: frozenset[str] = frozenset({"card"})


def _choices(cards: Sequence[Reachable]) -> list[tuple[str, Any]]:
    """Each card by its name, and by its territory when there are several."""
    several = len({card.site_name for card in cards}) > 1
    return [
        (
            str(card.card_id),
            _("%(title)s (%(territory)s)")
            % {"title": card.title, "territory": card.site_name or _("échelle nationale")}
            if several
            else card.title,
        )
        for card in cards
    ]


def _taken_by(workshop: Workshop, card: str) -> Exists:
    """For a queryset whose ``card`` is a card: that this workshop took it over."""
    taken = CardReference.objects.filter(
        card__workshop=workshop, role=CardReference.ORIGIN, target=OuterRef(card)
    )
    return Exists(taken.exclude(card__state=CardState.UNDONE))


def _own_cards(workshop: Workshop) -> Any:
    cards = Card.objects.filter(
        workshop__meeting__programme=workshop.meeting.programme_id,
        workshop__meeting__site=workshop.meeting.site_id,
        state=CardState.KEPT,
    )
    return (
        cards.exclude(level=Level.PRIVATE)
        .exclude(is_withdrawn())
        .select_related("workshop__meeting__site__territory")
        .order_by("workshop__meeting__position", "workshop__position", "position", "id")
    )


def _released(workshop: Workshop) -> Any:
    releases = Release.objects.filter(
        is_standing(), card__workshop__meeting__programme=workshop.meeting.programme_id
    )
    return releases.select_related("card__workshop__meeting__site__territory").order_by(
        "card__workshop__meeting__site__position",
        "card__workshop__meeting__position",
        "card__workshop__position",
        "card__position",
        "card_id",
    )


def _as_it_stands(card: Card) -> Reachable:
    return _reachable(card, card.title, card.text, card.payload)


def _as_released(release: Release) -> Reachable:
    shown = release.shown
    return _reachable(release.card, shown["title"], shown["text"], shown["payload"])


def _reachable(card: Card, title: str, text: str, payload: Mapping[str, Any]) -> Reachable:
    meeting = card.workshop.meeting
    return Reachable(
        card_id=card.pk,
        title=title,
        text=text,
        payload=payload,
        format=card.workshop.format,
        site_id=meeting.site_id,
        site_name=meeting.site.territory.name if meeting.site else "",
        meeting_title=meeting.title,
    )
