"""An index of another splitter is served as it is and brought to today's, from its stored texts alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest import recut as recutting
from ingest import store
from ingest.errors import IngestError
from ingest.index import OwnedIndex
from ingest.jobs import all_jobs, perform
from ingest.outcomes import Status
from ingest.passages import SPLITTER_VERSION
from ingest.pipeline import ingest
from ingest.recut import is_recut, recut
from qa import Minutebook
from tests.faults.folders import OLD, write
from tests.hash_encoder import HashEncoder
from tests.ingest.conftest import assert_stores_agree, visible

RECORDS = 6
SENTENCES = " ".join(f"The council heard report {n} on the harbour and the quay." for n in range(12))


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index whose passages are shorter than today's, as an older splitter might have cut them."""
    folder = tmp_path / "minutes"
    write(folder, OLD, RECORDS)
    for path in folder.iterdir():
        path.write_text(path.read_text() + f"\n## Reports\n\n{SENTENCES}\n", encoding="utf-8")
    with monkeypatch.context() as then:
        then.setattr("ingest.passages.TARGET", 100)
        with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
            ingest([folder], index)
            index.catalog.set(splitter="1")
    return tmp_path / "index"


def passages(index: OwnedIndex) -> list[tuple[int, ...]]:
    with index.catalog.read() as connection:
        return [tuple(row) for row in connection.execute(sa.text("SELECT id, start, end FROM passages"))]


def test_it_becomes_what_a_fresh_build_is_without_its_files(old: Path, tmp_path: Path) -> None:
    with OwnedIndex.open(tmp_path / "fresh", HashEncoder()) as fresh:
        ingest([tmp_path / "minutes"], fresh)
        wanted = visible(fresh)
    for path in (tmp_path / "minutes").iterdir():
        path.unlink()
    with OwnedIndex.open(old, HashEncoder()) as index:
        assert visible(index) != wanted
        before, told = {row[0] for row in passages(index)}, []
        assert recut(index, lambda done, total: told.append((done, total))) == RECORDS
        assert visible(index) == wanted
        assert before.isdisjoint(row[0] for row in passages(index))  # no id ever means another passage
        assert_stores_agree(index)
        assert told[-1] == (RECORDS, RECORDS)
        assert is_recut(index.catalog) and recut(index) == 0


def test_only_what_no_vector_is_known_of_is_encoded(old: Path) -> None:
    encoder = HashEncoder()
    with OwnedIndex.open(old, encoder) as index:
        with index.catalog.read() as connection:
            known = connection.execute(sa.text("SELECT count(*) FROM vectors")).scalar_one()
        recut(index)
        with index.catalog.read() as connection:
            now = connection.execute(sa.text("SELECT count(*) FROM vectors")).scalar_one()
        assert 0 < len(encoder.encoded) == now - known < len(passages(index))


def test_ingesting_brings_it_to_todays_first_and_finds_its_files_unchanged(old: Path, tmp_path: Path) -> None:
    with OwnedIndex.open(old, HashEncoder()) as index:
        report = ingest([tmp_path / "minutes"], index)
        assert {outcome.status for outcome in report.outcomes} == {Status.UNCHANGED}
        assert index.catalog.setting("splitter") == str(SPLITTER_VERSION)


def test_a_job_tells_how_far_it_is(old: Path, tmp_path: Path) -> None:
    said = []
    with OwnedIndex.open(old, HashEncoder()) as index:
        arguments = {"paths": [str(tmp_path / "minutes")], "prune": False, "force": False}
        perform("ingest", arguments, index, said.append)
    assert str(said[0]) == f"{RECORDS} of {RECORDS} records" and said[-1].unit == "file"


def test_a_reader_is_served_before_meanwhile_and_after(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recutting, "BATCH_PASSAGES", 1)
    with Minutebook.open(old, encoder=HashEncoder()) as reader:
        found = lambda: {hit.meeting.record_id for hit in reader.search("council report harbour", k=500)}  # noqa: E731
        assert len(found()) == RECORDS
        seen = []
        with OwnedIndex.open(old, HashEncoder()) as index:
            recut(index, lambda done, total: seen.append(len(found())))
        assert seen == [RECORDS] * RECORDS and len(found()) == RECORDS


def test_the_chat_answers_from_it_at_once_and_brings_it_to_todays_beside(old: Path) -> None:
    with Minutebook.open(old, encoder=HashEncoder(), own=True) as book:
        assert len({hit.meeting.record_id for hit in book.search("council report harbour", k=500)}) == RECORDS
        assert book._owned
        wait_until(lambda: is_recut(book._owned.catalog))  # type: ignore[union-attr]
        assert [job.kind for job in all_jobs(book._owned.catalog)] == ["recut"]


def wait_until(true: Callable[[], bool]) -> None:
    import time

    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_run_that_is_stopped_goes_on_where_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recutting, "BATCH_PASSAGES", 1)
    with OwnedIndex.open(old, HashEncoder()) as index:
        done = []
        assert recut(index, lambda d, t: done.append(d), stopped=lambda: len(done) == 2) == 2
        assert not is_recut(index.catalog)
    with OwnedIndex.open(old, HashEncoder()) as index:
        assert recut(index) == RECORDS - 2
        assert_stores_agree(index)


@pytest.mark.parametrize("where", ["stage_passages", "flip_passages", "clear_outbox"])
def test_a_failure_leaves_the_old_passages_and_the_next_run_completes(
    old: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def fail(*_: object) -> None:
        raise IngestError("the disk is full")

    with OwnedIndex.open(old, HashEncoder()) as index:
        before = visible(index)
        with monkeypatch.context() as broken, pytest.raises(IngestError, match="full"):
            broken.setattr(store, where, fail)
            recut(index)
        assert visible(index) == before
        assert_stores_agree(index)
        assert recut(index) == RECORDS
        assert_stores_agree(index)
