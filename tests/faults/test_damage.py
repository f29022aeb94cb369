"""A damaged, missing or unwritable store is noticed before it answers, heals itself, and loses nothing."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ingest import pipeline, probe
from ingest.catalog import FILE_NAME
from ingest.errors import IndexProblem, IngestError
from ingest.index import OwnedIndex
from ingest.vectors import LocalChroma
from qa import Minutebook
from qa.notices import degraded
from tests.faults.folders import NEW, OLD, editions, write
from tests.hash_encoder import HashEncoder
from tests.ingest.conftest import assert_stores_agree, visible

DAMAGE = ("missing", "empty", "halved", "flipped")
RECORDS = 40


def damage(file: Path, how: str) -> None:
    data = file.read_bytes()
    if how == "missing":
        file.unlink()
    elif how == "empty":
        file.write_bytes(b"")
    elif how == "halved":
        file.write_bytes(data[: len(data) // 2])
    else:  # twenty bytes, evenly over the file
        flipped = bytearray(data)
        for n in range(20):
            flipped[(2 * n + 1) * len(data) // 40] ^= 0xFF
        file.write_bytes(flipped)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed index whose Chroma has written its segment to disk."""
    base = tmp_path_factory.mktemp("sound")
    write(base / "minutes", OLD, RECORDS)
    with OwnedIndex.open(base / "index", HashEncoder()) as index:
        pipeline.ingest([base / "minutes"], index)
        vectors = index.vectors_of(sorted(index.expected_ids()))
        for _ in range(12):  # until the log is longer than Chroma keeps it
            index.dense.upsert(list(vectors), np.stack(list(vectors.values())))
    return base


def files_of(index: Path) -> list[Path]:
    return sorted(path for path in index.rglob("*") if path.is_file() and path.name != "owner.lock")


def test_the_damaged_files_are_those_that_chroma_and_the_catalog_write(sound: Path) -> None:
    names = {path.name for path in files_of(sound / "index")}
    assert {"catalog.sqlite3", "chroma.sqlite3", "data_level0.bin", "header.bin"} <= names


@pytest.mark.parametrize("how", DAMAGE)
@pytest.mark.parametrize(
    "name", ["chroma.sqlite3", "data_level0.bin", "header.bin", "length.bin", "link_lists.bin"]
)
def test_a_damaged_dense_index_is_noticed_or_harmless_and_healed(
    sound: Path, tmp_path: Path, name: str, how: str
) -> None:
    place = tmp_path / "index"
    shutil.copytree(sound / "index", place)
    damage(next(path for path in files_of(place) if path.name == name), how)
    encoder = HashEncoder()
    with OwnedIndex.open(place, encoder) as index:
        assert_stores_agree(index)
        assert probe.compare(index.dense, index.catalog.path) is None
        assert len(editions(index)) == RECORDS and encoder.encoded == []


@pytest.mark.parametrize("how", ["halved", "flipped"])
def test_a_damaged_catalog_is_refused_with_what_to_do(sound: Path, tmp_path: Path, how: str) -> None:
    place = tmp_path / "index"
    shutil.copytree(sound / "index", place)
    damage(place / FILE_NAME, how)
    with pytest.raises(IngestError) as caught, OwnedIndex.open(place, HashEncoder()) as index:
        from ingest.doctor import examine_owned

        if not examine_owned(index).sound:
            raise IndexProblem(place, "restore a backup")
    assert "restore a backup" in str(caught.value)


def test_a_damaged_dense_index_is_healed_while_answers_go_on(sound: Path, tmp_path: Path) -> None:
    place = tmp_path / "index"
    shutil.copytree(sound / "index", place)
    with Minutebook.open(place, encoder=HashEncoder(), own=True) as book:
        dense = book._corpus.dense
        assert dense and dense.wait(20)  # type: ignore[union-attr]
        before = book.search("council plan harbour", k=5)
        assert book._owned and book._owned.open_dense
        book._owned.open_dense._collection = None  # every call fails from now on
        hits = book.search("council plan harbour", k=5)
        assert [hit.passage_id for hit in hits] == [hit.passage_id for hit in before]
        book._owned.distrust()
        assert dense.wait(20)  # type: ignore[union-attr]
        assert degraded("en") not in book.ask("What was approved for the harbour quarter?").notices
        assert_stores_agree(book._owned)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 6 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no tmpfs can be mounted here: {mounted.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_loses_nothing_and_reading_goes_on(small_disk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "minutes"
    write(folder, OLD, 4)
    with Minutebook.open(small_disk / "index", encoder=HashEncoder(), own=True) as book:
        index = book._owned
        assert index
        pipeline.ingest([folder], index)
        rows = visible(index)
        free = os.statvfs(small_disk)
        (small_disk / "ballast").write_bytes(b"x" * (free.f_bavail * free.f_frsize))
        write(folder, NEW, 4)
        report = pipeline.ingest([folder], index)
        assert len(report.failed) == 4 and all(
            "full" in o.notes[0] or "space" in o.notes[0] for o in report.failed
        )
        assert visible(index) == rows
        for _ in range(20):
            assert len({hit.meeting.record_id for hit in book.search("council plan harbour", k=50)}) == 4
        os.remove(small_disk / "ballast")
        assert not pipeline.ingest([folder], index).failed
        assert all(old == 0 for old, _ in editions(index))
        assert_stores_agree(index)


def test_a_probe_that_takes_too_long_is_ended(sound: Path) -> None:
    shelf = LocalChroma(sound / "index")
    said = probe.probe(shelf, "1", sound / "index" / FILE_NAME, seconds=0.001)
    assert said and "did not answer" in said
    assert probe.probe(shelf, "1", sound / "index" / FILE_NAME) is None
