"""``fabrique send-notices``: reminders are written, and what waits leaves. For cron or a timer."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from fabrique.stages.programme.actions.sending import send_waiting
from fabrique.stages.programme.wording.mails import say_sendings
from fabrique.stages.seminar.actions.reminders import remind_of_meetings


class Command(BaseCommand):
    help = (
        "Envoie les courriels en attente : un par personne et par jour au plus, rappels compris.\n"
        "Peut être lancée aussi souvent qu'on veut, par exemple toutes les heures."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        reminders = remind_of_meetings()
        if reminders:
            said = ngettext(
                "%(count)d rappel de réunion préparé.",
                "%(count)d rappels de réunion préparés.",
                reminders,
            )
            self.stdout.write(said % {"count": reminders})
        done = send_waiting()
        if done.is_unreachable:
            raise CommandError(say_sendings(done))
        self.stdout.write(say_sendings(done))
