"""An index with the hash encoder, and what readers can see of one."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ingest.index import OwnedIndex
from tests.hash_encoder import HashEncoder


@pytest.fixture
def index(tmp_path: Path) -> Iterator[OwnedIndex]:
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as opened:
        yield opened


@pytest.fixture
def minutes(tmp_path: Path) -> Callable[..., Path]:
    """Writes minutes into the folder `minutes` and gives their path."""
    folder = tmp_path / "minutes"
    folder.mkdir()

    def write(
        name: str, *, day: str = "15 March 2024", session: str = "12th", status: str = "", **items: str
    ) -> Path:
        said = items or ITEMS
        heads = f"# Minutes of the {session} Executive Meeting\n\n{f'Status: {status}' if status else ''}\n\n{day}\n\n"
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        parts = (f"## {title.replace('_', ' ')}\n\n{text}\n" for title, text in said.items())
        path.write_text(heads + "\n".join(parts), encoding="utf-8")
        return path

    return write


ITEMS = {
    "Real_estate": "The meeting approved the housing plan of 3.2 million for the old quarter near the harbour.",
    "Gas_safety": "The meeting stressed the inspection of gas pipes in old neighbourhoods before the winter.",
    "Bus_lanes": "The meeting deferred the bus lanes on Mill Road until the survey of traffic has been heard.",
}


def visible(index: OwnedIndex) -> list[tuple[Any, ...]]:
    """Everything readers can see, without the numbers that only count."""
    query = (
        "SELECT r.source, v.title, v.date, v.text, p.start, p.end, p.item, p.vector_key, p.id FROM records r "
        "JOIN versions v ON v.record_id = r.id AND v.version = r.active "
        "JOIN passages p ON p.record_id = r.id AND p.version = r.active"
    )
    with index.catalog.read() as connection:
        return sorted(tuple(row[:-1]) for row in connection.execute(sa.text(query)))


def active_text(index: OwnedIndex, record_id: str | None) -> str:
    """The text of a record that answers use."""
    active = "FROM records r JOIN versions v ON v.record_id = r.id AND v.version = r.active"
    query = f"SELECT v.text {active} WHERE r.id = :id"
    with index.catalog.read() as connection:
        return connection.execute(sa.text(query), {"id": record_id}).scalar_one()


def assert_stores_agree(index: OwnedIndex) -> None:
    """Chroma, the word tables and the catalog hold the same passages, and Chroma the catalog's vectors and words."""
    with index.catalog.read() as connection:
        seen = "SELECT p.id FROM passages p JOIN records r ON r.id = p.record_id AND r.active = p.version"
        active = set(connection.scalars(sa.text(seen)))
        assert set(connection.scalars(sa.text("SELECT id FROM passages"))) == active
        assert set(connection.scalars(sa.text("SELECT rowid FROM passage_words"))) <= active
        assert not connection.scalars(sa.text("SELECT passage_id FROM outbox")).all()
        assert not connection.scalars(sa.text("SELECT version FROM versions WHERE state = 'staging'")).all()
    expected = index.expected_ids()
    assert index.dense.ids() == expected
    stored, wanted = index.dense.fetch(sorted(expected)), index.vectors_of(sorted(expected))
    assert all(abs(stored[i] - wanted[i]).max() < 1e-6 for i in expected)
    assert index.dense.entries(sorted(expected)) == index.entries_of(sorted(expected))
