"""« Composition visée »: what a programme wants of its groups, in its own copy of the method."""

import pytest
from django.http import HttpResponse
from django.test import Client

from fabrique.stages.programme.blueprint import (
    GroupTarget,
    load_blueprint,
    parse_blueprint,
    shipped_blueprint,
)
from fabrique.stages.programme.errors import InvalidBlueprint
from fabrique.stages.programme.forms.group import PlanForm
from fabrique.stages.programme.models import AuditLine, Programme
from fabrique.stages.programme.queries import blueprint_of
from tests.stages.programme.plain_words import plain
from tests.stages.programme.programmes import DIRECTOR, REFERENT, a_programme
from tests.stages.programme.small_blueprint import SMALL
from tests.stages.programme.test_pages import page, signed_in

LINE = ("subject", "limit", "amount", "unit")


@pytest.fixture
def programme(territories: None) -> Programme:
    return a_programme()


@pytest.fixture
def director(programme: Programme) -> Client:
    return signed_in(DIRECTOR)


def address(programme: Programme) -> str:
    return f"/demarches/{programme.slug}/composition/"


def posted(*lines: tuple[str, str, str, str], **size: str) -> dict[str, str]:
    """The form as a browser sends it: some lines, then an empty one."""
    data = {"min": "15", "max": "20", "quorum": "50", "sectors": "", **size}
    data |= {"cible-TOTAL_FORMS": str(len(lines) + 1), "cible-INITIAL_FORMS": "0"}
    for number, line in enumerate((*lines, ("", "min", "", "people"))):
        data |= {f"cible-{number}-{name}": value for name, value in zip(LINE, line, strict=True)}
    return data


def sent(client: Client, programme: Programme, data: dict[str, str]) -> HttpResponse:
    return client.post(address(programme), data)


def targets(programme: Programme) -> tuple[GroupTarget, ...]:
    programme.refresh_from_db()
    return blueprint_of(programme).group.targets


def test_the_method_comes_with_targets_everyone_can_read(director: Client, programme: Programme):
    shown = page(director, address(programme))
    assert "Chaque secteur" in shown
    assert 'value="25"' in shown


def test_every_target_of_the_method_goes_through_the_form_and_back() -> None:
    plan = shipped_blueprint("fabrique-prospective").group
    both_ends = GroupTarget(category="function", value="elected", min=2, max_share=50)
    for wanted in (plan, plan.model_copy(update={"targets": (both_ends,)})):
        lines = [
            tuple(str(line.initial[name]) for name in LINE)
            for line in PlanForm.of(wanted).lines
            if line.initial
        ]
        form = PlanForm.of(wanted, posted(*lines))
        assert form.is_valid()
        assert form.result == wanted


def test_lines_are_kept_for_all_territories_with_an_audit_line(
    director: Client, programme: Programme
) -> None:
    data = posted(
        ("function:elected", "min", "30", "share"),
        ("function:elected", "max", "8", "people"),
        ("institution:epci", "min", "2", "people"),
        sectors="Habitat\nhabitat\n Énergie ",
        quorum="60",
    )
    assert sent(director, programme, data).status_code == 302
    assert targets(programme) == (
        GroupTarget(category="function", value="elected", min_share=30, max=8),
        GroupTarget(category="institution", value="epci", min=2),
    )
    group = blueprint_of(programme).group
    assert (group.quorum, group.sectors) == (60, ("habitat", "Énergie"))
    assert group.conditions
    assert AuditLine.objects.filter(verb="set-group-targets").count() == 1


def test_the_shipped_method_is_not_changed(director: Client, programme: Programme) -> None:
    sent(director, programme, posted())
    assert targets(programme) == ()
    assert load_blueprint("fabrique-prospective").group.targets


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("function:elected", "min", "", "people"), "Indiquez un nombre, ou ne choisissez"),
        (("", "min", "4", "people"), "Choisissez qui est concerné"),
        (("gender:woman", "min", "120", "share"), "Une part va de 0 à 100 %."),
        (("gender:woman", "min", "x", "share"), "Indiquez un nombre entier"),
        (("sector:", "max", "3", "people"), "Pour « chaque », indiquez"),
    ],
)
def test_a_line_that_says_nothing_clear_is_told_and_kept(
    director: Client, programme: Programme, line: tuple[str, str, str, str], said: str
) -> None:
    before = targets(programme)
    answer = sent(director, programme, posted(("institution:firm", "min", "7", "people"), line))
    body = plain(answer.content.decode())
    assert answer.status_code == 422
    assert said in body
    assert 'value="7"' in body
    assert targets(programme) == before


def test_crossed_or_repeated_limits_are_told(director: Client, programme: Programme) -> None:
    crossed = posted(("gender:woman", "min", "9", "people"), ("gender:woman", "max", "5", "people"))
    assert "au moins égal au minimum" in plain(sent(director, programme, crossed).content.decode())
    again = posted(("gender:woman", "min", "9", "people"), ("gender:woman", "min", "5", "people"))
    assert "déjà dite plus haut" in plain(sent(director, programme, again).content.decode())
    size = posted(min="20", max="10")
    assert "au moins égal au minimum" in plain(sent(director, programme, size).content.decode())


def test_a_referent_does_not_set_targets(programme: Programme) -> None:
    assert signed_in(REFERENT).get(address(programme)).status_code == 404


GROUP = "\n[group]\nmin = 1\nmax = 9\n"


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ('category = "function"\nvalue = "mayor"', "not_a_choice"),
        ('category = "function"\nvalue = "staff"\nmin = 4\nmax = 2', "max_below_min"),
        ('category = "sector"\nmin_share = 10', "target_of_every_value"),
        ('category = "age"\nmin = 1', "not_a_choice"),
    ],
)
def test_a_target_no_group_could_read_is_told_with_its_line(target: str, code: str) -> None:
    source = f"{SMALL}{GROUP}\n[[group.targets]]\n{target}\n"
    with pytest.raises(InvalidBlueprint) as refused:
        parse_blueprint(source)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert refused.value.problems[0].line


def test_a_programme_from_before_targets_only_wants_a_size(programme: Programme) -> None:
    for name in ("targets", "sectors", "quorum"):
        del programme.blueprint["group"][name]
    group = blueprint_of(programme).group
    assert (group.targets, group.quorum) == ((), 50)
