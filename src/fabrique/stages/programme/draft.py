"""A programme being described, step by step: what was typed is kept in the session, right or wrong.

Each step keeps its last posted form whole; a step is done when that form is valid now. Nothing
is written in the database before the last button.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fabrique.stages.programme.blueprint import DEFAULT_BLUEPRINT, Blueprint, shipped_blueprint
from fabrique.stages.programme.errors import UnknownBlueprint
from fabrique.stages.programme.forms.creation import (
    DatesForm,
    QuestionForm,
    TeamForm,
    TerritoriesForm,
    ThemesForm,
    territories_of,
)
from fabrique.territory.models import Territory

SESSION_KEY = "new_programme"
STEPS: Mapping[str, Any] = {
    "question": _("La question"),
    "dates": _("Les dates"),
    "territoires": _("Les territoires"),
    "themes": _("Les thèmes locaux"),
    "equipe": _("L'équipe"),
    "verification": _("Vérification"),
}
FILLED_STEPS = tuple(STEPS)[:-1]
_LEFT_OUT = ("csrfmiddlewaretoken", "action", "search")

StepForm = QuestionForm | DatesForm | TerritoriesForm | ThemesForm | TeamForm


@dataclass(frozen=True)
class Complete:
    """Everything ``create_programme`` asks for."""

    blueprint: Blueprint
    question: Mapping[str, Any]
    starts_on: date
    ends_on: date
    themes: list[tuple[str, str]]
    team: TeamForm


class Draft:
    """What someone typed so far; ``own_email`` is theirs, first of the team."""

    def __init__(self, session: SessionBase, *, own_email: str) -> None:
        self._session = session
        self._kept: dict[str, dict[str, list[str]]] = session.get(SESSION_KEY, {})
        self.own_email = own_email

    def keep(self, step: str, posted: QueryDict) -> None:
        """Keep a posted form as it is, even refused."""
        lists = {name: values for name, values in posted.lists() if name not in _LEFT_OUT}
        self._kept[step] = lists
        self._session[SESSION_KEY] = self._kept

    def forget(self) -> None:
        self._kept = {}
        self._session.pop(SESSION_KEY, None)

    def typed(self, step: str) -> QueryDict | None:
        """The last form posted at this step, nothing before the first time."""
        if step not in self._kept:
            return None
        data = QueryDict(mutable=True)
        for name, values in self._kept[step].items():
            data.setlist(name, values)
        return data

    def form(self, step: str, *, more: int = 0) -> StepForm:
        """The form of a step, filled with what was typed."""
        data = self.typed(step)
        if step == "question":
            return QuestionForm(data)
        if step == "dates":
            return DatesForm(data, years=self._years())
        if step == "territoires":
            return TerritoriesForm(data, blueprint=self.blueprint, chosen=self.chosen)
        if step == "themes":
            return ThemesForm(data, territories=self.territories)
        return self._team_form(more=more)

    @property
    def blueprint(self) -> Blueprint:
        typed = self.typed("question") or QueryDict()
        key = typed.get("blueprint", "")
        try:
            return shipped_blueprint(key or DEFAULT_BLUEPRINT)
        except UnknownBlueprint:
            return shipped_blueprint(DEFAULT_BLUEPRINT)

    @property
    def chosen(self) -> list[str]:
        """The codes ticked so far, even when the choice is not valid yet."""
        typed = self.typed("territoires")
        return typed.getlist("territory") if typed else []

    @property
    def territories(self) -> list[Territory]:
        return territories_of(self.chosen)

    def settle_territories(self, territories: list[Territory]) -> None:
        """Once valid, the codes typed become ticked territories."""
        posted = QueryDict(mutable=True)
        posted.setlist("territory", [territory.code for territory in territories])
        self.keep("territoires", posted)

    def first_unfinished(self) -> str | None:
        """The first step whose form is missing or wrong."""
        for step in FILLED_STEPS:
            if self.typed(step) is None or not self.form(step).is_valid():
                return step
        return None

    def complete(self) -> Complete | None:
        """Everything, or nothing while a step is unfinished."""
        if self.first_unfinished() is not None:
            return None
        question = QuestionForm(self.typed("question"))
        dates = DatesForm(self.typed("dates"))
        themes = ThemesForm(self.typed("themes"), territories=self.territories)
        team = self._team_form()
        valid = [form.is_valid() for form in (question, dates, themes, team)]
        assert all(valid)
        return Complete(
            blueprint=self.blueprint,
            question=question.cleaned_data,
            starts_on=dates.cleaned_data["starts_on"],
            ends_on=dates.cleaned_data["ends_on"],
            themes=themes.entries,
            team=team,
        )

    def _team_form(self, *, more: int = 0) -> TeamForm:
        return TeamForm(
            self.typed("equipe"),
            territories=self.territories,
            own_email=self.own_email,
            more=more,
        )

    def _years(self) -> tuple[int, int] | None:
        form = QuestionForm(self.typed("question"))
        if not form.is_valid():
            return None
        return form.cleaned_data["horizon_year"], form.cleaned_data["midterm_year"]
