"""What is said when people are asked when they can come, and what their agenda answered."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.kit.counts import counted
from fabrique.kit.dates import day_words
from fabrique.stages.programme.actions.polls import Answered, Asked, Reminded
from fabrique.stages.programme.agenda_reading import ReadAgenda

_ADDRESSES: dict[str, Callable[[], str]] = {
    "scheme": lambda: _(
        "Cette adresse n'est pas sécurisée. Copiez l'adresse en https:// que donne votre agenda."
    ),
    "credentials": lambda: _(
        "Cette adresse contient un identifiant ou un mot de passe. Copiez plutôt l'adresse de "
        "partage, ou envoyez un fichier .ics."
    ),
    "host": lambda: _(
        "Ce n'est pas une adresse d'agenda. Elle commence par https:// et finit souvent par .ics."
    ),
    "private": lambda: _(
        "Cette adresse mène à un réseau interne, que le site ne peut pas lire. "
        "Envoyez plutôt un fichier .ics."
    ),
}
_SILENCES: dict[str, Callable[[Any], str]] = {
    "unknown_host": lambda p: _(
        "Ce site n'existe pas, ou ne répond pas. Vérifiez que l'adresse est copiée en entier."
    ),
    "silent": lambda p: _(
        "Votre agenda n'a pas répondu. Réessayez plus tard, ou envoyez un fichier .ics."
    ),
    "certificate": lambda p: _(
        "Le certificat de ce site n'est pas valable : l'agenda n'a pas été lu. "
        "Envoyez plutôt un fichier .ics."
    ),
    "redirects": lambda p: _(
        "Cette adresse renvoie sans cesse à une autre. Copiez l'adresse finale de l'agenda."
    ),
    "status": lambda p: (
        _(
            "Le site de votre agenda a répondu « %(status)d ». "
            "Vérifiez que l'agenda est partagé, et que l'adresse est copiée en entier."
        )
        % p
    ),
}
REFUSALS: dict[str, Callable[[Any], str]] = {
    "no_day_proposed": lambda p: _("Proposez au moins un jour : cochez-le, ou écrivez-le."),
    "too_many_days": lambda p: (
        _(
            "%(count)d jours sont proposés : gardez-en %(maximum)d au plus. "
            "Au-delà, peu de gens répondent à tout."
        )
        % p
    ),
    "nothing_to_ask": lambda p: _(
        "Cette réunion n'attend plus de date : il n'y a plus rien à demander."
    ),
    "everyone_refuses": lambda p: (
        _(
            "Personne ne peut venir le %(day)s : ce jour ne peut pas être retenu. "
            "Choisissez-en un autre, ou proposez d'autres jours."
        )
        % {"day": day_words(p["day"])}
    ),
    "not_an_agenda": lambda p: _(
        "Ce n'est pas un agenda au format ICS : rien n'a été changé. Cherchez dans votre agenda "
        "« partager » ou « exporter », et choisissez le format iCalendar (.ics)."
    ),
    "agenda_too_big": lambda p: (
        _(
            "Cet agenda dépasse %(limit)d Mo : rien n'a été changé. "
            "Exportez seulement l'année en cours, ou saisissez les jours où vous ne pouvez pas "
            "venir."
        )
        % p
    ),
    "agenda_too_intricate": lambda p: _(
        "Cet agenda contient trop d'événements ou de répétitions pour être lu : rien n'a été "
        "changé. Exportez seulement l'année en cours, ou saisissez les jours où vous ne pouvez "
        "pas venir."
    ),
    "agenda_address_refused": lambda p: _ADDRESSES[p["why"]](),
    "agenda_unreachable": lambda p: _SILENCES[p["why"]](p),
    "agenda_read_too_often": lambda p: _(
        "Cet agenda a été lu de nombreuses fois. Attendez une heure avant de le relire."
    ),
}


def say_asked(asked: Asked) -> str:
    """To the facilitator, once the days are proposed."""
    if not asked.told and not asked.without_address:
        return _("C'est enregistré. Personne n'a de nouvelle réponse à donner.")
    said = ngettext(
        "La demande partira à %(count)d personne, avec le prochain envoi.",
        "La demande partira à %(count)d personnes, avec le prochain envoi.",
        asked.told,
    ) % {"count": asked.told}
    return f"{said} {_without_address(asked.without_address)}".strip()


def say_reminded(done: Reminded) -> str:
    """To the facilitator, who asked for reminders."""
    parts = [
        counted(
            done.reminded,
            ngettext(
                "Une relance partira à %(count)d personne.",
                "Une relance partira à %(count)d personnes.",
                done.reminded,
            ),
        ),
        counted(
            done.not_asked_yet,
            ngettext(
                "La première demande n'est pas encore partie à %(count)d personne : elle partira "
                "avec le prochain envoi.",
                "La première demande n'est pas encore partie à %(count)d personnes : elle partira "
                "avec le prochain envoi.",
                done.not_asked_yet,
            ),
        ),
        counted(
            done.reminded_today_already,
            ngettext(
                "%(count)d personne a déjà été relancée aujourd'hui.",
                "%(count)d personnes ont déjà été relancées aujourd'hui.",
                done.reminded_today_already,
            ),
        ),
        _without_address(done.without_address),
    ]
    return " ".join(filter(None, parts)) or _("Tout le monde a répondu : il n'y a pas de relance.")


def say_answered(done: Answered) -> str:
    """To someone who just answered a poll still open."""
    missing = ngettext(
        "Vos réponses sont enregistrées. Il reste %(count)d jour sans réponse.",
        "Vos réponses sont enregistrées. Il reste %(count)d jours sans réponse.",
        done.missing,
    )
    thanks = _("Merci, vos réponses sont enregistrées. Vous pouvez les changer ici.")
    return counted(done.missing, missing) or thanks


def say_read(read: ReadAgenda) -> str:
    """To someone whose calendar was read."""
    taken = len(read.taken)
    said = ngettext(
        "Votre agenda est lu : %(count)d jour où vous ne pouvez pas venir.",
        "Votre agenda est lu : %(count)d jours où vous ne pouvez pas venir.",
        taken,
    ) % {"count": taken}
    parts = [
        said,
        counted(
            read.light,
            ngettext(
                "%(count)d autre jour n'a que des rendez-vous courts : il reste libre.",
                "%(count)d autres jours n'ont que des rendez-vous courts : ils restent libres.",
                read.light,
            ),
        ),
        counted(
            read.floating,
            ngettext(
                "%(count)d événement n'a pas de fuseau horaire : il a été lu à l'heure de Paris.",
                "%(count)d événements n'ont pas de fuseau horaire : ils ont été lus à l'heure de "
                "Paris.",
                read.floating,
            ),
        ),
        counted(
            read.unread,
            ngettext(
                "%(count)d événement n'a pas pu être lu : saisissez son jour s'il compte.",
                "%(count)d événements n'ont pas pu être lus : saisissez leurs jours s'ils "
                "comptent.",
                read.unread,
            ),
        ),
    ]
    return " ".join(filter(None, parts))


def _without_address(count: int) -> str:
    words = ngettext(
        "%(count)d personne n'a pas d'adresse électronique : donnez-lui son lien, plus bas.",
        "%(count)d personnes n'ont pas d'adresse électronique : donnez-leur leur lien, plus bas.",
        count,
    )
    return counted(count, words)
