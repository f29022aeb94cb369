"""Those who ask at the same time are let in as they came and told their place."""

import asyncio
import contextlib
import math

import pytest

from qa.chat.line import EnoughWaiting, Line, LineFull
from tests.alone import run_alone


def test_askers_are_let_in_in_the_order_they_came_and_told_their_place() -> None:
    line, told, let_in = Line(at_once=1, longest=9), {}, []

    async def ask(name: str) -> None:
        async with line.place() as place:
            async for ahead in place.moves():
                told.setdefault(name, []).append(ahead)
            let_in.append(name)
            await asyncio.sleep(0.01)

    async def all_ask() -> None:
        await asyncio.gather(*(ask(name) for name in ("first", "second", "third")))

    run_alone(all_ask())
    assert let_in == ["first", "second", "third"]
    assert "first" not in told and set(told["second"]) == {1} and list(dict.fromkeys(told["third"])) == [2, 1]
    assert line.idle


def test_who_leaves_while_waiting_or_being_answered_makes_room() -> None:
    line = Line(at_once=1, longest=9)

    async def hold() -> None:
        async with line.place() as place:
            async for _ in place.moves():
                pass
            await asyncio.sleep(60)

    async def leave_in_turn() -> None:
        inside, waiting, last = (asyncio.create_task(hold()) for _ in range(3))
        await asyncio.sleep(0.01)
        waiting.cancel()
        inside.cancel()
        await asyncio.sleep(0.01)
        assert line.inside == 1 and not line.waiting
        last.cancel()
        await asyncio.gather(inside, waiting, last, return_exceptions=True)
        assert line.idle

    run_alone(leave_in_turn())


def test_a_full_line_takes_nobody_more() -> None:
    line = Line(at_once=1, longest=1)

    async def fill() -> None:
        async with line.place(), line.place():
            with pytest.raises(LineFull):
                async with line.place():
                    pass

    run_alone(fill())


@pytest.mark.parametrize("length", [10, 100, 1000])
def test_each_who_waits_is_told_a_handful_of_times_however_long_the_line(length: int) -> None:
    line, told = Line(at_once=2, longest=length), []

    async def ask() -> None:
        heard = 0
        async with line.place() as place:
            async for _ in place.moves():
                heard += 1
            await asyncio.sleep(0)
        told.append(heard)

    async def all_ask() -> None:
        await asyncio.gather(*(ask() for _ in range(length)))

    run_alone(all_ask())
    assert len(told) == length and max(told) <= 1 + math.log2(length)


def test_who_is_told_where_they_joined_is_not_told_it_again() -> None:
    line, told = Line(at_once=1, longest=9), []

    async def ask() -> None:
        async with line.place(), line.place(), line.place() as place:
            told.append(place.tell())
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    async for ahead in place.moves():
                        told.append(ahead)

    run_alone(ask())
    assert told == [2]


def test_who_finds_it_full_is_told_how_long_half_of_the_line_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    line, now = Line(at_once=2, longest=40), 0.0
    monkeypatch.setattr("qa.chat.line.time.monotonic", lambda: now)

    async def fill() -> None:
        nonlocal now
        for _ in range(50):  # answers of three seconds
            async with line.place():
                now += 3
        async with contextlib.AsyncExitStack() as held:
            for _ in range(42):
                await held.enter_async_context(line.place())
            with pytest.raises(LineFull) as full:
                await held.enter_async_context(line.place())
        assert full.value.seconds == 30

    run_alone(fill())


def test_one_visitor_leaves_places_for_the_others() -> None:
    line = Line(at_once=1, longest=9, of_one=2)

    async def fill() -> None:
        async with line.place("one"), line.place("one"), line.place("one"):
            with pytest.raises(EnoughWaiting):
                async with line.place("one"):
                    pass
            async with line.place("another"), line.place(), line.place():
                assert len(line.waiting) == 5
        async with line.place("one"):
            assert not line.waiting

    run_alone(fill())
