"""Tying two actors: one person on a phone, or the team for the room.

Each send draws one tie, or ends one of one's own; the same one again changes nothing. A tie that
holds both ways is kept one way only, so that it is never drawn twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import (
    Answer,
    InvalidAnswer,
    Refused,
    Text,
    Tie,
)
from fabrique.stages.contribution.formats.rating import show_refusal
from fabrique.stages.contribution.models import Card, Link, Workshop

Kinds = Mapping[str, Text]
ACTOR_GONE = _("Cet acteur n'est plus sur la carte : choisissez-en un autre.")
SELF_TIE = _("Un acteur ne peut pas être relié à lui-même : choisissez deux acteurs différents.")
NO_KIND = _("Choisissez le lien qui va de l'un à l'autre.")


class TieForm(forms.Form):
    """Pick an actor, pick a kind of link, pick the other."""

    source = forms.ChoiceField(label=_("Un acteur"))
    relation = forms.ChoiceField(label=_("Quel lien ?"), widget=forms.RadioSelect)
    target = forms.ChoiceField(label=_("L'autre acteur"))

    def __init__(
        self,
        actors: Iterable[Card],
        kinds: Kinds,
        *,
        refused: Refused | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(refused.typed if refused else None, **kwargs)
        offered: list[tuple[str, Text]] = [("", _("Choisir un acteur"))]
        offered += [(str(one.pk), one.title) for one in actors]
        for name in ("source", "target"):
            self._offer(name, offered)
        self._offer("relation", list(kinds.items()))
        show_refusal(self, refused)

    def _offer(self, name: str, choices: Sequence[tuple[str, Text]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)
        field.error_messages["required"] = (
            NO_KIND if name == "relation" else _("Choisissez un acteur dans la liste.")
        )
        field.error_messages["invalid_choice"] = NO_KIND if name == "relation" else ACTOR_GONE


class RoomTieForm(forms.Form):
    """The same, for the team: the console names the kind ``kind``."""

    source = forms.ChoiceField(label=_("Un acteur"))
    kind = forms.ChoiceField(label=_("Quel lien ?"))
    target = forms.ChoiceField(label=_("L'autre acteur"))

    def __init__(self, actors: Iterable[Card], kinds: Kinds) -> None:
        super().__init__(auto_id="tie-%s")
        offered = [(str(one.pk), one.title) for one in actors]
        for name, choices in (("source", offered), ("target", offered), ("kind", kinds.items())):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)


@dataclass(frozen=True, kw_only=True)
class OwnTie:
    """A tie one drew, in words, and what to send to end it."""

    source: str
    words: Text
    target: str
    key: str


def own_ties(
    workshop: Workshop, viewer: Viewer, actors: Iterable[Card], kinds: Kinds
) -> list[OwnTie]:
    """What this person drew, the last first, between the actors that are still there."""
    if viewer.participant_id is None:
        return []
    names = {one.pk: one.title for one in actors}
    drawn = rows.ties_drawn(workshop, kinds).filter(participant=viewer.participant_id)
    if viewer.seated_since:
        drawn = drawn.filter(linked_at__gte=viewer.seated_since)
    return [
        OwnTie(
            source=names[tie.source_id],
            words=kinds[tie.kind],
            target=names[tie.target_id],
            key=_key(tie),
        )
        for tie in drawn.order_by("-linked_at", "-id")
        if tie.source_id in names and tie.target_id in names
    ]


def read_tie(
    workshop: Workshop, data: Mapping[str, Any], kinds: Kinds, mutual: Iterable[str]
) -> Answer:
    """The tie one send draws, or the one it ends (``untie``)."""
    if data.get("untie"):
        return Answer(untied=[_tie_of(str(data["untie"]))])
    actors = list(rows.kept_cards(workshop))
    form = TieForm(actors, kinds, refused=Refused(data, {}))
    if not form.is_valid():
        raise InvalidAnswer({name: [str(one) for one in all] for name, all in form.errors.items()})
    tie = Tie(
        source_id=UUID(form.cleaned_data["source"]),
        target_id=UUID(form.cleaned_data["target"]),
        kind=form.cleaned_data["relation"],
    )
    if tie.source_id == tie.target_id:
        raise InvalidAnswer({"target": [SELF_TIE]})
    return Answer(ties=[one_way(tie, mutual)])


def check_tie(workshop: Workshop, tie: Tie, kinds: Kinds) -> None:
    """Refuse what does not tie two actors of this map by a kind it has."""
    if tie.kind not in kinds:
        raise InvalidAnswer({"kind": [NO_KIND]})
    if tie.source_id == tie.target_id:
        raise InvalidAnswer({"target": [SELF_TIE]})
    ends = {tie.source_id, tie.target_id}
    there = set(rows.kept_cards(workshop).filter(pk__in=ends).values_list("pk", flat=True))
    for name, end in (("source", tie.source_id), ("target", tie.target_id)):
        if end not in there:
            raise InvalidAnswer({name: [ACTOR_GONE]})


def one_way(tie: Tie, mutual: Iterable[str]) -> Tie:
    """The tie itself, or the same from the other end when it holds both ways."""
    if tie.kind in set(mutual) and str(tie.source_id) > str(tie.target_id):
        return Tie(source_id=tie.target_id, target_id=tie.source_id, kind=tie.kind)
    return tie


def _key(tie: Link) -> str:
    return f"{tie.source_id}/{tie.kind}/{tie.target_id}"


def _tie_of(key: str) -> Tie:
    source, _slash, rest = key.partition("/")
    kind, _slash, target = rest.partition("/")
    try:
        return Tie(source_id=UUID(source), target_id=UUID(target), kind=kind)
    except ValueError:
        raise InvalidAnswer({"": [_("Ce lien n'est plus là : actualisez la page.")]}) from None
