"""A catalog that lies where nothing can be written is read; one that cannot be read is not called damaged."""

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from ingest.care import status
from ingest.catalog import open_existing
from ingest.doctor import examine
from ingest.errors import CatalogError, IndexBroken, IndexProblem
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from tests.hash_encoder import HashEncoder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "12.md").write_text("# Minutes of 15 March 2024\n\nThe roof was approved.\n")
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        ingest([tmp_path / "12.md"], index)
    return tmp_path / "index"


def test_an_index_on_a_read_only_file_system_is_read(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=os.ST_RDONLY))
    with open_existing(place) as catalog:
        assert status(place).records == 1
        assert sorted(path.name for path in place.glob("catalog*")) == ["catalog.sqlite3"]
        with pytest.raises(CatalogError, match="readonly"):
            catalog.set(encoder="another")


def test_what_keeps_a_catalog_from_being_opened_is_said(place: Path) -> None:
    (place / "catalog.sqlite3-wal").mkdir()
    with pytest.raises(IndexProblem, match=r"cannot be opened .*right to write into its folder") as raised:
        open_existing(place)
    assert not isinstance(raised.value, IndexBroken)


def test_a_file_that_is_no_catalog_is_called_damaged(place: Path) -> None:
    (place / "catalog.sqlite3").write_bytes(b"minutes" * 1_000)
    with pytest.raises(IndexBroken, match="damaged"):
        open_existing(place)


def test_damage_within_a_row_is_told_with_what_to_do(place: Path) -> None:
    with closing(sqlite3.connect(place / "catalog.sqlite3")) as catalog, catalog:
        catalog.execute("UPDATE versions SET details = replace(details, '{', '<')")
    (finding,) = examine(place).findings
    assert re.search(r"is damaged: .*Ingest its file again, or restore a backup", finding)
