"""What was changed of a programme's settings, as its journal tells it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.programme.models import AuditLine, Site
from fabrique.stages.programme.wording.calendar import listed


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
        return _("Dans l'équipe, %(before)s devient %(after)s.") % seats
    if seats["before"] == seats["after"]:
        words = _("Dans l'équipe, %(after)s passe de l'adresse %(former)s à %(email)s.")
        return words % {**seats, **emails}
    words = _("Dans l'équipe, %(after)s, à l'adresse %(email)s, prend la place de %(before)s.")
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


def _names(partners: Iterable[Mapping[str, str]]) -> str:
    names = [f"{one['name']} ({one['role']})" if one["role"] else one["name"] for one in partners]
    return listed(names, most=20) if names else _("aucun")


_SENTENCES: dict[str, Callable[[Any], str]] = {
    "add-team-member": lambda d: _("%(seat)s rejoint l'équipe.") % {"seat": _seat(d)},
    "remove-team-member": lambda d: _("%(seat)s quitte l'équipe.") % {"seat": _seat(d)},
    "change-team-member": _changed_seat,
    "change-partners": lambda d: (
        _("Les partenaires sont désormais : %(after)s (avant : %(before)s).")
        % {"before": _names(d["before"]), "after": _names(d["after"])}
    ),
    "reword-programme": _reworded,
    "narrow-theme": _theme,
}
