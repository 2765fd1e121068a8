"""What every test can ask for: a running application, a browser, and a distrustful database."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from django.core.signals import setting_changed
from django.utils import translation
from django.utils.translation import trans_real
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from fabrique.kit.catalogs import LOCALES, compile_catalogs
from tests.harness.accessibility import check_accessible
from tests.harness.application import Application, Instance, prepared
from tests.harness.browser import launch, watched_context
from tests.harness.order import disturb_unordered_queries
from tests.harness.postgresql import Cluster

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_setup"}
Serve = Callable[..., Application]
#: What knocks at every door, draws every file, plays long days or tries hundreds of cases: left out
#: of `make quick`.
THOROUGH = {
    "test_actor_map",
    "test_agenda",
    "test_ambition",
    "test_another_programme",
    "test_api_contract",
    "test_backup",
    "test_calendar",
    "test_calendar_case",
    "test_calendar_pages",
    "test_calendar_story",
    "test_consolidated_map",
    "test_coverage",
    "test_demonstration_planning",
    "test_discretion",
    "test_english",
    "test_every_route",
    "test_grouping",
    "test_hostile_text",
    "test_immersion",
    "test_invitations",
    "test_load_reference",
    "test_no_leak",
    "test_polls",
    "test_propositions",
    "test_query_counts",
    "test_renderings",
    "test_roadmap",
    "test_swot",
    "test_under_five",
    "test_withdrawn_from_notes",
}

#: What reads pages for their words, doors and counts, alike on any database: run once.
READING_PAGES = {
    "test_english",
    "test_every_route",
    "test_hostile_text",
    "test_no_leak",
    "test_query_counts",
    "test_under_five",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="only the tests that touch a database (the second run, on PostgreSQL)",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.stem in THOROUGH:
            item.add_marker(pytest.mark.thorough)
    if not config.getoption("--only-database"):
        return
    kept = [
        item for item in items if _touches_database(item) and item.path.stem not in READING_PAGES
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def _touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(
        item.get_closest_marker("django_db") or fixtures & {*DATABASE_FIXTURES, "empty_instance"}
    )


@pytest.fixture(scope="session", autouse=True)
def _home_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test writes into the instance of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    settings.FABRIQUE_HOME = home
    settings.EMAIL_FILE_PATH = home / "mails"
    settings.CACHES["default"]["LOCATION"] = home / "cache"
    setting_changed.send(settings, setting="CACHES", value=settings.CACHES, enter=True)


@pytest.fixture(scope="session", autouse=True)
def _words_as_typed(tmp_path_factory: pytest.TempPathFactory) -> None:
    """French as in the code, on a plain keyboard; English as translated; built or not.

    The served application has its real catalogs, thin spaces included.
    """
    locales = tmp_path_factory.mktemp("locale")
    shutil.copytree(LOCALES / "en", locales / "en")
    compile_catalogs(locales)
    shutil.rmtree(locales / "fr")
    settings.LOCALE_PATHS = [locales]
    trans_real._translations.clear()
    trans_real._default = None


@pytest.fixture(autouse=True)
def _in_french() -> None:
    """Whatever language the last page of the test before was asked in."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _unordered_queries_come_in_any_order(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    disturb_unordered_queries(monkeypatch, seed=request.node.nodeid)


@pytest.fixture(scope="session")
def prepared_instances(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where prepared instances stand: one folder a suite, as tools/suite.py says; else one a run,
    which is as long as a PostgreSQL server lives."""
    ours = tmp_path_factory.getbasetemp()
    run = ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours
    if "DATABASE_URL" in os.environ:
        return run / "prepared"
    return Path(os.environ.get("FABRIQUE_PREPARED", run / "prepared"))


@pytest.fixture(scope="session")
def empty_instance(prepared_instances: Path) -> Instance:
    """Migrated, nothing in it. To be copied, not served."""
    return prepared(prepared_instances / "empty", ("migrate", "-v", "0"))


@pytest.fixture(scope="session")
def instance_with_territories(prepared_instances: Path, empty_instance: Instance) -> Instance:
    """All communes and intercommunalities of France. To be copied, not served."""
    return prepared(prepared_instances / "territories", ("load_territories",), base=empty_instance)


@pytest.fixture(scope="session")
def demo_instance(prepared_instances: Path, instance_with_territories: Instance) -> Instance:
    """The reference programme in progress, as `fabrique demo` plays it. To be copied."""
    return prepared(
        prepared_instances / "demo", ("demo", "--in-progress"), base=instance_with_territories
    )


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Serve a copy of an instance: `serve(demo_instance)`; stopped and removed after the test."""
    served: list[Application] = []

    def start(original: Instance, **environment: str) -> Application:
        instance = original.copy(tmp_path / f"served-{len(served)}")
        application = Application(instance, extra_environment=environment)
        served.append(application)
        return application.start()

    yield start
    for application in served:
        application.stop()
        application.instance.remove()


@pytest.fixture
def own_cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """A PostgreSQL server this test may kill; instances created now live in it."""
    cluster = Cluster.create()
    monkeypatch.setenv("DATABASE_URL", cluster.url())
    yield cluster
    cluster.destroy()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A new person with a browser of their own: `visitor(viewport=…, java_script_enabled=…)`."""
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(watched_context(browser, **options))


@pytest.fixture
def page(visitor: Callable[..., BrowserContext]) -> Page:
    return visitor().new_page()


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(page)` fails with the accessibility violations of the page as it stands."""
    return check_accessible
