"""Whether what a thread is at is still wanted: long work asks on its way, so that an end need not wait for it.

    with until(stopped):      # in the thread that does the work
        ...
            go_on()           # anywhere in it: raises Stopped once `stopped` says True

It holds for the thread at hand, and for one that is started in a copy of its context.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Stopped(BaseException):
    """What is being done is not wanted any more. It is no error of a file, and nobody but who began it catches it."""


_PAUSE = 0.05  # seconds between two times that it is asked: the answer may be a row of the catalog


def _never() -> bool:
    return False


_stopped: ContextVar[Callable[[], bool]] = ContextVar("stopped", default=_never)


@contextmanager
def until(stopped: Callable[[], bool]) -> Iterator[None]:
    """What is done in the block is wanted until `stopped`, or what held before the block, says True."""
    before, asked = _stopped.get(), -_PAUSE

    def now() -> bool:
        nonlocal asked
        if time.monotonic() - asked < _PAUSE:
            return False
        asked = time.monotonic()
        return stopped() or before()

    token = _stopped.set(now)
    try:
        yield
    finally:
        _stopped.reset(token)


def go_on() -> None:
    """Raises Stopped when what this thread is at is not wanted any more."""
    if _stopped.get()():
        raise Stopped
