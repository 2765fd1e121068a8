"""What the consolidated map says in a few sentences, and the chart of who is to be met."""

from collections.abc import Iterator, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import RangeBar, RangeChart, Scale
from fabrique.stages.contribution.formats import provenance
from fabrique.stages.contribution.formats.actor_map.sentences import Sentence, names
from fabrique.stages.contribution.formats.blocks import block_id
from fabrique.stages.contribution.formats.citations import cite_card
from fabrique.stages.contribution.formats.consolidated_map.consolidation import (
    ConsolidatedResults,
)
from fabrique.stages.contribution.formats.consolidated_map.vote import VoteResults, Wanted
from fabrique.stages.contribution.models import Workshop

MOST_FAMILIES = 3


def sentences(results: ConsolidatedResults) -> list[Sentence]:
    """What the territories share first, then what is to be checked with them."""
    if not results.map.actors:
        return []
    return [*_said(results), *_to_check(results)]


def _said(results: ConsolidatedResults) -> Iterator[Sentence]:
    actors = ngettext("%(n)d acteur", "%(n)d acteurs", len(results.map.actors)) % {
        "n": len(results.map.actors)
    }
    places = ngettext("%(n)d territoire", "%(n)d territoires", len(results.heard)) % {
        "n": len(results.heard)
    }
    words = _("%(actors)s, cités dans %(places)s.") % {"actors": actors, "places": places}
    yield Sentence(key="size", words=words)
    if shared := results.shared:
        words = ngettext(
            "%(n)d acteur est cité par plusieurs territoires : %(names)s.",
            "%(n)d acteurs sont cités par plusieurs territoires : %(names)s.",
            len(shared),
        ) % {"n": len(shared), "names": names(shared)}
        yield Sentence(key="shared", words=words, cards=[one.card for one in shared])
    if national := [one for one in results.national if len(results.territories_of(one)) > 1]:
        words = ngettext(
            "%(n)d acteur national revient dans plusieurs territoires : %(names)s.",
            "%(n)d acteurs nationaux reviennent dans plusieurs territoires : %(names)s.",
            len(national),
        ) % {"n": len(national), "names": names(national)}
        yield Sentence(key="national", words=words, cards=[one.card for one in national])


def _to_check(results: ConsolidatedResults) -> Iterator[Sentence]:
    for family in results.uneven[:MOST_FAMILIES]:
        words = _(
            "« %(family)s » : des acteurs sont cités par %(here)s, aucun ne l'est par %(there)s. "
            "À vérifier : ne pas les avoir cités ne veut pas dire qu'il n'y en a pas."
        ) % {
            "family": family.family,
            "here": _listed(family.cited_in),
            "there": _listed(family.not_cited_in),
        }
        cards = [one.card for one in results.map.named(family.actors)]
        yield Sentence(key=f"family-{family.family}", words=words, cards=cards, is_open=True)
    if missing := results.map.network.missing_families:
        words = _("Familles dont aucun territoire n'a cité d'acteur : %(families)s.") % {
            "families": ", ".join(missing)
        }
        yield Sentence(key="missing", words=words, is_open=True)


def _listed(places: Sequence[str]) -> str:
    """« Lorient et Bourg-en-Bresse »."""
    if len(places) < 2:
        return "".join(places)
    return _("%(names)s et %(more)s") % {"names": ", ".join(places[:-1]), "more": places[-1]}


def vote_chart(workshop: Workshop, votes: VoteResults, shown: Sequence[Wanted]) -> RangeChart:
    return RangeChart(
        _("Acteurs nationaux à rencontrer"),
        _(
            "« Faut-il rencontrer cet acteur au prochain séminaire ? », de 1 à 5. Le disque marque "
            "la médiane, la barre la moitié centrale des réponses."
        ),
        tuple(
            RangeBar(
                one.card.title,
                one.marks.median or 0,
                one.marks.lower_quartile or 0,
                one.marks.upper_quartile or 0,
                one.marks.n,
                id=f"meet:{one.card.pk}",
                citations=(cite_card(one.card),),
            )
            for one in shown
        ),
        scale=Scale(1, 5, _("non"), _("oui, en priorité")),
        subject=_("Acteur"),
        note=_sources(votes),
        id=block_id(workshop, "vote"),
    )


def _sources(votes: VoteResults) -> str:
    words = provenance.votes(votes.voters, votes.instants)
    tested = [one for one in votes.shown if one.robustness is not None]
    if not tested:
        return f"{words}."
    held = ", ".join(
        _("« %(title)s » %(share)d %%") % {"title": one.card.title, "share": one.robustness}
        for one in tested[: votes.vote.top_k]
    )
    return _(
        "%(sources)s. Robustesse du classement, part de %(resamples)s tirages au sort des votants "
        "où l'acteur reste parmi les %(top)d premiers : %(held)s."
    ) % {
        "sources": words,
        "resamples": number_format(votes.vote.resamples, force_grouping=True),
        "top": votes.vote.top_k,
        "held": held,
    }
