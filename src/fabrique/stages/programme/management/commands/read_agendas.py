"""``fabrique read-agendas``: agendas known by their address are read again. For cron or a timer."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.kit.counts import counted
from fabrique.stages.programme.actions.agendas import read_agendas_again


class Command(BaseCommand):
    help = (
        "Relit les agendas dont on a l'adresse, chacun une fois par demi-journée au plus.\n"
        "Un agenda qui ne répond pas garde les jours qu'il avait."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = read_agendas_again(now=timezone.now())
        read = ngettext("%(count)d agenda relu.", "%(count)d agendas relus.", done.read)
        silent = ngettext(
            "%(count)d agenda n'a pas pu être lu : ses jours restent ceux d'avant.",
            "%(count)d agendas n'ont pas pu être lus : leurs jours restent ceux d'avant.",
            done.failed,
        )
        said = filter(None, [counted(done.read, read), counted(done.failed, silent)])
        self.stdout.write("\n".join(said) or _("Aucun agenda à relire."))
