"""What the map says, in three to six sentences that anyone reads: never more than was drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.stages.contribution.formats.actor_map.analysis import ActorMapResults, MappedActor
from fabrique.stages.contribution.formats.rows import MINIMUM_PEOPLE
from fabrique.stages.contribution.models import Card

MOST_SENTENCES = 6
MOST_NAMED = 3
MOST_FAMILIES = 5


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence and the cards it rests on; ``is_open`` when it asks to be checked."""

    key: str
    words: str
    cards: Sequence[Card] = ()
    is_open: bool = False


def sentences(results: ActorMapResults) -> list[Sentence]:
    """The short list, what was said first, then what is to be checked."""
    if not results.actors:
        return []
    return [*_said(results), *_to_check(results)][:MOST_SENTENCES]


def _said(results: ActorMapResults) -> Iterator[Sentence]:
    yield Sentence(key="size", words=_size(results))
    if results.most_tied:
        yield _most_tied(results)
    if go_betweens := [one for one in results.go_betweens if one not in results.most_tied[:1]]:
        yield _go_between(go_betweens[:1])
    if len(results.groups) > 1:
        words = _(
            "D'après les liens indiqués, la carte forme %(count)d ensembles séparés ; le plus "
            "grand réunit %(size)d acteurs."
        ) % {"count": len(results.groups), "size": len(results.groups[0])}
        yield Sentence(key="groups", words=words)


def _size(results: ActorMapResults) -> str:
    actors = ngettext("%(n)d acteur cité", "%(n)d acteurs cités", len(results.actors)) % {
        "n": len(results.actors)
    }
    if not results.ties:
        return _("%(actors)s. Aucun lien n'a encore été tracé.") % {"actors": actors}
    ties = ngettext("%(n)d lien tracé", "%(n)d liens tracés", len(results.ties)) % {
        "n": len(results.ties)
    }
    return _("%(actors)s, %(ties)s.") % {"actors": actors, "ties": ties}


def _most_tied(results: ActorMapResults) -> Sentence:
    first = results.most_tied
    words = ngettext(
        "L'acteur le plus relié est %(names)s : %(degree)d autres acteurs.",
        "Les acteurs les plus reliés sont %(names)s : %(degree)d autres acteurs chacun.",
        len(first),
    )
    if first[0].place.degree == 1:
        words = _("Aucun acteur n'est relié à plus d'un autre.")
    said = words % {"names": names(first), "degree": first[0].place.degree}
    return Sentence(key="most-tied", words=said, cards=[one.card for one in first])


def _go_between(found: Sequence[MappedActor]) -> Sentence:
    words = _(
        "%(name)s fait le pont : sans cet acteur, une partie de la carte ne tient plus au reste."
    ) % {"name": names(found)}
    return Sentence(key="go-between", words=words, cards=[one.card for one in found])


def _to_check(results: ActorMapResults) -> Iterator[Sentence]:
    if pioneers := results.isolated_pioneers if results.ties else []:
        yield _isolated_pioneers(pioneers)
    if missing := results.network.missing_families:
        listed = ", ".join(_lowered(family) for family in missing[:MOST_FAMILIES])
        if len(missing) > MOST_FAMILIES:
            listed += _(", entre autres")
        words = _(
            "Familles dont personne n'a cité d'acteur : %(families)s. À chercher : ne pas les "
            "avoir citées ne veut pas dire qu'elles sont absentes."
        ) % {"families": listed}
        yield Sentence(key="missing", words=words, is_open=True)
    if results.network.weak is not None:
        words = _(
            "Carte dressée par moins de %(minimum)d personnes : à compléter avant de s'y appuyer."
        ) % {"minimum": MINIMUM_PEOPLE}
        yield Sentence(key="weak", words=words, is_open=True)


def _isolated_pioneers(pioneers: Sequence[MappedActor]) -> Sentence:
    words = ngettext(
        "Un acteur pionnier n'est relié à personne (%(names)s) : à vérifier avec lui, l'absence "
        "de lien peut tenir à l'absence d'information.",
        "%(count)d acteurs pionniers ne sont reliés à personne (%(names)s) : à vérifier avec eux, "
        "l'absence de lien peut tenir à l'absence d'information.",
        len(pioneers),
    ) % {"count": len(pioneers), "names": names(pioneers)}
    return Sentence(
        key="isolated-pioneers", words=words, cards=[one.card for one in pioneers], is_open=True
    )


def names(actors: Sequence[MappedActor]) -> str:
    """« X », « Y » et 2 autres."""
    listed = [_("« %(title)s »") % {"title": one.card.title} for one in actors[:MOST_NAMED]]
    rest = len(actors) - MOST_NAMED
    if rest > 0:
        more = ngettext("%(count)d autre", "%(count)d autres", rest) % {"count": rest}
        return _("%(names)s et %(more)s") % {"names": ", ".join(listed), "more": more}
    if len(listed) < 2:
        return "".join(listed)
    return _("%(names)s et %(more)s") % {"names": ", ".join(listed[:-1]), "more": listed[-1]}


def _lowered(family: str) -> str:
    """A family inside a sentence; what is all capitals stays so."""
    return family if family[1:2].isupper() else family[:1].lower() + family[1:]
