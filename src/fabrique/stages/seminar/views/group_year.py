"""« Le groupe au fil de l'année »: a territory's attendance, and what becomes of its mix."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries, year
from fabrique.stages.programme.blueprint import Blueprint
from fabrique.stages.programme.group_access import Group, site_of, with_group
from fabrique.stages.programme.models import Meeting
from fabrique.stages.programme.wording.group import CATEGORY_TITLES, target_words
from fabrique.stages.seminar.analyses.group_year import GroupYear
from fabrique.stages.seminar.analyses.group_year import group_year as year_of_group
from fabrique.stages.seminar.queries import (
    attendances_of,
    group_ever_of,
    seminars_of_the_year,
)
from fabrique.stages.seminar.wording.group_year import cell_words, drift_cell_words, drift_words


@require_safe
@with_group
def group_year(request: HttpRequest, group: Group) -> HttpResponse:
    site = site_of(group)
    viewer = account_viewer(request.user)
    blueprint = queries.blueprint_of(group.programme)
    meetings = list(seminars_of_the_year(viewer, site))
    found = year_of_group(
        meetings,
        list(group_ever_of(viewer, site)),
        list(attendances_of(site, meetings)),
        blueprint.group,
    )
    marks = [_mark(column.meeting, blueprint) for column in found.columns]
    attended = [
        _mark(column.meeting, blueprint)
        for column in found.columns
        if column.present and column.is_local
    ]
    context = {
        "group": group,
        "programme": group.programme,
        "year": found,
        "columns": [
            (mark, year.when(column.meeting), column)
            for mark, column in zip(marks, found.columns, strict=True)
        ],
        "rows": [
            (
                one,
                [
                    (mark, *cell_words(cell), cell)
                    for mark, cell in zip(marks, one.cells, strict=True)
                ],
            )
            for one in found.members
        ],
        "drift_columns": attended,
        "drift": _drift(found, attended),
    }
    return render(request, "seminar/group_year.html", context)


def _mark(meeting: Meeting, blueprint: Blueprint) -> str:
    """« Local #2 », « Intersite #2 », as the year is drawn."""
    mark = blueprint.step(meeting.step).mark or meeting.title
    return (
        _("Local %(mark)s") % {"mark": mark}
        if meeting.site_id
        else (_("Intersite %(mark)s") % {"mark": mark})
    )


def _drift(found: GroupYear, marks: list[str]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The rows of each category, in words."""
    by_category: dict[str, list[dict[str, Any]]] = {}
    for row in found.drift:
        by_category.setdefault(row.category, []).append(
            {
                "label": row.label,
                "target": target_words(row.target) or "–",
                "in_group": drift_cell_words(row.in_group),
                "cells": [
                    (mark, drift_cell_words(cell))
                    for mark, cell in zip(marks, row.cells, strict=True)
                ],
                "since": drift_words(row.points),
            }
        )
    return [(CATEGORY_TITLES[category], rows) for category, rows in by_category.items()]
