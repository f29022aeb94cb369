"""The dense index as answers use it: it never makes a question wait, and when Chroma fails it heals itself.

While it is not ready, answers search the catalog's own vectors: the same result, slower on a large index.
"""

import logging
import threading

import numpy as np

from ingest.errors import IngestError
from ingest.index import OwnedIndex
from ingest.vectors import VectorStoreError

log = logging.getLogger(__name__)

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0  # seconds between attempts to open it


class Nearest:
    """Nearest passages by vector; `start` opens, probes and where need be rebuilds the index in a thread."""

    def __init__(self, index: OwnedIndex) -> None:
        self._index = index
        self._wanted = threading.Event()
        self._closed = threading.Event()
        self._failed = False
        self._thread = threading.Thread(target=self._run, name="dense-index", daemon=True)

    def start(self) -> "Nearest":
        self._wanted.set()
        self._thread.start()
        return self

    def close(self) -> None:
        """Ends the thread; the index stays as it is."""
        self._closed.set()
        self._wanted.set()
        if self._thread.is_alive():
            self._thread.join()

    @property
    def ready(self) -> bool:
        """Whether a query can be answered now; if not, that is seen to."""
        if self._index.open_dense is not None:
            return True
        self._wanted.set()
        return False

    @property
    def degraded(self) -> bool:
        """Whether it failed since it was first wanted and is not back yet."""
        return self._failed and not self.ready

    def query(self, vector: np.ndarray, k: int) -> list[tuple[int, float]]:
        """The k nearest ids with their cosine, best first. Raises VectorStoreError at once when it is not ready."""
        dense = self._index.open_dense
        if dense is None:
            raise VectorStoreError("The dense index is being prepared.")
        try:
            return dense.query(vector, k)
        except VectorStoreError as error:
            log.warning("dense index failed, healing it: %s", error)
            self._failed = True
            self._index.distrust(dense)
            self._wanted.set()
            raise

    def wait(self, seconds: float) -> bool:
        """Waits until it is ready; whether it is."""
        for _ in range(max(1, int(seconds / 0.05))):
            if self.ready or self._closed.wait(0.05):
                break
        return self.ready

    def _run(self) -> None:
        pause = _FIRST_PAUSE
        while self._wanted.wait() and not self._closed.is_set():
            self._wanted.clear()
            try:
                _ = self._index.dense
                pause, self._failed = _FIRST_PAUSE, False
            except IngestError as error:
                if not threading.main_thread().is_alive():
                    return  # the process ends, and Chroma takes no work any more: nothing is wrong with the index
                log.warning("dense index cannot be opened, trying again in %.0f s: %s", pause, error)
                self._failed = True
                self._closed.wait(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
                self._wanted.set()
