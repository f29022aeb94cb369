"""The clerk's desk: what was handed in, what it would change, having it done, and what is going on besides."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest import quota
from ingest.care import IndexStatus, status_of
from ingest.errors import IngestError
from ingest.inbox import WITHDRAWN, ArrivalRefused, Inbox
from ingest.index import OwnedIndex
from ingest.jobs import Job, all_jobs, cancel_job, job_of, put_job, unfinished
from ingest.outcomes import Outcome, Report, Status
from ingest.outdated import Outdated, find_outdated
from ingest.pipeline import Progress, plan
from ingest.records import PUBLIC
from ingest.sight import readable_counts, sees_all
from ingest.stopping import Stopped, until
from ingest.watchers import Watcher, watchers

log = logging.getLogger(__name__)

TAKEN = (
    Status.ADDED,
    Status.AMENDED,
    Status.REREAD,
    Status.MOVED,
    Status.ASIDE,
)  # what a plan must say of a file for it to be taken in


class NotTheOperator(IngestError):
    """Somebody who does not keep the index asked for what only who keeps it may ask for."""


@dataclass(frozen=True, slots=True)
class DeskState:
    """What goes on at an index: its jobs and failures, the processes that watch folders for it, what waits.

    aside     what was put aside for somebody who may take it in: each batch with the names of its files
    operator  whether who stands at the desk may have the index encoded anew
    """

    index: IndexStatus
    watchers: tuple[Watcher, ...]
    aside: tuple[tuple[str, tuple[str, ...]], ...] = ()
    operator: bool = False

    @property
    def reindexing(self) -> Job | None:
        """The job that encodes the index anew, while there is one to be told of."""
        return next((job for job in self.index.jobs if job.kind == "reindex" and not job.over), None)


class Desk:
    """Where clerks hand files in, in the process that owns the index. Each batch is one person's; safe for many.

    access     the groups of those who stand at it. A plan depends only on records that one of them may read. While
               there is a record that none may read, whatever is confirmed here is put aside for somebody who may, and
               the desk tells of nobody's files but one's own: so neither what is said nor what comes to be seen
               depends on what such a record holds. It does tell that there is one.
    may_lower  whether what is handed in may have readers that the record it is a version of has not; else it keeps to
               those that record has
    operator   whether those who stand at it keep the index, and may have it encoded anew, which takes the processor
               for long and holds up what is handed in meanwhile
    """

    def __init__(
        self,
        index: OwnedIndex,
        access: Sequence[str] = (PUBLIC,),
        *,
        may_lower: bool = False,
        operator: bool = False,
    ) -> None:
        self._index = index
        self._access = tuple(access)
        self._may_lower = may_lower
        self._operator = operator
        self._confirming = threading.Lock()  # what is being confirmed is not withdrawn as old
        self._closed = threading.Event()
        self.inbox = Inbox(index.folder)
        self._sweep()

    def plan(self, batch: str, progress: Progress | None = None) -> Report:
        """What taking the batch in would do, without doing any of it. Raises IngestError."""
        arrivals = self.arrivals(batch)
        try:
            with until(self._closed.is_set):
                return plan(
                    arrivals,
                    self._index.catalog,
                    progress,
                    arrivals=arrivals,
                    access=self._access,
                    may_lower=self._may_lower,
                )
        except Stopped:
            raise IngestError("Minutebook is being stopped; hand the files in again later.") from None

    def close(self) -> None:
        """Ends the plans that are being made."""
        self._closed.set()

    def arrivals(self, batch: str) -> dict[Path, Path]:
        """Where each file of a batch waits, and where it will stay. Raises ArrivalRefused."""
        if self.inbox.is_aside(batch) and not self.sees_all():
            raise ArrivalRefused(WITHDRAWN)
        return self.inbox.arrivals(batch)

    def sees_all(self) -> bool:
        """Whether those who stand at the desk may read every record there is."""
        with self._index.catalog.read() as connection:
            return sees_all(connection, self._access)

    def take_in(self, batch: str, report: Report) -> int:
        """Has what the plan would add, change or move taken in, after the jobs that wait; the number of the job.

        Raises ArrivalRefused for a batch that was withdrawn.
        """
        names = [outcome.path.name for outcome in to_take(report)]
        of_whom = {"access": self._access, "may_lower": self._may_lower}
        with self._confirming:
            self.arrivals(batch)
            return put_job(self._index.catalog, "inbox", {"batch": batch, "names": names} | of_whom)

    def job(self, number: int) -> Job | None:
        """A job as it stands; None for one that was not asked for at a desk of these groups."""
        job = job_of(self._index.catalog, number)
        asked = job is not None and job.kind == "inbox" and job.arguments.get("access") == list(self._access)
        return job if asked else None

    def cancel(self, number: int) -> None:
        """Ends a job after what it is storing at the moment; what is not in by then stays out."""
        job = self.job(number)
        if job and cancel_job(self._index.catalog, number):
            self.inbox.withdraw(job.arguments["batch"])

    def reindex(self) -> int:
        """Has the index encoded anew with the encoder that is offered for it, once; the number of the job.

        Answers go on meanwhile. Raises NotTheOperator.
        """
        self._require_operator()
        with self._confirming:
            asked = self._reindexing()
            return asked[0].id if asked else put_job(self._index.catalog, "reindex", {})

    def stop_reindexing(self) -> None:
        """Ends that; what was encoded is not encoded again the next time. Raises NotTheOperator."""
        self._require_operator()
        for job in self._reindexing():
            cancel_job(self._index.catalog, job.id)

    def _reindexing(self) -> list[Job]:
        return [job for job in unfinished(self._index.catalog) if job.kind == "reindex"]

    def _require_operator(self) -> None:
        if not self._operator:
            raise NotTheOperator(
                "Encoding the index anew is for who keeps it: run `python -m ingest --reindex`, or start the chat with "
                "--operator."
            )

    def withdraw(self, batch: str) -> None:
        """Forgets a batch that is not being taken in; one that was put aside stays."""
        if batch not in self._under_way():
            self.inbox.withdraw(batch)

    def discard(self, batch: str) -> None:
        """Removes what was put aside, for who may see every record. Raises ArrivalRefused."""
        self.arrivals(batch)
        self.inbox.discard(batch)

    def sweep(self) -> None:
        """Withdraws what nobody confirmed in time, and removes what was put aside and nobody took in."""
        with self._confirming:
            if not self._sweep(age=quota.UNCONFIRMED):
                return
            if expired := self.inbox.expire(quota.KEPT_ASIDE, keep=self._under_way()):
                log.warning(
                    "%d files that were put aside were not taken in in time and are removed", len(expired)
                )

    def state(self) -> DeskState:
        """What goes on at the moment, as far as those who stand at the desk may know."""
        found = status_of(self._index.catalog, self._index.folder)
        if not self.sees_all():
            telling = (*_TELLING, "reindex") if self._operator else _TELLING
            jobs = tuple(_unnamed(job) for job in found.jobs if job.kind in telling)
            with self._index.catalog.read() as connection:
                held, passages = readable_counts(connection, self._access)
            found = replace(found, records=held, passages=passages, jobs=jobs, failures=(), aside=())
            return DeskState(found, (), operator=self._operator)
        return DeskState(
            found, tuple(watchers(self._index.folder)), tuple(self.inbox.aside()), operator=self._operator
        )

    def outdated(self) -> Outdated:
        """What answers use of records that older rules than today's read; takes longer than `state`. Nothing for who
        may not see every record: it names files.
        """
        return find_outdated(self._index.catalog) if self.sees_all() else Outdated(0)

    def _sweep(self, age: float = 0.0) -> bool:
        """Withdraws what is not being taken in; False, and nothing, while it cannot be told which batch a job was to
        take in.
        """
        if any(job.damaged and job.kind == "inbox" for job in all_jobs(self._index.catalog)):
            return False
        self.inbox.sweep(keep=self._under_way(), age=age)
        return True

    def _under_way(self) -> set[str]:
        waiting = (job for job in unfinished(self._index.catalog) if not job.damaged)
        return {job.arguments["batch"] for job in waiting if job.kind == "inbox"}


_TELLING = ("inbox", "ingest")  # jobs of which it is told that they go on, to who may not see every record


def _unnamed(job: Job) -> Job:
    """A job without a word of what it is about or what came of it."""
    arguments = job.arguments
    files = len(arguments.get("names", ()) or arguments.get("paths", ()))
    progress = replace(job.progress, file="") if job.progress else None
    return replace(job, arguments={"files": files}, progress=progress, result=None)


def to_take(report: Report) -> Sequence[Outcome]:
    """The files of a plan that would be taken in."""
    return report.of(*TAKEN)
