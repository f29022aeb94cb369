"""A request whose row is damaged is ended and named; those behind it are done."""

import sqlite3
import time
from pathlib import Path

import pytest

from ingest import care, jobs
from ingest.__main__ import main
from ingest.catalog import FILE_NAME
from ingest.index import OwnedIndex
from qa import Minutebook
from tests.hash_encoder import HashEncoder

ROWS = {
    "arguments that are no JSON": {"arguments": "{bad"},
    "arguments that are a list": {"arguments": "[]"},
    "arguments that nest deeply": {"arguments": "[" * 200_000},
    "arguments that are a blob": {"arguments": b"\xff\x00"},
    "paths that are numbers": {"arguments": '{"paths": [5]}', "attempts": 2},
    "no paths": {"arguments": "{}", "state": "running"},
    "progress that is no JSON": {"progress": "{bad"},
    "progress of other names": {"progress": '{"foo": 1}'},
    "attempts that are a word": {"attempts": "often"},
    "a kind that is none": {"kind": "ingess"},
    "a state that is none": {"state": "quexed"},
}
OVER = {
    "a result that is no JSON": {"state": "failed", "result": "zz"},
    "nothing that was done": {"state": "done"},
    "a set aside list": {"state": "failed", "arguments": "[]", "attempts": 2},
}


def put(index: Path, changed: dict[str, object]) -> None:
    row = {
        "kind": "ingest",
        "arguments": '{"paths": []}',
        "state": "queued",
        "asker": 1,
        "asked": "2025",
        "attempts": 0,
    }
    row |= changed
    with sqlite3.connect(index / FILE_NAME) as catalog:
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        catalog.execute(f"INSERT INTO jobs ({names}) VALUES ({marks})", tuple(row.values()))
    catalog.close()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    OwnedIndex.open(tmp_path / "index", HashEncoder()).close()
    return tmp_path / "index"


@pytest.mark.parametrize("how", ROWS)
def test_a_request_that_is_damaged_ends_and_the_next_is_done(place: Path, how: str) -> None:
    put(place, ROWS[how])
    with Minutebook.open(place, encoder=HashEncoder(), own=True) as book:
        assert book.desk
        number = jobs.put_job(book._corpus.catalog, "doctor", {})
        until = time.monotonic() + 20
        while not (jobs.job_of(book._corpus.catalog, number) or pytest.fail("gone")).over:
            assert time.monotonic() < until
            time.sleep(0.05)
        assert not jobs.unfinished(book._corpus.catalog)


@pytest.mark.parametrize("how", ROWS | OVER)
def test_a_request_that_is_damaged_is_named_by_status(
    place: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    put(place, (ROWS | OVER)[how])
    assert main(["status", "--index", str(place)]) == 0
    assert "job 1 is damaged" in capsys.readouterr().out
    assert [job.damaged for job in care.status(place).jobs] == [True]


def test_files_handed_in_are_kept_while_it_cannot_be_told_whose_request_is_damaged(place: Path) -> None:
    with Minutebook.open(place, encoder=HashEncoder(), own=True) as book:
        assert book.desk
        batch = book.desk.inbox.begin()
        waiting = place / "inbox" / ".arriving" / batch
        assert waiting.is_dir()
    put(place, {"kind": "inbox", "arguments": "{bad"})
    with Minutebook.open(place, encoder=HashEncoder(), own=True):
        assert waiting.is_dir()
