"""Storing the contributions of a sheet: all of them or none, and the same sheet only once.

The identifier of a contribution comes from what the line says, so that importing the same sheet
again, whole or longer by a few lines, adds only what is new.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID, uuid5

from django import forms
from django.db import transaction
from django.utils import translation

from fabrique.kit.sheets import plain_name
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.actions.workshops import lay_out_workshops
from fabrique.stages.contribution.enums import Source
from fabrique.stages.contribution.errors import ContributionError, InvalidContribution
from fabrique.stages.contribution.formats.contract import Format
from fabrique.stages.contribution.formats.registry import all_formats, get_format
from fabrique.stages.contribution.imports import Line, Problem, key_among
from fabrique.stages.contribution.models import Workshop
from fabrique.stages.programme.models import Meeting
from fabrique.stages.seminar.actions.rooms import prepare_room
from fabrique.stages.seminar.actions.run_sheet import ensure_run_sheet
from fabrique.stages.seminar.enums import Identity

IMPORTED = UUID("6d1f1c1e-5b0e-5d7c-9a57-3f2f4a9f0c11")
AUTHOR_LIMIT = 160


class ImportRefused(Exception):
    """Nothing was written; every line at fault is listed."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)


@dataclass
class Imported:
    """How many were stored, how many were there already, and in which workshops they are."""

    created: int = 0
    already: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    is_anonymous: bool = False


@transaction.atomic
def import_contributions(
    meeting: Meeting,
    lines: Sequence[Line],
    *,
    actor: str,
    format: str = "",
    problems: Sequence[Problem] = (),
) -> Imported:
    """Store each line in the workshop its format names; raises ``ImportRefused``.

    ``format`` is for lines that name none; without it they go to the first workshop of the run
    sheet. ``problems`` are those found when reading, told together with ours. In an anonymous
    room authors are left out.
    """
    ensure_run_sheet(meeting)
    is_anonymous = prepare_room(meeting).identity == Identity.ANONYMOUS
    hall = _Hall(meeting, lay_out_workshops(meeting), format)
    done = Imported(is_anonymous=is_anonymous)
    found = list(problems)
    seen: Counter[str] = Counter()
    for line in lines:
        problem = _store(line, hall, done, seen, actor=actor)
        if problem is not None:
            found.append(problem)
    if found:
        raise ImportRefused(sorted(found, key=lambda one: one.line))
    return done


class _Hall:
    """The workshops of a meeting by format, one made when a line needs it."""

    def __init__(self, meeting: Meeting, workshops: Sequence[Workshop], format: str) -> None:
        self.meeting = meeting
        self.workshops = {one.format: one for one in reversed(workshops)}
        taking = [one.format for one in workshops if _takes_contributions(get_format(one.format))]
        usual = [one.key for one in all_formats() if _takes_contributions(one)]
        self.usual = format or [*taking, *usual][0]
        self.names = _format_names(workshops)

    def format_of(self, line: Line) -> str | None:
        return key_among(line.format, self.names) if line.format else self.usual

    def workshop(self, key: str) -> Workshop:
        if key not in self.workshops:
            self.workshops[key] = Workshop.objects.create(
                meeting=self.meeting,
                format=key,
                title=str(get_format(key).title),
                position=len(self.workshops) + 1,
            )
        return self.workshops[key]


def format_names() -> list[tuple[str, str]]:
    """What a format may be called, with its key: the key itself, its French or English title."""
    names = [(format.key, format.key) for format in all_formats()]
    for language in ("fr", "en"):
        with translation.override(language):
            names += [(str(format.title), format.key) for format in all_formats()]
    return names


def _format_names(workshops: Sequence[Workshop]) -> list[tuple[str, str]]:
    return [*format_names(), *((one.title, one.format) for one in workshops)]


def takes_contributions(key: str) -> bool:
    return _takes_contributions(get_format(key))


def _takes_contributions(format: Format) -> bool:
    return any("contribution" in phase.accepts for phase in format.phases)


def _store(
    line: Line, hall: _Hall, done: Imported, seen: Counter[str], *, actor: str
) -> Problem | None:
    key = hall.format_of(line)
    if key is None:
        return Problem(line.number, "unknown_format", {"typed": line.format[:60]})
    if not takes_contributions(key):
        return Problem(line.number, "no_contributions", {"format": str(get_format(key).title)})
    if len(line.author_label) > AUTHOR_LIMIT:
        return Problem(line.number, "author_too_long", {"limit": AUTHOR_LIMIT})
    workshop = hall.workshop(key)
    said = _identity(line, workshop, key)
    seen[said] += 1
    try:
        received = contribute(
            id=uuid5(IMPORTED, f"{said}{seen[said]}"),
            workshop_id=workshop.pk,
            data=_typed(line, workshop),
            source=Source.IMPORT,
            actor=actor,
            author_label="" if done.is_anonymous else line.author_label,
            said_on_date=line.said_on,
        )
    except InvalidContribution as error:
        return Problem(line.number, "invalid", {"said": _first_words(error), "text": line.text})
    except ContributionError as error:
        return Problem(line.number, "refused", {"refusal": error})
    done.created += received.created
    done.already += not received.created
    done.counts[workshop.title] += 1
    return None


def _identity(line: Line, workshop: Workshop, key: str) -> str:
    day = line.said_on.isoformat() if line.said_on else ""
    said = [str(workshop.meeting_id), key, line.text, line.author_label, day]
    return json.dumps(said, ensure_ascii=False)


def _first_words(error: InvalidContribution) -> str:
    return " ".join(str(one) for all in error.errors.values() for one in all)


def _typed(line: Line, workshop: Workshop) -> Mapping[str, Any]:
    """The line as the format's form takes it: columns named after its fields are read too."""
    form = get_format(workshop.format).contribution_form(workshop)
    typed: dict[str, Any] = {"text": line.text}
    for name, asked in form.fields.items():
        wanted = {plain_name(name), plain_name(str(asked.label or name))}
        cell = next((cell for column, cell in line.others.items() if column in wanted), "")
        if name != "text" and cell:
            typed[name] = _answer(asked, cell)
    return typed


def _answer(asked: forms.Field, cell: str) -> Any:
    """The choice meant by a cell, several when the field takes several."""
    if isinstance(asked, forms.MultipleChoiceField):
        parts = [part.strip() for part in re.split(r"[;|\n]", cell) if part.strip()]
        return [_choice(asked, part) for part in parts]
    return _choice(asked, cell) if isinstance(asked, forms.ChoiceField) else cell


def _choice(asked: forms.ChoiceField, typed: str) -> str:
    choices = list(cast(Iterable[tuple[str, str]], asked.choices))
    names = [(str(name), str(choice[0])) for choice in choices for name in choice]
    return key_among(typed, names) or typed
