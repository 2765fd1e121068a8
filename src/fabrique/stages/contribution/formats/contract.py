"""What a workshop format is: one folder holding everything about it, behind this contract.

A format says what one contribution and one card contain, which phases it goes through, what
its screens show, what it computes and what it writes in the note. Screens, console, API and
note know formats only through here: adding one adds a folder and changes nothing else.

A format's folder::

    <key>/__init__.py      FORMAT, an instance of a subclass of Format
    <key>/contribution.py  the form of one contribution (phone, paper, room, API, import)
    <key>/analysis.py      rows → method → result
    <key>/note.py          blocks for the note
    <key>/templates/formats/<key>/phone.html wall.html console.html …  those it needs
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fabrique.document import tree

if TYPE_CHECKING:
    from fabrique.people.viewer import Viewer
    from fabrique.stages.contribution.models import Workshop

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A moment of a workshop, and what phones may send during it.

    ``accepts`` holds any of ``contribution``, ``rating``, ``link``.
    """

    key: str
    label: Text
    instruction: Text
    accepts: frozenset[str] = frozenset({"contribution"})


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """What a card is rated on, individually: ``scale`` maps each value to its words."""

    key: str
    label: Text
    question: Text
    scale: Mapping[int, Text]


@dataclass(frozen=True, kw_only=True)
class NotePart:
    """Blocks a workshop brings to one section of the note (a key of the outline)."""

    section: str
    blocks: Sequence[tree.Block]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What is printed for those who write on paper: A6 cards and an A3 poster."""

    letter: str
    title: Text
    instruction: Text
    fields: Sequence[Text] = field(default_factory=tuple)
    cards: int = 24


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

    def phase(self, key: str) -> Phase:
        """The phase of that key, the first one when empty."""
        return next((phase for phase in self.phases if phase.key == key), self.phases[0])

    def template(self, screen: str) -> list[str]:
        """Templates for a screen (``phone``, ``wall``, ``console``…): the format's, else ours."""
        return [f"formats/{self.key}/{screen}.html", f"formats/{screen}.html"]

    def contribution_form(
        self, workshop: "Workshop", data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> "ContributionForm":
        """The form of one contribution; its clean data are the text and the payload."""
        return ContributionForm(data, workshop=workshop, **kwargs)

    def context(self, workshop: "Workshop", viewer: "Viewer", screen: str) -> dict[str, Any]:
        """What a screen shows besides the workshop, its contributions and its cards."""
        return {}

    def note_parts(self, workshop: "Workshop") -> Sequence[NotePart]:
        """What this workshop brings to the note, each block citing what it rests on."""
        return ()

    def sheet(self, workshop: "Workshop") -> Sheet | None:
        """What to print for paper contributions, or nothing."""
        return Sheet(letter=self.letter, title=self.title, instruction=self.explanation)


class ContributionForm(forms.Form):
    """The form every format starts from: a text, 2,000 characters at most.

    Fields added by a format become the payload, as plain JSON values.
    """

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

    @property
    def payload(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "text"}
