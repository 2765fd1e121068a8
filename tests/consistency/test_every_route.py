"""Every address × everyone: what each is answered, in one table.

A route without a row fails, and so does a method without one that is not refused. Besides its
status, an answer to someone who is not of the territory never holds a word of it, unless they
hold the key that the address itself is. (Seen red with ``meetings_visible_to`` returning
everything, and with the room's check taken out of ``holder_in``.)
"""

import json
import re
from collections.abc import Iterator
from copy import copy
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import URLResolver, get_resolver

from fabrique.people.models import User
from fabrique.stages.contribution.enums import CardState
from fabrique.stages.programme.actions.team import remove_team_member
from fabrique.stages.programme.models import TeamMember
from fabrique.stages.seminar.actions.rooms import leave_room, renew_wall_key
from tests.consistency.two_programmes import PEOPLE, SECRET, STRANGERS, World

Statuses = tuple[int, ...]


def everyone(status: int) -> Statuses:
    return (status,) * len(PEOPLE)


def accounts(status: int) -> Statuses:
    """Whoever has signed in; the others are asked to."""
    return (302, 302, 302, *(status,) * 6)


def programme(status: int) -> Statuses:
    """The whole team, wherever they are."""
    return (302, 302, 302, *(status,) * 5, 404)


def team(status: int) -> Statuses:
    """The team and the territory's own referents."""
    return (302, 302, 302, 404, *(status,) * 4, 404)


def facilitators(status: int) -> Statuses:
    return (302, 302, 302, 404, 404, *(status,) * 3, 404)


def participants(status: int, *, others: int) -> Statuses:
    """Those who sit in the room."""
    return (others, others, status, *(others,) * 6)


def readers(status: int) -> Statuses:
    """What a page or a program asks for by itself: unknown to anyone else."""
    return (404, 404, 404, 404, *(status,) * 4, 404)


def the_territory(status: int) -> Statuses:
    """Those who let its cards be seen by others: its referents, and directors in charge of it."""
    return (302, 302, 302, 404, status, 404, 404, 404, 404)


def writers(status: int) -> Statuses:
    return (404, 404, 404, 404, 404, *(status,) * 3, 404)


CALENDAR = "/demarches/<slug>/calendrier/"
GROUP = "/demarches/<slug>/territoires/<code>/groupe/"
DESK = "/demarches/<slug>/territoires/<code>/versements/"
IMMERSION = "/reunions/<meeting_id>/immersion/"
SETTINGS = "/demarches/<slug>/reglages/"
# Nobody, participant elsewhere, participant, referent elsewhere, referent, officer, director,
# pilot, pilot of another programme.
TABLE: dict[str, Statuses] = {
    "GET /": everyone(200),
    "GET /accessibilite/": everyone(200),
    "GET /mentions-legales/": everyone(200),
    "GET /galerie/": everyone(404),
    "POST /langue/": everyone(302),
    "GET /compte/connexion/": (200, 200, 200, 302, 302, 302, 302, 302, 302),
    "POST /compte/connexion/": everyone(302),
    "GET /compte/connexion/messagerie/": everyone(200),
    "GET /compte/connexion/lien/": everyone(403),
    "POST /compte/connexion/lien/": everyone(403),
    "POST /compte/deconnexion/": everyone(302),
    "GET /territoires/recherche/": everyone(200),
    # ── Programme ──
    "GET /demarches/nouvelle/": accounts(302),
    "GET /demarches/nouvelle/<step>/": accounts(200),
    "POST /demarches/nouvelle/<step>/": accounts(422),
    "GET /demarches/<slug>/": programme(200),
    "GET /demarches/<slug>/territoires/<code>/": team(200),
    "POST /demarches/<slug>/territoires/<code>/": facilitators(302),
    "GET /reunions/<meeting_id>/date/": facilitators(200),
    "POST /reunions/<meeting_id>/date/": facilitators(200),
    "POST /reunions/<meeting_id>/<move>/": facilitators(302),
    # ── Settings ──
    f"GET {SETTINGS}": facilitators(200),
    f"GET {SETTINGS}question/": facilitators(200),
    f"POST {SETTINGS}question/": facilitators(422),
    f"GET {SETTINGS}partenaires/": facilitators(200),
    f"POST {SETTINGS}partenaires/": facilitators(302),
    f"GET {SETTINGS}equipe/nouvelle/": facilitators(200),
    f"POST {SETTINGS}equipe/nouvelle/": facilitators(422),
    f"GET {SETTINGS}equipe/<place_id>/": facilitators(200),
    f"POST {SETTINGS}equipe/<place_id>/": facilitators(422),
    f"POST {SETTINGS}equipe/<place_id>/retirer/": facilitators(302),
    # ── Calendar ──
    f"GET {CALENDAR}": facilitators(200),
    f"GET {CALENDAR}periodes/": facilitators(200),
    f"POST {CALENDAR}periodes/": facilitators(200),
    f"GET {CALENDAR}delais/": facilitators(200),
    f"POST {CALENDAR}delais/": facilitators(200),
    f"GET {CALENDAR}annonce/": facilitators(200),
    f"POST {CALENDAR}annonce/": facilitators(200),
    f"GET {CALENDAR}fermetures/nouvelle/": facilitators(200),
    f"POST {CALENDAR}fermetures/nouvelle/": facilitators(200),
    f"GET {CALENDAR}fermetures/conseils/": facilitators(200),
    f"POST {CALENDAR}fermetures/conseils/": facilitators(200),
    f"POST {CALENDAR}fermetures/jours-feries/": facilitators(302),
    f"GET {CALENDAR}fermetures/<period_id>/": facilitators(200),
    f"POST {CALENDAR}fermetures/<period_id>/": facilitators(200),
    f"POST {CALENDAR}fermetures/<period_id>/retirer/": facilitators(302),
    f"GET {CALENDAR}propositions/": facilitators(200),
    f"POST {CALENDAR}propositions/": facilitators(200),
    f"GET {CALENDAR}propositions/<batch>/": facilitators(200),
    f"POST {CALENDAR}propositions/<batch>/arreter/": facilitators(302),
    f"POST {CALENDAR}propositions/<batch>/retenir/": facilitators(404),
    "GET /reunions/<meeting_id>/attendus/": facilitators(200),
    "POST /reunions/<meeting_id>/attendus/": facilitators(200),
    "GET /reunions/<meeting_id>/date-tombe/": facilitators(302),
    "POST /reunions/<meeting_id>/date-tombe/": facilitators(302),
    # ── Availability ──
    "GET /reunions/<meeting_id>/disponibilites/": facilitators(200),
    "GET /reunions/<meeting_id>/disponibilites/demander/": facilitators(200),
    "POST /reunions/<meeting_id>/disponibilites/demander/": facilitators(302),
    "POST /reunions/<meeting_id>/disponibilites/relancer/": facilitators(302),
    "POST /reunions/<meeting_id>/disponibilites/arreter/": facilitators(302),
    "GET /reunions/<meeting_id>/disponibilites/<option_id>/retenir/": facilitators(200),
    "POST /reunions/<meeting_id>/disponibilites/<option_id>/retenir/": facilitators(302),
    "GET /dispo/<link_key>/": everyone(200),
    "GET /dispo/<link_key>/<poll_id>/": everyone(200),
    "POST /dispo/<link_key>/<poll_id>/": everyone(302),
    "GET /dispo/<link_key>/agenda/": everyone(200),
    "POST /dispo/<link_key>/agenda/": everyone(302),
    "POST /dispo/<link_key>/agenda/<unavailability_id>/retirer/": everyone(302),
    # ── Committee, criteria, immersion ──
    "GET /demarches/<slug>/decisions/": programme(200),
    "GET /demarches/<slug>/decisions.<format>": programme(200),
    "GET /demarches/<slug>/criteres/": programme(200),
    "GET /demarches/<slug>/criteres.<format>": programme(200),
    "GET /demarches/<slug>/criteres/nouveau/": facilitators(200),
    "POST /demarches/<slug>/criteres/nouveau/": facilitators(422),
    "GET /demarches/<slug>/criteres/<criterion_id>/": facilitators(200),
    "POST /demarches/<slug>/criteres/<criterion_id>/": facilitators(422),
    "POST /demarches/<slug>/criteres/<criterion_id>/retirer/": facilitators(302),
    "GET /demarches/<slug>/criteres/bilan/<moment>/": facilitators(200),
    "POST /demarches/<slug>/criteres/bilan/<moment>/": facilitators(302),
    "GET /demarches/<slug>/criteres/attentes/": programme(200),
    "POST /demarches/<slug>/criteres/attentes/": facilitators(404),
    f"GET {IMMERSION}": team(200),
    f"POST {IMMERSION}": facilitators(302),
    f"GET {IMMERSION}synthese/": team(200),
    f"GET {IMMERSION}acteurs.<format>": team(200),
    f"GET {IMMERSION}rendez-vous/": facilitators(200),
    f"POST {IMMERSION}rendez-vous/": facilitators(422),
    f"GET {IMMERSION}rendez-vous/<appointment_id>/": team(200),
    f"POST {IMMERSION}rendez-vous/<appointment_id>/": facilitators(302),
    "GET /seminaires/<meeting_id>/points/": team(200),
    "POST /seminaires/<meeting_id>/points/": facilitators(302),
    "GET /seminaires/<meeting_id>/points/<point_id>/": facilitators(200),
    "POST /seminaires/<meeting_id>/points/<point_id>/": facilitators(422),
    # ── Seminar ──
    "GET /seminaires/<meeting_id>/": team(200),
    "GET /seminaires/<meeting_id>/salle/": facilitators(200),
    "POST /seminaires/<meeting_id>/salle/": facilitators(302),
    "GET /seminaires/<meeting_id>/salle/code.svg": facilitators(200),
    "GET /salle/<room_id>/sonnette/": (404, 404, 200, 404, 200, 200, 200, 200, 404),
    "GET /salle/<room_id>/numeros/": (404, 404, 200, 404, 200, 200, 200, 200, 404),
    "GET /seminaires/<meeting_id>/deroule/": team(200),
    "GET /seminaires/<meeting_id>/deroule/nouvelle/": facilitators(200),
    "POST /seminaires/<meeting_id>/deroule/nouvelle/": facilitators(200),
    "GET /seminaires/<meeting_id>/deroule/<sequence_id>/": facilitators(200),
    "POST /seminaires/<meeting_id>/deroule/<sequence_id>/": facilitators(200),
    "POST /seminaires/<meeting_id>/deroule/<sequence_id>/retirer/": facilitators(302),
    "POST /seminaires/<meeting_id>/deroule/<sequence_id>/deplacer/": facilitators(302),
    # ── Invitations, mails, calendars ──
    "GET /seminaires/<meeting_id>/invitations/": facilitators(200),
    "POST /seminaires/<meeting_id>/invitations/": facilitators(302),
    "GET /seminaires/<meeting_id>/invitations/<contact_id>/": facilitators(200),
    "POST /seminaires/<meeting_id>/invitations/<contact_id>/": facilitators(200),
    "GET /moi/<link_key>/": everyone(200),
    "POST /moi/<link_key>/agenda/": everyone(302),
    "GET /moi/<link_key>/copie.ods": everyone(200),
    "GET /moi/<link_key>/groupe/": everyone(200),
    "POST /moi/<link_key>/groupe/": everyone(200),
    "GET /moi/<link_key>/reunions/<meeting_id>/": everyone(200),
    "POST /moi/<link_key>/reunions/<meeting_id>/": everyone(200),
    "GET /demarches/<slug>/courriels/": facilitators(200),
    "POST /demarches/<slug>/courriels/": facilitators(302),
    "GET /demarches/<slug>/agendas/": programme(200),
    "POST /demarches/<slug>/agendas/": (302, 302, 302, 404, 404, 302, 302, 302, 404),
    "GET /agenda/<feed_key>.ics": everyone(200),
    "GET /courriels/<contact_keys>/arret/": everyone(200),
    "POST /courriels/<contact_keys>/arret/": everyone(302),
    "POST /courriels/<contact_keys>/reprise/": everyone(302),
    "GET /seminaires/<meeting_id>/groupe/": team(302),
    # ── The working group and its attendance ──
    "GET /demarches/<slug>/composition/": facilitators(200),
    "POST /demarches/<slug>/composition/": facilitators(422),
    "GET /demarches/<slug>/groupe/": facilitators(200),
    "GET /demarches/<slug>/groupe/modele.<format>": facilitators(200),
    "GET /demarches/<slug>/groupe/nouveau/": facilitators(200),
    "POST /demarches/<slug>/groupe/nouveau/": facilitators(302),
    "GET /demarches/<slug>/groupe/importer/": facilitators(200),
    "POST /demarches/<slug>/groupe/importer/": facilitators(200),
    "GET /demarches/<slug>/groupe/inviter/": facilitators(200),
    "POST /demarches/<slug>/groupe/inviter/": facilitators(200),
    "GET /demarches/<slug>/groupe/tableau.<format>": facilitators(200),
    f"GET {GROUP}": team(200),
    f"GET {GROUP}nouveau/": facilitators(200),
    f"POST {GROUP}nouveau/": facilitators(302),
    f"GET {GROUP}importer/": facilitators(200),
    f"POST {GROUP}importer/": facilitators(200),
    f"GET {GROUP}inviter/": facilitators(200),
    f"POST {GROUP}inviter/": facilitators(200),
    f"GET {GROUP}tableau.<format>": facilitators(200),
    f"GET {GROUP}qui-ajouter/": facilitators(200),
    f"GET {GROUP}annee/": team(200),
    "GET /membres/<member_id>/": facilitators(200),
    "POST /membres/<member_id>/": facilitators(302),
    "POST /membres/<member_id>/retirer/": facilitators(302),
    "GET /membres/<member_id>/effacer/": facilitators(200),
    "POST /membres/<member_id>/effacer/": facilitators(302),
    "GET /seminaires/<meeting_id>/presences/": team(200),
    "POST /seminaires/<meeting_id>/presences/": facilitators(302),
    "GET /seminaires/<meeting_id>/presences/<member_id>/": facilitators(200),
    "POST /seminaires/<meeting_id>/presences/<member_id>/": facilitators(302),
    # ── In the room ──
    "GET /r/": everyone(200),
    "POST /r/": everyone(302),
    "GET /r/<code>/": (200, 200, 302, 200, 200, 200, 200, 200, 200),
    "POST /r/<code>/": everyone(302),
    "GET /salle/service-worker.js": everyone(200),
    "GET /salle/<code>/": participants(200, others=302),
    "POST /salle/<code>/envoyer/": participants(302, others=403),
    "POST /salle/<code>/quitter/": everyone(302),
    "GET /seminaires/<meeting_id>/console/": facilitators(200),
    "POST /seminaires/<meeting_id>/console/agir/": facilitators(302),
    "GET /seminaires/<meeting_id>/console/cartes/<card_id>/": facilitators(200),
    "GET /seminaires/<meeting_id>/console/contributions/<contribution_id>/": facilitators(200),
    "GET /seminaires/<meeting_id>/console/propositions/<workshop_id>/": facilitators(200),
    "GET /seminaires/<meeting_id>/console/reprise/<workshop_id>/": facilitators(200),
    "GET /seminaires/<meeting_id>/console/nouvelle-carte/<workshop_id>/": facilitators(200),
    "GET /seminaires/<meeting_id>/console/mains-levees/<workshop_id>/": facilitators(200),
    "GET /seminaires/<meeting_id>/ateliers/<workshop_id>/": facilitators(200),
    "GET /seminaires/<meeting_id>/ateliers/<workshop_id>/importer/": facilitators(200),
    "POST /seminaires/<meeting_id>/ateliers/<workshop_id>/importer/": facilitators(200),
    "GET /seminaires/<meeting_id>/ateliers/<workshop_id>/fichiers/<name>": facilitators(200),
    "GET /seminaires/<meeting_id>/transcription/": facilitators(200),
    "POST /seminaires/<meeting_id>/transcription/": facilitators(302),
    "GET /seminaires/<meeting_id>/impression/": facilitators(200),
    "GET /seminaires/<meeting_id>/impression/<key>.pdf": facilitators(200),
    "GET /seminaires/<meeting_id>/impression/tout.zip": facilitators(200),
    "GET /mur/<wall_key>/": everyone(200),
    "GET /suivi/<link_key>/": everyone(200),
    "GET /suivi/<link_key>/copie.ods": everyone(200),
    "POST /suivi/<link_key>/contributions/<contribution_id>/niveau/": everyone(302),
    # ── Releases ──
    "GET /demarches/<slug>/versements/": programme(200),
    f"GET {DESK}": team(200),
    f"GET {DESK}verser/": the_territory(200),
    f"POST {DESK}verser/": the_territory(302),
    f"GET {DESK}<release_id>/retirer/": the_territory(200),
    f"POST {DESK}<release_id>/retirer/": the_territory(302),
    f"GET {DESK}<release_id>/verser-a-nouveau/": the_territory(200),
    f"POST {DESK}<release_id>/verser-a-nouveau/": the_territory(302),
    # ── Roadmap ──
    "GET /demarches/<slug>/territoires/<code>/feuille-de-route/": team(200),
    "GET /demarches/<slug>/territoires/<code>/feuille-de-route.<format>": team(404),
    "GET /seminaires/<meeting_id>/feuille-de-route/importer/": facilitators(200),
    "POST /seminaires/<meeting_id>/feuille-de-route/importer/": facilitators(200),
    # ── Notes ──
    "GET /seminaires/<meeting_id>/note/": team(200),
    "POST /seminaires/<meeting_id>/note/rediger/": writers(302),
    "GET /seminaires/<meeting_id>/note/projet/<format>/": team(200),
    "GET /notes/<deliverable_id>/figer/": facilitators(200),
    "POST /notes/<deliverable_id>/figer/": facilitators(302),
    "POST /notes/<deliverable_id>/reprendre/": writers(302),
    "POST /notes/<deliverable_id>/v<number>/fichiers/": writers(302),
    "POST /notes/<deliverable_id>/passages/": writers(422),
    "GET /notes/passages/<block_id>/": writers(302),
    "POST /notes/passages/<block_id>/": writers(422),
    "POST /notes/passages/<block_id>/retirer/": writers(302),
    "POST /notes/passages/<block_id>/retablir/": writers(302),
    "POST /notes/passages/<block_id>/deplacer/": writers(302),
    "POST /notes/passages/<block_id>/citer/": writers(302),
    "POST /notes/passages/<block_id>/ne-plus-citer/": writers(302),
    "GET /notes/<deliverable_id>/v<number>/": team(200),
    "GET /notes/<deliverable_id>/v<number>/export/<format>/": team(200),
    "GET /notes/blocs/<block_id>/sources/": readers(200),
    "GET /suivi/<link_key>/notes/<deliverable_id>/v<number>/": everyone(200),
    "GET /suivi/<link_key>/notes/<deliverable_id>/v<number>/export/<format>/": everyone(200),
    "GET /suivi/<link_key>/notes/blocs/<block_id>/sources/": everyone(404),
    # ── API ──
    "GET /api/": everyone(404),
    "GET /api/openapi.json": everyone(200),
    "GET /api/territories": everyone(200),
    "GET /api/rooms/<code>": everyone(200),
    "POST /api/rooms/<code>/participants": everyone(201),
    "GET /api/rooms/<code>/now": participants(200, others=403),
    "POST /api/rooms/<code>/contributions": participants(201, others=403),
    "GET /api/rooms/<code>/contributions/mine": participants(200, others=403),
    "DELETE /api/rooms/<code>/participants/me": participants(200, others=403),
    "PUT /api/rooms/<code>/contributions/<contribution_id>/level": participants(200, others=403),
    "PUT /api/rooms/<code>/ratings": participants(409, others=403),
    "PUT /api/rooms/<code>/links": participants(409, others=403),
    "GET /api/walls/<wall_key>": everyone(200),
    "GET /api/programmes/<slug>/released-cards": (404, 404, 404, *(200,) * 5, 404),
    "GET /api/notes": everyone(200),
    "GET /api/notes/<note_id>/versions/<number>": readers(200),
    "GET /api/notes/<note_id>/versions/<number>/<format>": readers(200),
}
#: Where the key to what is answered is the address itself, or the code shown in the room.
KEYED = re.compile("<(wall_key|link_key|feed_key|contact_keys)>|^/r/|^/api/rooms/<code>$")
#: Files that leave as a sheet.
SHEETS = re.compile(r"/(modele|tableau|acteurs|decisions|criteres)\.")
#: Ninja's own view of a public document, which any method reads.
READ_BY_ANY_METHOD = "/api/openapi.json"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def sent(row: str, world: World) -> dict[str, object]:
    """What a row sends: enough to be taken from whoever may."""
    contribution = world.contribution()
    on_the_phone = contribution | {"workshop": str(world.workshop_id)}
    forms: dict[str, dict[str, object]] = {
        "POST /compte/connexion/": {"email": "personne@exemple.fr"},
        "GET /territoires/recherche/": {"q": "lorient"},
        "GET /api/territories": {"q": "lorient"},
        "POST /demarches/<slug>/territoires/<code>/": {"theme": "Vivre avec l'eau"},
        "POST /reunions/<meeting_id>/disponibilites/demander/": {"days": ["2020-09-15"]},
        "POST /reunions/<meeting_id>/disponibilites/<option_id>/retenir/": {
            "start": "14:00",
            "end": "17:00",
        },
        "POST /dispo/<link_key>/<poll_id>/": {f"day-{world.option.pk}": "yes"},
        "POST /dispo/<link_key>/agenda/": {"move": "add", "first": "2020-09-15"},
        "POST /seminaires/<meeting_id>/salle/": {"move": "close"},
        "POST /demarches/<slug>/groupe/nouveau/": {
            "name": "Élue à la mobilité",
            "status": "invited",
        },
        f"POST {GROUP}nouveau/": {"name": "Élue à la mobilité", "status": "invited"},
        "POST /membres/<member_id>/": {"name": "Élue à la mobilité", "status": "accepted"},
        "POST /suivi/<link_key>/contributions/<contribution_id>/niveau/": {"level": "private"},
        f"GET {DESK}verser/": {"carte": str(world.session.cards[0].pk)},
        f"POST {DESK}verser/": {
            "carte": str(world.session.cards[0].pk),
            "niveau": "intersite",
        },
        f"POST {DESK}<release_id>/retirer/": {"motif": "À revoir"},
        f"POST {DESK}<release_id>/verser-a-nouveau/": {"niveau": "public"},
        f"POST {IMMERSION}": {"move": "enjeux", "text": "La place du port"},
        f"POST {IMMERSION}rendez-vous/<appointment_id>/": {"move": "notes", "notes": "Lu"},
        "POST /seminaires/<meeting_id>/points/": {"move": "add_point", "title": "Où ?"},
        "POST /r/": {"code": world.session.held.room.code},
        "POST /r/<code>/": {"label": "Une voix de plus"},
        "POST /salle/<code>/envoyer/": on_the_phone,
        "POST /seminaires/<meeting_id>/console/agir/": {"move": "close_room"},
        "POST /seminaires/<meeting_id>/transcription/": on_the_phone | {"paper_code": "T-31"},
        "POST /api/rooms/<code>/participants": {"label": "Une voix de plus"},
        "POST /api/rooms/<code>/contributions": contribution,
        "PUT /api/rooms/<code>/contributions/<contribution_id>/level": {"level": "private"},
        "PUT /api/rooms/<code>/ratings": {
            "workshop_id": str(world.workshop_id),
            "card_id": str(world.session.cards[0].pk),
            "criterion": "weight",
            "value": 4,
        },
        "PUT /api/rooms/<code>/links": {
            "workshop_id": str(world.workshop_id),
            "source_id": str(world.session.cards[0].pk),
            "target_id": str(world.session.cards[1].pk),
            "kind": "answers",
        },
    }
    return forms.get(row, {})


def routes() -> set[str]:
    return set(_routes(get_resolver(), "/"))


def _routes(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for one in resolver.url_patterns:
        address = prefix + re.sub(r"<\w+:", "<", str(one.pattern))
        if isinstance(one, URLResolver):
            yield from _routes(one, address)
        else:
            yield address


@pytest.fixture(autouse=True)
def _sample_formats_and_own_files(settings, tmp_path: Path) -> None:
    settings.FABRIQUE_FORMATS = [
        *settings.FABRIQUE_FORMATS,
        "tests.stages.contribution.sample_formats",
    ]
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    cache.clear()


@pytest.fixture
def world(db: None) -> World:
    return World.make()


class Visit:
    """Someone going round the house; what they do is undone after each door."""

    def __init__(self, who: str, world: World) -> None:
        self.who, self.world = who, world
        self.client = PEOPLE[who](world)

    def knock(self, row: str) -> tuple[HttpResponseBase, bytes]:
        method, route = row.split(" ")
        address = self._address(route)
        form = sent(row, self.world)
        kept = copy(self.client.cookies)
        with transaction.atomic():
            if route.startswith("/api/") and method != "GET":
                answer = self.client.generic(method, address, json.dumps(form), "application/json")
            elif method in ("GET", "POST"):
                answer = getattr(self.client, method.lower())(address, form)
            else:
                answer = self.client.generic(method, address)
            said = b"" if route.endswith("/sonnette/") else _body(answer)
            transaction.set_rollback(True)
        self.client.cookies = kept
        return answer, said

    def _address(self, route: str) -> str:
        values = self.world.addresses
        if route.startswith("/demarches/"):
            values["code"] = self.world.territory_code
        if route.startswith(("/moi/", "/dispo/")):
            values["link_key"] = self.world.contact.link_key
        if "/ateliers/" in route:
            values["workshop_id"] = self.world.map_id
        if "/immersion/" in route:
            values["meeting_id"] = self.world.immersion_id
        if SHEETS.search(route):
            values["format"] = "csv"
        return re.sub(r"<(\w+)>", lambda part: str(values[part[1]]), route)


def _body(answer: HttpResponseBase) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    rows = {row.split(" ")[1] for row in TABLE}
    without_a_row, without_a_route = routes() - rows, rows - routes()
    assert not without_a_row
    assert not without_a_route


@pytest.mark.parametrize("who", PEOPLE)
def test_everyone_is_answered_as_the_table_says(who: str, world: World) -> None:
    visit, place = Visit(who, world), list(PEOPLE).index(who)
    wrong, told = [], []
    for row, statuses in TABLE.items():
        answer, said = visit.knock(row)
        if answer.status_code != statuses[place]:
            wrong.append(f"{row}: {answer.status_code} instead of {statuses[place]}")
        if who in STRANGERS and SECRET.encode() in said and not KEYED.search(row.split(" ")[1]):
            told.append(row)
    assert not wrong
    assert not told


def test_the_secret_is_there_to_be_told(world: World) -> None:
    """Or the test above would prove nothing."""
    visit = Visit("pilot", world)
    shown = {row for row in TABLE if SECRET.encode() in visit.knock(row)[1]}
    assert {
        "GET /seminaires/<meeting_id>/console/",
        "GET /seminaires/<meeting_id>/note/",
        "GET /seminaires/<meeting_id>/note/projet/<format>/",
        "GET /notes/<deliverable_id>/v<number>/export/<format>/",
        "GET /api/notes/<note_id>/versions/<number>",
        "GET /api/walls/<wall_key>",
    } <= shown


def test_a_method_without_a_row_is_refused(world: World) -> None:
    visit = Visit("pilot", world)
    taken = [
        row
        for route in sorted(routes() - {READ_BY_ANY_METHOD})
        for row in (f"{method} {route}" for method in METHODS)
        if row not in TABLE and visit.knock(row)[0].status_code not in (404, 405)
    ]
    assert not taken


class TestKeys:
    """An address that is a key opens nothing once the key is renewed, and nothing of others."""

    def test_a_renewed_wall_key_darkens_every_screen(self, world: World) -> None:
        visit, former = Visit("nobody", world), world.session.held.room.wall_key
        renew_wall_key(world.session.held.room.pk, actor="")
        room_id = world.session.held.room.pk
        for address in (
            f"/mur/{former}/",
            f"/api/walls/{former}",
            f"/salle/{room_id}/numeros/?mur={former}",
            f"/salle/{room_id}/sonnette/?mur={former}",
        ):
            assert visit.client.get(address).status_code == 404

    def test_a_wall_key_rings_for_its_own_room_only(self, world: World) -> None:
        key = world.neighbour.room.wall_key
        address = f"/salle/{world.session.held.room.pk}/numeros/?mur={key}"
        assert Visit("nobody", world).client.get(address).status_code == 404

    def test_a_ticket_given_back_opens_nothing(self, world: World) -> None:
        visit = Visit("participant", world)
        leave_room(world.session.people[0].pk)
        for row in ("GET /api/rooms/<code>/now", "POST /api/rooms/<code>/contributions"):
            assert visit.knock(row)[0].status_code == 403
        assert visit.knock("GET /salle/<code>/")[0].status_code == 302
        assert visit.knock("GET /salle/<room_id>/numeros/")[0].status_code == 404

    def test_a_personal_link_opens_no_note_of_another_group(self, world: World) -> None:
        link = world.stranger.people[0].link_key
        visit, values = Visit("nobody", world), world.addresses
        for address in (
            f"/suivi/{link}/notes/{values['deliverable_id']}/v1/",
            f"/suivi/{link}/notes/{values['deliverable_id']}/v1/export/html/",
            f"/suivi/{link}/notes/blocs/{values['block_id']}/sources/?version=1",
            f"/api/notes/{values['deliverable_id']}/versions/1?link={link}",
            f"/api/notes/{values['deliverable_id']}/versions/1/html?link={link}",
        ):
            assert visit.client.get(address).status_code == 404

    @pytest.mark.parametrize("what", ["card", "contribution", "workshop", "sequence"])
    def test_a_console_drives_nothing_of_another_room(self, what: str, world: World) -> None:
        """A pilot of their own programme, naming the rows of ours."""
        theirs = world.stranger.meeting.pk
        values = world.addresses
        moves = {
            "card": {"move": "set_card_aside", "card": values["card_id"], "reason": "Non"},
            "contribution": {
                "move": "set_contribution_aside",
                "contribution": values["contribution_id"],
                "reason": "Non",
            },
            "workshop": {"move": "close_workshop", "workshop": world.workshop_id},
            "sequence": {"move": "start_sequence", "sequence": values["sequence_id"]},
        }
        client = Visit("pilot of another programme", world).client
        answer = client.post(f"/seminaires/{theirs}/console/agir/", moves[what])
        assert answer.status_code in (404, 409)
        world.session.held.refresh()
        assert world.session.held.workshops["talk"].state == "open"
        assert world.session.held.room.sequence_id is None
        card, said = world.session.cards[0], world.session.said[0]
        card.refresh_from_db()
        said.refresh_from_db()
        assert (card.state, said.set_aside_at) == (CardState.KEPT, None)


def test_whoever_is_taken_off_the_team_is_answered_as_anyone_from_elsewhere(world: World) -> None:
    """Seen red with ``in_place`` returning everyone who ever was of a team."""
    visit = Visit("officer", world)
    place = TeamMember.objects.get(user=visit.client.session["_auth_user_id"])
    remove_team_member(place.pk, actor="")
    still_open = []
    for row, statuses in TABLE.items():
        answer, said = visit.knock(row)
        keyed = KEYED.search(row.split(" ")[1])
        if answer.status_code != statuses[-1] or (SECRET.encode() in said and not keyed):
            still_open.append(f"{row}: {answer.status_code}")
    assert not still_open


def test_accounts_that_are_closed_see_nothing(world: World) -> None:
    visit = Visit("pilot", world)
    User.objects.filter(pk=visit.client.session["_auth_user_id"]).update(is_active=False)
    assert visit.knock("GET /seminaires/<meeting_id>/")[0].status_code == 302
