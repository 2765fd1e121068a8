"""The components, one file a family. Importing this package declares them all."""

from fabrique.kit.components import (
    actions,
    forms,
    layout,
    messages,
    navigation,
    reading,
    steps,
    time,
    year,
)

__all__ = [
    "actions",
    "forms",
    "layout",
    "messages",
    "navigation",
    "reading",
    "steps",
    "time",
    "year",
]
