"""Three schemes on the workbench: what blocks them, what the group decides, what goes national."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabrique.document.print_kit import render_print
from fabrique.stages.contribution.actions import cards
from fabrique.stages.contribution.enums import CardState, Level
from fabrique.stages.contribution.formats.workbench.analysis import Bench, bench_of
from fabrique.stages.contribution.formats.workbench.likeness import Scheme, alike, words_of
from fabrique.stages.contribution.models import Card
from fabrique.stages.contribution.print_sheets import _canvases
from tests.stages.contribution.formats.played import Seminar, a_seminar, plain, sections, words
from tests.stages.deliverable.seminars import a_territory
from tests.stages.rooms import FACILITATOR, someone

pytestmark = pytest.mark.django_db
KEY = "workbench"
SCHEMES = ("Navette du port", "Aide au vélo cargo", "Charte des livraisons")


def at_the_bench() -> tuple[Seminar, list[Card]]:
    seminar = a_seminar(3, KEY)
    workshop = seminar.workshop(KEY)
    laid = [
        cards.create_card(workshop.pk, data={"title": title}, actor=FACILITATOR)
        for title in SCHEMES
    ]
    return seminar, laid


def block(seminar: Seminar, card: Card, text: str, kind: str = "", **more: str) -> None:
    seminar.say(KEY, {"scheme": str(card.pk), "text": text, "kind": kind, **more})


def bench(seminar: Seminar) -> Bench:
    return bench_of(seminar.workshop(KEY), seminar.format(KEY))


class TestSaying:
    def test_the_phone_asks_which_scheme_what_blocks_and_of_which_order(self):
        seminar, _laid = at_the_bench()
        form = seminar.format(KEY).contribution_form(seminar.workshop(KEY))
        assert [field.name for field in form] == ["scheme", "text", "kind", "state_only"]
        assert [words for _key, words in form.fields["scheme"].choices] == ["Choisissez", *SCHEMES]

    def test_what_is_said_of_a_scheme_goes_in_its_card_at_once(self):
        seminar, laid = at_the_bench()
        block(seminar, laid[0], "Le quai est au port autonome", "Juridique")
        (scheme, *_others) = bench(seminar).schemes
        assert [one.text for one in scheme.said] == ["Le quai est au port autonome"]

    def test_without_a_scheme_or_with_another_seminar_s_it_is_refused(self):
        seminar, _laid = at_the_bench()
        elsewhere = at_the_bench()[1][0]
        for scheme, told in (("", "Choisissez le dispositif"), (elsewhere.pk, "plus sur l'établi")):
            form = seminar.format(KEY).contribution_form(
                seminar.workshop(KEY), {"scheme": str(scheme), "text": "Trop cher"}
            )
            assert told in plain(form.errors["scheme"])

    def test_a_box_left_empty_says_nothing(self):
        seminar, laid = at_the_bench()
        block(seminar, laid[0], "Trop cher", "Argent")
        block(seminar, laid[0], "Le code de la route", "Juridique", state_only="on")
        payloads = [one.payload for one in bench(seminar).schemes[0].said]
        assert ["state_only" in one for one in payloads] == [True, False]


class TestProfile:
    def test_counts_what_was_said_by_kind_and_scheme(self):
        seminar, (first, second, _third) = at_the_bench()
        for card, kind in ((first, "Argent"), (first, "Argent"), (first, "Juridique"),
                           (second, "Argent"), (second, "")):  # fmt: skip
            block(seminar, card, f"Un blocage {kind}", kind)
        lines = {line.kind: (list(line.counts), line.total) for line in bench(seminar).profile}
        assert lines["Argent"] == ([2, 1, 0], 3)
        assert lines["Juridique"] == ([1, 0, 0], 1)
        assert lines["Demande"] == ([0, 0, 0], 0)
        assert [one.text for one in bench(seminar).schemes[1].unsorted] == ["Un blocage "[:-1]]

    def test_a_kind_only_this_territory_uses_comes_after_the_shared_ones(self):
        seminar, laid = at_the_bench()
        workshop = seminar.workshop(KEY)
        workshop.settings = {"local": {"kinds": ["Fret maritime", "Argent"]}}
        workshop.save()
        form = seminar.format(KEY).contribution_form(workshop)
        offered = [str(words) for _key, words in form.fields["kind"].choices]
        assert offered[-2:] == ["Demande", "Fret maritime (ajout du territoire)"]
        assert offered.count("Argent") == 1
        block(seminar, laid[0], "La marée", "Fret maritime")
        assert bench(seminar).profile[-1].kind == "Fret maritime"
        assert bench(seminar).profile[-1].total == 1

    def test_what_is_private_set_aside_or_merged_is_where_it_should_be(self):
        seminar, (first, second, third) = at_the_bench()
        block(seminar, first, "Entre nous", "Argent")
        block(seminar, second, "Dit ailleurs", "Argent")
        (said,) = bench(seminar).schemes[0].said
        said.level = Level.PRIVATE
        said.save()
        cards.merge_cards(second.pk, into_id=third.pk, actor=FACILITATOR)
        schemes = {one.card.pk: [each.text for each in one.said] for one in bench(seminar).schemes}
        assert schemes == {first.pk: [], third.pk: ["Dit ailleurs"]}


class TestCard:
    def test_begins_with_what_the_room_said_until_the_group_writes_it(self):
        seminar, (first, *_others) = at_the_bench()
        block(seminar, first, "Le code de la route l'interdit", "Juridique", state_only="on")
        block(seminar, first, "Trop cher", "Argent")
        form = seminar.format(KEY).card_form(
            seminar.workshop(KEY), card=first, initial=dict(first.payload)
        )
        assert form.initial["blocks"] == ["Juridique", "Argent"]
        assert form.initial["state_blocks"] == "Le code de la route l'interdit"
        cards.edit_card(
            first.pk,
            data={"title": first.title, "state_blocks": "Ouvrir le code\nUn taux réduit"},
            actor=FACILITATOR,
        )
        first.refresh_from_db()
        form = seminar.format(KEY).card_form(
            seminar.workshop(KEY), card=first, initial=dict(first.payload)
        )
        assert form.initial["state_blocks"] == "Ouvrir le code\nUn taux réduit"

    def test_a_decision_that_is_not_of_the_list_is_refused(self):
        seminar, _laid = at_the_bench()
        form = seminar.format(KEY).card_form(
            seminar.workshop(KEY), {"title": "Navette", "decision": "Doubler"}
        )
        assert "decision" in form.errors


class TestScreensAndPaper:
    def test_the_wall_shows_the_schemes_with_what_blocks_them(self):
        seminar, laid = at_the_bench()
        block(seminar, laid[0], "Le quai est au port autonome", "Juridique")
        wall = seminar.screen(KEY, "wall")
        assert all(title in wall for title in SCHEMES)
        assert "Le quai est au port autonome" in wall
        assert "Juridique" in wall

    def test_the_console_says_what_to_do_first_then_the_profile(self):
        seminar = a_seminar(1, KEY)
        assert "Écrivez une carte par dispositif" in seminar.screen(KEY, "console")
        seminar, laid = at_the_bench()
        block(seminar, laid[0], "Trop cher", "Argent")
        assert "dits en séance, et non de personnes" in seminar.screen(KEY, "console")

    def test_one_sheet_a_scheme_and_an_empty_one_before(self):
        empty = a_seminar(1, KEY)
        assert len(_canvases(empty.held.meeting, empty.workshop(KEY))) == 1
        seminar, laid = at_the_bench()
        block(seminar, laid[0], "Le quai est au port autonome", "Juridique")
        files = _canvases(seminar.held.meeting, seminar.workshop(KEY))
        assert [plain(file.title) for file in files] == [f"Fiche : {one}" for one in SCHEMES]
        seminar.held.meeting.programme.blueprint = a_territory().programme.blueprint
        seminar.held.meeting.key = "local-3"
        sheet = files[0].draw()
        assert "Le quai est au port autonome" in str(sheet)
        assert render_print(sheet).startswith(b"%PDF")


class TestNote:
    def test_a_part_a_scheme_the_profile_and_what_only_the_state_can_lift(self):
        seminar, (first, second, third) = at_the_bench()
        for text in ("Trop cher", "Pas de subvention", "Loyer du quai"):
            block(seminar, first, text, "Argent")
        assert not words(seminar.note(KEY), "figures")
        for _ in range(4):
            data = {"scheme": str(second.pk), "text": "Le quai", "kind": "Juridique"}
            seminar.say(KEY, data, someone(seminar.held.room))
        for card, decision in ((first, "Tester"), (second, "Arrêter")):
            cards.edit_card(
                card.pk,
                data={"title": card.title, "aim": "Désengorger le centre", "decision": decision,
                      "variants": "Le samedi\nLa nuit", "state_blocks": "Le code de la route"},
                actor=FACILITATOR,
            )  # fmt: skip
        parts = seminar.note(KEY)
        kept = words(parts, "kept")
        assert "Désengorger le centre." in kept
        assert "Argent : « Trop cher », « Pas de subvention », et 1 autre." in kept
        assert "Décision du groupe : tester." in kept
        assert "Le samedi ; La nuit" in kept
        assert "Nombre de blocages dits en séance" in words(parts, "figures")
        national = words(parts, "next_time")
        assert "Le code de la route. Dispositif : « Navette du port »." in national
        assert f"card:{first.pk}" in national
        assert "1 dispositif reste à décider" in words(parts, "open_questions")
        assert third.title in words(parts, "open_questions")

    def test_an_empty_bench_writes_nothing(self):
        assert a_seminar(1, KEY).note(KEY) == []

    def test_a_scheme_set_aside_is_debated_and_nothing_more(self):
        seminar, (first, *_others) = at_the_bench()
        cards.set_card_aside(first.pk, reason="Déjà décidé", actor=FACILITATOR)
        first.refresh_from_db()
        assert first.state == CardState.SET_ASIDE
        parts = seminar.note(KEY)
        assert "debated" in sections(parts)
        assert first.title not in words(parts, "kept")


def scheme(key: str, territory: str, kinds: str, text: str) -> Scheme:
    return Scheme(
        key=key, territory=territory, kinds=frozenset(kinds.split()), words=words_of([text])
    )


class TestLikeness:
    def test_words_are_compared_without_accents_plurals_or_grammar(self):
        found = words_of(["Des vélos-cargos pour livrer les marchés"])
        assert found == {"velo", "cargo", "livrer", "marche"}

    def test_by_hand(self):
        """Kinds: 1 of 3 in common; words: 2 of 4; the mean is 41.67."""
        one = scheme("a", "Lorient", "argent juridique", "navette quai marchandises")
        other = scheme("b", "Beauvais", "argent demande", "navette marchandise gares")
        (pair,) = alike([one, other])
        assert pair.percent == 42
        assert (list(pair.kinds), list(pair.words)) == (["argent"], ["marchandise", "navette"])

    def test_words_alone_count_where_neither_says_what_blocks(self):
        pair = alike([scheme("a", "L", "", "navette quai"), scheme("b", "B", "", "navette gare")])
        assert pair[0].percent == 33

    def test_schemes_of_one_territory_are_not_compared(self):
        assert not alike([scheme("a", "L", "argent", "quai"), scheme("b", "L", "argent", "quai")])

    @given(st.lists(st.tuples(st.sets(st.sampled_from("abcde")), st.text(max_size=30)), max_size=6))
    def test_is_a_share_and_does_not_depend_on_the_order(self, drawn):
        schemes = [
            Scheme(key=str(n), territory=str(n), kinds=frozenset(kinds), words=words_of([text]))
            for n, (kinds, text) in enumerate(drawn)
        ]
        found = {frozenset((one.first, one.second)): one.percent for one in alike(schemes)}
        turned = {frozenset((one.first, one.second)): one.percent for one in alike(schemes[::-1])}
        assert found == turned
        assert all(0 < percent <= 100 for percent in found.values())
