"""The sample records in an index made with the bundled encoder, once for all tests that ask them."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.encoder import SentenceTransformerEncoder
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from qa import Minutebook
from tests.qa.elmford import write_records

SAMPLES = Path(__file__).parents[2] / "data" / "minutes"


@pytest.fixture(scope="session")
def encoder() -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder()


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory, encoder: SentenceTransformerEncoder) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "index"
    with OwnedIndex.open(folder, encoder) as index:
        report = ingest([SAMPLES], index)
    assert not report.failed
    return folder


@pytest.fixture(scope="session")
def book(sample_index: Path, encoder: SentenceTransformerEncoder) -> Iterator[Minutebook]:
    with Minutebook.open(sample_index, encoder=encoder, today=datetime.date(2026, 1, 15)) as opened:
        yield opened


@pytest.fixture(scope="session")
def elmford(
    tmp_path_factory: pytest.TempPathFactory, encoder: SentenceTransformerEncoder
) -> Iterator[Minutebook]:
    """What the public may ask of the short records."""
    folder = tmp_path_factory.mktemp("elmford")
    with OwnedIndex.open(folder / "index", encoder) as index:
        assert not ingest([write_records(folder / "minutes")], index).failed
    with Minutebook.open(folder / "index", encoder=encoder, today=datetime.date(2025, 11, 1)) as opened:
        yield opened
