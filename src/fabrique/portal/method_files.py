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

from fabrique.methods.crossing import Crossing, CrossingRequest, cross
from fabrique.methods.errors import MethodError
from fabrique.methods.grouping import GroupingProposal, GroupingRequest, propose_groups
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
    "crossing": MethodOnFiles(request=CrossingRequest, result=Crossing, verb=cross),
    "grouping": MethodOnFiles(
        request=GroupingRequest, result=GroupingProposal, verb=propose_groups
    ),
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
