"""Mails in plain words: what became of a round, and why something waits."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.kit.counts import counted
from fabrique.stages.programme.actions.sending import Sendings
from fabrique.stages.programme.outbox import Holdup


def say_sendings(done: Sendings | None) -> str:
    """« 12 courriels sont partis. 2 personnes… »; what is being done when a worker does it."""
    if done is None:
        return _("Les courriels partent : revenez dans une minute pour voir où ils en sont.")
    said = [
        counted(
            done.sent,
            ngettext(
                "%(count)d courriel est parti.", "%(count)d courriels sont partis.", done.sent
            ),
        ),
        counted(
            done.put_off,
            ngettext(
                "%(count)d personne a déjà reçu un courriel aujourd'hui : "
                "elle sera prévenue demain.",
                "%(count)d personnes ont déjà reçu un courriel aujourd'hui : "
                "elles seront prévenues demain.",
                done.put_off,
            ),
        ),
        counted(
            done.refused,
            ngettext(
                "%(count)d adresse a été refusée : vérifiez-la, l'envoi sera tenté à nouveau.",
                "%(count)d adresses ont été refusées : vérifiez-les, l'envoi sera tenté à nouveau.",
                done.refused,
            ),
        ),
    ]
    if done.is_unreachable:
        said.append(
            _(
                "Le serveur de courriel ne répond pas : rien n'est perdu, ce qui attend partira "
                "au prochain envoi. Si cela dure, prévenez la personne qui tient le service."
            )
        )
    return " ".join(filter(None, said)) or _("Il n'y avait rien à envoyer.")


def is_bad_news(done: Sendings | None) -> bool:
    return done is not None and (done.is_unreachable or bool(done.refused))


def say_holdup(holdup: Holdup) -> str:
    return _HOLDUPS[holdup]()


_HOLDUPS: dict[Holdup, Callable[[], str]] = {
    Holdup.NEXT: lambda: _("Partira au prochain envoi"),
    Holdup.TOMORROW: lambda: _("A déjà reçu un courriel aujourd'hui : partira demain"),
    Holdup.REFUSED: lambda: _("Adresse refusée au dernier essai : vérifiez-la"),
    Holdup.UNREACHABLE: lambda: _("Le serveur de courriel n'a pas répondu : nouvel essai à venir"),
    Holdup.NO_ADDRESS: lambda: _("Sans adresse : à prévenir par téléphone"),
    Holdup.UNSUBSCRIBED: lambda: _("Préfère ne pas recevoir de courriel : téléphoner"),
    Holdup.GONE: lambda: _("A quitté le groupe ou l'équipe : rien ne lui sera envoyé"),
}
