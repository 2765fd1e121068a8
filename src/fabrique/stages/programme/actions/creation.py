"""Opening a programme: from a blueprint to the whole year laid out, in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.text import slugify

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.actions.presentation import PartnerEntry, put_partners
from fabrique.stages.programme.actions.team import TeamEntry, seat_team
from fabrique.stages.programme.blueprint import (
    Blueprint,
    DeliverablePlan,
    MeetingPlan,
    fill,
)
from fabrique.stages.programme.calendar import Window, window_dates
from fabrique.stages.programme.errors import (
    BadYears,
    EndsBeforeItStarts,
    TerritoryTwice,
    TooFewTerritories,
    TooManyTerritories,
    UnknownMeeting,
)
from fabrique.stages.programme.models import (
    ExpectedDeliverable,
    Meeting,
    PointToSettle,
    Programme,
    SettlingOption,
    Site,
    SuccessCriterion,
)
from fabrique.stages.programme.queries import placeholder_values
from fabrique.territory.models import Territory
from fabrique.territory.queries import by_codes

SLUG_LIMIT = 72


def check_dates(*, starts_on: date, ends_on: date) -> None:
    if ends_on <= starts_on:
        raise EndsBeforeItStarts(starts=starts_on, ends=ends_on)


def check_years(*, horizon_year: int, midterm_year: int, starts_on: date) -> None:
    if not starts_on.year < midterm_year < horizon_year:
        raise BadYears(start=starts_on.year, midterm=midterm_year, horizon=horizon_year)


def check_territories(codes: Sequence[str], *, blueprint: Blueprint) -> list[Territory]:
    """The territories of these codes. Raises UnknownTerritory and this stage's refusals."""
    territories = by_codes(codes)
    seen: set[str] = set()
    for territory in territories:
        if territory.code in seen:
            raise TerritoryTwice(code=territory.code, name=territory.name)
        seen.add(territory.code)
    bounds = blueprint.territories
    facts = {"count": len(territories), "minimum": bounds.min, "maximum": bounds.max}
    if len(territories) < bounds.min:
        raise TooFewTerritories(**facts)
    if len(territories) > bounds.max:
        raise TooManyTerritories(**facts)
    return territories


@transaction.atomic
def create_programme(
    *,
    blueprint: Blueprint,
    title: str,
    question: str,
    horizon_year: int,
    midterm_year: int,
    starts_on: date,
    ends_on: date,
    territories: Sequence[tuple[str, str]],
    team: Sequence[TeamEntry] = (),
    partners: Sequence[PartnerEntry] = (),
    windows: Mapping[str, Window] | None = None,
    is_demonstration: bool = False,
    actor: str,
) -> Programme:
    """Lay out the whole year: meetings, expected deliverables, criteria.

    ``territories`` are pairs (code, narrowed theme), in the order pages show them. ``windows``
    gives some meetings of the blueprint, by key, explicit dates instead of computed ones. Team
    members get an account at their address if they have none. Run sheets are laid by the
    seminar stage when someone starts preparing.
    """
    check_dates(starts_on=starts_on, ends_on=ends_on)
    check_years(horizon_year=horizon_year, midterm_year=midterm_year, starts_on=starts_on)
    found = check_territories([code for code, _theme in territories], blueprint=blueprint)
    programme = Programme.objects.create(
        slug=_free_slug(title),
        title=title.strip(),
        question=question.strip(),
        horizon_year=horizon_year,
        midterm_year=midterm_year,
        starts_on=starts_on,
        ends_on=ends_on,
        blueprint=blueprint.as_data(),
        is_demonstration=is_demonstration,
    )
    themes = [theme.strip() for _code, theme in territories]
    sites = [
        Site(programme=programme, territory=territory, theme=theme, position=position)
        for position, (territory, theme) in enumerate(zip(found, themes, strict=True))
    ]
    Site.objects.bulk_create(sites)
    meetings = _lay_out_meetings(programme, blueprint, sites, windows or {})
    _put_points(programme, blueprint, meetings)
    _expect_deliverables(programme, blueprint, sites, meetings)
    _set_criteria(programme, blueprint)
    seat_team(programme, team)
    put_partners(programme, partners)
    record(programme, verb="create", actor=actor, detail={"blueprint": blueprint.key})
    return programme


def _free_slug(title: str) -> str:
    stem = slugify(title)[:SLUG_LIMIT].strip("-") or "demarche"
    taken = set(Programme.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number = 2
    slug = stem
    while slug in taken or slug == "nouvelle":
        slug = f"{stem}-{number}"
        number += 1
    return slug


def _lay_out_meetings(
    programme: Programme,
    blueprint: Blueprint,
    sites: Sequence[Site],
    windows: Mapping[str, Window],
) -> list[Meeting]:
    for key in windows:
        if not any(plan.key == key for plan in blueprint.meetings):
            raise UnknownMeeting(key=key)
    meetings = []
    for position, plan in enumerate(blueprint.meetings):
        window = windows.get(plan.key) or window_dates(
            plan.window,
            months=blueprint.months,
            starts_on=programme.starts_on,
            ends_on=programme.ends_on,
        )
        places: Sequence[Site | None] = sites if plan.is_local else [None]
        meetings += [_meeting(programme, plan, site, window, position) for site in places]
    return Meeting.objects.bulk_create(meetings)


def _meeting(
    programme: Programme, plan: MeetingPlan, site: Site | None, window: Window, position: int
) -> Meeting:
    values = placeholder_values(programme, site)
    return Meeting(
        programme=programme,
        site=site,
        kind=plan.kind,
        key=plan.key,
        step=plan.step,
        number=plan.number,
        title=fill(plan.title, values),
        purpose="\n".join(fill(line, values) for line in plan.purpose),
        window_start_date=window[0],
        window_end_date=window[1],
        position=position,
    )


def _put_points(programme: Programme, blueprint: Blueprint, meetings: Sequence[Meeting]) -> None:
    """What each meeting has to settle, with the options the method puts."""
    points, options = [], []
    for meeting in meetings:
        values = placeholder_values(programme, meeting.site)
        for position, plan in enumerate(blueprint.meeting(meeting.key).points):
            point = PointToSettle(
                meeting=meeting,
                title=fill(plan.title, values),
                context=fill(plan.context, values),
                position=position,
            )
            points.append(point)
            options += [
                SettlingOption(point=point, title=fill(title, values), position=place)
                for place, title in enumerate(plan.options)
            ]
    PointToSettle.objects.bulk_create(points)
    SettlingOption.objects.bulk_create(options)


def _expect_deliverables(
    programme: Programme, blueprint: Blueprint, sites: Sequence[Site], meetings: Sequence[Meeting]
) -> None:
    expected = []
    for position, plan in enumerate(blueprint.deliverables):
        for site, meeting, title in _targets(plan, blueprint, sites, meetings):
            expected.append(
                ExpectedDeliverable(
                    programme=programme,
                    site=site,
                    meeting=meeting,
                    kind=plan.kind,
                    title=fill(title, placeholder_values(programme, site)),
                    position=position,
                )
            )
    ExpectedDeliverable.objects.bulk_create(expected)


def _targets(
    plan: DeliverablePlan,
    blueprint: Blueprint,
    sites: Sequence[Site],
    meetings: Sequence[Meeting],
) -> list[tuple[Site | None, Meeting | None, str]]:
    """What a deliverable is written of, and its title: a note's is its outline's."""
    if plan.per == "programme":
        return [(None, None, plan.title)]
    if plan.per == "site":
        return [(site, None, plan.title) for site in sites]
    outlines = [(meeting, blueprint.outline_of(meeting.key)) for meeting in meetings]
    return [(meeting.site, meeting, outline.title) for meeting, outline in outlines if outline]


def _set_criteria(programme: Programme, blueprint: Blueprint) -> None:
    SuccessCriterion.objects.bulk_create(
        SuccessCriterion(
            programme=programme,
            kind=plan.kind,
            text=fill(plan.text, placeholder_values(programme)),
            position=position,
        )
        for position, plan in enumerate(blueprint.criteria)
    )
