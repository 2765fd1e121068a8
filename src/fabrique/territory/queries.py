"""The questions asked of the reference. It is public: everyone may see every territory."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from string import digits

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from fabrique.territory.errors import UnknownTerritory
from fabrique.territory.models import Territory
from fabrique.territory.naming import search_key, typed_words

_LONGEST_SEARCH = 100
_MOST_WORDS = 8
_SUGGESTIONS = 3
_CODE_START = re.compile(r"\d([0-9AB]\d{0,7})?")
_MAYBE_CUT_SHORT = ("st", "ste", "sts", "stes")


def current_territories() -> QuerySet[Territory]:
    return Territory.objects.filter(is_current=True)


def search(text: str, *, limit: int = 12) -> list[Territory]:
    """Territories whose name holds every word typed, or whose code starts so, best first.

    Best is: the exact code or name, then what starts so, then the words in that order inside
    the name, then each word at the start of one of the name's, then the rest; the most populous
    first within each. One SQL query.
    """
    keys = _keys(text)
    if not keys:
        return []
    code = _compact(text)
    condition, whens = _by_code(code) if _CODE_START.fullmatch(code) else (Q(), [])
    for key in keys:
        condition |= _holds_every_word(key)
        whens += _ranks(key)
    found = current_territories().filter(condition)
    rank = Case(*whens, default=Value(9), output_field=IntegerField())
    return list(_most_populous_first(found, rank)[:limit])


def by_codes(codes: Iterable[str]) -> list[Territory]:
    """The current territories with these codes, in the order given.

    Raises UnknownTerritory for the first code that is nobody's, with the nearest ones.
    """
    wanted = [_compact(code) for code in codes]
    known = current_territories().select_related("epci").in_bulk(wanted)
    for code in wanted:
        if code not in known:
            raise UnknownTerritory(code, suggestions=tuple(nearest(code)))
    return [known[code] for code in wanted]


def among(codes: Sequence[str]) -> list[Territory]:
    """Those of the codes that exist, in the order given; the others are passed over."""
    known = current_territories().in_bulk([_compact(code) for code in codes])
    return [known[code] for code in dict.fromkeys(map(_compact, codes)) if code in known]


def nearest(code: str, *, limit: int = _SUGGESTIONS) -> list[Territory]:
    """What the author of an unknown code may have meant.

    The commune that absorbed it, else one slip of the hand away, else what starts most like it;
    a name given for a code is searched.
    """
    if not _CODE_START.fullmatch(code):
        return search(code, limit=limit)
    if heirs := list(current_territories().filter(former_codes__contains=f" {code} ")[:limit]):
        return heirs
    slips = _most_populous_first(current_territories().filter(code__in=_one_slip_from(code)))
    if found := list(slips[:limit]):
        return found
    alike = current_territories().filter(code__startswith=code[:2])
    starts = (code[:length] for length in range(len(code), 2, -1))
    shared = Case(
        *(When(code__startswith=start, then=Value(-len(start))) for start in starts),
        default=Value(0),
        output_field=IntegerField(),
    )
    return list(_most_populous_first(alike, shared)[:limit])


def _most_populous_first(territories: QuerySet[Territory], *before: Case) -> QuerySet[Territory]:
    return territories.order_by(*before, F("population").desc(nulls_last=True), "code")


def _compact(code: str) -> str:
    return re.sub(r"[\s.]", "", code).upper()[:_LONGEST_SEARCH]


def _keys(text: str) -> list[str]:
    """The readings of what was typed: « st » at the end may be Saint or the start of a word."""
    words = typed_words(text[:_LONGEST_SEARCH])[:_MOST_WORDS]
    if not words:
        return []
    key = search_key(" ".join(words))
    if words[-1] not in _MAYBE_CUT_SHORT:
        return [key]
    return [key, f"{search_key(' '.join(words[:-1]))} {words[-1]}".strip()]


def _by_code(code: str) -> tuple[Q, list[When]]:
    return Q(code__startswith=code), [
        When(code=code, then=Value(0)),
        When(code__startswith=code, then=Value(2)),
    ]


def _holds_every_word(key: str) -> Q:
    condition = Q()
    for word in key.split():
        condition &= Q(search_key__contains=word)
    return condition


def _ranks(key: str) -> list[When]:
    every_word_starts_one = Q()
    for word in key.split():
        every_word_starts_one &= Q(search_key__startswith=word) | Q(search_key__contains=f" {word}")
    return [
        When(search_key=key, then=Value(1)),
        When(search_key__startswith=key, then=Value(3)),
        When(search_key__contains=f" {key}", then=Value(4)),
        When(every_word_starts_one & Q(search_key__startswith=key.split()[0]), then=Value(5)),
        When(every_word_starts_one, then=Value(6)),
    ]


def _one_slip_from(code: str) -> set[str]:
    """Codes of the same length with one character changed, or two neighbours swapped."""
    changed = {
        code[:place] + other + code[place + 1 :]
        for place in range(len(code))
        for other in (digits + "AB" if place == 1 else digits)
    }
    swapped = {
        code[:place] + after + before + code[place + 2 :]
        for place, (before, after) in enumerate(pairwise(code))
    }
    return (changed | swapped) - {code}
