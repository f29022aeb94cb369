"""The line of those who ask at the same time: so many are answered at once, the rest wait and know their place."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class LineFull(Exception):
    """So many are waiting already that one more would wait for nothing."""


class Place:
    """One place in the line; `ahead` is how many are let in before it."""

    def __init__(self, line: "Line") -> None:
        self._line = line
        self.moved = asyncio.Event()

    @property
    def ahead(self) -> int:
        """How many wait before this one, itself counted; 0 once it is let in."""
        waiting = self._line.waiting
        return waiting.index(self) + 1 if self in waiting else 0

    async def moves(self) -> AsyncIterator[int]:
        """Its place whenever it changes, until it is let in."""
        while place := self.ahead:
            yield place
            await self.moved.wait()
            self.moved.clear()


class Line:
    """Lets `at_once` in at a time, in the order they came; at most `longest` wait. Lives in one event loop."""

    def __init__(self, at_once: int, longest: int) -> None:
        self.at_once = at_once
        self.longest = longest
        self.waiting: list[Place] = []
        self.inside = 0

    @property
    def idle(self) -> bool:
        """Whether nobody is waiting or being answered."""
        return not self.waiting and not self.inside

    @asynccontextmanager
    async def place(self) -> AsyncIterator[Place]:
        """A place at the end of the line, kept until left. Raises LineFull."""
        if len(self.waiting) >= self.longest:
            raise LineFull
        place = Place(self)
        self.waiting.append(place)
        self._let_in()
        try:
            yield place
        finally:
            if place in self.waiting:
                self.waiting.remove(place)
            else:
                self.inside -= 1
            self._let_in()

    def _let_in(self) -> None:
        while self.waiting and self.inside < self.at_once:
            self.inside += 1
            self.waiting.pop(0).moved.set()
        for place in self.waiting:
            place.moved.set()
