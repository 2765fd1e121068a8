"""A method reaches for nothing outside its request: no site, clock, disk, or other method."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from fabrique import methods

FOLDER = Path(methods.__file__).parent
ALLOWED = {
    "__future__", "bisect", "collections", "dataclasses", "datetime", "enum", "functools",
    "graphlib", "itertools", "math", "re", "typing", "unicodedata", "networkx", "numpy", "ortools",
    "snowballstemmer",
}  # fmt: skip
CLOCK = {"now", "today", "utcnow"}
SHARED = {f"fabrique.methods.{source.stem}" for source in FOLDER.glob("[a-z]*.py")}


def imported(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


@pytest.mark.parametrize(
    "source", sorted(FOLDER.rglob("*.py")), ids=lambda path: str(path.relative_to(FOLDER))
)
def test_a_method_imports_only_pure_things_and_no_other_method(source: Path) -> None:
    own = f"fabrique.methods.{source.relative_to(FOLDER).parts[0]}"
    strangers = {
        name
        for name in imported(source)
        if name.partition(".")[0] not in ALLOWED
        and name not in SHARED
        and not (name == own or name.startswith(f"{own}."))
    }
    assert not strangers


@pytest.mark.parametrize(
    "source", sorted(FOLDER.rglob("*.py")), ids=lambda path: str(path.relative_to(FOLDER))
)
def test_a_method_never_asks_what_day_it_is(source: Path) -> None:
    asked = {
        node.attr
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name | ast.Attribute)
        and ast.unparse(node.value).rpartition(".")[2] in {"date", "datetime"}
    }
    assert not asked & CLOCK
