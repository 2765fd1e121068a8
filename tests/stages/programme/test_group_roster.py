"""The working group: added by hand, or brought from a sheet after seeing what it says."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from fabrique.kit.sheets import read_sheet
from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.programme.models import GroupMember, Meeting
from tests.stages.programme.plain_words import plain
from tests.stages.seminar.prepared import a_seminar, signed_in

pytestmark = pytest.mark.django_db

SHEET = """Groupe de travail de Lorient;;;
Nom et prénom;Structure;Fonction;Courriel
Référente technique;Ville;Agente;referente@exemple.fr
Présidente d'association;Association des jardins;Forces vives;
Adjoint au maire;Ville;Élu;
"""


@pytest.fixture
def meeting() -> Meeting:
    return a_seminar()


@pytest.fixture
def director(meeting: Meeting) -> Client:
    return signed_in(meeting)


def page(name: str, meeting: Meeting, **more: object) -> str:
    place = {"slug": meeting.programme.slug, "code": meeting.site.territory_id}
    return reverse(f"programme:{name}", kwargs=place | more)


def member_page(name: str, member: GroupMember) -> str:
    return reverse(f"programme:{name}", args=[member.pk])


def previewed(client: Client, meeting: Meeting, text: str, encoding: str = "utf-8") -> HttpResponse:
    file = SimpleUploadedFile("groupe.csv", text.encode(encoding))
    return client.post(page("group-import", meeting), {"file": file})


def imported(client: Client, meeting: Meeting, text: str) -> HttpResponse:
    understood = previewed(client, meeting, text).context["understood"]
    answer = client.post(page("group-import", meeting), {"understood": understood}, follow=True)
    return answer


def names(meeting: Meeting) -> set[str]:
    found = GroupMember.objects.filter(site=meeting.site, left_at=None)
    return set(found.values_list("name", flat=True))


class TestByHand:
    def test_someone_joins_leaves_and_comes_back(self, director: Client, meeting: Meeting) -> None:
        typed = {"name": "Géomètre", "institution": "Cabinet", "status": "invited"}
        director.post(page("add-member", meeting), typed)
        member = GroupMember.objects.get(name="Géomètre")
        assert member.site == meeting.site
        director.post(member_page("remove-member", member))
        assert names(meeting) == set()
        director.post(page("add-member", meeting), typed)
        assert GroupMember.objects.get(name="Géomètre").pk == member.pk
        assert names(meeting) == {"Géomètre"}

    def test_the_same_person_twice_is_refused_with_what_was_typed(
        self, director: Client, meeting: Meeting
    ) -> None:
        typed = {
            "name": "Géomètre",
            "institution": "Cabinet",
            "sector": "Planification",
            "status": "invited",
        }
        director.post(page("add-member", meeting), typed)
        body = plain(director.post(page("add-member", meeting), typed).content.decode())
        assert "est déjà sur la liste du groupe" in body
        assert "Planification" in body

    def test_an_empty_group_says_what_to_do_first(self, director: Client, meeting: Meeting) -> None:
        body = plain(director.get(page("group", meeting)).content.decode())
        assert "Personne n'est encore inscrit" in body
        assert "de 15 à 20 personnes" in body


class TestPreview:
    def test_shows_what_was_understood_and_writes_nothing(
        self, director: Client, meeting: Meeting
    ) -> None:
        body = plain(previewed(director, meeting, SHEET).content.decode())
        assert "Importer les 3 personnes" in body
        assert "Élu ou élue" in body
        assert names(meeting) == set()

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
    def test_reads_any_usual_encoding(
        self, director: Client, meeting: Meeting, encoding: str
    ) -> None:
        body = previewed(director, meeting, SHEET, encoding).content.decode()
        assert "Référente technique" in body

    def test_tells_each_faulty_line_and_keeps_the_others(
        self, director: Client, meeting: Meeting
    ) -> None:
        text = (
            SHEET
            + ";Sans nom;;\nGéomètre;Cabinet;Agent;pas-une-adresse\nadjoint au MAIRE;ville;;\n"
        )
        body = plain(previewed(director, meeting, text).content.decode())
        assert "Ligne 6 : Le nom est vide" in body
        assert "Ligne 7 : « pas-une-adresse » n'est pas une adresse électronique" in body
        assert "Ligne 8 : « adjoint au MAIRE » est déjà à la ligne 5" in body
        assert "Importer les 3 personnes" in body

    def test_a_line_of_totals_is_nobody(self, director: Client, meeting: Meeting) -> None:
        text = "Nom;Structure\nMaire;Ville\nTotal : 1;\n"
        body = plain(previewed(director, meeting, text).content.decode())
        assert "« Total : 1 » est un total, pas une personne." in body

    def test_a_function_it_does_not_know_is_left_empty_and_said(
        self, director: Client, meeting: Meeting
    ) -> None:
        text = "Nom;Fonction\nGéomètre;Bidule\n"
        body = plain(previewed(director, meeting, text).content.decode())
        assert "« Bidule » n'est pas reconnue" in body

    def test_a_missing_column_is_said_with_those_found(
        self, director: Client, meeting: Meeting
    ) -> None:
        body = plain(previewed(director, meeting, "Ville;Secteur\nA;B\n").content.decode())
        assert "Il manque la colonne « Nom ou fonction »" in body
        assert "« Ville », « Secteur »" in body

    def test_a_file_that_is_no_sheet_is_refused_kindly(
        self, director: Client, meeting: Meeting
    ) -> None:
        body = plain(previewed(director, meeting, "%PDF-1.7").content.decode())
        assert "C'est un fichier PDF, pas un tableau." in body

    def test_hostile_cells_are_only_text(self, director: Client, meeting: Meeting) -> None:
        text = 'Nom;Structure\n<script>alert(1)</script>;=HYPERLINK("http://x")\n'
        body = previewed(director, meeting, text).content.decode()
        assert "<script>alert" not in body
        imported(director, meeting, text)
        assert names(meeting) == {"<script>alert(1)</script>"}


class TestImport:
    def test_writes_what_was_seen(self, director: Client, meeting: Meeting) -> None:
        body = plain(imported(director, meeting, SHEET).content.decode())
        assert "3 personnes ajoutées" in body
        referent = GroupMember.objects.get(name="Référente technique")
        assert (referent.function_kind, referent.email) == ("staff", "referente@exemple.fr")

    def test_the_same_sheet_again_adds_nobody(self, director: Client, meeting: Meeting) -> None:
        imported(director, meeting, SHEET)
        body = plain(previewed(director, meeting, SHEET.upper()).content.decode())
        assert GroupMember.objects.count() == 3
        assert "il n'y a rien à importer" in body

    def test_a_fuller_sheet_completes_and_never_erases(
        self, director: Client, meeting: Meeting
    ) -> None:
        imported(director, meeting, SHEET)
        imported(director, meeting, "Nom;Structure;Secteur\nRéférente technique;Ville;Énergie\n")
        referent = GroupMember.objects.get(name="Référente technique")
        assert (referent.sector, referent.email) == ("Énergie", "referente@exemple.fr")

    def test_who_had_left_comes_back(self, director: Client, meeting: Meeting) -> None:
        imported(director, meeting, SHEET)
        member = GroupMember.objects.get(name="Adjoint au maire")
        director.post(member_page("remove-member", member))
        imported(director, meeting, SHEET.replace("Adjoint au maire", "ADJOINT AU MAIRE"))
        member.refresh_from_db()
        assert member.left_at is None
        assert GroupMember.objects.count() == 3

    def test_a_preview_of_another_seminar_or_made_by_hand_is_refused(
        self, director: Client, meeting: Meeting
    ) -> None:
        other = a_seminar()
        understood = previewed(signed_in(other), other, SHEET).context["understood"]
        for forged in (understood, "n'importe quoi"):
            director.post(page("group-import", meeting), {"understood": forged})
        assert GroupMember.objects.count() == 0

    @pytest.mark.parametrize("format", ["xlsx", "ods", "csv"])
    def test_the_model_sheet_has_the_columns_we_read(
        self, director: Client, meeting: Meeting, format: str
    ) -> None:
        address = reverse("programme:group-model", args=[meeting.programme.slug, format])
        answer = director.get(address)
        assert read_sheet(answer.content).columns[0] == "Nom ou fonction"


FULL = """Nom;Structure;Courriel;Genre;Participation;Invité le;Remplaçant de
Référente technique;Ville;referente@exemple.fr;Mme;A accepté;03/02/2020;
Adjoint au maire;Ville;;H;Pressenti;;
Sa collaboratrice;Ville;;F;Invitée;2020-02-10;adjoint au maire
"""


class TestColumnsOfTheGroup:
    def test_gender_place_day_and_whom_they_stand_in_for_are_read(
        self, director: Client, meeting: Meeting
    ) -> None:
        imported(director, meeting, FULL)
        referent, deputy, substitute = (
            GroupMember.objects.get(name=name)
            for name in ("Référente technique", "Adjoint au maire", "Sa collaboratrice")
        )
        assert (referent.gender, referent.status) == ("woman", "accepted")
        assert str(referent.invited_on) == "2020-02-03"
        assert (deputy.gender, deputy.status) == ("man", "candidate")
        assert substitute.substitute_of == deputy
        body = plain(director.get(page("group", meeting)).content.decode())
        assert "Remplace : Adjoint au maire" in body

    def test_a_group_taken_away_comes_back_unchanged(
        self, director: Client, meeting: Meeting
    ) -> None:
        imported(director, meeting, FULL)
        for format in ("xlsx", "ods", "csv"):
            sheet = director.get(page("group-sheet", meeting, format=format)).content
            file = SimpleUploadedFile(f"groupe.{format}", sheet)
            answer = director.post(page("group-import", meeting), {"file": file})
            assert "il n'y a rien à importer" in plain(answer.content.decode()), format

    def test_a_list_of_people_one_could_invite_enters_no_group(
        self, director: Client, meeting: Meeting
    ) -> None:
        file = SimpleUploadedFile("liste.csv", SHEET.encode())
        typed = {"file": file, "status": "candidate"}
        answer = director.post(page("group-import", meeting), typed)
        understood = answer.context["understood"]
        director.post(page("group-import", meeting), {"understood": understood})
        assert set(GroupMember.objects.values_list("status", flat=True)) == {"candidate"}

    def test_what_is_not_understood_is_said_line_by_line_and_left_empty(
        self, director: Client, meeting: Meeting
    ) -> None:
        text = (
            "Nom;Structure;Genre;Participation;Invité le;Remplaçant de\n"
            "Maire;Ville;bidule;peut-être;hier;Une inconnue\n"
        )
        body = plain(previewed(director, meeting, text).content.decode())
        assert "Ligne 2 : Le genre « bidule » n'est pas reconnu" in body
        assert "Ligne 2 : La place « peut-être » n'est pas reconnue" in body
        assert "Ligne 2 : « hier » n'est pas une date" in body
        assert "Ligne 2 : « Une inconnue », à remplacer, n'est pas dans le groupe" in body
        assert "Importer la personne" in body


class TestTheSamePersonTwice:
    def test_the_same_address_on_two_lines_is_told_with_both(
        self, director: Client, meeting: Meeting
    ) -> None:
        text = "Nom;Structure;Courriel\nMaire;Ville;a@b.fr\nÉlu;Ville;A@B.FR\n"
        body = plain(previewed(director, meeting, text).content.decode())
        assert "Ligne 3 : L'adresse « a@b.fr » est déjà à la ligne 2." in body
        assert "Importer la personne" in body

    def test_the_address_of_someone_already_there_is_told_with_their_name(
        self, director: Client, meeting: Meeting
    ) -> None:
        imported(director, meeting, "Nom;Structure;Courriel\nMaire;Ville;a@b.fr\n")
        text = "Nom;Structure;Courriel\nMme la maire;Mairie;a@b.fr\n"
        body = plain(previewed(director, meeting, text).content.decode())
        assert "Ligne 2 : L'adresse « a@b.fr » est déjà celle de « Maire »." in body

    def test_by_hand_the_address_is_refused_and_what_was_typed_stays(
        self, director: Client, meeting: Meeting
    ) -> None:
        imported(director, meeting, "Nom;Structure;Courriel\nMaire;Ville;a@b.fr\n")
        typed = {
            "name": "Mme la maire",
            "email": "a@b.fr",
            "sector": "Planification",
            "status": "invited",
        }
        body = plain(director.post(page("add-member", meeting), typed).content.decode())
        assert "L'adresse « a@b.fr » est déjà celle de « Maire »." in body
        assert "Planification" in body

    def test_an_address_taken_after_the_preview_imports_nothing_and_says_so(
        self, director: Client, meeting: Meeting
    ) -> None:
        text = "Nom;Structure;Courriel\nNouveau;Ville;\nMaire;Ville;a@b.fr\n"
        understood = previewed(director, meeting, text).context["understood"]
        director.post(
            page("add-member", meeting),
            {"name": "Autre", "email": "a@b.fr", "status": "invited"},
        )
        answer = director.post(
            page("group-import", meeting), {"understood": understood}, follow=True
        )
        assert "Rien n'a été importé." in plain(answer.content.decode())
        assert names(meeting) == {"Autre"}


class TestWhoMay:
    def test_a_referent_reads_the_group_and_does_not_write_it(self, meeting: Meeting) -> None:
        referent = signed_in(meeting, TeamRole.REFERENT)
        assert referent.get(page("group", meeting)).status_code == 200
        assert referent.post(page("add-member", meeting), {"name": "X"}).status_code == 404
        assert referent.get(page("group-import", meeting)).status_code == 404

    def test_a_member_of_another_territory_is_not_reached_through_this_one(
        self, director: Client, meeting: Meeting
    ) -> None:
        other = a_seminar()
        signed_in(other).post(page("add-member", other), {"name": "Ailleurs", "status": "invited"})
        stranger = GroupMember.objects.get(name="Ailleurs")
        assert director.get(member_page("member", stranger)).status_code == 404
        assert director.post(member_page("remove-member", stranger)).status_code == 404


def test_as_many_queries_for_one_member_as_for_many(
    director: Client, meeting: Meeting, django_assert_max_num_queries
) -> None:
    for number in range(12):
        GroupMember.objects.create(
            programme=meeting.programme, site=meeting.site, name=f"Membre {number}"
        )
    with django_assert_max_num_queries(10):
        director.get(page("group", meeting))
