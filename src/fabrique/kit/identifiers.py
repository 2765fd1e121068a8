"""Identifiers that sort by time (UUIDv7): the same kind that phones make for what they send."""

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    return uuid_utils.compat.uuid7()
