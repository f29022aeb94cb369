"""Ingest: what comes in is seen whole or not at all, twice changes nothing, and a bad file hurts only itself."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ingest import store, tables
from ingest.catalog import FILE_NAME, SCHEMA_VERSION
from ingest.errors import IndexBroken, IndexBusy, IndexMismatch, IndexTooNew
from ingest.index import OwnedIndex
from ingest.owner import Owner
from ingest.pipeline import Report, Status, ingest, list_files
from ingest.vectors import VectorStoreError
from tests.hash_encoder import HashEncoder

MINUTES = """# Minutes of the 12th Executive Meeting

15 March 2024

## Real estate

The meeting approved the housing plan of 3.2 million.

## Gas safety

The meeting stressed the inspection of gas pipes in old neighbourhoods.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "minutes"
    folder.mkdir()
    (folder / "12.md").write_text(MINUTES, encoding="utf-8")
    (folder / "13.md").write_text(MINUTES.replace("12th", "13th").replace("March", "April"), encoding="utf-8")
    return folder


def content(index: OwnedIndex) -> list[tuple[Any, ...]]:
    """Everything readers can see, without the numbers that only count."""
    with index.catalog.read() as connection:
        return sorted(
            tuple(row)
            for row in connection.execute(
                sa.text(
                    "SELECT r.source, v.title, v.date, p.start, p.end, p.item, p.vector_key FROM records r "
                    "JOIN versions v ON v.record_id = r.id AND v.version = r.active "
                    "JOIN passages p ON p.record_id = r.id AND p.version = r.active"
                )
            )
        )


def statuses(report: Report) -> list[Status]:
    return [outcome.status for outcome in report.outcomes]


def test_records_come_in(folder: Path, index: OwnedIndex) -> None:
    report = ingest([folder], index)
    assert statuses(report) == [Status.ADDED, Status.ADDED]
    assert {row[2] for row in content(index)} == {"2024-03-15", "2024-04-15"}


def test_chroma_holds_exactly_the_active_passages(folder: Path, index: OwnedIndex) -> None:
    ingest([folder], index)
    with index.catalog.read() as connection:
        ids = set(connection.scalars(sa.select(tables.passages.c.id)))
    assert index.dense.ids() == ids


def test_ingesting_twice_changes_nothing(folder: Path, index: OwnedIndex) -> None:
    ingest([folder], index)
    before, generation = content(index), index.catalog.generation
    report = ingest([folder], index)
    assert statuses(report) == [Status.UNCHANGED, Status.UNCHANGED]
    assert content(index) == before
    assert index.catalog.generation == generation


def test_a_touched_file_with_the_same_content_is_unchanged(folder: Path, index: OwnedIndex) -> None:
    ingest([folder], index)
    (folder / "12.md").write_text(MINUTES, encoding="utf-8")
    assert statuses(ingest([folder], index)) == [Status.UNCHANGED, Status.UNCHANGED]


def test_an_amended_record_replaces_itself_and_encodes_only_what_changed(
    folder: Path, index: OwnedIndex
) -> None:
    ingest([folder], index)
    encoder = index.encoder
    assert isinstance(encoder, HashEncoder)
    encoder.encoded.clear()
    (folder / "12.md").write_text(MINUTES.replace("3.2", "4.5"), encoding="utf-8")
    report = ingest([folder / "12.md"], index)
    assert statuses(report) == [Status.AMENDED]
    assert len(encoder.encoded) == 1
    assert "4.5 million" in encoder.encoded[0]
    with index.catalog.read() as connection:
        states = connection.execute(
            sa.select(tables.versions.c.version, tables.versions.c.state).where(
                tables.versions.c.record_id == report.outcomes[0].record_id
            )
        ).all()
    assert sorted(tuple(row) for row in states) == [(1, "superseded"), (2, "ready")]


def test_a_moved_file_keeps_its_record(folder: Path, index: OwnedIndex) -> None:
    first = ingest([folder], index)
    (folder / "12.md").rename(folder / "renamed.md")
    report = ingest([folder], index)
    moved = next(outcome for outcome in report.outcomes if outcome.path.name == "renamed.md")
    assert moved.status is Status.MOVED
    assert moved.record_id == first.outcomes[0].record_id


def test_the_same_content_under_two_names_is_two_records(folder: Path, index: OwnedIndex) -> None:
    (folder / "copy.md").write_text(MINUTES, encoding="utf-8")
    report = ingest([folder], index)
    assert statuses(report) == [Status.ADDED] * 3
    assert len({outcome.record_id for outcome in report.outcomes}) == 3


def test_a_bad_file_is_reported_and_the_others_go_in(folder: Path, index: OwnedIndex) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    missing = folder / "missing.md"
    report = ingest([folder, missing], index)
    assert [outcome.path.name for outcome in report.failed] == ["empty.txt", "picture.txt", "missing.md"]
    assert report.count(Status.ADDED) == 2
    for outcome in report.failed:
        assert outcome.notes and outcome.notes[0].strip().endswith(".")


def test_a_failed_amendment_leaves_the_old_minutes(folder: Path, index: OwnedIndex) -> None:
    ingest([folder], index)
    before = content(index)
    (folder / "12.md").write_bytes(b"")
    report = ingest([folder], index)
    assert report.count(Status.FAILED) == 1
    assert content(index) == before


def test_a_failure_of_chroma_leaves_the_old_minutes_and_can_be_retried(
    folder: Path, index: OwnedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest([folder], index)
    before = content(index)
    (folder / "12.md").write_text(MINUTES.replace("3.2", "4.5"), encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(index.dense, "upsert", raising(VectorStoreError("the disk is full")))
        report = ingest([folder], index)
    assert statuses(report) == [Status.FAILED, Status.UNCHANGED]
    assert content(index) == before
    assert statuses(ingest([folder], index)) == [Status.AMENDED, Status.UNCHANGED]


def test_what_a_crash_left_staged_is_gone_after_opening(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        ingest([folder / "13.md"], index)
        monkeypatch.setattr(store, "flip", raising(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            ingest([folder / "12.md"], index)
        monkeypatch.undo()
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        assert {row[1] for row in content(index)} == {content(index)[0][1]}
        with index.catalog.read() as connection:
            assert (
                connection.scalar(sa.select(sa.func.count()).where(tables.versions.c.state == "staging")) == 0
            )
            known = set(connection.scalars(sa.select(tables.passages.c.id)))
        assert index.dense.ids() == known
        assert statuses(ingest([folder], index)) == [Status.ADDED, Status.UNCHANGED]


def test_a_lost_chroma_folder_is_rebuilt_without_encoding(folder: Path, tmp_path: Path) -> None:
    import shutil

    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        ingest([folder], index)
        expected = index.dense.ids()
    for lost in (tmp_path / "index").glob("vectors-*"):
        shutil.rmtree(lost)
    encoder = HashEncoder()
    with OwnedIndex.open(tmp_path / "index", encoder) as index:
        assert index.dense.ids() == expected
    assert encoder.encoded == []


def test_chroma_is_brought_back_into_agreement(folder: Path, tmp_path: Path) -> None:
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        ingest([folder], index)
        expected = index.dense.ids()
        index.dense.upsert([999], index.dense.fetch([min(expected)])[min(expected)][None])
        index.dense.delete([min(expected)])
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        assert index.dense.ids() == expected


def test_one_process_owns_an_index_and_others_are_told_which(tmp_path: Path) -> None:
    import os

    with Owner(tmp_path), pytest.raises(IndexBusy, match=f"process {os.getpid()}"):
        Owner(tmp_path)
    with Owner(tmp_path):
        pass


def test_an_index_of_another_encoder_is_refused(folder: Path, tmp_path: Path) -> None:
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        ingest([folder], index)
    with pytest.raises(IndexMismatch, match=r"hash@64.*other@64"):
        OwnedIndex.open(tmp_path / "index", HashEncoder("other"))
    OwnedIndex.open(tmp_path / "index", HashEncoder()).close()  # the refusal let go of the lock


def test_an_index_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        index.catalog.set(schema_version=str(SCHEMA_VERSION + 1))
    with pytest.raises(IndexTooNew, match="upgrade Minutebook"):
        OwnedIndex.open(tmp_path / "index", HashEncoder())


def test_a_file_that_is_no_catalog_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"this is no database" * 500)
    with pytest.raises(IndexBroken, match="damaged"):
        OwnedIndex.open(tmp_path, HashEncoder())


def test_folders_are_searched_and_other_kinds_of_files_left_out(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "a.txt").write_text("x")
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "b.txt").write_text("x")
    (folder / "photo.jpg").write_bytes(b"x")
    (folder / ".DS_Store").write_bytes(b"x")
    assert [p.name for p in list_files([folder])] == ["12.md", "13.md", "a.txt"]
    assert list_files([folder, folder / "12.md"]) == list_files([folder])
    assert [p.name for p in list_files([folder / "photo.jpg"])] == [
        "photo.jpg"
    ]  # named, so it is refused aloud


def raising(error: BaseException) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_a_file_name_that_is_no_text_is_refused_and_the_others_go_in(folder: Path, index: OwnedIndex) -> None:
    import os

    try:
        os.close(os.open(os.fsencode(folder) + b"/caf\xe9.md", os.O_CREAT | os.O_WRONLY))
    except OSError:
        pytest.skip("this file system takes text names only")
    report = ingest([folder], index)
    assert report.count(Status.ADDED) == 2
    assert "rename it" in report.failed[0].notes[0]


def test_a_word_split_at_a_line_end_is_found_whole_and_quoted_as_it_stands(
    tmp_path: Path, index: OwnedIndex
) -> None:
    (tmp_path / "a.txt").write_text(
        "The council met.\n\nIt approved the deci-\nsion on the harbour.\n", encoding="utf-8"
    )
    ingest([tmp_path / "a.txt"], index)
    with index.catalog.read() as connection:
        query = "SELECT rowid FROM passage_words WHERE passage_words MATCH 'decis'"
        assert len(connection.exec_driver_sql(query).all()) == 1
        assert "deci-\nsion" in connection.exec_driver_sql("SELECT text FROM versions").scalar_one()


def test_an_index_named_from_the_working_folder_stays_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    with OwnedIndex.open("council", HashEncoder()) as index:
        monkeypatch.chdir(tmp_path / "elsewhere")
        assert index.dense.ids() == set()
    assert not any((tmp_path / "elsewhere").iterdir()) and (tmp_path / "council").is_dir()
