"""Notes read by a program, under the same doors as the pages."""

import pytest

from fabrique.stages.deliverable.actions import freeze
from tests.stages.deliverable.seminars import DIRECTOR, Session, a_session
from tests.stages.rooms import an_account

pytestmark = pytest.mark.django_db
BACKEND = "sesame.backends.ModelBackend"


@pytest.fixture
def version(session: Session):
    return freeze(session.draft().pk, actor=DIRECTOR)


def test_the_team_lists_drafts_and_others_nothing(client, session):
    note = session.draft()
    assert client.get("/api/notes").json() == []

    client.force_login(an_account(a_session().meeting), backend=BACKEND)
    assert client.get("/api/notes").json() == []

    client.force_login(session.account, backend=BACKEND)
    (listed,) = client.get("/api/notes").json()
    assert listed["identifier"] == str(note.pk)
    assert listed["state"] == "draft"


def test_a_personal_link_lists_what_is_frozen_for_its_group(client, session):
    note = session.draft()
    link = {"link": session.people[0].link_key}
    assert client.get("/api/notes", link).json() == []

    freeze(note.pk, actor=DIRECTOR)

    assert [one["version"] for one in client.get("/api/notes", link).json()] == [1]
    assert client.get("/api/notes", {"link": "inconnu"}).status_code == 404


def test_a_note_is_read_with_what_it_rests_on(client, session, version):
    client.force_login(session.account, backend=BACKEND)

    read = client.get(f"/api/notes/{version.deliverable_id}/versions/1").json()

    assert read["sha256"] == version.sha256
    assert read["tree"]["title"] == "Croiser projections et actions réalisées"
    first = read["sources"][0]
    assert first["ref"] == f"card:{session.cards[0].pk}"
    assert [one["text"] for one in first["contributions"]] == [
        "Les quais sont sous l'eau un hiver sur trois",
        "La submersion des quais bloque le port",
    ]


def test_a_file_is_downloaded_by_those_who_may_read(client, session, version):
    address = f"/api/notes/{version.deliverable_id}/versions/1/html"
    assert client.get(address).status_code == 404

    answer = client.get(address, {"link": session.people[0].link_key})

    assert b"Submersion des quais" in b"".join(answer.streaming_content)
    assert client.get(address.replace("html", "exe")).status_code == 404
