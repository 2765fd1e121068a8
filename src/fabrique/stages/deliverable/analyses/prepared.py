"""What a meeting leaves besides its workshops: points settled or not, criteria looked at again,
an immersion day.

Pairs of a section and a block, as ``outline`` takes them; the section is the first of those the
outline knows. Only a criterion adopted from a round table rests on what participants said.
"""

from collections.abc import Collection, Iterator, Sequence

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from fabrique.document.tree import (
    Block,
    Bullets,
    Citation,
    Column,
    Item,
    Paragraph,
    Row,
    Table,
)
from fabrique.stages.contribution.formats.citations import LABEL_LENGTH
from fabrique.stages.programme.committee import PointLine, day_of, point_lines, words_of
from fabrique.stages.programme.criteria import CriterionLine, criterion_lines, moments_of
from fabrique.stages.programme.enums import MeetingKind
from fabrique.stages.programme.immersion import lines_of
from fabrique.stages.programme.models import (
    Appointment,
    Argument,
    CriterionReview,
    Meeting,
    ProposedProfile,
    SpottedActor,
    Stake,
    SuccessCriterion,
)
from fabrique.stages.programme.queries import blueprint_of
from fabrique.stages.programme.queries.committee import (
    criteria_with_reviews,
    immersion_day_of,
    meetings_until,
    points_of,
)

Part = tuple[str, Block]

#: Where each thing goes, by preference.
SETTLED = ("settled", "debated", "kept")
ARGUED = ("debated", "kept")
LEFT_OPEN = ("open_questions", "debated", "kept")
FOLLOW_UP = ("next_time", "settled", "kept")
JUDGED = ("criteria", "changes", "figures", "kept")
UNDERSTOOD = ("kept",)
GROUP = ("debated", "kept")


def prepared(meeting: Meeting, sections: Sequence[str]) -> Iterator[Part]:
    """Everything of the programme's own that a meeting's note says."""
    yield from _points(point_lines(points_of(meeting)), sections)
    if meeting.kind == MeetingKind.IMMERSION_DAY:
        yield from _immersion(meeting, sections)
    if judged := _judged(meeting):
        yield _section(JUDGED, sections), judged


# ── Points ───────────────────────────────────────────────────────────────────────────────────


def _points(lines: Sequence[PointLine], sections: Sequence[str]) -> Iterator[Part]:
    settled = [line for line in lines if line.is_settled]
    left = [line for line in lines if not line.is_settled]
    for line in settled:
        yield _section(SETTLED, sections), _decided(line)
    for line in lines:
        if line.argument_count:
            yield _section(ARGUED, sections), _argued(line)
    if left:
        items = tuple(Item(_left(line), id=f"point:{line.point.pk}") for line in left)
        yield _section(LEFT_OPEN, sections), Bullets(items, id="points-left-open")
    follow_up = [
        (line, said)
        for line in lines
        if line.decision
        for said in lines_of(line.decision.follow_up)
    ]
    if follow_up:
        items = tuple(
            Item(said, id=f"follow-up:{line.point.pk}:{place}")
            for place, (line, said) in enumerate(follow_up)
        )
        yield _section(FOLLOW_UP, sections), Bullets(items, id="points-follow-up")


def _decided(line: PointLine) -> Paragraph:
    decision = line.decision
    assert decision is not None
    by = _("Décidé le %(day)s (%(role)s).") if decision.decided_by else _("Décidé le %(day)s.")
    words = _("%(point)s %(decision)s %(by)s") % {
        "point": _ended(line.point.title),
        "decision": words_of(decision),
        "by": by % {"role": decision.decided_by, "day": day_of(decision)},
    }
    return Paragraph(words, id=f"point-settled:{line.point.pk}")


def _argued(line: PointLine) -> Table:
    """Options side by side with what was said for and against each, by function."""
    rows = tuple(
        Row(
            (each.option.title, _said(each.pros), _said(each.cons)),
            id=f"option:{each.option.pk}",
        )
        for each in line.options
        if each.has_arguments
    )
    return Table(
        line.point.title,
        (Column(_("Option"), "wide"), Column(_("Pour"), "wide"), Column(_("Contre"), "wide")),
        rows,
        _("Arguments notés pendant la réunion, avec la fonction de qui les a donnés."),
        id=f"point-argued:{line.point.pk}",
    )


def _said(arguments: Collection[Argument]) -> str:
    return " ".join(
        _ended(f"{one.text} ({one.said_by})" if one.said_by else one.text) for one in arguments
    )


def _left(line: PointLine) -> str:
    if line.decision is None:
        return line.point.title
    return _("%(point)s %(postponed)s") % {
        "point": _ended(line.point.title),
        "postponed": words_of(line.decision),
    }


# ── Success criteria ─────────────────────────────────────────────────────────────────────────


def _judged(meeting: Meeting) -> Table | None:
    """What was expected on day one beside what is judged, up to this meeting; once it judged."""
    blueprint = blueprint_of(meeting.programme)
    moments = moments_of(blueprint, meetings_until(meeting))
    if meeting not in [moment.meeting for moment in moments]:
        return None
    lines = criterion_lines(criteria_with_reviews(meeting.programme), moments)
    if not any(line.said_at(meeting) for line in lines):
        return None
    return Table(
        _("Critères de réussite : attendus et jugement"),
        (
            Column(_("Ce qui était attendu au premier jour"), "wide"),
            Column(_("Porté par")),
            *(Column(moment.label, "wide") for moment in moments),
        ),
        tuple(
            Row(
                (
                    line.criterion.text,
                    line.criterion.owner,
                    *(_judgement(cell.review) for cell in line.cells),
                ),
                id=f"criterion:{line.criterion.pk}",
                citations=_said_first(line.criterion),
            )
            for line in lines
        ),
        _by_whom(lines, meeting),
        id="criteria",
    )


def _judgement(review: CriterionReview | None) -> str:
    if review is None:
        return _("Pas encore jugé")
    parts = [str(review.get_judgement_display()), review.words]
    if review.evidence:
        parts.append(_("Repose sur : %(what)s") % {"what": review.evidence})
    return " ".join(_ended(part) for part in parts if part)


def _said_first(criterion: SuccessCriterion) -> tuple[Citation, ...]:
    """The words of the round table a criterion was adopted from, if it was."""
    if not criterion.source:
        return ()
    label = _("« %(words)s », %(origin)s") % {
        "words": Truncator(criterion.text).chars(LABEL_LENGTH),
        "origin": criterion.source_label,
    }
    return (Citation(criterion.source, label),)


def _by_whom(lines: Sequence[CriterionLine], meeting: Meeting) -> str:
    """Who judged, when all were judged by the same."""
    said = {review.judged_by for line in lines if (review := line.said_at(meeting))}
    judges = said if len(said) == 1 else set()
    return "".join(_("Jugé par : %(who)s.") % {"who": who} for who in judges if who)


# ── Immersion ────────────────────────────────────────────────────────────────────────────────


def _immersion(meeting: Meeting, sections: Sequence[str]) -> Iterator[Part]:
    """What the team keeps of the day; its own notes stay with it."""
    day = immersion_day_of(meeting)
    understood = _section(UNDERSTOOD, sections)
    if day.context:
        yield understood, Paragraph(day.context, id="immersion-context")
    stakes = Stake.objects.filter(meeting=meeting, removed_at=None)
    yield from _listed(understood, _("Les enjeux :"), "immersion-stakes", [
        (str(one.pk), one.text) for one in stakes
    ])  # fmt: skip
    appointments = Appointment.objects.filter(meeting=meeting, removed_at=None)
    yield from _listed(understood, _("Retenu des rendez-vous :"), "immersion-kept", [
        (f"{one.pk}:{place}", _with(one.title, said))
        for one in appointments
        for place, said in enumerate(lines_of(one.kept))
    ])  # fmt: skip
    actors = SpottedActor.objects.filter(meeting=meeting, removed_at=None)
    yield from _listed(understood, _("Les premiers acteurs :"), "immersion-actors", [
        (str(one.pk), _actor(one)) for one in actors
    ])  # fmt: skip
    group = _section(GROUP, sections)
    if day.mobilisation:
        yield group, Paragraph(day.mobilisation, id="immersion-mobilisation")
    profiles = ProposedProfile.objects.filter(meeting=meeting, removed_at=None)
    yield from _listed(group, _("Les profils proposés :"), "immersion-profiles", [
        (str(one.pk), _with(str(one), one.why)) for one in profiles
    ])  # fmt: skip
    items = lines_of(day.to_prepare)
    yield from _listed(_section(FOLLOW_UP, sections), "", "immersion-to-prepare", [
        (str(place), said) for place, said in enumerate(items)
    ])  # fmt: skip


def _listed(section: str, lead: str, key: str, lines: Sequence[tuple[str, str]]) -> Iterator[Part]:
    if not lines:
        return
    if lead:
        yield section, Paragraph(lead, id=f"{key}-lead")
    items = tuple(Item(words, id=f"{key}:{line}") for line, words in lines)
    yield section, Bullets(items, id=key)


def _actor(actor: SpottedActor) -> str:
    return _with(f"{actor.name} ({actor.kind})" if actor.kind else actor.name, actor.why)


def _with(words: str, why: str) -> str:
    """« Criée de Keroman (Entreprise). Reçoit les livraisons. »: each a sentence of its own."""
    return f"{_ended(words)} {_ended(why[:1].upper() + why[1:])}" if why else words


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def _section(wanted: Sequence[str], sections: Sequence[str]) -> str:
    return next((key for key in wanted if key in sections), sections[0])
