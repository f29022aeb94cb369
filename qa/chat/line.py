"""The line of those who ask at the same time: so many are answered at once, the rest wait and know their place.

Telling costs more than waiting does, so a place is told when somebody joins and then whenever half of those before
them are through: each hears of it a handful of times, and what a whole line is told grows with its length only.
"""

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_SOONEST = 5  # seconds that anybody is asked to stay away
_WEIGHT = 0.2  # of the latest answer in what one is expected to take


class LineFull(Exception):
    """So many are waiting already that one more would wait for nothing; `seconds` until half of them are through."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"the line is full for about {seconds} s")
        self.seconds = seconds


class EnoughWaiting(Exception):
    """So many of one visitor's are waiting already that one more would take the place of somebody else's."""


class Place:
    """One place in the line; `ahead` is how many are let in before it."""

    def __init__(self, line: "Line", visitor: str = "") -> None:
        self._line = line
        self.visitor = visitor
        self._told = 0
        self.let_in = 0.0  # on the clock of time.monotonic
        self.moved = asyncio.Event()

    @property
    def ahead(self) -> int:
        """How many wait before this one, itself counted; 0 once it is let in."""
        waiting = self._line.waiting
        return waiting.index(self) + 1 if self in waiting else 0

    def tell(self) -> int:
        """`ahead`, which is told with this."""
        self._told = self.ahead
        return self._told

    def moved_to(self, ahead: int) -> None:
        """Wakes who waits here if that is news to them."""
        if ahead <= self._told // 2:
            self.moved.set()

    async def moves(self) -> AsyncIterator[int]:
        """Its place if that was not told yet, and again whenever half of those before it are through, until let in."""
        while self.ahead:
            if self.ahead != self._told:
                yield self.tell()
            await self.moved.wait()
            self.moved.clear()


class Line:
    """Lets `at_once` in at a time, in the order they came. At most `longest` wait, and of one visitor's `of_one`.

    Lives in one event loop.
    """

    def __init__(self, at_once: int, longest: int, of_one: int = 5) -> None:
        self.of_one = of_one
        self.at_once = at_once
        self.longest = longest
        self.waiting: list[Place] = []
        self.inside = 0
        self._answer = 1.0  # seconds that one is expected to take

    @property
    def idle(self) -> bool:
        """Whether nobody is waiting or being answered."""
        return not self.waiting and not self.inside

    @asynccontextmanager
    async def place(self, visitor: str = "") -> AsyncIterator[Place]:
        """A place at the end of the line, kept until left. Raises LineFull, EnoughWaiting.

        visitor  whose it is; empty for somebody who is not known again
        """
        if visitor and sum(place.visitor == visitor for place in self.waiting) >= self.of_one:
            raise EnoughWaiting
        if len(self.waiting) >= self.longest:
            raise LineFull(self._seconds(self.longest // 2))
        place = Place(self, visitor)
        self.waiting.append(place)
        self._let_in()
        try:
            yield place
        finally:
            if place in self.waiting:
                self.waiting.remove(place)
            else:
                self.inside -= 1
                self._answer += _WEIGHT * (time.monotonic() - place.let_in - self._answer)
            self._let_in()

    def _seconds(self, places: int) -> int:
        """How long it takes until so many are let in, as far as can be told."""
        return max(_SOONEST, math.ceil(self._answer * places / self.at_once))

    def _let_in(self) -> None:
        while self.waiting and self.inside < self.at_once:
            self.inside += 1
            place = self.waiting.pop(0)
            place.let_in = time.monotonic()
            place.moved.set()
        for ahead, place in enumerate(self.waiting, start=1):
            place.moved_to(ahead)
