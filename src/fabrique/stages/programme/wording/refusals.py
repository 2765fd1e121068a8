"""The refusals of this stage in plain words: what is wrong, and what to do about it."""

from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.stages.programme.errors import BlueprintProblem, InvalidBlueprint, ProgrammeError
from fabrique.stages.programme.lifecycle import IllegalMove
from fabrique.stages.programme.wording import availability
from fabrique.stages.programme.wording.calendar import listed
from fabrique.territory.errors import UnknownTerritory

MOST_PROBLEMS_SAID = 5


def say(error: Exception) -> str:
    """One message for any refusal of this stage, or of a territory's code."""
    if isinstance(error, UnknownTerritory):
        return _unknown_territory(error)
    if isinstance(error, InvalidBlueprint):
        return " ".join(say_problem(problem) for problem in error.problems[:MOST_PROBLEMS_SAID])
    if isinstance(error, ProgrammeError | IllegalMove):
        return _REFUSALS[error.code](error.params)
    raise TypeError(type(error))


def say_problem(problem: BlueprintProblem) -> str:
    """« Ligne 12, meetings.2.window : … »."""
    place = ".".join(str(part + 1 if isinstance(part, int) else part) for part in problem.path)
    parts = []
    if problem.line:
        parts.append(_("ligne %(line)d") % {"line": problem.line})
    if place:
        parts.append(_("« %(place)s »") % {"place": place})
    what = _PROBLEMS[problem.code](problem.params)
    if not parts:
        return what
    where = ", ".join(parts)
    return _("%(where)s : %(what)s") % {
        "where": f"{where[0].upper()}{where[1:]}",
        "what": f"{what[0].lower()}{what[1:]}",
    }


def _unknown_territory(error: UnknownTerritory) -> str:
    said = _("Aucun territoire n'a le code %(code)s.") % {"code": error.code}
    if not error.suggestions:
        return f"{said} " + _("Cherchez-le par son nom.")
    near = ", ".join(f"{territory.name} ({territory.code})" for territory in error.suggestions)
    return f"{said} " + _("Vouliez-vous dire : %(near)s ?") % {"near": near}


def _count(params: Any) -> str:
    if not params["count"]:
        return _("Aucun territoire n'est choisi")
    return ngettext(
        "%(count)d territoire est choisi", "%(count)d territoires sont choisis", params["count"]
    ) % {"count": params["count"]}


_REFUSALS: dict[str, Callable[[Any], str]] = {
    "unknown_blueprint": lambda p: (
        _(
            "Le modèle de démarche « %(asked)s » n'existe pas. "
            "Indiquez la clé d'un modèle du logiciel ou un fichier TOML lisible."
        )
        % p
    ),
    "ends_before_it_starts": lambda p: (
        _("La fin (%(ends)s) doit venir après le début (%(starts)s). Corrigez l'une des deux.")
        % {name: _day(p[name]) for name in ("starts", "ends")}
    ),
    "too_few_territories": lambda p: (
        _("%(count)s : il en faut au moins %(minimum)d. Ajoutez un territoire.")
        % {"count": _count(p), "minimum": p["minimum"]}
    ),
    "too_many_territories": lambda p: (
        _("%(count)s : il en faut au plus %(maximum)d. Retirez un territoire.")
        % {"count": _count(p), "maximum": p["maximum"]}
    ),
    "territory_twice": lambda p: (
        _("%(name)s (%(code)s) est indiqué deux fois. Gardez-le une seule fois.") % p
    ),
    "territory_not_in_programme": lambda p: (
        _(
            "%(email)s est chargé du territoire %(code)s, qui ne participe pas à la démarche. "
            "Ajoutez ce territoire, ou retirez-le à cette personne."
        )
        % p
    ),
    "in_the_team_already": lambda p: (
        _("%(who)s est déjà dans l'équipe avec ce rôle : modifiez plutôt sa place.") % p
    ),
    "nobody_leads": lambda p: (
        _(
            "%(who)s est la dernière personne à répondre de la démarche. Ajoutez d'abord un autre "
            "pilote national, ou un autre directeur ou une autre directrice de projet."
        )
        % p
    ),
    "bad_years": lambda p: (
        _(
            "L'année d'étape (%(midterm)d) doit venir après le début (%(start)d) et avant "
            "l'horizon (%(horizon)d). Corrigez l'une des années."
        )
        % p
    ),
    "unknown_meeting": lambda p: (
        _("Le modèle de démarche ne prévoit pas de réunion « %(key)s ».") % p
    ),
    "member_twice": lambda p: (
        _("« %(name)s » est déjà sur la liste du groupe. Précisez la fonction ou l'institution.")
        % p
    ),
    "member_email_twice": lambda p: (
        _(
            "L'adresse « %(email)s » est déjà celle de « %(name)s ». "
            "Corrigez-la, ou complétez plutôt sa fiche."
        )
        % p
    ),
    "nobody_to_invite": lambda p: _("Cochez au moins une personne à inviter."),
    "profile_taken": lambda p: _("Ce profil est déjà celui de « %(name)s » dans le groupe.") % p,
    "profile_gone": lambda p: _(
        "Ce profil n'est plus proposé à la journée d'immersion : ajoutez la personne sans lui."
    ),
    "not_invited": lambda p: _(
        "Cette invitation n'attend plus de réponse. Si vous changez d'avis, dites-le à l'équipe."
    ),
    "stands_in_for_nobody": lambda p: (
        _("« %(name)s » ne peut remplacer qu'une autre personne du même groupe.") % p
    ),
    # ── Committee, criteria, immersion ──
    "empty_decision": lambda p: _(
        "Choisissez une option, ou écrivez la décision avec vos propres mots."
    ),
    "option_elsewhere": lambda p: _(
        "Cette option n'appartient plus à ce point. Choisissez-en une autre."
    ),
    "option_twice": lambda p: (
        _("« %(title)s » est déjà proposée pour ce point. Écrivez une autre option.") % p
    ),
    "not_a_revisit": lambda p: (
        _("Les critères de réussite ne se revoient pas à la réunion « %(meeting)s ».") % p
    ),
    "heard_twice": lambda p: (
        _("« %(words)s » est déjà dans la liste. Complétez cette ligne, ou écrivez-en une autre.")
        % p
    ),
    "illegal_move": lambda p: _ILLEGAL_MOVES[p["move"]](),
}

_ILLEGAL_MOVES: dict[str, Callable[[], str]] = {
    "schedule": lambda: _(
        "Cette réunion est déjà tenue ou annulée : sa date ne peut plus être fixée."
    ),
    "unschedule": lambda: _("Cette réunion n'a pas de date à retirer."),
    "hold": lambda: _("Cette réunion est annulée ou déjà tenue."),
    "cancel": lambda: _("Cette réunion est déjà tenue ou annulée."),
    "plan_again": lambda: _("Cette réunion n'est pas annulée : elle est déjà prévue."),
    "settle": lambda: _(
        "Ce point est déjà tranché, peut-être par quelqu'un d'autre à l'instant. "
        "Revenez d'abord sur la décision."
    ),
    "postpone": lambda: _(
        "Ce point n'est plus à arbitrer : il est déjà tranché ou reporté. Rouvrez-le d'abord."
    ),
    "reopen": lambda: _("Ce point est déjà à arbitrer."),
}

_PROBLEMS: dict[str, Callable[[Any], str]] = {
    "encoding": lambda p: _("Le fichier n'est pas en UTF-8. Enregistrez-le dans cet encodage."),
    "syntax": lambda p: _(
        "Ce n'est pas du TOML. Vérifiez les guillemets, les crochets et le signe égal."
    ),
    "missing": lambda p: _("Il manque cette clé. Ajoutez-la."),
    "unknown_key": lambda p: _("Cette clé est inconnue. Corrigez son nom ou retirez-la."),
    "not_a_choice": lambda p: (
        _("La valeur « %(value)s » n'est pas admise. Au choix : %(expected)s.")
        % {"value": p["value"], "expected": str(p.get("expected", "")).replace(" or ", ", ")}
    ),
    "empty": lambda p: _("La valeur est vide. Écrivez-la."),
    "too_long": lambda p: _("Le texte est trop long : %(max_length)d caractères au plus.") % p,
    "bad_key": lambda p: (
        _(
            "La clé « %(value)s » ne convient pas : des minuscules sans accent, "
            "des chiffres et des tirets seulement."
        )
        % p
    ),
    "out_of_range": lambda p: _("La valeur « %(value)s » est hors des bornes.") % p,
    "wrong_type": lambda p: _(
        "La valeur n'est pas du type attendu (texte entre guillemets, nombre ou liste)."
    ),
    "target_of_every_value": lambda p: _(
        "Sans « value », une cible ne peut dire que « min » : au moins tant de chaque."
    ),
    "max_below_min": lambda p: _("Le maximum doit être au moins égal au minimum."),
    "unknown_step": lambda p: _("L'étape « %(value)s » n'est pas décrite dans [[steps]].") % p,
    "unknown_meeting": lambda p: (
        _("La réunion « %(value)s » n'est pas décrite dans [[meetings]].") % p
    ),
    "unknown_outline": lambda p: _("Le plan « %(value)s » n'est pas décrit dans [outlines].") % p,
    "unknown_format": lambda p: _("Le format « %(value)s » n'est pas décrit dans [formats].") % p,
    "bad_window": lambda p: (
        _("La période doit aller d'un mois au suivant, entre 0 et %(months)g.") % p
    ),
    "twice": lambda p: _("La clé « %(value)s » est employée deux fois. Renommez-en une.") % p,
    "option_twice": lambda p: _("L'option « %(value)s » est écrite deux fois.") % p,
    "unknown_shared_meeting": lambda p: (
        _(
            "« %(value)s » n'est pas une réunion à l'échelle nationale décrite dans [[meetings]] : "
            "les critères de réussite se revoient avec tous les territoires."
        )
        % p
    ),
    "unknown_placeholder": lambda p: (
        _(
            "%(value)s ne sera remplacé par rien. Au choix : {title}, {question}, {horizon_year}, "
            "{midterm_year}, {site}, {theme}."
        )
        % p
    ),
}


def _day(day: Any) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


# ── The calendar of a series ──


_REFUSALS |= {
    "nothing_to_plan": lambda p: _(
        "Toutes les réunions sont tenues ou annulées : il n'y a plus de date à proposer."
    ),
    "periods_overlap": lambda p: (
        _(
            "Deux périodes de cette réunion se chevauchent, du %(first)s au %(last)s : "
            "réunissez-les en une seule."
        )
        % {"first": _day(p["first"]), "last": _day(p["last"])}
    ),
    "windows_over": lambda p: (
        _(
            "La période prévue ne laisse plus aucun jour à partir du %(first)s pour : "
            "%(meetings)s. Donnez-leur une autre période, ou prolongez toutes les périodes."
        )
        % {"first": _day(p["first"]), "meetings": listed(map(str, p["meetings"]))}
    ),
    "proposal_out_of_date": lambda p: _(
        "Des réunions ont été tenues, annulées ou annoncées depuis cette proposition. "
        "Relancez la recherche : elle partira de la situation d'aujourd'hui."
    ),
    "proposal_without_dates": lambda p: _(
        "Cette proposition n'a pas de dates à retenir. Choisissez-en une autre, ou levez une "
        "contrainte et relancez la recherche."
    ),
    "no_date_to_lose": lambda p: (
        _("« %(meeting)s » n'a pas de date. Fixez-la d'abord, ou changez sa période.")
        % {"meeting": p["meeting"]}
    ),
    "nothing_to_announce": lambda p: _(
        "Aucune date n'est à annoncer : chacune a déjà été envoyée telle qu'elle est."
    ),
}


# ── Availability ──

_REFUSALS |= availability.REFUSALS
