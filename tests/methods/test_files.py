"""Methods on plain files: the worked examples of the documentation, and files that are wrong."""

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from fabrique import methods
from fabrique.portal.method_files import METHODS, REFUSALS

PAGES = Path(__file__).parents[2] / "docs" / "methods"
EXAMPLE = PAGES / "examples" / "vulnerability.in.json"


@pytest.fixture(autouse=True)
def plain_words() -> Any:
    with translation.override(None):
        yield


def states(page: Any, answer: Any) -> bool:
    """Whether everything the page states is in the answer, numbers to its four decimals."""
    if isinstance(page, dict):
        return all(key in answer and states(value, answer[key]) for key, value in page.items())
    if isinstance(page, list):
        return len(page) == len(answer) and all(map(states, page, answer))
    if isinstance(page, int | float) and not isinstance(page, bool):
        return answer == pytest.approx(page, abs=5e-5)
    return bool(page == answer)


@pytest.mark.parametrize("name", sorted(METHODS))
class TestEveryMethod:
    def test_its_page_states_what_the_program_answers(self, name: str, tmp_path: Path) -> None:
        page = (PAGES / f"{name}.md").read_text()
        stated = re.search(r"^Result\n\n```json\n(.*?)^```", page, re.S | re.M)
        assert stated, f"{name}.md shows no result"
        target = tmp_path / "result.json"
        source = PAGES / "examples" / f"{name}.in.json"
        call_command("method", name, "--in", str(source), "--out", str(target))
        assert states(json.loads(stated[1]), json.loads(target.read_text()))

    def test_its_page_names_every_field_of_the_request(self, name: str) -> None:
        page = (PAGES / f"{name}.md").read_text()
        schema = METHODS[name].schema()["request"]
        fields = set(schema["properties"])
        fields |= {
            field for part in schema["$defs"].values() for field in part.get("properties", ())
        }
        assert not [field for field in sorted(fields) if f"`{field}`" not in page]

    def test_its_schema_documents_every_field_of_both_sides(self, name: str) -> None:
        for side in METHODS[name].schema().values():
            parts = [side, *side["$defs"].values()]
            fields = [field for part in parts for field in part.get("properties", {}).values()]
            assert fields
            assert all(field.get("description") for field in fields)

    def test_it_stands_in_the_list_of_methods(self, name: str) -> None:
        assert f"({name}.md)" in (PAGES / "README.md").read_text()


class TestTheCommand:
    def test_the_result_goes_to_the_screen_without_out(self) -> None:
        screen = StringIO()
        call_command("method", "vulnerability", "--in", str(EXAMPLE), stdout=screen)
        assert json.loads(screen.getvalue())["ranking"][0] == "canicule"

    def test_the_schema_refuses_unknown_fields(self) -> None:
        screen = StringIO()
        call_command("method", "crossing", "--schema", stdout=screen)
        assert json.loads(screen.getvalue())["request"]["additionalProperties"] is False

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b'{"items": ["a"', "JSON"),
            (b'{"items": ["\xe9"]}', "UTF-8"),
            (b"[]", "accolades"),
            (
                b'{"items": [], "judgements": [], "sed": 1, "seed": 1}',
                "sed : ce champ n'existe pas",
            ),
            (b'{"items": [], "judgements": []}', "seed : ce champ manque"),
            (
                b'{"items": ["a"], "seed": 1, "judgements": '
                b'[{"voter": "v", "item": "a", "exposure": "4"}]}',
                "judgements[0].exposure : un nombre entier est attendu",
            ),
            (
                b'{"items": ["a"], "seed": 1, "judgements": '
                b'[{"voter": "v", "item": "a", "exposure": 5}]}',
                "donnez des notes de 1 à 4",
            ),
            (b'{"items": [], "judgements": [], "seed": 1, "net_rule": "x"}', "--schema"),
        ],
    )
    def test_a_bad_file_is_refused_with_the_place_and_what_to_do(
        self, tmp_path: Path, content: bytes, said: str
    ) -> None:
        source, target = tmp_path / "case.json", tmp_path / "result.json"
        source.write_bytes(content)
        with pytest.raises(CommandError) as refusal:
            call_command("method", "vulnerability", "--in", str(source), "--out", str(target))
        assert said in str(refusal.value)
        assert str(source) in str(refusal.value)
        assert not target.exists()

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            (
                "roadmap",
                '{"actions": [{"key": "a", "start": "31/03/2026"}]}',
                "actions[0].start : une date est attendue",
            ),
            (
                "roadmap",
                '{"actions": [{"key": "a", "start": "2026-02-30"}]}',
                "actions[0].start : une date est attendue",
            ),
            (
                "roadmap",
                '{"actions": [{"key": "a", "start": 2026}]}',
                "actions[0].start : une date est attendue",
            ),
            (
                "roadmap",
                '{"actions": [{"key": "a", "start": "2026-03-31", "end": "2026-03-30"}]}',
                "« a » finit avant de commencer",
            ),
            (
                "actor_network",
                '{"actors": [{"key": "a"}], "ties": [{"source": "a", "target": "a"}], '
                '"informants": 9}',
                "« a » est lié à lui-même",
            ),
            (
                "dot_vote",
                '{"items": ["a"], "budget": 1, "seed": 1, '
                '"votes": [{"voter": "v", "item": "a", "dots": 3}]}',
                "3 pastilles pour 1 permises",
            ),
            (
                "swot",
                '{"sites": ["x"], "items": [{"key": "i", "quadrant": "S", "site": "x"}]}',
                "items[0].quadrant : cette valeur n'est pas au choix",
            ),
        ],
    )
    def test_each_method_says_what_is_wrong_in_its_own_words(
        self, tmp_path: Path, name: str, content: str, said: str
    ) -> None:
        source = tmp_path / "case.json"
        source.write_text(content)
        with pytest.raises(CommandError) as refusal:
            call_command("method", name, "--in", str(source))
        assert said in str(refusal.value)

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="Fichier illisible"):
            call_command("method", "crossing", "--in", str(tmp_path / "none.json"))

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        target = tmp_path / "none" / "result.json"
        with pytest.raises(CommandError, match="Écriture impossible"):
            call_command("method", "vulnerability", "--in", str(EXAMPLE), "--out", str(target))

    def test_every_refusal_of_a_method_has_its_sentence(self) -> None:
        sources = Path(methods.__file__).parent.rglob("*.py")
        raised = {
            code
            for source in sources
            for code in re.findall(r'MethodError\(\s*"(\w+)"', source.read_text())
        }
        assert raised == set(REFUSALS)
