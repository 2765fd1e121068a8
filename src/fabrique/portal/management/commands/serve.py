"""Serves the site to people: one command, ready for a laptop in a room without Internet."""

import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError
from django.urls import reverse

from fabrique.portal.demonstration.doors import doors
from fabrique.portal.server import WITH_WORKER

EVERYWHERE = ("0.0.0.0", "::")


class Command(BaseCommand):
    help = "Sert le site (par défaut à http://127.0.0.1:8000)."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="adresse d'écoute")
        parser.add_argument("--port", type=int, default=8000, help="port d'écoute")
        parser.add_argument(
            "--workers", type=int, default=1, help="processus (un seul avec SQLite)"
        )

    def handle(self, *args: Any, host: str, port: int, workers: int, **options: Any) -> None:
        _require_ready_database()
        _require_free_port(host, port)
        address = os.environ.get("FABRIQUE_URL") or _address(host, port)
        self.stdout.write(_welcome(address))
        self.stdout.flush()
        connections.close_all()
        # The server takes this process's place: one process to watch, and to stop.
        os.environ["FABRIQUE_URL"] = address
        with_worker = not os.environ.get("FABRIQUE_TASKS")
        if with_worker:
            os.environ["FABRIQUE_TASKS"] = "worker"
        command = _server(host, port, workers, with_worker=with_worker)
        os.execv(sys.executable, [sys.executable, *command])


def _server(host: str, port: int, workers: int, *, with_worker: bool) -> list[str]:
    return [
        *("-m", "fabrique.portal.server", *([WITH_WORKER] if with_worker else [])),
        "fabrique.config.asgi:application",
        *("--host", host, "--port", str(port), "--workers", str(workers)),
        # Open event streams would otherwise hold a stopping server for ever.
        *("--timeout-graceful-shutdown", "2"),
        *("--lifespan", "off", "--log-level", "warning", "--no-server-header"),
    ]


def _welcome(address: str) -> str:
    return (
        f"\nLa Fabrique est ouverte : {address}/\n"
        f"Se connecter : {address}{reverse('people:sign-in')}\n"
        f"Base et fichiers : {settings.FABRIQUE_HOME}\n"
        f"{_demonstration(address)}"
        "Ctrl+C pour arrêter.\n"
    )


def _demonstration(address: str) -> str:
    """Where to click as whom, where a demonstration is served; nothing on a real instance."""
    found = doors(address)
    if not found:
        return ""
    width = max(len(door.label) for door in found)
    lines = [f"  {door.label:<{width}}  {door.address}\n" for door in found]
    return f"\nDémonstration, où cliquer et comme qui :\n{''.join(lines)}\n"


def _require_ready_database() -> None:
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as error:
        raise CommandError(f"la base de données ne répond pas ({error}).") from error
    if missing:
        raise CommandError("la base de données n'est pas à jour. Lancez d'abord : fabrique migrate")


def _require_free_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"le port {port} de {host} est déjà pris ou interdit."
                " Choisissez-en un autre : fabrique serve --port 8001"
            ) from error


def _address(host: str, port: int) -> str:
    """Where people reach the site: on every interface, the one the room's network gave."""
    name = _address_in_the_room() if host in EVERYWHERE else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def _address_in_the_room() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # No packet leaves: connecting a datagram socket only chooses the interface.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])
