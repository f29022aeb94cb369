"""Files that clerks hand in: what is not taken, what a plan says, what is in afterwards, and what is left behind."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest import jobs, pipeline, seals
from ingest.desk import Desk, to_take
from ingest.inbox import MOST_FILES, ArrivalRefused, Inbox, safe_name
from ingest.index import OwnedIndex
from ingest.jobs import Job, JobWorker
from ingest.outcomes import ItemChange, Outcome, Report, Status
from ingest.outdated import Outdated
from ingest.pipeline import ingest
from ingest.purge import purge
from ingest.watchers import announced, watchers
from tests.ingest.conftest import ITEMS, active_text, assert_stores_agree, visible

Minutes = Callable[..., Path]
AMENDED = ITEMS | {"Bus_lanes": "The meeting approved the bus lanes on Mill Road for two years."}


@pytest.fixture
def desk(index: OwnedIndex) -> Iterator[Desk]:
    """The desk of an owner that does jobs."""
    worker = JobWorker(index).start()
    yield Desk(index)
    worker.stop()


def hand_in(desk: Desk, *files: Path, batch: str = "") -> str:
    """Hands in copies of files, as the chat does."""
    batch = batch or desk.inbox.begin()
    for file in files:
        with desk.inbox.arrival(batch, file.name) as arrival:
            arrival.write(file.read_bytes())
    return batch


def done(desk: Desk, number: int) -> Job:
    while not (job := desk.job(number)) or not job.over:
        time.sleep(0.02)
    return job


def take_in(desk: Desk, *files: Path) -> Report:
    batch = hand_in(desk, *files)
    job = done(desk, desk.take_in(batch, desk.plan(batch)))
    assert job.state == "done", job
    return Report.from_json(job.result)


def told(report: Report) -> dict[str, Status]:
    return {outcome.path.name: outcome.status for outcome in report.outcomes}


def lying(desk: Desk) -> set[str]:
    """Every file in the inbox, batches and parts too."""
    root = desk.inbox.folder
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def batches(desk: Desk) -> list[str]:
    return os.listdir(desk.inbox.folder / ".arriving")


# What is taken ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        ("2024-03-15.md", "2024-03-15.md"),
        ("会议纪要.docx", "会议纪要.docx"),
        ("../../../etc/minutes.txt", "minutes.txt"),
        ("C:\\Users\\clerk\\minutes.txt", "minutes.txt"),
        ("minu\u202etes\n\x00.txt", "minutes.txt"),
        ("cafe\u0301.md", "café.md"),
        ("会" * 200 + ".md", "会" * 65 + ".md"),
    ],
)
def test_names_are_made_safe(name: str, fit: str) -> None:
    assert safe_name(name) == fit
    assert len(safe_name(name).encode()) <= 200


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sums.xlsx", "Spreadsheets are not read; save the sheet as PDF or text."),
        ("setup.exe", "files are not read; save it as one of"),
        ("minutes", "no suffix"),
        (".hidden.md", "hidden or lock file"),
        ("~$minutes.docx", "hidden or lock file"),
        ("", "no suffix"),
        ("meetings.toml.txt", "states who may read the files beside it"),
        ("x/Meeting.TML.txt", "states who may read the files beside it"),
        ("meetings.toml .txt", "states who may read the files beside it"),
        ("..", "hidden or lock file"),
    ],
)
def test_what_is_no_record_is_refused_with_its_sentence(tmp_path: Path, name: str, said: str) -> None:
    inbox = Inbox(tmp_path)
    batch = inbox.begin()
    with pytest.raises(ArrivalRefused, match=said), inbox.arrival(batch, name):
        raise AssertionError("it was taken")
    assert inbox.arrivals(batch) == {}


def test_a_file_that_is_too_large_or_breaks_off_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = Inbox(tmp_path)
    batch = inbox.begin()
    with pytest.raises(ArrivalRefused, match="larger than 64 MB"), inbox.arrival(batch, "a.md") as arrival:
        for _ in range(65):
            arrival.write(b" " * 1024 * 1024)
    with pytest.raises(ConnectionError), inbox.arrival(batch, "b.md") as arrival:
        arrival.write(b"half")
        raise ConnectionError
    monkeypatch.setattr("ingest.inbox.MOST_BYTES", 10)
    with pytest.raises(ArrivalRefused, match="at a time"), inbox.arrival(batch, "c.md") as arrival:
        arrival.write(b"eleven bytes")
    assert [path for path in inbox.folder.rglob("*") if path.is_file()] == []


def test_a_batch_holds_each_name_once_and_not_too_many(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    batch, other = inbox.begin(), inbox.begin()
    for number in range(MOST_FILES):
        with inbox.arrival(batch, f"{number}.md"):
            pass
    for name, said in (("7.md", "Two files of this name"), ("more.md", f"{MOST_FILES} files")):
        with pytest.raises(ArrivalRefused, match=said), inbox.arrival(batch, name):
            raise AssertionError("it was taken")
    with inbox.arrival(other, "7.md"):
        pass
    assert len(inbox.arrivals(other)) == 1


@pytest.mark.parametrize("batch", ["", "..", "../../etc", "f" * 32, "F" * 32])
def test_a_batch_that_is_none_is_refused(tmp_path: Path, batch: str) -> None:
    inbox = Inbox(tmp_path)
    inbox.begin()
    with pytest.raises(ArrivalRefused, match="hand them in again"), inbox.arrival(batch, "a.md"):
        raise AssertionError("it was taken")
    inbox.withdraw(batch)
    assert len(os.listdir(inbox.folder / ".arriving")) == 1


def test_only_their_owner_may_look_into_what_arrives(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    batch = inbox.begin()
    with inbox.arrival(batch, "a.md") as arrival:
        arrival.write(b"x")
    for path in (inbox.folder, *inbox.folder.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


# Plan, confirm, report ---------------------------------------------------------------------------------------


def test_what_is_handed_in_is_planned_then_taken_in_and_stays(
    desk: Desk, minutes: Minutes, index: OwnedIndex
) -> None:
    batch = hand_in(desk, minutes("12.md"), minutes("13.md", session="13th", day="2 May 2024"))
    report = desk.plan(batch)
    assert told(report) == {"12.md": Status.ADDED, "13.md": Status.ADDED}
    assert visible(index) == []
    assert done(desk, desk.take_in(batch, report)).state == "done"
    assert {row[0] for row in visible(index)} == {str(desk.inbox.home(name)) for name in ("12.md", "13.md")}
    assert lying(desk) == {"12.md", "13.md"} and batches(desk) == []
    assert told(ingest([desk.inbox.folder], index)) == dict.fromkeys(("12.md", "13.md"), Status.UNCHANGED)
    assert_stores_agree(index)


def test_an_amended_file_of_the_same_name_is_the_next_version(
    desk: Desk, minutes: Minutes, index: OwnedIndex
) -> None:
    (first,) = take_in(desk, minutes("12.md")).outcomes
    (amended,) = take_in(desk, minutes("12.md", **AMENDED)).outcomes
    assert (amended.status, amended.record_id) == (Status.AMENDED, first.record_id)
    assert amended.items == (ItemChange("changed", "Bus lanes"),)
    assert "two years" in active_text(index, first.record_id)
    assert "two years" in desk.inbox.home("12.md").read_text()
    assert_stores_agree(index)


def test_it_amends_a_record_that_came_from_another_folder_and_stays_amended(
    desk: Desk, minutes: Minutes, index: OwnedIndex
) -> None:
    original = minutes("12.md")
    (first,) = ingest([original], index).outcomes
    (report,) = take_in(desk, minutes("amended/12.md", **AMENDED)).outcomes
    assert (report.status, report.record_id) == (Status.AMENDED, first.record_id)
    assert told(ingest([original, desk.inbox.folder], index)) == {"12.md": Status.UNCHANGED}
    assert "two years" in active_text(index, first.record_id)
    assert len({row[0] for row in visible(index)}) == 1


def test_one_of_another_name_that_says_nearly_the_same_of_the_same_meeting_amends_it_too(
    desk: Desk, minutes: Minutes, index: OwnedIndex
) -> None:
    long = ITEMS | {
        f"Item_{n}": f"The meeting heard report number {n} on the {n}th street." for n in range(30)
    }
    (first,) = ingest([minutes("12.md", **long)], index).outcomes
    (report,) = take_in(desk, minutes("final/minutes final.md", **long | {"Trees": "Ten trees."})).outcomes
    assert (report.status, report.record_id) == (Status.AMENDED, first.record_id)


def test_a_file_of_the_same_name_of_another_meeting_is_another_record(
    desk: Desk, minutes: Minutes, index: OwnedIndex
) -> None:
    (first,) = ingest([minutes("12.md")], index).outcomes
    other = minutes("may/12.md", session="13th", day="2 May 2024", Trees="Ten lime trees were planted.")
    (report,) = take_in(desk, other).outcomes
    assert report.status is Status.ADDED and report.record_id != first.record_id


def test_what_is_there_already_is_unchanged_and_kept_once(
    desk: Desk, minutes: Minutes, index: OwnedIndex
) -> None:
    ingest([minutes("12.md")], index)
    batch = hand_in(desk, minutes("12.md"), minutes("copy/12 copy.md"))
    report = desk.plan(batch)
    assert set(told(report).values()) == {Status.UNCHANGED} and not to_take(report)
    desk.withdraw(batch)
    assert lying(desk) == set() and batches(desk) == []


def test_what_cannot_be_read_or_is_an_older_draft_is_said_with_the_plan_and_stays_out(
    desk: Desk, minutes: Minutes, index: OwnedIndex, tmp_path: Path
) -> None:
    ingest([minutes("approved.md", status="approved")], index)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing else")
    draft, fine = minutes("draft.md", status="draft"), minutes("ok.md", session="13th", day="2 May 2024")
    batch = hand_in(desk, tmp_path / "broken.pdf", draft, fine)
    report = desk.plan(batch)
    assert told(report) == {"broken.pdf": Status.FAILED, "draft.md": Status.REFUSED, "ok.md": Status.ADDED}
    assert all(
        outcome.notes[0].endswith(".") for outcome in report.outcomes if outcome not in to_take(report)
    )
    job = done(desk, desk.take_in(batch, report))
    assert told(Report.from_json(job.result)) == {"ok.md": Status.ADDED}
    assert lying(desk) == {"ok.md"} and batches(desk) == []


def test_the_plan_says_what_taking_in_does(desk: Desk, minutes: Minutes) -> None:
    take_in(desk, minutes("12.md"))
    batch = hand_in(desk, minutes("12.md", **AMENDED), minutes("13.md", session="13th", day="2 May 2024"))
    report = desk.plan(batch)
    result = Report.from_json(done(desk, desk.take_in(batch, report)).result)
    said = lambda outcome: (outcome.path, outcome.status, outcome.record_id, outcome.items)  # noqa: E731
    assert list(map(said, report.outcomes)) == list(map(said, result.outcomes))


# Many at once, and what goes wrong -------------------------------------------------------------------------------


def test_two_clerks_at_once_do_not_mix(desk: Desk, minutes: Minutes, index: OwnedIndex) -> None:
    one = hand_in(desk, minutes("12.md"))
    other = hand_in(desk, minutes("12.md", **AMENDED))
    plans = desk.plan(one), desk.plan(other)
    assert [told(report) for report in plans] == [{"12.md": Status.ADDED}] * 2
    first, second = desk.take_in(one, plans[0]), desk.take_in(other, plans[1])
    assert told(Report.from_json(done(desk, first).result)) == {"12.md": Status.ADDED}
    (amended,) = Report.from_json(done(desk, second).result).outcomes
    assert amended.status is Status.AMENDED  # it came after the other: the report says so
    assert "two years" in active_text(index, amended.record_id) and lying(desk) == {"12.md"}


def test_withdrawing_leaves_nothing_behind(desk: Desk, minutes: Minutes, index: OwnedIndex) -> None:
    batch = hand_in(desk, minutes("12.md"))
    desk.plan(batch)
    desk.withdraw(batch)
    assert lying(desk) == set() and batches(desk) == [] and visible(index) == []
    with pytest.raises(ArrivalRefused, match="withdrawn"):
        desk.plan(batch)


def test_a_job_that_is_cancelled_keeps_what_is_in_and_leaves_nothing_else(
    desk: Desk, minutes: Minutes, index: OwnedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "BATCH_FILES", 1)
    files = [minutes(f"{n}.md", session=f"{n}th", day=f"{n} March 2024") for n in range(1, 5)]
    store = pipeline._store

    def store_and_cancel(batch: object, index: OwnedIndex) -> list[Outcome]:
        stored = store(batch, index)  # type: ignore[arg-type]
        desk.cancel(number)
        return stored

    monkeypatch.setattr(pipeline, "_store", store_and_cancel)
    batch = hand_in(desk, *files)
    report = desk.plan(batch)
    with index.writing:  # the job waits until its number is known
        number = desk.take_in(batch, report)
        time.sleep(0.4)
    job = done(desk, number)
    while batches(desk):
        time.sleep(0.02)
    assert job.state == "cancelled"
    assert lying(desk) == {"1.md"} and {Path(row[0]).name for row in visible(index)} == {"1.md"}
    assert_stores_agree(index)


def test_a_job_that_had_not_begun_leaves_nothing(index: OwnedIndex, minutes: Minutes) -> None:
    desk = Desk(index)  # nobody does jobs
    batch = hand_in(desk, minutes("12.md"))
    desk.cancel(desk.take_in(batch, desk.plan(batch)))
    assert lying(desk) == set() and batches(desk) == []


@pytest.mark.parametrize("moved", [False, True], ids=["stored", "moved"])
def test_what_a_crash_cut_short_is_finished_by_the_next_owner(
    index: OwnedIndex, minutes: Minutes, monkeypatch: pytest.MonkeyPatch, moved: bool
) -> None:
    desk = Desk(index)
    batch = hand_in(desk, minutes("12.md"), minutes("13.md", session="13th", day="2 May 2024"))
    number = desk.take_in(batch, desk.plan(batch))
    monkeypatch.setattr(pipeline, "BATCH_FILES", 1)
    replace = os.replace

    def die(*arguments: str) -> None:
        if moved:
            replace(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(os, "replace", die)
        jobs.run_job(number, index, lambda _: None)
    assert lying(desk) != {"12.md", "13.md"}
    Desk(index)  # what is under way is not swept
    worker = JobWorker(index).start()
    result = Report.from_json(done(desk, number).result)
    worker.stop()
    assert told(result) == {"12.md": Status.UNCHANGED, "13.md": Status.ADDED}
    assert lying(desk) == {"12.md", "13.md"}
    assert_stores_agree(index)


def test_what_was_left_by_an_owner_that_ended_is_swept(index: OwnedIndex, minutes: Minutes) -> None:
    hand_in(Desk(index), minutes("12.md"))
    assert lying(Desk(index)) == set()


def test_of_a_purged_record_nothing_is_left_in_the_inbox(
    desk: Desk, minutes: Minutes, index: OwnedIndex
) -> None:
    take_in(desk, minutes("12.md"), minutes("13.md", session="13th", day="2 May 2024"))
    purge(index, str(desk.inbox.home("12.md")))
    assert lying(desk) == {"13.md"}


# What goes on besides -----------------------------------------------------------------------------------------


def test_the_state_names_jobs_failures_and_who_watches(
    desk: Desk, index: OwnedIndex, tmp_path: Path, minutes: Minutes
) -> None:
    (tmp_path / "bad.md").write_bytes(b"")
    ingest([tmp_path / "bad.md"], index)
    take_in(desk, minutes("12.md"))
    with announced(index.folder, [tmp_path / "minutes"]):
        state = desk.state()
    assert [job.kind for job in state.index.jobs][-1] == "inbox"
    assert [Path(path).name for path, *_ in state.index.failures] == ["bad.md"]
    (watcher,) = state.watchers
    assert (watcher.process, watcher.paths) == (os.getpid(), (str(tmp_path / "minutes"),))
    assert desk.state().watchers == ()


def test_a_process_that_was_killed_watches_no_more(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from ingest.watchers import announced\n"
        "with announced(Path(sys.argv[1]), [Path('minutes')]):\n"
        "    print('watching', flush=True); time.sleep(60)"
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", code, tmp_path], cwd=root, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stdout.readline()
        assert [watcher.process for watcher in watchers(tmp_path)] == [process.pid]
        process.kill()
    assert list(watchers(tmp_path)) == [] and os.listdir(tmp_path / "watching") == []


def test_the_same_file_handed_in_again_has_what_older_rules_read_read_anew(
    minutes: Minutes, desk: Desk, index: OwnedIndex
) -> None:
    path = minutes("12.md")
    take_in(desk, path)
    with index.catalog.write() as connection:
        connection.execute(sa.text("UPDATE versions SET details = json_remove(details, '$.rules')"))
        connection.execute(sa.text("DELETE FROM decisions"))
        seals.seal_all(connection)  # it was stored so, and is not damaged
    assert desk.outdated() == Outdated(1, (str(index.folder / "inbox"),))
    assert told(take_in(desk, path)) == {"12.md": Status.REREAD}
    assert desk.outdated() == Outdated(0)
    assert_stores_agree(index)
