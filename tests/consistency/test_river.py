"""What flows one way in the database too: string references escape the import linter."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field, Model

REPOSITORY = Path(__file__).resolve().parents[2]


def river() -> dict[str, int]:
    """Each package's depth, the stages' order being said once, in pyproject.toml."""
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        package.strip("() "): depth
        for depth, layer in enumerate(reversed(layers))
        for package in layer.split("|")
    }


def depth(model: type[Model]) -> int | None:
    module = model.__module__
    return next((n for package, n in river().items() if module.startswith(f"{package}.")), None)


def references() -> list[tuple[type[Model], Field]]:
    return [
        (model, field)
        for model in apps.get_models()
        if model.__module__.startswith("fabrique.")
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.is_relation and field.related_model
    ]


def test_our_models_have_references_to_check() -> None:
    assert len(references()) > 10


@pytest.mark.parametrize(
    ("model", "field"),
    references(),
    ids=[f"{model._meta.label}.{field.name}" for model, field in references()],
)
def test_foreign_keys_point_to_the_same_or_an_earlier_stage(
    model: type[Model], field: Field
) -> None:
    here, there = depth(model), depth(field.related_model)
    assert here is not None, f"{model._meta.label} stands in no layer of pyproject.toml"
    assert there is None or there <= here, f"{model._meta.label}.{field.name} flows upstream"
