import asyncio
import json

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient, Client

from fabrique.stages.seminar import doorbell
from fabrique.stages.seminar.actions.rooms import close_room, leave_room, renew_wall_key
from fabrique.stages.seminar.doorbell import Numbers
from fabrique.stages.seminar.queries import numbers_of
from fabrique.stages.seminar.tickets import cookie_name, make_ticket
from tests.stages.rooms import a_held_seminar, an_account, someone

QUICKLY = 5.0


@pytest.fixture(autouse=True)
def nobody_listens(monkeypatch):
    monkeypatch.setattr(doorbell, "POLL_SECONDS", 0.05)
    doorbell._rooms.clear()


class TestTheBell:
    def test_it_gives_the_present_numbers_then_each_change(self):
        async def scene() -> list[Numbers | None]:
            bell = doorbell.listen("room", read=lambda room: Numbers(3, 1))
            heard = [await anext(bell)]
            doorbell.ring("room", Numbers(4, 1))
            heard.append(await asyncio.wait_for(anext(bell), QUICKLY))
            await bell.aclose()
            return heard

        assert asyncio.run(scene()) == [Numbers(3, 1), Numbers(4, 1)]

    def test_a_change_made_by_another_process_is_heard(self):
        stored = [Numbers(1, 1)]

        async def scene() -> Numbers | None:
            bell = doorbell.listen("room", read=lambda room: stored[0])
            await anext(bell)
            stored[0] = Numbers(2, 2)
            heard = await asyncio.wait_for(anext(bell), QUICKLY)
            await bell.aclose()
            return heard

        assert asyncio.run(scene()) == Numbers(2, 2)

    def test_a_late_ring_never_goes_back(self):
        async def scene() -> Numbers:
            bell = doorbell.listen("room", read=lambda room: Numbers(9, 9))
            await anext(bell)
            doorbell.ring("room", Numbers(5, 5))
            await asyncio.sleep(0.1)
            numbers = doorbell._rooms["room"].numbers
            await bell.aclose()
            return numbers

        assert asyncio.run(scene()) == Numbers(9, 9)

    def test_silence_has_a_heartbeat(self, monkeypatch):
        monkeypatch.setattr(doorbell, "HEARTBEAT_SECONDS", 0.05)

        async def scene() -> Numbers | None:
            bell = doorbell.listen("room", read=lambda room: Numbers(1, 1))
            await anext(bell)
            heard = await asyncio.wait_for(anext(bell), QUICKLY)
            await bell.aclose()
            return heard

        assert asyncio.run(scene()) is None

    def test_an_empty_room_is_no_longer_watched(self):
        async def scene() -> None:
            bell = doorbell.listen("room", read=lambda room: Numbers(1, 1))
            await anext(bell)
            await bell.aclose()
            await asyncio.sleep(0.3)

        asyncio.run(scene())
        assert doorbell._rooms == {}


@pytest.mark.django_db
class TestTheNumbers:
    def test_the_ticket_the_wall_key_and_the_team_read_them_and_nobody_else(self, client):
        held, other = a_held_seminar(), a_held_seminar()
        address = f"/salle/{held.room.pk}/numeros/"
        someone(held.room)
        held.refresh()
        expected = {"room": held.room.last_number, "phones": held.room.phones_number}
        assert client.get(address).status_code == 404
        assert client.get(f"{address}?mur={other.room.wall_key}").status_code == 404
        assert client.get(f"{address}?mur={held.room.wall_key}").json() == expected
        team = Client()
        team.force_login(an_account(held.meeting), backend="fabrique.people.backends.EmailBackend")
        assert team.get(address).json() == expected
        stranger = Client()
        stranger.cookies[cookie_name(held.room.pk)] = make_ticket(someone(other.room))
        assert stranger.get(address).status_code == 404

    def test_a_key_renewed_or_a_seat_given_back_hears_no_more(self, client):
        held = a_held_seminar()
        address = f"/salle/{held.room.pk}/numeros/"
        renew_wall_key(held.room.pk, actor="")
        assert client.get(f"{address}?mur={held.room.wall_key}").status_code == 404
        who = someone(held.room)
        client.cookies[cookie_name(held.room.pk)] = make_ticket(who)
        assert client.get(address).status_code == 200
        leave_room(who.pk)
        assert client.get(address).status_code == 404


@pytest.mark.django_db(transaction=True)
class TestTheStream:
    async def _events(self, held, query: str, *, changes=(), last: str = "", wanted: int = 1):
        client = AsyncClient()
        headers = {"Last-Event-ID": last} if last else {}
        address = f"/salle/{held.room.pk}/sonnette/?mur={held.room.wall_key}&{query}"
        response = await client.get(address, headers=headers)
        assert response.status_code == 200
        assert response["Content-Type"].startswith("text/event-stream")
        assert response["X-Accel-Buffering"] == "no"
        events: list[tuple[str, dict]] = []
        stream = aiter(response.streaming_content)
        pending = list(changes)
        while len(events) < wanted:
            chunk = (await asyncio.wait_for(anext(stream), QUICKLY)).decode()
            if chunk.startswith("id:"):
                id, data = chunk.strip().split("\n")
                events.append((id[4:], json.loads(data[6:])))
                if pending:
                    await sync_to_async(pending.pop(0))()
        await stream.aclose()
        return events

    def test_it_says_numbers_and_nothing_more(self):
        held = a_held_seminar()
        events = asyncio.run(
            self._events(held, "for=room", changes=[lambda: someone(held.room)], wanted=2)
        )
        number = numbers_of(held.room.pk).room
        assert [set(data) for _id, data in events] == [{"room", "phones"}] * 2
        assert events[-1] == (str(number), {"room": number, "phones": held.room.phones_number})

    def test_phones_are_not_disturbed_by_what_does_not_concern_them(self):
        held = a_held_seminar()
        changes = [lambda: (someone(held.room), close_room(held.room.pk, actor=""))]
        events = asyncio.run(self._events(held, "for=phones", changes=changes, wanted=2))
        ids = [int(id) for id, _data in events]
        assert ids == [held.room.phones_number, numbers_of(held.room.pk).phones]

    def test_a_screen_that_comes_back_hears_only_what_it_missed(self):
        held = a_held_seminar()
        held.refresh()
        known = str(held.room.last_number)

        async def scene():
            task = asyncio.create_task(self._events(held, "for=room", last=known))
            await asyncio.sleep(0.3)
            assert not task.done()
            await sync_to_async(someone)(held.room)
            return await task

        events = asyncio.run(scene())
        assert int(events[0][0]) > int(known)
