"""Signing in by a link: no password, no way to learn who has an account."""

import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from fabrique.config.cli import main
from fabrique.people.actions import LINKS_AN_HOUR, account_of, send_sign_in_link
from fabrique.people.models import LinkRequest, User
from fabrique.people.sign_in_links import sign_in_link

SIGN_IN = "/compte/connexion/"


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("Directrice@exemple.fr", label="Directrice de projet")


def link_in_the_mail() -> str:
    (message,) = mail.outbox
    return next(line for line in message.body.splitlines() if line.startswith("http"))


def path_of(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}"


def open_link(client: Client, link: str):
    """As a person does: look at the page, then press its button."""
    client.get(path_of(link))
    query = parse_qs(urlsplit(link).query)
    return client.post(urlsplit(link).path, {name: values[0] for name, values in query.items()})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_link_of_the_mail_signs_in_and_leads_back(client: Client, user: User) -> None:
    client.post(SIGN_IN, {"email": "directrice@EXEMPLE.fr", "next": "/demarches/une/"})
    answer = open_link(client, link_in_the_mail())
    assert is_signed_in(client)
    assert answer.url == "/demarches/une/"
    assert client.session.get_expiry_age() == 14 * 86_400


def test_looking_at_the_link_signs_nobody_in(client: Client, user: User) -> None:
    answer = client.get(path_of(sign_in_link(user)))
    assert answer.status_code == 200
    assert not is_signed_in(client)


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(user: User) -> None:
    answers = []
    for address in (user.email, "inconnue@exemple.fr"):
        client = Client()
        sent = client.post(SIGN_IN, {"email": address}, follow=True)
        words = sent.content.decode().replace(address, "…")
        token = sent.context["csrf_token"]
        answers.append((sent.redirect_chain, words.replace(str(token), "")))
    assert answers[0][0] == answers[1][0]
    assert [line for line in answers[0][1].splitlines() if "csrf" not in line] == [
        line for line in answers[1][1].splitlines() if "csrf" not in line
    ]
    assert [message.to for message in mail.outbox] == [[user.email]]


def test_an_address_gets_few_links_an_hour_and_the_next_hour_some_more(user: User) -> None:
    sent = [send_sign_in_link(user.email) for _ in range(LINKS_AN_HOUR + 2)]
    assert sent == [True] * LINKS_AN_HOUR + [False, False]
    an_hour_ago = timezone.now() - timedelta(minutes=61)
    LinkRequest.objects.update(asked_at=an_hour_ago)
    assert send_sign_in_link(user.email.upper())


def test_one_address_asking_too_often_does_not_stop_another(user: User) -> None:
    for _ in range(LINKS_AN_HOUR + 1):
        send_sign_in_link("bruyante@exemple.fr")
    assert send_sign_in_link(user.email)


def test_requests_are_forgotten_after_a_day_and_never_hold_the_address(user: User) -> None:
    send_sign_in_link(user.email)
    assert user.email not in LinkRequest.objects.get().digest
    LinkRequest.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    send_sign_in_link("autre@exemple.fr")
    assert LinkRequest.objects.count() == 1


@pytest.mark.parametrize("token", ["", "faux", "A" * 40])
def test_a_wrong_link_says_how_to_get_another(client: Client, user: User, token: str) -> None:
    answer = client.get(f"{SIGN_IN}lien/", {"jeton": token})
    assert answer.status_code == 403
    assert "Demander un nouveau lien" in answer.content.decode()
    assert not is_signed_in(client)


def test_a_link_dies_after_seven_days(client: Client, user: User, monkeypatch) -> None:
    link = sign_in_link(user)
    later = time.time() + 7 * 86_400 + 60
    monkeypatch.setattr(time, "time", lambda: later)
    assert client.get(path_of(link)).status_code == 403


def test_a_disabled_account_gets_no_link_and_its_links_die(client: Client, user: User) -> None:
    link = sign_in_link(user)
    User.objects.update(is_active=False)
    assert not send_sign_in_link(user.email)
    assert client.get(path_of(link)).status_code == 403


@pytest.mark.parametrize(
    "elsewhere", ["https://ailleurs.fr/", "//ailleurs.fr", "javascript:alert(1)", "ailleurs"]
)
def test_signing_in_never_leads_elsewhere(client: Client, user: User, elsewhere: str) -> None:
    client.post(SIGN_IN, {"email": user.email, "next": elsewhere})
    answer = open_link(client, link_in_the_mail() + f"&next={elsewhere}")
    assert answer.url == "/"


def test_a_mistyped_address_stays_on_screen(client: Client, db: None) -> None:
    answer = client.post(SIGN_IN, {"email": "directrice"})
    assert 'value="directrice"' in answer.content.decode()
    assert "vérifiez-la" in answer.content.decode()


def test_one_signs_out_by_a_button_only(client: Client, user: User) -> None:
    client.force_login(user, backend="sesame.backends.ModelBackend")
    assert client.get("/compte/deconnexion/").status_code == 405
    assert is_signed_in(client)
    client.post("/compte/deconnexion/")
    assert not is_signed_in(client)


def test_an_address_has_one_account_whatever_its_case(user: User) -> None:
    assert account_of(" DIRECTRICE@exemple.fr ", label="Autre") == user
    assert User.objects.get().label == "Directrice de projet"


@pytest.mark.django_db(transaction=True)  # a command closes its connections when it ends
def test_the_server_s_keeper_can_print_a_link(user: User, client: Client, capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["fabrique", "access", user.email])
    assert ended.value.code == 0
    open_link(client, capsys.readouterr().out.strip())
    assert is_signed_in(client)


@pytest.mark.django_db(transaction=True)
def test_printing_a_link_for_an_unknown_address_says_what_to_add(capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["fabrique", "access", "x@exemple.fr"])
    assert ended.value.code == 1
    assert "--create" in capsys.readouterr().err
