"""Values that never change, kept in memory up to a bound."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """The values asked for last, of `most` together; safe to share between threads.

    size  how much a value counts towards `most`; None: each counts one
    """

    def __init__(self, most: int, size: Callable[[Value], int] | None = None) -> None:
        self._most = most
        self._size = size or (lambda _: 1)
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._total = 0
        self._lock = threading.Lock()

    def known(self, keys: Iterable[Key]) -> dict[Key, Value]:
        """Those of `keys` that are kept, with their values."""
        with self._lock:
            found = {key: self._values[key] for key in keys if key in self._values}
            for key in found:
                self._values.move_to_end(key)
        return found

    def keep(self, values: Mapping[Key, Value]) -> None:
        """Adds values; those asked for longest ago go when there are too many."""
        with self._lock:
            for key, value in values.items():
                if key not in self._values:
                    self._values[key] = value
                    self._total += self._size(value)
            while self._total > self._most:
                self._total -= self._size(self._values.popitem(last=False)[1])
