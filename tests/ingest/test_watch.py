"""A watched folder: what settles goes in, what is being written waits, what vanishes harms nobody."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest import watch as watching
from ingest.index import OwnedIndex
from ingest.outcomes import Report, Status
from ingest.pipeline import ingest
from ingest.readers.opening import Taken
from ingest.watch import watch
from tests.ingest.conftest import visible

Minutes = Callable[..., Path]
Wait = Callable[[str, Status], Report]


@pytest.fixture
def seen(minutes: Minutes, index: OwnedIndex, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Report]]:
    """The reports of a running watch over the folder of `minutes`."""
    monkeypatch.setattr(watching, "_FIRST_RETRY", 0.4)
    folder = minutes("first.md").parent
    reports: list[Report] = []
    stop = threading.Event()

    def run() -> None:
        for report in watch([folder], lambda paths: ingest(paths, index), settled=0.5, stop=stop):
            reports.append(report)

    thread = threading.Thread(target=run)
    thread.start()
    until(lambda: bool(reports))
    time.sleep(0.3)  # the system begins to report
    yield reports
    stop.set()
    thread.join(10)
    assert not thread.is_alive()


def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def has(reports: list[Report], name: str, status: Status) -> bool:
    return any(o.path.name == name and o.status is status for report in reports for o in report.outcomes)


def test_what_is_there_and_what_comes_goes_in(
    seen: list[Report], minutes: Minutes, index: OwnedIndex
) -> None:
    assert has(seen, "first.md", Status.ADDED)
    minutes("second.md", session="13th", day="2 May 2024")
    minutes("sub/third.md", session="14th", day="2 June 2024")
    minutes("first.md", Trees="Ten were planted.")
    until(lambda: has(seen, "second.md", Status.ADDED) and has(seen, "third.md", Status.ADDED))
    until(lambda: has(seen, "first.md", Status.AMENDED))
    assert len({row[0] for row in visible(index)}) == 3


def test_a_file_is_read_when_it_is_written_to_its_end(seen: list[Report], index: OwnedIndex) -> None:
    path = seen[0].outcomes[0].path.with_name("slow.md")
    with path.open("w", encoding="utf-8") as file:
        for n in range(12):
            file.write(
                f"# Minutes of the Quay Board\n\n3 May 2024\n\nPoint {n} was agreed.\n"
                if not n
                else f"Point {n}.\n"
            )
            file.flush()
            time.sleep(0.1)
    until(lambda: has(seen, "slow.md", Status.ADDED))
    assert "Point 11." in "".join(row[3] for row in visible(index))
    assert not has(seen, "slow.md", Status.AMENDED)


def test_a_file_that_vanishes_is_survived(seen: list[Report], minutes: Minutes) -> None:
    gone = minutes("gone.md", session="13th", day="2 May 2024")
    time.sleep(0.2)
    os.remove(gone)
    minutes("stays.md", session="14th", day="2 June 2024")
    until(lambda: has(seen, "stays.md", Status.ADDED))
    assert not has(seen, "gone.md", Status.FAILED) and not has(seen, "gone.md", Status.ADDED)


def test_a_record_whose_file_is_removed_is_told_and_kept(seen: list[Report], index: OwnedIndex) -> None:
    os.remove(seen[0].outcomes[0].path)
    until(lambda: has(seen, "first.md", Status.MISSING))
    assert visible(index)


def test_what_failed_is_tried_again(
    seen: list[Report], minutes: Minutes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest import reading
    from ingest.errors import ReadError

    fails = [2]
    parse = reading.parse_taken

    def parse_later(file: Taken) -> object:
        if file.path.name == "locked.md" and fails[0]:
            fails[0] -= 1
            raise ReadError(file.path, "it is locked")
        return parse(file)

    monkeypatch.setattr(reading, "parse_taken", parse_later)
    minutes("locked.md", session="13th", day="2 May 2024")
    until(lambda: has(seen, "locked.md", Status.ADDED))
    assert has(seen, "locked.md", Status.FAILED) and fails == [0]
