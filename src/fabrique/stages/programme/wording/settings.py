"""What was changed of a programme's settings, as its journal tells it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.programme.models import AuditLine, Site

#: Of a change.
_SIDES = ("before", "after")


def said(line: AuditLine, sites: Iterable[Site]) -> str:
    """One sentence; ``sites`` are those of the programme."""
    place = next((str(site) for site in sites if str(site.pk) == line.subject), "")
    return _SENTENCES[line.verb]({**line.detail, "place": place})


def _seat(facts: Mapping[str, Any]) -> str:
    """« Directrice d'études (chargé ou chargée d'études ; Lorient) »."""
    role = str(TeamRole(facts["role"]).label)
    places = [", ".join(facts["sites"])] if facts["sites"] else []
    return f"{facts['who']} ({' ; '.join([role[0].lower() + role[1:], *places])})"


def _changed_seat(detail: Mapping[str, Any]) -> str:
    before, after = detail["before"], detail["after"]
    seats = {"before": _seat(before), "after": _seat(after)}
    emails = {"former": before["email"], "email": after["email"]}
    if before["email"] == after["email"]:
        return _("%(before)s devient %(after)s.") % seats
    if seats["before"] == seats["after"]:
        words = _("%(after)s change d'adresse : %(former)s devient %(email)s.")
        return words % {**seats, **emails}
    words = _("%(after)s, à l'adresse %(email)s, prend la place de %(before)s.")
    return words % {**seats, **emails}


def _reworded(detail: Mapping[str, Any]) -> str:
    before, after = detail["before"], detail["after"]
    sentences = {
        "title": _("Le titre « %(before)s » devient « %(after)s »."),
        "question": _("La question « %(before)s » devient « %(after)s »."),
    }
    return " ".join(
        words % {"before": before[name], "after": after[name]}
        for name, words in sentences.items()
        if before[name] != after[name]
    )


def _theme(detail: Mapping[str, Any]) -> str:
    if not detail["after"]:
        return _("Le thème de %(place)s est effacé : il était « %(before)s ».") % detail
    if not detail["before"]:
        return _("Le thème de %(place)s est fixé : « %(after)s ».") % detail
    return _("Le thème de %(place)s, « %(before)s », devient « %(after)s ».") % detail


def _partners(detail: Mapping[str, Any]) -> str:
    """What was added, removed and corrected, each where there is some."""
    before, after = ({one["name"]: one["role"] for one in detail[side]} for side in _SIDES)
    found = {
        _("Partenaires ajoutés : %(names)s."): [name for name in after if name not in before],
        _("Partenaires retirés : %(names)s."): [name for name in before if name not in after],
        _("Rôles changés : %(names)s."): [
            _("%(name)s, désormais « %(role)s »") % {"name": name, "role": after[name]}
            if after[name]
            else _("%(name)s, sans rôle désormais") % {"name": name}
            for name in after
            if before.get(name, after[name]) != after[name]
        ],
    }
    told = [words % {"names": ", ".join(names)} for words, names in found.items() if names]
    return " ".join(told) or _("Les partenaires sont cités dans un autre ordre.")


_SENTENCES: dict[str, Callable[[Any], str]] = {
    "add-team-member": lambda d: _("%(seat)s rejoint l'équipe.") % {"seat": _seat(d)},
    "remove-team-member": lambda d: _("%(seat)s quitte l'équipe.") % {"seat": _seat(d)},
    "change-team-member": _changed_seat,
    "change-partners": _partners,
    "reword-programme": _reworded,
    "narrow-theme": _theme,
}
