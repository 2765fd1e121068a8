"""What a workshop format is: one folder holding everything about it, behind this contract.

A format says what one contribution and one card contain, which phases it goes through, what
its screens show, what it computes and what it writes in the note. Screens, console, API and
note know formats only through here: adding one adds a folder and changes nothing else.

A format's folder::

    <key>/__init__.py      FORMAT, an instance of a subclass of Format
    <key>/contribution.py  the form of one contribution (phone, paper, room, API, import)
    <key>/analysis.py      rows → method → result
    <key>/note.py          blocks for the note
    <key>/templates/formats/<key>/phone.html wall.html console.html page.html …  those it needs

What phones send is of two kinds. A *contribution* is a text and a payload, checked by
``contribution_form``. An *answer* is a set of marks and ties on cards, read by ``read_answer``:
it is written whole or not at all, and sending it again changes nothing.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fabrique.document import tree
from fabrique.stages.contribution.enums import WorkshopState
from fabrique.stages.contribution.formats.local_words import (
    PREFIX,
    by_field,
    by_label,
    local_fields,
    with_local,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from fabrique.people.viewer import Viewer
    from fabrique.stages.contribution.formats.card_files import BroughtFile, CardFile, ReadCards
    from fabrique.stages.contribution.formats.reach import Reachable, ReferenceField
    from fabrique.stages.contribution.models import Card, Contribution, Workshop

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A moment of a workshop, and what phones may send during it.

    ``accepts`` holds any of ``contribution``, ``rating``, ``link``; empty, people look at the
    wall. ``shows_results`` lets the wall show figures: not while people are still judging.
    """

    key: str
    label: Text
    instruction: Text
    accepts: frozenset[str] = frozenset({"contribution"})
    shows_results: bool = False


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """What a card is rated on, individually: ``scale`` maps each value to its words."""

    key: str
    label: Text
    question: Text
    scale: Mapping[int, Text]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One person's judgement of one card."""

    card_id: UUID
    criterion: str
    value: int


@dataclass(frozen=True, kw_only=True)
class Tie:
    """A typed tie from one card to another."""

    source_id: UUID
    target_id: UUID
    kind: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one send says of the cards: marks to write, ties to draw, ties to end."""

    marks: Sequence[Mark] = ()
    ties: Sequence[Tie] = ()
    untied: Sequence[Tie] = ()


class InvalidAnswer(ValueError):
    """Marks or ties this workshop refuses; ``errors`` says in the reader's language what to do."""

    code = "invalid_answer"

    def __init__(self, errors: Mapping[str, Sequence[Text]]) -> None:
        super().__init__(errors)
        self.errors = errors
        self.params: dict[str, Any] = {
            "errors": {k: [str(e) for e in v] for k, v in errors.items()}
        }


@dataclass(frozen=True)
class Refused:
    """An answer that was not taken: what was posted, and what to do about it."""

    typed: Mapping[str, Any]
    errors: Mapping[str, Sequence[Text]]


@dataclass(frozen=True, kw_only=True)
class NotePart:
    """Blocks a workshop brings to one section of the note (a key of the outline)."""

    section: str
    blocks: Sequence[tree.Block]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What is printed for those who write on paper: A6 cards and an A3 poster.

    ``cards`` is how many cards to print, none when the room only needs the poster.
    """

    letter: str
    title: Text
    instruction: Text
    fields: Sequence[Text] = field(default_factory=tuple)
    cards: int = 24


@dataclass(frozen=True, kw_only=True)
class Box:
    """A frame of a canvas: what is asked, and what is already known of it."""

    title: Text
    lines: Sequence[Text] = ()


@dataclass(frozen=True, kw_only=True)
class Canvas:
    """An A3 sheet that a table fills in together: rows of boxes side by side."""

    title: Text
    lead: Text = ""
    rows: Sequence[Sequence[Box]] = ()


@dataclass(frozen=True, kw_only=True)
class PrintedMap:
    """A map on a sheet of its own, and what it says in a few sentences."""

    map: tree.NetworkMap
    sentences: Sequence[str] = field(default_factory=tuple)


COLLECT = Phase(
    key="collect",
    label=_("Recueillir"),
    instruction=_("Chacun écrit, une idée à la fois."),
)


class Format:
    """Subclass, set the class attributes, override what differs."""

    key: ClassVar[str]
    title: ClassVar[Text]
    #: Two sentences for someone who has never seen it.
    explanation: ClassVar[Text]
    letter: ClassVar[str]
    phases: ClassVar[Sequence[Phase]] = (COLLECT,)
    criteria: ClassVar[Sequence[Criterion]] = ()
    #: Whether the facilitator groups what is said into cards.
    makes_cards: ClassVar[bool] = True
    #: Whether the wall shows contributions as they come.
    shows_contributions: ClassVar[bool] = True
    #: Whether a person's last contribution replaces the ones before (all are kept).
    last_one_counts: ClassVar[bool] = False
    #: Whether a contribution may be shown with its author, where the room names people.
    names_authors: ClassVar[bool] = True
    #: Kinds of ties between cards that this format draws.
    link_kinds: ClassVar[frozenset[str]] = frozenset()
    #: Fields of the payload that hold earlier cards, by name; an index of them is kept.
    references: ClassVar[Mapping[str, "ReferenceField"]] = {}
    #: Fields of a card's payload that stay in its territory when the card is released.
    never_released: ClassVar[frozenset[str]] = frozenset()
    #: Formats whose cards may be taken over as cards of this one.
    takes_over: ClassVar[Sequence[str]] = ()
    #: Whether what is said and kept may become success criteria of the programme.
    brings_criteria: ClassVar[bool] = False
    #: Whether what was kept is printed as a map, on A3.
    prints_map: ClassVar[bool] = False
    #: Whether a workshop has a page of its own beside the console: a template, ``page.html``.
    has_page: ClassVar[bool] = False
    #: The files the team may bring cards and ties in by; ``read_files`` understands them.
    brought_files: ClassVar[Sequence["BroughtFile"]] = ()
    #: What a workshop's settings may hold, with the value used where they say nothing.
    default_settings: ClassVar[Mapping[str, Any]] = {}
    #: How a person calls those settings that are lists of words.
    list_labels: ClassVar[Mapping[str, Text]] = {}

    def phase(self, key: str) -> Phase:
        """The phase of that key, the first one when empty."""
        return next((phase for phase in self.phases if phase.key == key), self.phases[0])

    def setting(self, workshop: "Workshop", name: str) -> Any:
        """The workshop's own setting, else the format's; the territory's words after a list."""
        value = workshop.settings.get(name) or self.default_settings[name]
        return with_local(workshop, name, value)

    def shows_results(self, workshop: "Workshop", raters: int) -> bool:
        """Whether the wall may show figures: in a phase made for it, or once all is closed."""
        closed = workshop.state == WorkshopState.CLOSED
        return self.phase(workshop.phase).shows_results or (closed and raters > 0)

    def template(self, screen: str) -> list[str]:
        """Templates for a screen (``phone``, ``wall``, ``console``…): the format's, else ours."""
        return [f"formats/{self.key}/{screen}.html", f"formats/{screen}.html"]

    def contribution_form(
        self, workshop: "Workshop", data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> "ContributionForm":
        """The form of one contribution; its clean data are the text and the payload."""
        return ContributionForm(data, workshop=workshop, **kwargs)

    def begins_with(self, workshop: "Workshop", viewer: "Viewer") -> dict[str, Any]:
        """What a phone's form holds before anything is typed: what is known of its holder."""
        return {}

    def card_form(
        self, workshop: "Workshop", data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> "CardForm":
        """The form of one card, for the facilitator; ``initial`` may hold the card's values."""
        return CardForm(data, workshop=workshop, **kwargs)

    def card_payload(self, contributions: Sequence["Contribution"]) -> dict[str, Any]:
        """What a new card takes over from the contributions put in it."""
        return {}

    def subject_of(self, workshop: "Workshop", payload: Mapping[str, Any]) -> UUID | None:
        """The card that what someone says is about, where they chose one: it goes in at once."""
        return None

    def taken_over(self, card: "Reachable") -> Sequence[Mapping[str, Any]]:
        """The card or cards made here from an earlier one: what their form is given."""
        return [{"title": card.title, "text": card.text}]

    def details(self, payload: Mapping[str, Any]) -> Sequence[tuple[Text, str]]:
        """A payload as (label, value) pairs, to show beside the text of a contribution or card."""
        return ()

    def shows(self, contribution: "Contribution") -> bool:
        """Whether a wall may show this contribution as it comes."""
        return self.shows_contributions

    def shown(self, said: "QuerySet[Contribution]") -> "QuerySet[Contribution]":
        """Those of these contributions that ``shows`` lets through."""
        return said if self.shows_contributions else said.none()

    @property
    def speaks_of_cards(self) -> bool:
        """Whether what is said may be about a card: phones then offer those there are."""
        return type(self).subject_of is not Format.subject_of

    @property
    def takes_contributions(self) -> bool:
        """Whether anything is said in this format, in any of its steps."""
        return any("contribution" in phase.accepts for phase in self.phases)

    def criteria_of(self, workshop: "Workshop") -> Sequence[Criterion]:
        """What cards are rated on in this workshop, whose settings may change the words."""
        return self.criteria

    def cards_to_rate(self, workshop: "Workshop") -> "QuerySet[Card]":
        """The cards put before each person: those this workshop kept."""
        from fabrique.stages.contribution.formats.rows import kept_cards

        return kept_cards(workshop)

    def read_answer(self, workshop: "Workshop", data: Mapping[str, Any]) -> Answer:
        """Marks and ties from one send; raises ``InvalidAnswer``."""
        from fabrique.stages.contribution.formats.rating import read_marks

        return read_marks(self, workshop, data)

    def check_mark(self, workshop: "Workshop", mark: Mark) -> None:
        """Raise ``InvalidAnswer`` unless this workshop may take this mark."""
        from fabrique.stages.contribution.formats.rating import check_mark

        check_mark(self, workshop, mark)

    def link_kinds_of(self, workshop: "Workshop") -> Collection[str]:
        """Kinds of ties this workshop draws, whose settings may say others."""
        return self.link_kinds

    def check_tie(self, workshop: "Workshop", tie: Tie) -> None:
        """Raise ``InvalidAnswer`` unless this workshop may draw this tie."""
        raise InvalidAnswer({"kind": [_("Cet atelier ne relie pas de cartes.")]})

    def context(
        self,
        workshop: "Workshop",
        viewer: "Viewer",
        screen: str,
        *,
        step: str = "",
        refused: Refused | None = None,
    ) -> dict[str, Any]:
        """What a screen shows besides the workshop, its contributions and its cards.

        ``step`` is the card a phone asked for (``?carte=``), where it shows one at a time;
        ``refused`` is an answer to show again as it was typed, with what is wrong.
        """
        if self.criteria_of(workshop):
            from fabrique.stages.contribution.formats.rating import rating_context

            return rating_context(self, workshop, viewer, screen, step=step, refused=refused)
        return {}

    def note_parts(self, workshop: "Workshop") -> Sequence[NotePart]:
        """What this workshop brings to the note, each block citing what it rests on."""
        from fabrique.stages.contribution.formats.blocks import card_parts

        return card_parts(workshop)

    def files(self, workshop: "Workshop") -> Sequence["CardFile"]:
        """The files in which this workshop's cards leave, each made when it is asked for."""
        return ()

    def read_files(self, workshop: "Workshop", files: Mapping[str, bytes]) -> "ReadCards":
        """What ``brought_files`` say, writing nothing; raises ``UnreadableFile``."""
        raise NotImplementedError

    def printed_map(self, workshop: "Workshop") -> PrintedMap:
        """The map printed on A3 to be talked over, where ``prints_map`` and there are cards."""
        raise NotImplementedError

    def sheet(self, workshop: "Workshop") -> Sheet | None:
        """What to print for paper contributions, or nothing."""
        return Sheet(letter=self.letter, title=self.title, instruction=self.explanation)

    def canvases(self, workshop: "Workshop") -> Sequence[Canvas]:
        """The A3 sheets a table works on, one a subject."""
        return ()


class ContributionForm(forms.Form):
    """The form every format starts from: a text, 2,000 characters at most.

    Fields added by a format become the payload, as plain JSON values.
    """

    asked_of: ClassVar[str] = "contribution"

    text = forms.CharField(
        label=_("Votre contribution"),
        max_length=2_000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4, "data-autogrow": ""}),
        error_messages={
            "required": _("Écrivez quelque chose avant d'envoyer."),
            "max_length": _(
                "Votre texte compte %(show_value)d caractères : "
                "ramenez-le à %(limit_value)d au plus."
            ),
        },
    )

    def __init__(self, *args: Any, workshop: "Workshop", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workshop = workshop
        from fabrique.stages.contribution.formats.reach import reference_fields
        from fabrique.stages.contribution.formats.registry import get_format

        references = get_format(workshop.format).references
        asked = {name: one for name, one in references.items() if self.asked_of in one.asked_of}
        self.fields.update(reference_fields(workshop, asked))
        self.fields.update(local_fields(workshop))
        if own := by_field(self.fields, self.data.get("local")):
            self.data = {**self.data, **own}
        self.initial.update(by_field(self.fields, self.initial.get("local")))

    def __iter__(self) -> Iterator[forms.BoundField]:
        """The method's fields first, then those of the territory."""
        for name in sorted(self.fields, key=lambda name: name.startswith(PREFIX)):
            yield self[name]

    @property
    def payload(self) -> dict[str, Any]:
        """The clean values beside the text, those left empty apart."""
        own = by_label(self)
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "text" and value not in ("", None, []) and not name.startswith(PREFIX)
        } | ({"local": own} if own else {})


class CardForm(ContributionForm):
    """The form of a card: its name, a precision, and the fields a format adds as its payload.

    ``card`` is the one that is written again, where there is one.
    """

    asked_of = "card"

    title = forms.CharField(
        label=_("Nom de la carte"),
        max_length=160,
        strip=True,
        error_messages={
            "required": _("Donnez un nom à la carte."),
            "max_length": _(
                "Ce nom compte %(show_value)d caractères : ramenez-le à %(limit_value)d au plus."
            ),
        },
    )
    text = forms.CharField(
        label=_("Précision"),
        required=False,
        max_length=2_000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3, "data-autogrow": ""}),
    )
    field_order = ("title", "text")

    def __init__(self, *args: Any, card: "Card | None" = None, **kwargs: Any) -> None:
        self.card = card
        super().__init__(*args, **kwargs)

    @property
    def payload(self) -> dict[str, Any]:
        return {name: value for name, value in super().payload.items() if name != "title"}
