"""The doorbell: tells waiting screens that something lies after number N, and nothing more.

Inside a process the bell rings as soon as the transaction commits. Between processes nobody
carries messages: each process looks at its listened rooms' last number once a second, so a lost
ring costs a second and never a word.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from uuid import UUID

from asgiref.sync import sync_to_async

POLL_SECONDS = 1.0
HEARTBEAT_SECONDS = 15.0


@dataclass(frozen=True)
class Numbers:
    """The last number of a room for its console and wall, and the last one phones care for."""

    room: int
    phones: int

    def ahead_of(self, other: "Numbers") -> "Numbers":
        return Numbers(max(self.room, other.room), max(self.phones, other.phones))


@dataclass
class _Listeners:
    """One room's waiting screens in this process, and the loop they wait on."""

    loop: asyncio.AbstractEventLoop
    numbers: Numbers
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    count: int = 0


_rooms: dict[UUID, _Listeners] = {}


def ring(room_id: UUID, numbers: Numbers) -> None:
    """Tell this process's screens, from any thread; call it once the change is committed."""
    if listeners := _rooms.get(room_id):
        listeners.loop.call_soon_threadsafe(_advance, listeners, numbers)


def _advance(listeners: _Listeners, numbers: Numbers) -> None:
    ahead = numbers.ahead_of(listeners.numbers)
    if ahead != listeners.numbers:
        listeners.numbers = ahead
        listeners.changed.set()
        listeners.changed = asyncio.Event()


async def listen(
    room_id: UUID, *, read: Callable[[UUID], Numbers]
) -> AsyncIterator[Numbers | None]:
    """Each new pair of numbers of a room, the present one first; ``None`` is a heartbeat.

    ``read`` asks the database (it runs in a thread), so that rings of other processes, and
    those of a moment before this screen listened, are heard too.
    """
    listeners = await _join(room_id, read)
    try:
        seen = listeners.numbers
        yield seen
        while True:
            changed = listeners.changed
            if listeners.numbers != seen:
                seen = listeners.numbers
                yield seen
                continue
            try:
                await asyncio.wait_for(changed.wait(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield None
    finally:
        listeners.count -= 1


async def _join(room_id: UUID, read: Callable[[UUID], Numbers]) -> _Listeners:
    ask = sync_to_async(read, thread_sensitive=False)
    listeners = _rooms.get(room_id)
    if listeners is None or listeners.loop is not asyncio.get_running_loop():
        listeners = _Listeners(asyncio.get_running_loop(), Numbers(0, 0))
        _rooms[room_id] = listeners
        listeners.count += 1
        _advance(listeners, await ask(room_id))
        task = asyncio.create_task(_watch(room_id, listeners, ask))
        _watchers.add(task)
        task.add_done_callback(_watchers.discard)
    else:
        listeners.count += 1
        _advance(listeners, await ask(room_id))
    return listeners


_watchers: set[asyncio.Task[None]] = set()


async def _watch(room_id: UUID, listeners: _Listeners, ask) -> None:  # type: ignore[no-untyped-def]
    """Hear the other processes, for as long as someone listens here."""
    while listeners.count > 0:
        await asyncio.sleep(POLL_SECONDS)
        with contextlib.suppress(Exception):
            _advance(listeners, await ask(room_id))
    if _rooms.get(room_id) is listeners:
        del _rooms[room_id]
