"""Who acts on the territory, with whom: cited, made into cards, tied, mapped, carried elsewhere."""

import json
from collections.abc import Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fabrique.document.html import render_blocks
from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.actions.answers import answer
from fabrique.stages.contribution.actions.card_imports import import_cards
from fabrique.stages.contribution.actions.cards import create_card, edit_card, merge_cards
from fabrique.stages.contribution.actions.links import link
from fabrique.stages.contribution.actions.undo import undo
from fabrique.stages.contribution.enums import CardState, Level
from fabrique.stages.contribution.errors import InvalidContribution, InvalidLink
from fabrique.stages.contribution.formats.actor_map.analysis import ActorMapResults
from fabrique.stages.contribution.formats.actor_map.naming import Reason, same_names
from fabrique.stages.contribution.formats.actor_map.panel import proposals
from fabrique.stages.contribution.formats.actor_map.sentences import sentences
from fabrique.stages.contribution.formats.contract import InvalidAnswer, Refused
from fabrique.stages.contribution.models import Card, Link
from tests.stages.contribution.formats.played import Seminar, plain, sections, words
from tests.stages.deliverable.seminars import a_territory
from tests.stages.rooms import FACILITATOR, a_held_seminar, an_account, someone

pytestmark = pytest.mark.django_db
MAP = "actor_map"
PIONEER, ASSOCIATION, NATIONAL = "Pionnier", "Association", "National"


def a_map(people: int = 6) -> Seminar:
    held = a_held_seminar(MAP, site=a_territory())
    held.meeting.key = "local-2"
    held.meeting.save()
    return Seminar(held, [someone(held.room) for _ in range(people)])


def an_actor(seminar: Seminar, title: str, *, by: int = 0, **payload: object) -> Card:
    """A card, cited by the first ``by`` people of the room."""
    said = [seminar.say(MAP, title, who) for who in seminar.people[:by]]
    return seminar.card(MAP, title, *said, payload=payload)


def tie(seminar: Seminar, source: Card, kind: str, target: Card, who: int | None = 0) -> None:
    if who is None:
        ends = {"source_id": source.pk, "target_id": target.pk}
        link(workshop_id=seminar.workshop(MAP).pk, kind=kind, actor=FACILITATOR, **ends)
        return
    data = {"source": str(source.pk), "relation": kind, "target": str(target.pk)}
    answer(workshop_id=seminar.workshop(MAP).pk, participant=seminar.people[who], data=data)


def mapped(seminar: Seminar) -> ActorMapResults:
    return seminar.format(MAP).results(seminar.workshop(MAP))


def said(seminar: Seminar) -> str:
    return plain(" ".join(one.words for one in sentences(mapped(seminar))))


def screen(seminar: Seminar, name: str, **options: object) -> dict:
    viewer = Viewer(participant_id=seminar.people[0].pk)
    return seminar.format(MAP).context(seminar.workshop(MAP), viewer, name, **options)


def drawn(people: int = 6) -> tuple[Seminar, list[Card]]:
    """A – B – C in a line, D – E apart, F alone; F and D are pioneers. Six people cite them."""
    seminar = a_map(people)
    actors = [
        an_actor(
            seminar,
            name,
            by=people,
            type=ASSOCIATION,
            **({"profile": PIONEER} if name in "DF" else {}),
        )
        for name in "ABCDEF"
    ]
    a, b, c, d, e, _f = actors
    seminar.turn_to(MAP, "link")
    tie(seminar, a, "works_with", b)
    tie(seminar, c, "funds", b)
    tie(seminar, e, "blocks", d)
    return seminar, actors


class TestCiting:
    def test_a_card_takes_over_what_is_said_most(self):
        seminar = a_map()
        one = seminar.say(MAP, {"text": "Emmaüs", "type": ASSOCIATION, "means": "un lieu"})
        two = seminar.say(MAP, {"text": "emmaus", "type": ASSOCIATION, "means": "des bénévoles"})
        three = seminar.say(MAP, {"text": "Emmaüs", "type": "Entreprise", "profile": PIONEER})
        card = create_card(
            seminar.workshop(MAP).pk,
            contribution_ids=[one.pk, two.pk, three.pk],
            actor=FACILITATOR,
        )
        assert card.title == "Emmaüs"
        assert card.payload == {
            "type": ASSOCIATION,
            "profile": PIONEER,
            "means": "un lieu ; des bénévoles",
        }

    def test_a_national_actor_is_known_as_such_by_its_scale(self):
        seminar = a_map()
        card = an_actor(seminar, "ADEME")
        edit_card(card.pk, data={"title": "ADEME", "scale": NATIONAL}, actor=FACILITATOR)
        card.refresh_from_db()
        assert card.payload == {"scale": NATIONAL, "national": True}

    def test_a_name_of_three_hundred_letters_comes_back_with_what_to_do(self):
        seminar = a_map()
        with pytest.raises(InvalidContribution) as refusal:
            seminar.say(MAP, "x" * 300)
        assert "ramenez-le à 160" in plain(refusal.value.errors["text"])
        assert refusal.value.typed["text"] == "x" * 300

    def test_a_card_keeps_a_type_its_lists_no_longer_hold(self):
        seminar = a_map()
        card = an_actor(seminar, "Scop Le Fournil", type="Coopérative")
        form = seminar.format(MAP).card_form(seminar.workshop(MAP), initial=card.payload)
        assert "Coopérative" in str(form["type"])
        data = {"title": "Le Fournil", "type": "Coopérative"}
        edit_card(card.pk, data=data, actor=FACILITATOR)
        card.refresh_from_db()
        assert card.payload["type"] == "Coopérative"


class TestTying:
    def test_a_tie_that_holds_both_ways_is_drawn_once(self):
        seminar, (a, b, *_rest) = drawn()
        tie(seminar, b, "works_with", a, who=1)
        tie(seminar, b, "works_with", a, who=None)
        (works,) = [one for one in mapped(seminar).ties if one.kind == "works_with"]
        assert (works.people, works.is_confirmed) == (2, True)

    def test_the_same_tie_sent_again_changes_nothing(self):
        seminar, (a, b, *_rest) = drawn()
        before = Link.objects.count()
        tie(seminar, a, "works_with", b)
        assert Link.objects.count() == before

    def test_an_actor_is_never_tied_to_itself(self):
        seminar, (a, *_rest) = drawn()
        with pytest.raises(InvalidAnswer) as refusal:
            tie(seminar, a, "funds", a)
        typed = {"source": str(a.pk), "relation": "funds", "target": str(a.pk)}
        form = screen(seminar, "phone", refused=Refused(typed, refusal.value.errors))["tie_form"]
        assert "relié à lui-même" in plain(form.errors["target"])
        assert form["relation"].value() == "funds"
        with pytest.raises(InvalidLink):
            tie(seminar, a, "funds", a, who=None)

    @pytest.mark.parametrize("missing", ["source", "relation", "target"])
    def test_half_a_tie_says_what_is_missing(self, missing):
        seminar, (a, b, *_rest) = drawn()
        data = {"source": str(a.pk), "relation": "funds", "target": str(b.pk)}
        with pytest.raises(InvalidAnswer) as refusal:
            seminar.format(MAP).read_answer(seminar.workshop(MAP), data | {missing: ""})
        assert list(refusal.value.errors) == [missing]

    def test_an_actor_set_aside_meanwhile_is_refused_in_words(self):
        seminar, (a, b, *_rest) = drawn()
        Card.objects.filter(pk=b.pk).update(
            state=CardState.SET_ASIDE, set_aside_reason="Hors sujet"
        )
        with pytest.raises(InvalidAnswer) as refusal:
            tie(seminar, a, "funds", b)
        assert "n'est plus sur la carte" in plain(refusal.value.errors["target"])

    def test_a_kind_of_another_map_is_refused(self):
        seminar, (a, b, *_rest) = drawn()
        with pytest.raises(InvalidAnswer):
            tie(seminar, a, "advises", b, who=None)

    def test_kinds_are_the_team_s(self):
        seminar, (a, b, *_rest) = drawn()
        workshop = seminar.workshop(MAP)
        workshop.settings = {"links": {"advises": "conseille"}}
        workshop.save()
        tie(seminar, a, "advises", b)
        assert [str(one) for one in mapped(seminar).kinds.values()] == ["conseille"]

    def test_one_takes_back_one_s_own_tie(self):
        seminar, _actors = drawn()
        own = screen(seminar, "phone")["own_ties"]
        assert len(own) == 3
        key = next(one.key for one in own if one.source == "C")
        answer(
            workshop_id=seminar.workshop(MAP).pk,
            participant=seminar.people[0],
            data={"untie": key},
        )
        assert [one.source for one in screen(seminar, "phone")["own_ties"]] == ["E", "A"]
        assert Link.objects.filter(ended_at=None).count() == 2
        with pytest.raises(InvalidAnswer):
            seminar.format(MAP).read_answer(seminar.workshop(MAP), {"untie": "n'importe quoi"})


class TestTheMap:
    def test_measures_are_those_computed_by_hand(self):
        seminar, _actors = drawn()
        places = {one.card.title: one.place for one in mapped(seminar).actors}
        assert [places[name].degree for name in "ABCDEF"] == [1, 2, 1, 1, 1, 0]
        # B: 3 in its piece of 6 actors, distances 1 and 1 → (2/5) × (2/2).
        assert places["B"].closeness == pytest.approx(0.4)
        # A: distances 1 and 2 → (2/5) × (2/3).
        assert places["A"].closeness == pytest.approx(4 / 15)
        # B lies on the one path A–C, among (5 × 4) / 2 pairs of others.
        assert places["B"].betweenness == pytest.approx(0.1)
        results = mapped(seminar)
        assert [[one.card.title for one in group] for group in results.groups] == [
            ["A", "B", "C"],
            ["D", "E"],
        ]
        assert [one.card.title for one in results.go_betweens] == ["B"]
        assert [one.card.title for one in results.isolated_pioneers] == ["F"]

    def test_the_short_list_speaks_french_and_concludes_nothing_from_an_absent_tie(self):
        seminar, _actors = drawn()
        text = said(seminar)
        assert "6 acteurs cités, 3 liens tracés." in text
        assert "L'acteur le plus relié est « B » : 2 autres acteurs." in text
        assert "2 ensembles séparés" in text
        assert (
            "Un acteur pionnier n'est relié à personne (« F ») : à vérifier avec lui, l'absence "
            "de lien peut tenir à l'absence d'information." in text
        )
        assert "Familles dont personne n'a cité d'acteur : entreprise" in text
        assert "ne veut pas dire qu'elles sont absentes" in text
        assert 3 <= len(sentences(mapped(seminar))) <= 6

    def test_ties_and_people_follow_two_cards_made_one(self):
        seminar, (a, b, c, *_rest) = drawn()
        merge_cards(a.pk, into_id=c.pk, actor=FACILITATOR)
        results = mapped(seminar)
        (works,) = [one for one in results.ties if one.kind == "works_with"]
        assert {works.source, works.target} == {b, c}
        assert next(one for one in results.actors if one.card == c).cited_by == 6

    def test_two_tied_cards_made_one_are_not_tied_to_themselves(self):
        seminar, (a, b, *_rest) = drawn()
        merge_cards(a.pk, into_id=b.pk, actor=FACILITATOR)
        assert {one.kind for one in mapped(seminar).ties} == {"funds", "blocks"}

    def test_how_many_cited_shows_from_five_people_only(self):
        few, _actors = drawn(4)
        assert {line.cited_by for line in screen(few, "console")["lines"]} == {"–"}
        assert "Cité par" not in words(few.note(MAP), "figures")
        assert "moins de 5 personnes" in said(few)
        many, _actors = drawn(5)
        assert {line.cited_by for line in screen(many, "console")["lines"]} == {"5"}
        assert "Carte dressée par 5 personnes" in words(many.note(MAP), "figures")

    def test_private_cards_and_what_is_tied_to_them_never_show(self):
        seminar, (_a, b, *_rest) = drawn()
        Card.objects.filter(pk=b.pk).update(level=Level.PRIVATE, title="Confidentiel")
        results = mapped(seminar)
        assert {one.kind for one in results.ties} == {"blocks"}
        assert "Confidentiel" not in str(seminar.note(MAP))
        assert "Confidentiel" not in str(screen(seminar, "page")["explorer"])
        contents = [file.make() for file in seminar.format(MAP).files(seminar.workshop(MAP))]
        assert not any(b"Confidentiel" in content for content in contents)

    def test_the_wall_shows_no_map_while_people_are_tying(self):
        seminar, _actors = drawn()
        assert screen(seminar, "wall")["results"] is None
        seminar.turn_to(MAP, "results")
        assert "<svg" in screen(seminar, "wall")["drawing"]

    def test_the_note_cites_the_cards_and_asks_what_is_to_be_checked(self):
        seminar, (_a, b, *_rest) = drawn()
        parts = seminar.note(MAP)
        assert sections(parts) == ["kept", "figures", "open_questions"]
        assert f"card:{b.pk}" in str(parts)
        assert "C finance cet acteur" in words(parts, "figures").replace("« ", "").replace(" »", "")
        assert "à vérifier avec lui" in words(parts, "open_questions")

    def test_a_map_without_anyone_says_what_to_do_first(self):
        seminar = a_map()
        assert seminar.note(MAP) == []
        assert screen(seminar, "console")["drawing"] == ""

    def test_markup_in_a_name_stays_a_name(self):
        seminar = a_map()
        an_actor(seminar, "<script>alert(1)</script>", by=5)
        an_actor(seminar, "x" * 160, by=5)
        printed = seminar.format(MAP).printed_map(seminar.workshop(MAP))
        page = render_blocks([printed.map])
        assert "<script" not in page
        assert "&lt;script&gt;alert(" in page


class TestNames:
    @pytest.mark.parametrize(
        ("one", "other", "reason"),
        [
            ("ADEME", "Ademe", Reason.SAME),
            ("Emmaüs", "EMMAUS", Reason.SAME),
            ("Association Le Relais", "le relais", Reason.SAME),
            ("Asso. Bretagne Vivante", "Bretagne vivante", Reason.SAME),
            ("ADEME", "Agence de la transition écologique (ADEME)", Reason.ACRONYM),
            (
                "ADEME",
                "Agence de l'environnement et de la maîtrise de l'énergie",
                Reason.ACRONYM,
            ),
            ("CCI", "Chambre de commerce et d'industrie", Reason.ACRONYM),
            ("CCI", "Chambre de commerce et d'industrie du Morbihan", Reason.ACRONYM),
            ("CCI du Morbihan", "Chambre de commerce et d'industrie", Reason.ACRONYM),
            (
                "CCI du Morbihan",
                "Chambre de commerce et d'industrie du Morbihan",
                Reason.ACRONYM,
            ),
            ("Région", "Région Bretagne", Reason.INSIDE),
            ("Bretagne Supply Chain", "Bretagne supplychain", Reason.SAME),
            ("Groupama Loire-Bretagne", "Groupama Loire Bretange", Reason.CLOSE),
        ],
    )
    def test_variants_of_one_name_are_proposed(self, one, other, reason):
        for names in ((one, other), (other, one)):
            (pair,) = same_names(names)
            assert pair.reason == reason

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Chambre de commerce", "Chambre d'agriculture"),
            ("Ville de Lorient", "Lorient Agglomération"),
            ("Lycée professionnel 1", "Lycée professionnel 2"),
            ("Collège Brizeux", "Collège Tristan Corbière"),
            ("CCI", "Confédération paysanne"),
            ("CCI du Morbihan", "Chambre de commerce et d'industrie d'Ille-et-Vilaine"),
            ("Port de pêche", "Pôle océan recherche technologie"),
            ("!!!", "???"),
        ],
    )
    def test_two_different_actors_are_not(self, one, other):
        assert same_names((one, other)) == ()

    def test_a_proposal_is_confirmed_by_hand_and_taken_back(self):
        seminar = a_map()
        kept = an_actor(seminar, "Association Le Relais", by=2)
        other = an_actor(seminar, "le relais", by=1)
        (proposal,) = screen(seminar, "console")["proposals"]
        assert (proposal.card, proposal.into) == (other, kept)
        merge_cards(proposal.card.pk, into_id=proposal.into.pk, actor=FACILITATOR)
        assert screen(seminar, "console")["proposals"] == []
        undo(seminar.held.room.pk, actor=FACILITATOR)
        assert len(proposals(list(Card.objects.order_by("position")))) == 1


def files_of(seminar: Seminar) -> dict[str, bytes]:
    return {file.name: file.make() for file in seminar.format(MAP).files(seminar.workshop(MAP))}


def brought(seminar: Seminar, **files: bytes | str) -> object:
    contents = {
        key: content if isinstance(content, bytes) else content.encode()
        for key, content in files.items()
    }
    return seminar.format(MAP).read_files(seminar.workshop(MAP), contents)


def taken(seminar: Seminar, **files: bytes | str) -> object:
    read = brought(seminar, **files)
    assert not [one for one in read.problems if not one.is_only_a_doubt]
    return import_cards(
        seminar.workshop(MAP).pk, cards=read.cards, ties=read.ties, actor=FACILITATOR
    )


def whole(seminar: Seminar) -> tuple[list, list]:
    """Everything a map says, to compare two of them."""
    results = mapped(seminar)
    ends = {"works_with": sorted}
    return (
        sorted((one.card.title, one.card.text, str(one.card.payload)) for one in results.actors),
        sorted(
            (kind, *ends.get(kind, list)([one.source.title, one.target.title]))
            for one in results.ties
            for kind in [one.kind]
        ),
    )


class TestKumu:
    def rich(self) -> Seminar:
        seminar, (a, b, *_rest) = drawn()
        edit_card(
            a.pk,
            data={
                "title": "=SOMME(A1)",
                "text": "Une, deux ; « trois »\nlignes",
                "type": ASSOCIATION,
                "scale": NATIONAL,
                "means": "un lieu, des bénévoles",
                "profile": PIONEER,
            },
            actor=FACILITATOR,
        )
        edit_card(b.pk, data={"title": "Œuvre d'été, l'"}, actor=FACILITATOR)
        return seminar

    def test_columns_are_those_of_kumu(self):
        files = files_of(self.rich())
        assert files["acteurs.csv"].decode("utf-8-sig").startswith("Label,Type,Description,")
        assert files["liens.csv"].decode("utf-8-sig").startswith("From,To,Type,Direction\r\n")
        data = json.loads(files["carte.json"])
        assert set(data) == {"elements", "connections"}
        assert data["connections"][0] == {
            "from": "=SOMME(A1)",
            "to": "Œuvre d'été, l'",
            "type": "travaille avec",
            "direction": "mutual",
        }

    def test_no_cell_is_computed_by_a_spreadsheet(self):
        assert b"\n'=SOMME" in files_of(self.rich())["acteurs.csv"]

    def test_two_csv_files_come_back_as_they_left(self):
        left, arrived = self.rich(), a_map()
        files = files_of(left)
        taken(arrived, elements=files["acteurs.csv"], connections=files["liens.csv"])
        assert whole(arrived) == whole(left)
        assert {**files_of(arrived)}.keys() == files.keys()

    def test_the_json_comes_back_as_it_left(self):
        left, arrived = self.rich(), a_map()
        taken(arrived, elements=files_of(left)["carte.json"])
        assert whole(arrived) == whole(left)
        assert (
            json.loads(files_of(arrived)["carte.json"])["elements"]
            == (json.loads(files_of(left)["carte.json"])["elements"])
        )

    def test_a_whole_kumu_project_is_read_too(self):
        seminar = a_map()
        project = {
            "elements": [
                {"_id": "elem-1", "attributes": {"label": "ADEME", "element type": "association"}},
                {"_id": "elem-2", "attributes": {"label": "Emmaüs"}},
            ],
            "connections": [
                {
                    "from": "elem-1",
                    "to": "elem-2",
                    "direction": "directed",
                    "attributes": {"connection type": "Finance"},
                }
            ],
        }
        taken(seminar, elements=json.dumps(project))
        assert whole(seminar)[1] == [("funds", "ADEME", "Emmaüs")]
        assert mapped(seminar).actors[0].word("type") == ASSOCIATION

    def test_the_same_files_again_change_nothing(self):
        seminar = self.rich()
        before, files = whole(seminar), files_of(seminar)
        done = taken(seminar, elements=files["acteurs.csv"], connections=files["liens.csv"])
        assert (done.created, done.changed) == (0, 0)
        assert whole(seminar) == before

    def test_an_import_completes_without_emptying_and_is_taken_back_in_one(self):
        seminar = a_map()
        card = an_actor(seminar, "Emmaüs", type=ASSOCIATION)
        taken(seminar, elements="Label;Moyens\nemmaus;un lieu\nADEME;\n")
        card.refresh_from_db()
        assert card.title == "Emmaüs"
        assert card.payload == {"type": ASSOCIATION, "means": "un lieu"}
        undo(seminar.held.room.pk, actor=FACILITATOR)
        assert [one.card.title for one in mapped(seminar).actors] == ["Emmaüs"]
        card.refresh_from_db()
        assert card.payload == {"type": ASSOCIATION}

    @pytest.mark.parametrize(
        ("elements", "connections", "line", "words"),
        [
            ("Label\nA\nB\na\n", "", 4, "« a » est déjà à la ligne 2"),
            ("Label,Type\n,Association\n", "", 2, "il manque le nom"),
            (f"Label\n{'x' * 300}\n", "", 2, "300 caractères : ramenez-le à 160"),
            ("Label\nA\nB\n", "From,To,Type\nA,A,finance\n", 2, "« A » est relié à lui-même"),
            ("Label\nA\nB\n", "From,To,Type\nA,C,finance\n", 2, "« C » n'est ni dans le fichier"),
            ("Label\nA\nB\n", "From,To,Type\nA,,finance\n", 2, "il manque un des deux acteurs"),
            ("Label\nA\nB\n", "From,To,Type\nA,B,parraine\n", 2, "« parraine » n'est pas dans"),
            ("Label\nA\nB\n", "From,To,Type\nA,B,\n", 2, "le type du lien manque"),
        ],
    )
    def test_a_wrong_line_is_told_by_its_number(self, elements, connections, line, words):
        seminar = a_map()
        files = {"elements": elements} | ({"connections": connections} if connections else {})
        (problem,) = brought(seminar, **files).problems
        assert problem.line == line
        assert words in plain(problem.words)

    def test_a_word_of_no_list_is_a_doubt_and_the_actor_comes_in(self):
        seminar = a_map()
        read = brought(seminar, elements="Label,Type\nA,Startup\n")
        assert [one.is_only_a_doubt for one in read.problems] == [True]
        assert [dict(one.data) for one in read.cards] == [{"title": "A"}]

    @pytest.mark.parametrize("name", ["wrong.csv", "wrong.json", "empty.csv"])
    def test_a_file_in_another_layout_is_refused_in_words(self, name):
        seminar = a_map()
        content = {
            "wrong.csv": b"Prix;Quantit\xe9\n3;4\n",
            "wrong.json": b'{"elements": "non"}',
            "empty.csv": b"",
        }[name]
        answer = the_team_imports(seminar, SimpleUploadedFile(name, content))
        assert answer.status_code == 200
        assert "field__error" in answer.content.decode() or "alert" in answer.content.decode()
        assert not Card.objects.exists()

    def test_the_preview_writes_nothing_and_the_button_writes_it_all(self):
        left, seminar = self.rich(), a_map()
        file = SimpleUploadedFile("carte.json", files_of(left)["carte.json"])
        client = team_of(seminar)
        preview = the_team_imports(seminar, file, client)
        assert not seminar.workshop(MAP).cards.exists()
        assert "Importer : 6 cartes, 3 liens" in plain(preview.content.decode())
        done = client.post(
            import_address(seminar), {"understood": preview.context["understood"]}, follow=True
        )
        assert "6 cartes ajoutées, 3 liens." in plain(done.content.decode())
        assert whole(seminar) == whole(left)

    def test_a_preview_of_another_map_is_refused(self):
        left, right = a_map(), a_map()
        client = team_of(left)
        file = SimpleUploadedFile("a.csv", b"Label\nA\n")
        preview = the_team_imports(left, file, client)
        other = team_of(right)
        other.post(import_address(right), {"understood": preview.context["understood"]})
        assert not Card.objects.exists()


def team_of(seminar: Seminar) -> Client:
    client = Client()
    account = an_account(seminar.held.meeting)
    client.force_login(account, backend="sesame.backends.ModelBackend")
    return client


def import_address(seminar: Seminar) -> str:
    keys = [seminar.held.meeting.pk, seminar.workshop(MAP).pk]
    return reverse("contribution:cards-import", args=keys)


def the_team_imports(seminar: Seminar, file: SimpleUploadedFile, client: Client | None = None):
    client = client or team_of(seminar)
    return client.post(import_address(seminar), {"elements": file})


class TestPages:
    def pages(self, seminar: Seminar) -> Sequence[str]:
        meeting, workshop = seminar.held.meeting.pk, seminar.workshop(MAP).pk
        return [
            reverse("contribution:workshop-page", args=[meeting, workshop]),
            reverse("contribution:console", args=[meeting]) + f"?atelier={workshop}",
            reverse("contribution:wall", args=[seminar.held.room.wall_key]),
            reverse("contribution:card-file", args=[meeting, workshop, "acteurs.csv"]),
            import_address(seminar),
        ]

    def test_the_map_is_drawn_and_its_table_names_everyone(self):
        seminar, _actors = drawn()
        page = team_of(seminar).get(self.pages(seminar)[0]).content.decode()
        assert "map-data" in page
        assert page.count("data-actor=") == 6
        assert " style=" not in page

    def test_the_map_is_printed_once_there_is_one(self):
        seminar = a_map()
        key = f"carte-{seminar.workshop(MAP).position}"
        address = reverse("contribution:print-file", args=[seminar.held.meeting.pk, key])
        client = team_of(seminar)
        assert client.get(address).status_code == 404
        an_actor(seminar, "<b>Emmaüs</b> & cie", by=5)
        an_actor(seminar, "x" * 160)
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF")

    def test_a_workshop_without_a_page_has_none(self):
        held = a_held_seminar("expectations")
        client = Client()
        client.force_login(an_account(held.meeting), backend="sesame.backends.ModelBackend")
        keys = [held.meeting.pk, held.workshops["expectations"].pk]
        for name in ("workshop-page", "cards-import"):
            assert client.get(reverse(f"contribution:{name}", args=keys)).status_code == 404
        file = reverse("contribution:card-file", args=[*keys, "acteurs.csv"])
        assert client.get(file).status_code == 404

    @pytest.mark.parametrize("page", range(5))
    def test_a_hundred_and_fifty_actors_are_read_as_fifteen(self, page):
        costs = []
        for count in (15, 150):
            seminar = a_map()
            _fill(seminar, count)
            seminar.turn_to(MAP, "results")
            client = team_of(seminar)
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(self.pages(seminar)[page])
            assert answer.status_code == 200
            costs.append(len(captured))
        assert costs[0] == costs[1] <= 20


def _fill(seminar: Seminar, count: int) -> None:
    cards = Card.objects.bulk_create(
        Card(
            workshop=seminar.workshop(MAP),
            title=f"Acteur numéro {number}",
            position=number,
            payload={"type": ASSOCIATION},
        )
        for number in range(count)
    )
    Link.objects.bulk_create(
        Link(
            workshop=seminar.workshop(MAP),
            source=cards[number],
            target=cards[number // 2],
            kind="funds",
            participant=seminar.people[number % 6],
        )
        for number in range(1, count)
    )
