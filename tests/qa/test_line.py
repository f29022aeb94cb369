"""Those who ask at the same time are let in as they came and told their place."""

import asyncio

import pytest

from qa.chat.line import Line, LineFull
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
