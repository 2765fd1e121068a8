"""`fabrique demo`, where something is there already."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from fabrique.stages.programme.models import Programme
from fabrique.territory.actions import load_reference
from tests.stages.programme.programmes import a_programme
from tests.territory.excerpt import write_excerpt

pytestmark = pytest.mark.django_db


def test_an_instance_people_work_in_is_given_no_demonstration(tmp_path: Path) -> None:
    load_reference(write_excerpt(tmp_path))
    own = a_programme()
    said = StringIO()
    call_command("demo", "--if-empty", stdout=said)
    assert said.getvalue() == ""
    assert Programme.objects.get() == own
