"""The clerk's desk: what was handed in, what it would change, having it done, and what is going on besides."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.care import IndexStatus, status_of
from ingest.inbox import Inbox
from ingest.index import OwnedIndex
from ingest.jobs import Job, cancel_job, job_of, put_job, unfinished
from ingest.outcomes import Outcome, Report, Status
from ingest.outdated import Outdated, find_outdated
from ingest.pipeline import Progress, plan
from ingest.watchers import Watcher, watchers

TAKEN = (
    Status.ADDED,
    Status.AMENDED,
    Status.REREAD,
    Status.MOVED,
)  # what a plan must say of a file for it to be taken in


@dataclass(frozen=True, slots=True)
class DeskState:
    """What goes on at an index: its jobs and failures, and the processes that watch folders for it."""

    index: IndexStatus
    watchers: tuple[Watcher, ...]


class Desk:
    """Where clerks hand files in, in the process that owns the index. Each batch is one person's; safe for many."""

    def __init__(self, index: OwnedIndex) -> None:
        self._index = index
        self.inbox = Inbox(index.folder)
        self.inbox.sweep(keep=self._under_way())

    def plan(self, batch: str, progress: Progress | None = None) -> Report:
        """What taking the batch in would do, without doing any of it. Raises IngestError."""
        arrivals = self.inbox.arrivals(batch)
        return plan(arrivals, self._index.catalog, progress, arrivals=arrivals)

    def take_in(self, batch: str, report: Report) -> int:
        """Has what the plan would add, change or move taken in, after the jobs that wait; the number of the job."""
        names = [outcome.path.name for outcome in to_take(report)]
        return put_job(self._index.catalog, "inbox", {"batch": batch, "names": names})

    def job(self, number: int) -> Job | None:
        """A job as it stands."""
        return job_of(self._index.catalog, number)

    def cancel(self, number: int) -> None:
        """Ends a job after what it is storing at the moment; what is not in by then stays out."""
        job = self.job(number)
        if cancel_job(self._index.catalog, number) and job:
            self.inbox.withdraw(job.arguments["batch"])

    def withdraw(self, batch: str) -> None:
        """Forgets a batch that is not being taken in."""
        if batch not in self._under_way():
            self.inbox.withdraw(batch)

    def state(self) -> DeskState:
        """What goes on at the moment."""
        return DeskState(
            status_of(self._index.catalog, self._index.folder), tuple(watchers(self._index.folder))
        )

    def outdated(self) -> Outdated:
        """What answers use of records that older rules than today's read; takes longer than `state`."""
        return find_outdated(self._index.catalog)

    def _under_way(self) -> set[str]:
        return {job.arguments["batch"] for job in unfinished(self._index.catalog) if job.kind == "inbox"}


def to_take(report: Report) -> Sequence[Outcome]:
    """The files of a plan that would be taken in."""
    return report.of(*TAKEN)
