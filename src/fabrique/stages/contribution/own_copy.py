"""The copy someone takes of what concerns them: one file, sheets from every stage up to here.

A personal link opens what is tied to its owner, and no more. What was said in a room where nobody
is named, or under a pseudonym, is tied to no one: only the link given in that room opens it.
"""

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from fabrique.kit.sheets import Table, write_book
from fabrique.stages.contribution.downstream import followed
from fabrique.stages.contribution.enums import Fate
from fabrique.stages.contribution.formats.local_words import details_of
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Contribution
from fabrique.stages.contribution.queries import (
    FateOf,
    Judged,
    contributions_of,
    fates,
    judgements_by,
    ties_by,
    written_for,
)
from fabrique.stages.programme.models import Contact
from fabrique.stages.programme.own_copy import moment, programme_tables
from fabrique.stages.seminar.models import Participant
from fabrique.stages.seminar.own_copy import rooms_table, seminar_tables
from fabrique.stages.seminar.queries import seats_of

FORMAT = "ods"


def copy_for(contact: Contact) -> bytes:
    """All that is tied to someone a programme writes to."""
    seats = list(seats_of(contact.member)) if contact.member else []
    typed = list(written_for(contact.member)) if contact.member else []
    sentences = [
        _("Ce fichier contient tout ce que cette démarche garde de vous sous votre nom."),
        _(
            "Ce que vous avez dit dans une salle où personne n'est nommé, ou sous un pseudonyme, "
            "n'y est pas : rien ne le relie à vous. Seul le lien remis dans cette salle l'ouvre."
        ),
        _("Si vous avez plusieurs places dans la démarche, chacune a son lien et sa copie."),
    ]
    return _book(
        sentences,
        [
            *programme_tables(contact),
            *seminar_tables(contact, seats),
            _said(seats, typed),
            _answered(seats),
        ],
    )


def copy_of_a_seat(participant: Participant) -> bytes:
    """What someone left in one room, for whoever holds the link given there."""
    sentences = [
        _("Ce fichier contient ce que vous avez laissé dans la salle de ce séminaire."),
        _(
            "Le reste (invitations, disponibilités, présences, autres séminaires) n'est pas relié "
            "à ce lien : la page de vos réunions, dans vos courriels, en donne la copie."
        ),
    ]
    seats = [participant]
    return _book(sentences, [rooms_table(seats), _said(seats, []), _answered(seats)])


def _book(sentences: Sequence[str], tables: Sequence[Table]) -> bytes:
    asked = _("Copie faite le %(at)s.") % {"at": moment(timezone.now())}
    lines = [*sentences, asked, _("Pour corriger ou effacer : demandez-le à l'équipe.")]
    about = Table(_("À lire"), [_("Ce que contient ce fichier")], [(line,) for line in lines])
    return write_book([about, *tables], format=FORMAT)


def _said(seats: Sequence[Participant], typed: Sequence[Contribution]) -> Table:
    rows = [row for seat in seats for row in _said_from(seat)]
    became = fates(typed)
    rows += [_line(one, became[one.pk], ()) for one in typed]
    return Table(
        _("Ce que vous avez dit"),
        [
            _("Séminaire"),
            _("Atelier"),
            _("Date"),
            _("Texte"),
            _("Précisions"),
            _("Qui peut le lire"),
            _("Ce que c'est devenu"),
            _("Raison donnée"),
            _("Carte"),
            _("Cité dans"),
            _("Provenance"),
        ],
        rows,
    )


def _said_from(seat: Participant) -> Iterable[list[str]]:
    said = list(contributions_of(seat).select_related("workshop__meeting__site__territory"))
    became = fates(said)
    cited = followed(seat, became).citations
    return [_line(one, became[one.pk], [place.title for place in cited[one.pk]]) for one in said]


def _line(one: Contribution, fate: FateOf, cited: Sequence[str]) -> list[str]:
    details = details_of(get_format(one.workshop.format), one.payload)
    return [
        str(one.workshop.meeting),
        one.workshop.title,
        moment(one.created_at),
        one.text,
        "\n".join(f"{label} : {value}" for label, value in details),
        str(one.get_level_display()),
        _("Citée dans la note") if cited and fate.fate == Fate.WAITING else str(fate.fate.label),
        fate.reason,
        ", ".join(fate.names),
        "\n".join(cited),
        str(one.get_source_display()),
    ]


def _answered(seats: Sequence[Participant]) -> Table:
    rows = [row for seat in seats for row in _answers_from(seat)]
    return Table(
        _("Vos avis"),
        [
            _("Séminaire"),
            _("Atelier"),
            _("Carte"),
            _("Sur quoi"),
            _("Votre avis"),
            _("Donné le"),
        ],
        rows,
    )


def _answers_from(seat: Participant) -> Iterable[list[str]]:
    meeting = str(seat.room.meeting)
    for judged in judgements_by(seat):
        workshop = judged.rating.card.workshop
        rated_at = moment(judged.rating.rated_at)
        yield [meeting, workshop.title, judged.card_name, *_mark(judged), rated_at]
    for tied in ties_by(seat):
        words = _("lien (%(kind)s), défait depuis") if tied.link.ended_at else _("lien (%(kind)s)")
        kind = words % {"kind": tied.link.kind}
        drawn_at = moment(tied.link.linked_at)
        yield [meeting, tied.link.workshop.title, tied.source, tied.target, kind, drawn_at]


def _mark(judged: Judged) -> tuple[str, str]:
    """The criterion and the value in words, as the phone showed them."""
    rating = judged.rating
    workshop = rating.card.workshop
    criteria = {one.key: one for one in get_format(workshop.format).criteria_of(workshop)}
    criterion = criteria.get(rating.criterion)
    if criterion is None:
        return rating.criterion, str(rating.value)
    words = str(criterion.scale.get(rating.value, ""))
    said = (
        f"{rating.value} ({words})" if words and words != str(rating.value) else str(rating.value)
    )
    return str(criterion.label), said
