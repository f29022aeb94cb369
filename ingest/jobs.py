"""Work that other processes ask the owner of an index to do: rows of the catalog's `jobs`, taken one by one.

Whoever finds the index owned writes a job and waits. An owner with a `JobWorker` does it and keeps its progress
in the row; when the owner ends first, the one that waits takes the index and does its job itself.
"""

import json
import logging
import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ingest.catalog import Catalog, open_existing
from ingest.decide import WAITS
from ingest.doctor import examine_owned
from ingest.errors import IndexBusy, IngestError
from ingest.history import rollback
from ingest.inbox import Inbox
from ingest.index import OwnedIndex
from ingest.outcomes import Outcome, Report, Status
from ingest.overrides import state_readers
from ingest.pipeline import ingest, list_files, narrowed
from ingest.purge import purge
from ingest.records import PUBLIC
from ingest.recut import is_recut, recut
from ingest.reindex import reindex
from ingest.remembered import made_with, offer
from ingest.sight import sees_all
from ingest.tables import files, jobs

log = logging.getLogger(__name__)

_POLL = 0.15  # seconds between two looks at the table
_KEPT = 50  # jobs that are over and kept for `status`
_OVER = ("done", "failed", "cancelled")
_TOLD = 0.3  # seconds between two notes of progress
_MOST_ATTEMPTS = 2  # times a job is taken up; who ended in the middle of it twice is not to end a third time


@dataclass(frozen=True, slots=True)
class Advance:
    """How far a job is; `left` is the seconds it may still take, None while that cannot be told.

    done, total   of what `unit` says: files, records while they are cut again, or passages while they are encoded anew
    characters    of text that went in so far, `rate` of them a second
    """

    done: int
    total: int
    characters: int = 0
    rate: float = 0.0
    left: float | None = None
    file: str = ""
    unit: str = "file"

    def __str__(self) -> str:
        if self.unit != "file":
            return f"{self.done} of {self.total} {self.unit}s"
        left = f", {self.left:.0f} s left" if self.left is not None else ""
        return f"{self.done} of {self.total} files, {self.rate:,.0f} characters a second{left}"


@dataclass(frozen=True, slots=True)
class Job:
    """A row of the table; `result` is what was done, or the sentence that says why not.

    attempts  how often it was taken up by a process that then ended without putting it back
    damaged   its row cannot be read any more: it is not done, and `result` says so
    """

    id: int
    kind: str
    arguments: dict[str, Any]
    state: str
    asker: int
    asked: str
    progress: Advance | None
    result: Any
    attempts: int = 0
    damaged: bool = False

    @property
    def over(self) -> bool:
        return self.state in _OVER

    @property
    def set_aside(self) -> bool:
        """Whether those who did it ended so often in the middle of it that nobody is to do it again."""
        return self.attempts >= _MOST_ATTEMPTS


class JobFailed(IngestError):
    """The owner of the index could not do a job; the text is what it said."""


class JobSetAside(JobFailed):
    """Those who did a job ended in the middle of it, twice: nobody is to do it as it is."""


Told = Callable[[Advance], None]
Stopped = Callable[[], bool]


def never() -> bool:
    return False


# What can be asked for ----------------------------------------------------------------------------------------


def perform(
    kind: str, arguments: dict[str, Any], index: OwnedIndex, told: Told, stopped: Stopped = never
) -> Any:
    """Does one job on an index this process owns; what came of it, as JSON knows it. Raises IngestError."""
    return _KINDS[kind](arguments, index, told, stopped)


def _ingest(arguments: dict[str, Any], index: OwnedIndex, told: Told, stopped: Stopped) -> Any:
    _recut({}, index, told, stopped)
    paths = [Path(path) for path in arguments["paths"]]
    clock = _Clock({path: path for path in list_files(paths)}, told)
    prune, force = arguments["prune"], arguments["force"]
    return ingest(paths, index, clock.tick, prune=prune, force=force, stopped=stopped).to_json()


def _take_in(arguments: dict[str, Any], index: OwnedIndex, told: Told, stopped: Stopped) -> Any:
    """Takes in files of a batch that was handed in; each is moved to where it stays once it is in.

    What was moved before a crash is found there and is unchanged; what was stored and not moved is moved then.

    access     the groups of who handed it in; None: it is taken in by who owns the folder
    may_lower  whether it may add readers to a record

    Who may not see every record has all of it put aside, whatever it is. Were only that put aside which is a version of
    a record they may not see, then what is put aside, or does not come to be seen, would tell them of that record.
    """
    _recut({}, index, told, stopped)
    inbox, names = Inbox(index.folder), arguments["names"]
    with index.writing:  # nothing comes in between asking who may see what there is and taking in
        with index.catalog.read() as connection:
            seen = sees_all(connection, arguments.get("access", (PUBLIC,)))
        if seen:
            return _take_in_seen(arguments, inbox, index, told, stopped)
        inbox.put_aside(arguments["batch"], names)
    told(Advance(len(names), len(names)))
    return Report(tuple(Outcome(inbox.home(name), Status.ASIDE, notes=(WAITS,)) for name in names)).to_json()


def _take_in_seen(
    arguments: dict[str, Any], inbox: Inbox, index: OwnedIndex, told: Told, stopped: Stopped
) -> Any:
    arrivals = {inbox.waiting(arguments["batch"], name): inbox.home(name) for name in arguments["names"]}
    waiting = {home: path for path, home in arrivals.items()}
    clock = _Clock(waiting, told)

    def settle(outcome: Outcome) -> None:
        path = waiting[outcome.path]
        if outcome.status is Status.ASIDE:
            inbox.put_aside(arguments["batch"], [path.name])
        elif (
            outcome.status not in (Status.FAILED, Status.HELD, Status.REFUSED)
            and path.exists()
            and _is_known(index.catalog, outcome.path)
        ):
            os.replace(path, outcome.path)
        clock.tick(outcome)

    access, may_lower = arguments.get("access", (PUBLIC,)), bool(arguments.get("may_lower"))
    here = {path: home for path, home in arrivals.items() if path.exists()}
    if not may_lower:  # what is stated there holds when the inbox is read again, into a new index too
        for home, readers in narrowed(here, index.catalog).items():
            state_readers(home, readers)
    paths = [path if path in here else home for path, home in arrivals.items()]
    done = ingest(
        paths, index, settle, arrivals=arrivals, access=access, may_lower=may_lower, stopped=stopped
    )
    if access is not None:  # what was encoded before may stand in an older version that they may not read
        done = Report(tuple(replace(outcome, encoded=0) for outcome in done.outcomes))
    return done.to_json()


def _is_known(catalog: Catalog, path: Path) -> bool:
    """Whether a file of this path is one that the index was told of."""
    with catalog.read() as connection:
        return connection.scalar(sa.select(files.c.path).where(files.c.path == str(path))) is not None


def _clear(arguments: dict[str, Any], index: OwnedIndex) -> None:
    """Leaves nothing of a batch behind that was not taken in."""
    Inbox(index.folder).withdraw(arguments["batch"])


def _rollback(arguments: dict[str, Any], index: OwnedIndex, told: Told, stopped: Stopped) -> Any:
    widen = arguments.get("widen", False)  # a job that an older Minutebook asked for says nothing of it
    return rollback(index, arguments["record"], arguments["to"], widen=widen).to_json()


def _purge(arguments: dict[str, Any], index: OwnedIndex, told: Told, stopped: Stopped) -> Any:
    return purge(index, arguments["record"]).to_json()


def _recut(arguments: dict[str, Any], index: OwnedIndex, told: Told, stopped: Stopped) -> Any:
    return recut(index, lambda done, total: told(Advance(done, total, unit="record")), stopped)


def _reindex(arguments: dict[str, Any], index: OwnedIndex, told: Told, stopped: Stopped) -> Any:
    """Encodes the index with the encoder that is offered for it; where none is, it has that already."""
    made = made_with(index.catalog)
    encoder = offer(made) if made else None
    if encoder is None:
        return 0
    return reindex(
        index,
        lambda done, total: told(Advance(done, total, unit="passage")),
        encoder=encoder,
        stopped=stopped,
    )


def _examine(arguments: dict[str, Any], index: OwnedIndex, told: Told, stopped: Stopped) -> Any:
    return examine_owned(index).to_json()


_KINDS = {
    "ingest": _ingest,
    "inbox": _take_in,
    "rollback": _rollback,
    "purge": _purge,
    "doctor": _examine,
    "recut": _recut,
    "reindex": _reindex,
}
_AFTER = {"inbox": _clear}  # what is done when a job of a kind is over, whatever came of it


class _Clock:
    """Counts files and characters, and tells how long the rest may take, going by the size of the files."""

    def __init__(self, places: Mapping[Path, Path], told: Told) -> None:
        """`places` says where the content of each file lies."""
        self._sizes = {path: _size(place) for path, place in places.items()}
        self._whole = sum(self._sizes.values())
        self._told = told
        self._begun = time.monotonic()
        self._past = self._done = self._characters = 0

    def tick(self, outcome: Outcome) -> None:
        self._done += 1
        self._characters += outcome.characters
        self._past += self._sizes.get(outcome.path, 0)
        seconds = time.monotonic() - self._begun
        left = seconds * (self._whole - self._past) / self._past if self._past else None
        rate = self._characters / seconds if seconds else 0.0
        total = max(self._done, len(self._sizes))
        self._told(Advance(self._done, total, self._characters, rate, left, outcome.path.name))


def _size(path: Path) -> int:
    try:
        return os.lstat(path).st_size
    except OSError:
        return 0


# The table ----------------------------------------------------------------------------------------------------


def put_job(catalog: Catalog, kind: str, arguments: dict[str, Any]) -> int:
    """Asks the owner for something; the number of the job."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    row = {
        "kind": kind,
        "arguments": json.dumps(arguments),
        "state": "queued",
        "asker": os.getpid(),
        "asked": now,
    }
    with catalog.write() as connection:
        over = sa.select(jobs.c.id).where(jobs.c.state.in_(_OVER))
        kept = over.order_by(jobs.c.id.desc()).limit(_KEPT)
        connection.execute(jobs.delete().where(jobs.c.id.in_(over), jobs.c.id.not_in(kept)))
        return int(connection.execute(jobs.insert().values(row).returning(jobs.c.id)).scalar_one())


def job_of(catalog: Catalog, number: int) -> Job | None:
    with catalog.read() as connection:
        row = connection.execute(sa.select(jobs).where(jobs.c.id == number)).one_or_none()
    return _job(row) if row else None


def all_jobs(catalog: Catalog) -> list[Job]:
    """The jobs that wait or are being done, and the last that are over, oldest first."""
    with catalog.read() as connection:
        return [_job(row) for row in connection.execute(sa.select(jobs).order_by(jobs.c.id))]


def unfinished(catalog: Catalog) -> list[Job]:
    """The jobs that wait or are being done."""
    return [job for job in all_jobs(catalog) if not job.over]


def cancel_job(catalog: Catalog, number: int) -> bool:
    """Has a job not done, or ended between two batches; whether it had not begun. One that is over stays as it is."""
    waited = _update(catalog, number, "queued", state="cancelled")
    if not waited:
        _update(catalog, number, "running", state="cancelled")
    return waited


_STATES = ("queued", "running", *_OVER)
_ASKED: Mapping[str, Mapping[str, type]] = {  # what each kind of job is asked with at least
    "ingest": {"paths": list},
    "inbox": {"batch": str, "names": list},
    "rollback": {"record": str},
    "purge": {"record": str},
    "doctor": {},
    "recut": {},
    "reindex": {},
}


def _job(row: Any) -> Job:
    """The job in a row; one that cannot be read has failed, and says so: what it asked for is not known any more."""
    try:
        progress = Advance(**json.loads(row.progress)) if row.progress else None
        result = json.loads(row.result) if row.result else None
        arguments = json.loads(row.arguments)
        attempts = int(row.attempts)
        sound = (
            _is_asked(row.kind, arguments)
            and row.state in _STATES
            and (row.result is not None or row.state != "done")
        )
    except (ValueError, TypeError, RecursionError):
        sound = False
    if sound:
        return Job(row.id, row.kind, arguments, row.state, row.asker, row.asked, progress, result, attempts)
    said = f"What is stored of job {row.id} is damaged, so what it asked for is not done. Ask for it again."
    state = "failed" if row.state in _OVER else "queued"
    return Job(row.id, str(row.kind), {}, state, 0, str(row.asked), None, said, damaged=True)


def _is_asked(kind: object, arguments: object) -> bool:
    """Whether a job can be done as it is asked for."""
    if not isinstance(arguments, dict) or kind not in _ASKED:
        return False
    lists = (arguments.get(name, []) for name in ("paths", "names"))
    return all(isinstance(one, list) and all(isinstance(part, str) for part in one) for one in lists) and all(
        isinstance(arguments.get(name), form) for name, form in _ASKED[str(kind)].items()
    )


def _update(catalog: Catalog, number: int, *states: str, **values: Any) -> bool:
    """Changes a job that is in one of `states`; whether it was."""
    change = jobs.update().where(jobs.c.id == number, jobs.c.state.in_(states)).values(**values)
    with catalog.write() as connection:
        return bool(connection.execute(change).rowcount)


def requeue(catalog: Catalog) -> None:
    """What an owner that ended was doing waits again; to be called by a new owner."""
    with catalog.read() as connection:
        left = connection.scalars(sa.select(jobs.c.id).where(jobs.c.state == "running")).all()
    for number in left:
        _update(catalog, number, "running", state="queued", progress=None)


def run_job(number: int, index: OwnedIndex, told: Told, stopped: Stopped = never) -> None:
    """Does a waiting job and writes down what came of it; one that was stopped waits again.

    One in the middle of which the process ended as often as is borne is set aside: it fails, and is not done.
    """
    catalog = index.catalog
    job = job_of(catalog, number)
    if job is None:
        return
    if job.damaged:
        change = {"state": "failed", "progress": None, "result": json.dumps(job.result)}
        with catalog.write() as connection:  # whatever state it says it is in
            connection.execute(jobs.update().where(jobs.c.id == number).values(change))
        return
    if job.set_aside:
        _update(catalog, number, "queued", state="failed", result=json.dumps(_set_aside(job)))
        _tidy(job, index)
        return
    if not _update(catalog, number, "queued", state="running", attempts=job.attempts + 1):
        return
    last, far = 0.0, Advance(0, 0)

    def note(advance: Advance) -> None:
        nonlocal last, far
        told(far := advance)
        if time.monotonic() - last >= _TOLD:
            last = time.monotonic()
            _update(catalog, number, "running", progress=json.dumps(asdict(advance)))

    def over() -> bool:
        return stopped() or (now := job_of(catalog, number)) is None or now.state != "running"

    try:
        said = {"result": json.dumps(perform(job.kind, job.arguments, index, note, over))}
    except IngestError as error:
        state, said = "failed", {"result": json.dumps(str(error))}
    else:
        if stopped():  # an end that was asked for says nothing against the job
            _update(catalog, number, "running", state="queued", progress=None, attempts=job.attempts)
            return
        state, said = "done", said | {"progress": json.dumps(asdict(far))}
    _tidy(job, index)  # before it is said to be over; done again after a crash, it finds nothing to do
    _update(catalog, number, "cancelled", **said)
    _update(catalog, number, "running", state=state, **said)


def _set_aside(job: Job) -> str:
    """What is said of a job that is not done any more."""
    names = [Path(path).name for path in (*job.arguments.get("paths", ()), *job.arguments.get("names", ()))]
    of = f" ({', '.join(names[:3])}{', ...' if len(names) > 3 else ''})" if names else ""
    return (
        f"The process that did this {job.kind} job{of} ended in the middle of it {job.attempts} times, so it is set "
        "aside. Look into the log of that process and at its memory, then ask again, for fewer files at a time."
    )


def _tidy(job: Job, index: OwnedIndex) -> None:
    """What is to be done once a job is over."""
    if after := _AFTER.get(job.kind):
        after(job.arguments, index)


# The owner's side ----------------------------------------------------------------------------------------------


class JobWorker:
    """A thread of the owner that does jobs as they come, until it is stopped."""

    def __init__(self, index: OwnedIndex) -> None:
        self._index = index
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> "JobWorker":
        catalog = self._index.catalog
        requeue(catalog)
        recuts = [job for job in all_jobs(catalog) if job.kind == "recut"]
        going = any(not job.over or (job.state == "failed" and job.set_aside) for job in recuts)
        if not is_recut(catalog) and not going:
            put_job(catalog, "recut", {})
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends once what is being stored is; a job that was cut short waits for whoever comes next."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(_POLL):
            try:
                self._next()
            except IngestError as error:  # a full disk, say: the job waits, and so do we
                log.warning("jobs cannot be taken just now: %s", error)
                self._stopped.wait(1.0)
            except Exception:
                log.exception("a job failed")

    def _next(self) -> None:
        with self._index.catalog.read() as connection:
            waits = jobs.c.state.not_in(("running", *_OVER))  # also one whose state is damaged: it is to end
            number = connection.scalar(sa.select(sa.func.min(jobs.c.id)).where(waits))
        if number is None:
            return
        try:
            run_job(number, self._index, lambda _: None, self._stopped.is_set)
        except Exception as error:
            result = json.dumps(
                f"The owner of the index failed ({type(error).__name__}); its log has the rest."
            )
            _update(self._index.catalog, number, "queued", "running", state="failed", result=result)
            if job := job_of(self._index.catalog, number):
                _tidy(job, self._index)
            raise


# The asker's side ----------------------------------------------------------------------------------------------


def do(
    folder: Path,
    open_index: Callable[[], OwnedIndex],
    kind: str,
    arguments: dict[str, Any],
    *,
    told: Told = lambda _: None,
    busy: Callable[[IndexBusy], None] = lambda _: None,
    wait: float | None = None,
) -> Any:
    """Does a job: here if nobody owns the index, else through its owner, whose progress is told here.

    What came of it is given as JSON knows it, since it may come out of the table.

    open_index  opens it for writing, without waiting
    busy        is told once who owns it
    wait        seconds after which the job is taken back and IndexBusy raised; None: as long as it takes

    Raises IngestError: what `open_index` raises, or JobFailed with what the owner said.
    """
    try:
        with open_index() as index:
            return perform(kind, arguments, index, told)
    except IndexBusy as owned:
        problem = owned
    if wait == 0:
        raise problem
    busy(problem)
    with open_existing(folder) as catalog:
        number = put_job(catalog, kind, arguments)
        try:
            return _awaited(catalog, number, open_index, told, wait)
        except BaseException:
            cancel_job(catalog, number)
            raise


def _awaited(
    catalog: Catalog, number: int, open_index: Callable[[], OwnedIndex], told: Told, wait: float | None
) -> Any:
    deadline = None if wait is None else time.monotonic() + wait
    while (job := job_of(catalog, number)) is not None and not job.over:
        if job.progress:
            told(job.progress)
        try:
            with open_index() as index:  # the owner ended
                requeue(catalog)
                run_job(number, index, told)
                continue
        except IndexBusy:
            if deadline is not None and time.monotonic() >= deadline:
                raise
        time.sleep(_POLL)
    if job and job.progress:
        told(job.progress)
    if job is None or job.state != "done":
        kind = JobSetAside if job and job.state == "failed" and job.set_aside else JobFailed
        raise kind(str(job.result) if job and job.result else "The job was cancelled.")
    return job.result
