"""Text that comes from elsewhere, waited for so long and no longer."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass


class Late(Exception):
    """The text did not come in time."""


@dataclass(frozen=True, slots=True)
class _Raised:
    error: Exception


_END = object()


def within(seconds: float, begin: Callable[[], Iterator[str]], most: int = 20_000) -> Iterator[str]:
    """The pieces of `begin()` as they come, read by a thread of its own.

    Raises Late when they are not all there after so many seconds, and what the source raises. Ends after `most`
    characters. Closing this iterator, or leaving it early, closes the source as soon as its next piece comes.
    """
    pieces: queue.SimpleQueue[object] = queue.SimpleQueue()
    left = threading.Event()
    threading.Thread(target=_read, args=(begin, pieces, left), name="model", daemon=True).start()
    deadline, length = time.monotonic() + seconds, 0
    try:
        while length < most:
            try:
                piece = pieces.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise Late(f"no end after {seconds:g} seconds") from None
            if isinstance(piece, _Raised):
                raise piece.error
            if piece is _END:
                return
            assert isinstance(piece, str)
            length += len(piece)
            yield piece
            if time.monotonic() > deadline:
                raise Late(f"no end after {seconds:g} seconds")
    finally:
        left.set()


def _read(
    begin: Callable[[], Iterator[str]], pieces: "queue.SimpleQueue[object]", left: threading.Event
) -> None:
    try:
        source = begin()
        for piece in source:
            if left.is_set():
                break
            pieces.put(piece)
        if hasattr(source, "close"):
            source.close()
    except Exception as error:  # of any client; the reader raises it again
        pieces.put(_Raised(error))
    else:
        pieces.put(_END)
