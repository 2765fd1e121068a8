"""What goes in and out of a method: frozen, keyword-only, documented field by field.

The same declaration serves Python callers and plain files: the JSON Schema of
`fabrique method NAME --schema` is derived from these classes, the sentence under each field
becomes its description, and a misspelt key in a file is refused instead of ignored.
"""

from dataclasses import dataclass
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def contract(cls: type[T]) -> type[T]:
    """Make `cls` a frozen keyword-only dataclass that files are checked against strictly."""
    made: Any = dataclass(frozen=True, kw_only=True)(cls)
    made.__pydantic_config__ = {"extra": "forbid", "use_attribute_docstrings": True}
    checked: type[T] = made
    return checked


@dataclass_transform(frozen_default=True, kw_only_default=True)
def excerpt(cls: type[T]) -> type[T]:
    """Like `contract`, but read from a file that may hold more: other fields are left alone."""
    made: Any = contract(cls)
    made.__pydantic_config__ = {"extra": "ignore", "use_attribute_docstrings": True}
    checked: type[T] = made
    return checked
