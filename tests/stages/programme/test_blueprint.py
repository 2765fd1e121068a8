"""A method is a file one can read, copy and get wrong."""

import pytest

from fabrique.stages.programme.blueprint import (
    Blueprint,
    available_blueprints,
    fill,
    load_blueprint,
    parse_blueprint,
    shipped_blueprint,
)
from fabrique.stages.programme.enums import MeetingKind
from fabrique.stages.programme.errors import InvalidBlueprint, UnknownBlueprint
from fabrique.stages.programme.wording.refusals import say
from tests.stages.programme.plain_words import plain
from tests.stages.programme.small_blueprint import SMALL

DECK_TITLES = {
    "local-1": "Croiser projections et actions réalisées",
    "intersite-1": "Identifier ressources et angles morts",
    "local-2": "Cartographier les forces vives",
    "intersite-2": "Interroger le positionnement de la collectivité",
    "local-3": "Trouver les bons leviers pour amplifier le mouvement",
    "intersite-3": "Renforcer l'articulation local / national",
    "local-4": "Bien doser le niveau d'ambition",
    "intersite-4": "Partager les acquis de la démarche",
}


class TestTheMethodOfTheDeck:
    blueprint = load_blueprint("fabrique-prospective")

    def test_has_the_deck_s_four_local_and_four_intersite_seminars(self) -> None:
        seminars = (MeetingKind.LOCAL_SEMINAR, MeetingKind.INTERSITE_SEMINAR)
        titles = {m.key: m.title for m in self.blueprint.meetings if m.kind in seminars}
        assert titles == DECK_TITLES

    def test_every_run_sheet_alternates_and_ties_the_two_times(self) -> None:
        for meeting in self.blueprint.meetings:
            kinds = {sequence.kind for sequence in meeting.sequences}
            horizons = {sequence.horizon for sequence in meeting.sequences}
            assert {"debate", "testimony", "break"} <= kinds, meeting.key
            assert {"long", "short"} <= horizons, meeting.key

    def test_every_seminar_lasts_between_two_and_a_half_and_three_hours(self) -> None:
        for meeting in self.blueprint.meetings:
            if meeting.kind != MeetingKind.IMMERSION_DAY:
                assert 150 <= meeting.minutes <= 180, meeting.key

    def test_every_seminar_ends_with_its_evaluation(self) -> None:
        for key in DECK_TITLES:
            assert self.blueprint.meeting(key).sequences[-1].format == "hot_evaluation"

    def test_the_first_local_seminar_uses_the_five_formats(self) -> None:
        formats = [sequence.format for sequence in self.blueprint.meeting("local-1").sequences]
        assert [key for key in formats if key] == [
            "expectations",
            "vulnerabilities",
            "past_actions",
            "crossing",
            "hot_evaluation",
        ]

    def test_every_meeting_has_a_note_to_leave_with(self) -> None:
        assert all(self.blueprint.outline_of(meeting.key) for meeting in self.blueprint.meetings)

    def test_survives_being_kept_as_json(self) -> None:
        assert Blueprint.from_data(self.blueprint.as_data()) == self.blueprint

    def test_is_the_one_offered(self) -> None:
        assert [each.key for each in available_blueprints()] == ["fabrique-prospective"]


class TestAnotherMethod:
    def test_a_sequence_says_its_own_prompt_before_its_format_s(self, small: Blueprint) -> None:
        (sequence,) = small.meeting("ecoute").sequences
        assert small.prompt_of(sequence) == "Vu de {horizon_year}…"

    def test_only_known_words_between_braces_are_replaced(self) -> None:
        assert fill("{site} en {horizon_year}", {"site": "Lorient"}) == "Lorient en {horizon_year}"


def problems_of(source: str) -> str:
    with pytest.raises(InvalidBlueprint) as refusal:
        parse_blueprint(source)
    return plain(say(refusal.value))


class TestWhatIsWrongInAFile:
    def test_a_broken_file_names_the_line(self) -> None:
        said = problems_of('key = "a"\ntitle = "sans fin\n')
        assert said.startswith("Ligne 2 : ce n'est pas du TOML.")

    def test_a_missing_key_is_named_at_its_table(self) -> None:
        said = problems_of(SMALL.replace('mark = "B"\ncolour = 2\n', 'mark = "B"\n'))
        assert said == "Ligne 16, « steps.2.colour » : il manque cette clé. Ajoutez-la."

    def test_a_misspelt_key_is_named_at_its_line(self) -> None:
        said = problems_of(SMALL.replace("minutes = 60", "minute = 60"))
        assert "Ligne 48, « meetings.1.sequences.1.minute » : cette clé est inconnue." in said

    def test_a_value_that_is_not_a_choice_lists_the_choices(self) -> None:
        said = problems_of(SMALL.replace('kind = "debate"', 'kind = "sieste"'))
        assert "la valeur « sieste » n'est pas admise. Au choix : 'debate', 'testimony'" in said

    @pytest.mark.parametrize(
        ("before", "after", "expected"),
        [
            ('step = "decider"', 'step = "rever"', "L'étape « rever » n'est pas décrite"),
            ('format = "tour"', 'format = "tours"', "le format « tours » n'est pas décrit"),
            ('outline = "note"', 'outline = "nota"', "le plan « nota » n'est pas décrit"),
            ("[4.5, 6.0]", "[6.0, 4.5]", "la période doit aller d'un mois au suivant"),
            ("[4.5, 6.0]", "[4.5, 7.0]", "entre 0 et 6"),
            ('key = "decision"', 'key = "ecoute"', "« ecoute » est employée deux fois"),
            ("max = 2", "max = 0", "la valeur « 0 » est hors des bornes"),
            ("{site}", "{ville}", "{ville} ne sera remplacé par rien"),
        ],
    )
    def test_what_does_not_hang_together_is_said(
        self, before: str, after: str, expected: str
    ) -> None:
        said = problems_of(SMALL.replace(before, after, 1))
        assert expected.lower() in said.lower()
        assert said.startswith("Ligne ")

    def test_an_unknown_name_says_what_to_give(self) -> None:
        with pytest.raises(UnknownBlueprint) as refusal:
            load_blueprint("zob")
        assert "Le modèle de démarche « zob » n'existe pas" in plain(say(refusal.value))

    def test_a_page_never_reads_a_file(self, tmp_path) -> None:
        file = tmp_path / "petit.toml"
        file.write_text(SMALL)
        assert load_blueprint(file).key == "ronde"
        with pytest.raises(UnknownBlueprint):
            shipped_blueprint(str(file))

    def test_a_file_in_another_encoding_says_so(self, tmp_path) -> None:
        file = tmp_path / "latin.toml"
        file.write_bytes(SMALL.encode("utf-16"))
        with pytest.raises(InvalidBlueprint) as refusal:
            load_blueprint(file)
        assert "UTF-8" in say(refusal.value)
