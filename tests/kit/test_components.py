"""A component's signature is its contract, and what people typed is never markup."""

from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.template import TemplateSyntaxError, engines
from django.utils import translation

from fabrique.kit.attributes import ForbiddenAttribute
from fabrique.kit.components.time import clock_words
from fabrique.kit.items import Station
from fabrique.kit.samples import PRESENT, SampleForm
from fabrique.kit.year_line import draw
from tests.kit.spoken_page import spoken


def page(source: str, **context: Any) -> str:
    return engines["django"].from_string("{% load kit %}" + source).render(context)


def test_an_unknown_prop_is_refused_before_the_page_is_ever_shown() -> None:
    with pytest.raises(TemplateSyntaxError, match="unexpected keyword argument 'colour'"):
        page('{% button "Ouvrir" colour="red" %}')


@pytest.mark.parametrize(
    "source",
    [
        '{% button "Ouvrir" variant="red" %}',
        '{% alert kind="panic" %}{% endalert %}',
        '{% badge "Ouverte" kind="red" %}',
        '{% step_mark 1 scale="regional" %}',
    ],
)
def test_a_value_no_theme_knows_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="must be one of"):
        page(source)


@pytest.mark.parametrize("name", ["onclick", "style", "hx_on__click", "ONLOAD"])
def test_an_attribute_the_security_policy_would_block_is_refused(name: str) -> None:
    with pytest.raises(ForbiddenAttribute):
        page('{% button "Ouvrir" attrs=more %}', more={name: "x"})


def test_attributes_are_hyphenated_and_escaped() -> None:
    html = page(
        "{% attrs hx_post=url data_copy=True as more %}{% button label attrs=more %}",
        url="/x?a=1&b=2",
        label="Envoyer",
    )
    assert 'hx-post="/x?a=1&amp;b=2"' in html
    assert " data-copy>" in html


HOSTILE = "\"><script>alert(1)</script>'"


@pytest.mark.parametrize(
    "source",
    [
        "{% button t %}",
        "{% button t href=t %}",
        "{% link t t %}",
        "{% badge t %}",
        "{% tag t href=t %}",
        "{% card title=t href=t eyebrow=t %}{{ t }}{% endcard %}",
        "{% page_header t eyebrow=t lead=t %}{% endpage_header %}",
        "{% stat t t provenance=t %}",
        "{% chips words label=t %}",
        "{% data_table t words rows %}",
        "{% year_line stations title=t sites=words %}",
        "{% post_button t t confirm=t %}",
        "{% empty_state t text=t %}{% endempty_state %}",
        "{% timer remaining=left label=t %}",
    ],
)
def test_what_people_typed_is_never_markup(source: str) -> None:
    stations = [Station("local", "1", HOSTILE, HOSTILE, "next", HOSTILE, HOSTILE, HOSTILE)]
    html = page(
        source,
        t=HOSTILE,
        words=[HOSTILE],
        rows=[[HOSTILE]],
        stations=stations,
        left=timedelta(minutes=1),
    )
    assert "<script" not in html
    spoken(html)


def test_a_rejected_field_keeps_what_was_typed_and_says_what_to_do_beside_it() -> None:
    wrong = SampleForm({"question": "Que faire <ici> ?", "horizon": "1999"})
    html = page("{% field form.question %}{% field form.horizon %}", form=wrong)
    assert 'value="Que faire &lt;ici&gt; ?"' in html
    assert 'value="1999"' in html
    assert 'aria-describedby="id_horizon_error"' in html
    assert 'id="id_horizon_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_field_is_described_by_its_hint_then_its_error() -> None:
    html = page("{% field form.question %}", form=SampleForm({}))
    assert 'aria-describedby="id_question_helptext id_question_error"' in html


def test_no_browser_cuts_what_is_pasted() -> None:
    class Short(forms.Form):
        word = forms.CharField(max_length=5)

    html = page("{% field form.word %}", form=Short({"word": "beaucoup trop"}))
    assert "maxlength" not in html
    assert 'value="beaucoup trop"' in html
    assert "5 caractères" in html


def test_the_summary_of_errors_leads_to_each_field_and_is_absent_when_all_is_well() -> None:
    html = page("{% form_errors form %}", form=SampleForm({}))
    assert 'href="#id_question"' in html
    assert 'role="alert"' in html
    assert page("{% form_errors form %}", form=SampleForm()) == ""


def test_every_error_of_the_summary_leads_to_an_element_of_the_form() -> None:
    form = SampleForm({})
    html = page("{% form_errors form %}{% fields form %}", form=form)
    for name in form.errors:
        target = form[name].id_for_label or form[name].auto_id
        assert f'href="#{target}"' in html
        assert f'id="{target}"' in html


def test_hidden_fields_are_written_bare() -> None:
    class Hidden(forms.Form):
        step = forms.CharField(widget=forms.HiddenInput, initial="2")

    html = page("{% fields form %}", form=Hidden())
    assert "<label" not in html
    assert 'value="2"' in html


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(725, "12:05"), (0, "0:00"), (-90, "−1:30"), (3_725, "1:02:05"), (59, "0:59")],
)
def test_time_left_is_read_as_a_clock(seconds: float, words: str) -> None:
    assert clock_words(seconds) == words


def test_a_running_timer_carries_the_instants_of_the_server() -> None:
    html = page("{% timer ends_at=e now=n %}", e=PRESENT + timedelta(minutes=5), n=PRESENT)
    assert "data-countdown=" in html
    assert "data-now=" in html
    assert "5:00" in html


def test_a_stopped_timer_does_not_run() -> None:
    assert "data-countdown=" not in page("{% timer remaining=left %}", left=timedelta(minutes=5))


def _deck() -> list[Station]:
    pairs = [("national", "launch"), ("local", "immersion")]
    pairs += [(scale, str(n)) for n in range(1, 5) for scale in ("local", "national")]
    return [Station(scale, key, "", f"{scale} {key}") for scale, key in pairs]


def test_the_year_weaves_between_two_lines_as_the_deck_draws_it() -> None:
    drawing = draw(_deck())
    assert [stop.columns for stop in drawing.stops] == [1, 2, 1, 1, 1, 1, 1, 1, 1, 1]
    assert [stop.x for stop in drawing.stops] == [0.5, 2, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5]
    assert {stop.y for stop in drawing.stops if stop.station.scale == "local"} == {86.0}
    assert len(drawing.stretches) == 9


def test_an_empty_year_is_drawn_without_error() -> None:
    assert draw([]).columns == 0
    assert "<ol" in page('{% year_line stations title="Année" %}', stations=[])


def test_the_state_of_a_station_is_said_and_not_only_coloured() -> None:
    states = ["done", "next", "planned"]
    stations = [Station("local", str(i), "", "Séminaire", s) for i, s in enumerate(states, 1)]
    words = " ".join(spoken(page('{% year_line s title="Année" %}', s=stations)).words)
    assert "Fait" in words
    assert "Prochaine étape" in words.replace("\N{NO-BREAK SPACE}", " ")
    assert "À venir" in words


def test_typed_text_takes_french_spaces_when_shown_only() -> None:
    with translation.override("fr"):
        assert page("{{ t|typo }}", t="Que faire ?") == "Que faire\N{NARROW NO-BREAK SPACE}?"
        assert page("{{ t|typo }}", t="<b> ?").startswith("&lt;b&gt;")
