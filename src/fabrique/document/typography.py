"""French and English typography, as pure functions from text to text.

Stored text keeps the keyboard's plain characters; what is shown gets the thin no-break space
before `; ! ? »` and after `«`, the no-break space before `:`, inside thousands and before units,
and the curly apostrophe. Each function is idempotent, and leaves alone what is not prose:
addresses, times, codes, tags and placeholders of a message (`%(name)s`, `{name}`).
"""

import re
from collections.abc import Callable

THIN = "\u202f"  # narrow no-break space
FIRM = "\u00a0"  # no-break space

_SPACES = f"[ {FIRM}{THIN}]"
_HELD = "\ue000"

_NOT_PROSE = re.compile(
    r"""
      (?:https?://|www\.|mailto:|ftp://)[^\s<>«»"]*[^\s<>«»".,;:!?)\]]   # addresses
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                       # e-mail
    | </?[a-zA-Z][^<>]*>                                                 # tags
    | &(?:[a-zA-Z]+|\#\d+|\#x[0-9a-fA-F]+);                              # entities
    | %\([^()]*\)[\#0\- +]*[\d.]*[a-zA-Z]                                # %(name)s
    | %[a-zA-Z](?![a-zA-Z])                                              # %s
    | \{[^{}\n]*\}                                                       # {name}
    | `[^`\n]+`                                                          # `code`
    | [\ue000]
    """,
    re.VERBOSE,
)

_UNITS = (
    r"%%?|‰|k€|M€|Md€|€|°C|°|km/h|km²|m²|m³|km|hm|cm|mm|m|ha|kg|mg|g|t|tCO2|tCO2e|"
    r"L|l|hL|kWh|MWh|GWh|TWh|kW|MW|GW|W|h|min|s"
)
_END = rf"(?=[\s{THIN}{FIRM})\]»”\"',.;:!?…]|$)"

_FRENCH: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),
    (re.compile(rf"(?<=[^\W\d_])'(?=[\w«“{_HELD}])"), "’"),
    (re.compile(rf"«{_SPACES}*(?=\S)"), f"«{THIN}"),
    (re.compile(rf"(?<=\S){_SPACES}*»"), f"{THIN}»"),
    (re.compile(rf"(?<=[^\s;!?]){_SPACES}+(?=[;!?])"), THIN),
    (re.compile(rf"(?<=[\w)\]…’€%°{_HELD}])(?=[;!?]+{_END})"), THIN),
    (re.compile(rf"(?<=[^\s:]){_SPACES}+(?=:(?!:))"), FIRM),
    (re.compile(rf"(?<=[\w)\]…’€%°{_HELD}])(?=:(?:\s|$))"), FIRM),
    (re.compile(rf"(?<={THIN}»)(?=:(?:\s|$))"), FIRM),
    (re.compile(rf"(?<={THIN}»)(?=[;!?]+{_END})"), THIN),
    (
        re.compile(rf"(?<=[\d{_HELD}]){_SPACES}(?=(?:{_UNITS})(?![\w’'{_HELD}/²³]))"),
        FIRM,
    ),
    (re.compile(r"(?<=\d)(?=(?:%%?|‰|€|k€|M€|Md€)(?![\w’'(]))"), FIRM),
    (re.compile(rf"(?<=\bn°){_SPACES}(?=[\d{_HELD}])", re.IGNORECASE), FIRM),
    (re.compile(rf"(?<=\d{FIRM}h){_SPACES}(?=\d\d\b)"), FIRM),
    (re.compile(rf"(?<=\bp\.){_SPACES}(?=\d)"), FIRM),
)
_THOUSANDS = re.compile(rf"(?<![\d.,/{FIRM}{THIN}])\d{{1,3}}(?:{_SPACES}\d{{3}})+(?![\d/])")

_ENGLISH: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),
    (re.compile(rf"(?<=[^\W_])'(?=[^\W\d_]|{_HELD})"), "’"),
    (re.compile(r"(?<=[^\W\d_]s)'(?=\s|$)"), "’"),
)


def french(text: str) -> str:
    """French prose as the Imprimerie nationale sets it; the words are never touched."""
    return _around_what_is_not_prose(text, _french_prose)


def english(text: str) -> str:
    """English prose: curly apostrophes and ellipses, nothing more."""
    return _around_what_is_not_prose(text, _english_prose)


def typeset(text: str, lang: str) -> str:
    """Text as its language sets it; a language we do not know is left as typed."""
    return {"fr": french, "en": english}.get(lang[:2], str)(text)


def _french_prose(text: str) -> str:
    text = _THOUSANDS.sub(lambda found: re.sub(_SPACES, FIRM, found[0]), text)
    for pattern, replacement in _FRENCH:
        text = pattern.sub(replacement, text)
    return text


def _english_prose(text: str) -> str:
    for pattern, replacement in _ENGLISH:
        text = pattern.sub(replacement, text)
    return text


def _around_what_is_not_prose(text: str, rules: Callable[[str], str]) -> str:
    """Apply the rules with each address, tag or placeholder held as one opaque character."""
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(found[0])
        return _HELD

    dressed = rules(_NOT_PROSE.sub(hold, text))
    waiting = iter(held)
    return re.sub(_HELD, lambda _: next(waiting), dressed)
