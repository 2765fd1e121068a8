"""Does the slow work that pages hand over: calendars, files of notes, mails."""

import os
import sys
import threading
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.crypto import get_random_string
from django_tasks import (
    DEFAULT_TASK_BACKEND_ALIAS,
    DEFAULT_TASK_QUEUE_NAME,
    task_backends,
)
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from fabrique.stages.programme.actions.proposals import end_interrupted_searches

#: Between two looks at what waits.
INTERVAL = 0.5
#: For a piece of work to end once the server did: a mail that leaves, not a whole search.
GRACE = 3.0


class Command(BaseCommand):
    help = "Fait le travail lent à la place du serveur : calendriers, fichiers de notes, courriels."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--beside",
            action="store_true",
            help="à côté d'un serveur : seul à travailler, et s'arrête quand son entrée se ferme",
        )

    def handle(self, *args: Any, beside: bool, **options: Any) -> None:
        if not isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend):
            raise CommandError(
                "rien n'est confié à un autre processus. Donnez FABRIQUE_TASKS=worker au serveur"
                " et à cette commande."
            )
        worker = _worker()
        if beside:
            threading.Thread(target=_end_with_the_server, args=(worker,), daemon=True).start()
            os.nice(5)
            _forget_interrupted_work()
        else:
            worker.configure_signals()
        worker.run()


def _worker() -> Worker:
    return Worker(
        queue_names=[DEFAULT_TASK_QUEUE_NAME],
        excluded_queue_names=[],
        interval=INTERVAL,
        batch=False,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
    )


def _forget_interrupted_work() -> None:
    """What a worker that died had in hand may be what killed it: it is asked for again by hand."""
    for task in DBTaskResult.objects.running():
        task.set_failed(InterruptedError())
    end_interrupted_searches()
    call_command("prune_db_task_results", verbosity=0)


def _end_with_the_server(worker: Worker) -> None:
    sys.stdin.buffer.read()
    worker.running = False
    limit = time.monotonic() + GRACE
    while worker.running_task and time.monotonic() < limit:
        time.sleep(0.05)
    os._exit(0)
