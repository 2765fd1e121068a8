"""Runs a method on a plain file, and says in French what is wrong with the file.

A facilitator's sheet, a researcher or a test uses a method without the site: the request and the
result are the method's own dataclasses written as JSON.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from pydantic import TypeAdapter, ValidationError

from fabrique.methods.actor_network import ActorNetwork, ActorNetworkRequest, map_actors
from fabrique.methods.ambition import AmbitionRequest, AmbitionVote, weigh_ambition
from fabrique.methods.coverage import Coverage, CoverageRequest, assess_coverage
from fabrique.methods.crossing import Crossing, CrossingRequest, cross
from fabrique.methods.dot_vote import DotVote, DotVoteRequest, count_dots
from fabrique.methods.errors import MethodError
from fabrique.methods.grouping import GroupingProposal, GroupingRequest, propose_groups
from fabrique.methods.positioning import Positioning, PositioningRequest, compare_roles
from fabrique.methods.roadmap import Roadmap, RoadmapRequest, examine_plan
from fabrique.methods.swot import Swot, SwotRequest, compare_swot
from fabrique.methods.vulnerability import VulnerabilityAssessment, VulnerabilityRequest, assess

Request = TypeVar("Request")
Result = TypeVar("Result")


class BadFile(Exception):
    """The file cannot be answered; the message, in French, says where and what to do."""


@dataclass(frozen=True, kw_only=True)
class MethodOnFiles(Generic[Request, Result]):
    """A method, and the two kinds of data it stands between."""

    request: type[Request]
    result: type[Result]
    verb: Callable[[Request], Result]

    def run(self, content: bytes) -> bytes:
        """The result, as JSON, of the request written in `content`; raises BadFile."""
        try:
            request = TypeAdapter(self.request).validate_json(content, strict=True)
        except ValidationError as refusal:
            raise BadFile(_said_of_file(refusal)) from refusal
        try:
            result = self.verb(request)
        except MethodError as refusal:
            raise BadFile(said_of_method(refusal)) from refusal
        return TypeAdapter(self.result).dump_json(result, indent=2) + b"\n"

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of both sides."""
        return {
            "request": TypeAdapter(self.request).json_schema(),
            "result": TypeAdapter(self.result).json_schema(mode="serialization"),
        }


METHODS: Mapping[str, MethodOnFiles[Any, Any]] = {
    "actor_network": MethodOnFiles(
        request=ActorNetworkRequest, result=ActorNetwork, verb=map_actors
    ),
    "ambition": MethodOnFiles(request=AmbitionRequest, result=AmbitionVote, verb=weigh_ambition),
    "coverage": MethodOnFiles(request=CoverageRequest, result=Coverage, verb=assess_coverage),
    "crossing": MethodOnFiles(request=CrossingRequest, result=Crossing, verb=cross),
    "dot_vote": MethodOnFiles(request=DotVoteRequest, result=DotVote, verb=count_dots),
    "grouping": MethodOnFiles(
        request=GroupingRequest, result=GroupingProposal, verb=propose_groups
    ),
    "positioning": MethodOnFiles(
        request=PositioningRequest, result=Positioning, verb=compare_roles
    ),
    "roadmap": MethodOnFiles(request=RoadmapRequest, result=Roadmap, verb=examine_plan),
    "swot": MethodOnFiles(request=SwotRequest, result=Swot, verb=compare_swot),
    "vulnerability": MethodOnFiles(
        request=VulnerabilityRequest, result=VulnerabilityAssessment, verb=assess
    ),
}

REFUSALS: Mapping[str, Promise] = {
    "parameter_out_of_range": gettext_lazy(
        "le réglage « %(parameter)s » est hors de ses limites : voir « --schema »"
    ),
    "duplicate_item": gettext_lazy(
        "l'élément « %(item)s » figure deux fois dans « items » : n'en gardez qu'un"
    ),
    "unknown_item": gettext_lazy(
        "un avis porte sur « %(item)s », absent de « items » : ajoutez-le ou retirez l'avis"
    ),
    "duplicate_judgement": gettext_lazy(
        "« %(voter)s » a deux avis sur « %(item)s » : n'en gardez qu'un"
    ),
    "mark_out_of_range": gettext_lazy(
        "l'avis de « %(voter)s » sur « %(item)s » sort de l'échelle : donnez des notes de 1 à 4"
    ),
    "duplicate_vulnerability": gettext_lazy(
        "la vulnérabilité « %(vulnerability)s » figure deux fois : n'en gardez qu'une"
    ),
    "duplicate_action": gettext_lazy(
        "l'action « %(action)s » figure deux fois : n'en gardez qu'une"
    ),
    "unknown_vulnerability": gettext_lazy(
        "une réponse porte sur la vulnérabilité « %(vulnerability)s », absente de la liste : "
        "ajoutez-la ou retirez la réponse"
    ),
    "unknown_action": gettext_lazy(
        "une réponse porte sur l'action « %(action)s », absente de la liste : "
        "ajoutez-la ou retirez la réponse"
    ),
    "more_answers_than_asked": gettext_lazy(
        "« %(vulnerability)s » a reçu %(answered)s réponses pour %(asked)s personnes "
        "interrogées : corrigez « asked »"
    ),
    "duplicate_key": gettext_lazy(
        "la clé « %(key)s » désigne deux textes : donnez à chaque texte la sienne"
    ),
    "too_few_themes": gettext_lazy(
        "tous les exemples portent sur « %(theme)s » : donnez des exemples d'au moins deux thèmes"
    ),
    "example_without_words": gettext_lazy(
        "aucun exemple du thème « %(theme)s » n'a de mot qui compte : donnez-en un plus parlant"
    ),
    "too_many_duplicates": gettext_lazy(
        "plus de %(limit)s paires de textes se ressemblent : relevez « likeness » ou retirez "
        "le début commun à tous les textes"
    ),
    "duplicate_actor": gettext_lazy("l'acteur « %(actor)s » figure deux fois : n'en gardez qu'un"),
    "unknown_actor": gettext_lazy(
        "un lien mène à « %(actor)s », absent de « actors » : ajoutez-le ou retirez le lien"
    ),
    "self_link": gettext_lazy(
        "« %(actor)s » est lié à lui-même : retirez ce lien ou corrigez l'un de ses bouts"
    ),
    "duplicate_family": gettext_lazy(
        "la famille « %(family)s » figure deux fois parmi celles attendues : n'en gardez qu'une"
    ),
    "level_out_of_range": gettext_lazy(
        "l'avis de « %(voter)s » sur « %(item)s » sort de l'échelle : donnez des niveaux de 1 à 5"
    ),
    "unknown_dependency": gettext_lazy(
        "l'action « %(action)s » dépend de « %(dependency)s », absente du plan : ajoutez-la ou "
        "retirez cette dépendance"
    ),
    "depends_on_itself": gettext_lazy(
        "l'action « %(action)s » dépend d'elle-même : retirez cette dépendance"
    ),
    "ends_before_start": gettext_lazy(
        "l'action « %(action)s » finit avant de commencer : corrigez l'une de ses dates"
    ),
    "date_out_of_range": gettext_lazy(
        "les dates de l'action « %(action)s » sortent du calendrier : donnez des années de 1900 "
        "à 2200"
    ),
    "duplicate_site": gettext_lazy(
        "le territoire « %(site)s » figure deux fois : n'en gardez qu'un"
    ),
    "unknown_site": gettext_lazy(
        "un élément vient du territoire « %(site)s », absent de « sites » : ajoutez-le ou "
        "retirez l'élément"
    ),
    "duplicate_stake": gettext_lazy("l'enjeu « %(stake)s » figure deux fois : n'en gardez qu'un"),
    "unknown_stake": gettext_lazy(
        "une réponse porte sur l'enjeu « %(stake)s », absent de « stakes » : ajoutez-le ou "
        "retirez la réponse"
    ),
    "duplicate_role": gettext_lazy("le rôle « %(role)s » figure deux fois : n'en gardez qu'un"),
    "unknown_role": gettext_lazy(
        "une réponse donne le rôle « %(role)s », absent de « roles » : ajoutez-le ou corrigez "
        "la réponse"
    ),
    "too_few_roles": gettext_lazy("donnez au moins %(fewest)s rôles entre lesquels choisir"),
    "over_budget": gettext_lazy(
        "« %(voter)s » a placé %(placed)s pastilles pour %(budget)s permises : retirez-en"
    ),
    "duplicate_person": gettext_lazy(
        "la personne « %(person)s » figure deux fois parmi les membres et les candidats : n'en "
        "gardez qu'une"
    ),
    "duplicate_category": gettext_lazy(
        "la catégorie « %(category)s » figure deux fois : n'en gardez qu'une"
    ),
    "duplicate_value": gettext_lazy(
        "la valeur « %(value)s » figure deux fois dans la catégorie « %(category)s » : n'en gardez "
        "qu'une"
    ),
    "unknown_category": gettext_lazy(
        "« %(person)s » a une catégorie « %(category)s », absente de « categories » : ajoutez-la "
        "ou corrigez la personne"
    ),
    "unknown_value": gettext_lazy(
        "« %(person)s » a la valeur « %(value)s », absente de la catégorie « %(category)s » : "
        "ajoutez-la ou corrigez la personne"
    ),
    "minimum_over_maximum": gettext_lazy(
        "pour « %(category)s », « %(value)s » : le minimum dépasse le maximum, corrigez l'un des "
        "deux"
    ),
    "size_minimum_over_maximum": gettext_lazy(
        "la taille du groupe : le minimum (%(minimum)s) dépasse le maximum (%(maximum)s), corrigez "
        "l'un des deux"
    ),
}

FAULTS: Mapping[str, Promise] = {
    "missing": gettext_lazy("ce champ manque : ajoutez-le"),
    "missing_keyword_only_argument": gettext_lazy("ce champ manque : ajoutez-le"),
    "unexpected_keyword_argument": gettext_lazy("ce champ n'existe pas : corrigez son nom"),
    "int_type": gettext_lazy("un nombre entier est attendu"),
    "float_type": gettext_lazy("un nombre est attendu"),
    "string_type": gettext_lazy("un texte entre guillemets est attendu"),
    "tuple_type": gettext_lazy("une liste entre crochets est attendue"),
    "dataclass_type": gettext_lazy("un objet entre accolades est attendu"),
    "date_type": gettext_lazy("une date est attendue, comme « 2026-03-31 »"),
    "date_parsing": gettext_lazy("une date est attendue, comme « 2026-03-31 »"),
    "enum": gettext_lazy("cette valeur n'est pas au choix : voir « --schema »"),
}


def said_of_method(refusal: MethodError) -> str:
    """What the method refuses, in French."""
    return str(REFUSALS[refusal.code]) % refusal.params


def _said_of_file(refusal: ValidationError) -> str:
    faults = refusal.errors(include_url=False, include_input=False)
    first = faults[0]
    if first["type"] == "json_invalid":
        return _("ce n'est pas du JSON lisible en UTF-8 (%(detail)s)") % {
            "detail": first["ctx"]["error"]
        }
    said = _("à %(where)s : %(what)s") % {
        "where": _where(first["loc"]),
        "what": FAULTS.get(first["type"], _("valeur refusée : voir « --schema »")),
    }
    others = len(faults) - 1
    if not others:
        return said
    more = ngettext("et %(count)s autre erreur", "et %(count)s autres erreurs", others)
    return f"{said} ({more % {'count': others}})"


def _where(location: tuple[str | int, ...]) -> str:
    """`judgements[3].exposure`, counting from 0 as JSON does; `$` for the whole file."""
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in location]
    return "".join(steps).removeprefix(".") or "$"


def schema_text(name: str) -> str:
    """The schema of a method, to print."""
    return json.dumps(METHODS[name].schema(), ensure_ascii=False, indent=2) + "\n"
