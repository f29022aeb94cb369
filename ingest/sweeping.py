"""A thread of the owner that withdraws what was handed in and never confirmed, while the owner runs."""

import logging
import threading

import sqlalchemy as sa

from ingest import quota
from ingest.desk import Desk
from ingest.errors import IngestError

log = logging.getLogger(__name__)

OFTEN = 12  # looks in the time that a batch may wait


class Sweeper:
    """Sweeps a desk from time to time until it is stopped."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> "Sweeper":
        """Begins; itself."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends, after the sweep at hand."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(quota.UNCONFIRMED / OFTEN):
            try:
                self._desk.sweep()
            except (IngestError, OSError, sa.exc.SQLAlchemyError) as error:
                log.warning("what was handed in and not confirmed is swept later: %s", error)
