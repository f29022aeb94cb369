"""A Chroma segment whose files do not agree is told from a sound one without opening it."""

import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ingest.segments import disagreement
from ingest.vectors import DenseIndex, LocalChroma

COUNT = 3_000  # enough for links above the lowest level, and for Chroma to write its files


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("chroma")
    churn(LocalChroma(place).generation("1"))
    return place / "vectors-1"


def churn(dense: DenseIndex) -> None:
    """Adds, replaces and removes, as months of re-ingesting do."""
    random = np.random.default_rng(1)
    dense.open()
    try:
        for start in range(0, COUNT, 500):
            vectors = random.normal(size=(500, 24)).astype(np.float32)
            dense.upsert(range(start, start + 500), vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
            dense.delete(range(start, start + 100))
            dense.upsert(range(start + 50, start + 150), vectors[:100])
    finally:
        dense.close()


@pytest.fixture
def segment(sound: Path, tmp_path: Path) -> Path:
    shutil.copytree(sound, tmp_path / "vectors-1")
    return next((tmp_path / "vectors-1").glob("*/header.bin")).parent


def test_what_chroma_wrote_is_sound(segment: Path) -> None:
    assert (segment / "link_lists.bin").stat().st_size > 4 * COUNT / 2
    assert disagreement(segment.parent) is None


def test_a_folder_without_segments_is_sound(tmp_path: Path) -> None:
    assert disagreement(tmp_path) is None and disagreement(tmp_path / "none") is None


def cut(data: bytes) -> bytes:
    return data[: len(data) - 6]


def emptied(data: bytes) -> bytes:
    return b""


def longer_list(data: bytes) -> bytes:
    return struct.pack("<I", 1 << 31) + data[4:]


def much_room(data: bytes) -> bytes:
    return data[:12] + struct.pack("<Q", 1 << 40) + data[20:]


def far_entry(data: bytes) -> bytes:
    return data[:56] + struct.pack("<I", 1 << 30) + data[60:]


def far_link(data: bytes) -> bytes:
    return data[:4] + struct.pack("<I", 1 << 30) + data[8:]


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("header.bin", cut, "a header that was cut short"),
        ("header.bin", much_room, "sizes do not fit together"),
        ("header.bin", far_entry, "begins at an element it does not have"),
        ("length.bin", emptied, "a length.bin that was cut short"),
        ("data_level0.bin", cut, "a data_level0.bin that was cut short"),
        ("data_level0.bin", far_link, "links to elements that are not there"),
        ("link_lists.bin", cut, "a link_lists.bin"),
        ("link_lists.bin", emptied, "a link_lists.bin that was cut short"),
        ("link_lists.bin", longer_list, "a link_lists.bin whose sizes do not fit together"),
    ],
)
def test_files_that_do_not_agree_are_named(
    segment: Path, name: str, change: Callable[[bytes], bytes], said: str
) -> None:
    file = segment / name
    file.write_bytes(change(file.read_bytes()))
    found = disagreement(segment.parent)
    assert found and str(segment) in found and said in found


@pytest.mark.parametrize("name", ["length.bin", "data_level0.bin", "link_lists.bin"])
def test_a_missing_file_is_named(segment: Path, name: str) -> None:
    (segment / name).unlink()
    assert name in (disagreement(segment.parent) or "")


def test_another_format_is_left_to_chroma(segment: Path) -> None:
    header = segment / "header.bin"
    header.write_bytes(struct.pack("<i", 7) + header.read_bytes()[4:40])
    assert disagreement(segment.parent) is None
