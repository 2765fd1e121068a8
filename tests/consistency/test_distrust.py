"""The suite's own traps: each is shown to catch what it is there for."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.template import engines

from fabrique.people.models import User

SUITE = Path(__file__).resolve().parents[2] / "tools" / "suite.py"


def test_an_undefined_template_variable_fails_the_test() -> None:
    template = engines["django"].from_string("{{ absent }}")
    with pytest.raises(pytest.fail.Exception, match="absent"):
        template.render({})


@pytest.mark.django_db
class TestUnorderedQueries:
    @pytest.fixture(autouse=True)
    def _people(self) -> None:
        for number in range(6):
            User.objects.create_user(f"{number}@exemple.fr")

    def test_rows_come_in_another_order_than_written(self) -> None:
        written = list(User.objects.order_by("pk"))
        unordered = User.objects.order_by()
        assert list(unordered) != written
        assert set(unordered) == set(written)

    def test_ordered_rows_are_left_alone(self) -> None:
        emails = list(User.objects.order_by("email").values_list("email", flat=True))
        assert emails == sorted(emails)


def test_the_summary_adds_up_every_run(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite tests="7" failures="1" errors="1" skipped="2"/></testsuites>'
    )
    code = (
        f"import sys; sys.path.insert(0, {str(SUITE.parent)!r}); import suite;"
        "from pathlib import Path; one = suite.read_report(Path(sys.argv[1]));"
        "print(one + one)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(report)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "6 passed, 4 failed, 4 skipped"
