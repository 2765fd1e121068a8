"""Answers first, stores after: what a server that acknowledges before COMMIT does."""

import threading
import time

from django.db import connection

from fabrique.stages.contribution import api
from fabrique.stages.contribution.actions.contributions import Received, contribute
from fabrique.stages.contribution.models import Contribution


def acknowledge_first(**sent) -> Received:
    threading.Thread(target=_store_later, kwargs=sent, daemon=True).start()
    return Received(Contribution(id=sent["id"], number=0), created=True)


def _store_later(**sent) -> None:
    time.sleep(0.5)
    try:
        contribute(**sent)
    finally:
        connection.close()


api.contribute = acknowledge_first
