"""One colour of a step, and the shades of it that stay legible.

Contrast is WCAG 2's: text in `strong` reaches 4.5:1 on white and on `soft`, whatever the accent.
"""

import re
from dataclasses import dataclass

from fabrique.document.failures import RenderingFailed

Rgb = tuple[int, int, int]

WHITE: Rgb = (255, 255, 255)
INK: Rgb = (22, 30, 36)
AA = 4.5


@dataclass(frozen=True, slots=True)
class Shades:
    """The accent and what a page draws from it, each as `#rrggbb`."""

    accent: str
    strong: str
    medium: str
    line: str
    soft: str
    on_strong: str


def shades(accent: str) -> Shades:
    """The shades of an accent given as `#rrggbb`."""
    colour = _parsed(accent)
    soft = _mixed(colour, WHITE, 0.93)
    strong = _legible(colour, soft)
    return Shades(
        accent=_hex(colour),
        strong=_hex(strong),
        medium=_hex(_mixed(strong, WHITE, 0.55)),
        line=_hex(_mixed(strong, WHITE, 0.75)),
        soft=_hex(soft),
        on_strong=_hex(WHITE),
    )


def ramp(accent: str, count: int) -> tuple[str, ...]:
    """`count` shades from light to full, for levels that go from little to much."""
    strong = _parsed(shades(accent).strong)
    if count < 2:
        return (_hex(strong),) * count
    return tuple(
        _hex(_mixed(strong, WHITE, 0.78 * (count - 1 - place) / (count - 1)))
        for place in range(count)
    )


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two colours, from 1 to 21."""
    light, dark = sorted((_luminance(_parsed(one)), _luminance(_parsed(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _parsed(colour: str) -> Rgb:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise RenderingFailed("colour_unreadable", {"colour": colour})
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _legible(colour: Rgb, ground: Rgb) -> Rgb:
    for step in range(21):
        darker = _mixed(colour, INK, step / 20)
        if contrast(_hex(darker), _hex(ground)) >= AA:
            return darker
    return INK


def _luminance(colour: Rgb) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
