"""Understanding a long text in a process of its own: the same outcome, within a bound, and it can be stopped."""

import time
from pathlib import Path

import pytest

from ingest import understanding
from ingest.check import examine
from ingest.errors import ReadError
from ingest.passages import split
from ingest.readers import take
from ingest.reading import read_record
from ingest.records import Document, Meeting, Record, Section, Span
from ingest.stopping import Stopped, until
from ingest.understanding import read_document
from ingest.words import words

MANY = 100_000  # headings
MINUTES = "# Minutes of the Harbour Board\n\n4 May 2024\n\n## Quay\n\nThe board approved the survey by 5 votes to 2.\n"


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text counts as a long one."""
    monkeypatch.setattr(understanding, "_HERE_MOST", 0)


def test_a_long_text_is_understood_as_it_would_be_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text(MINUTES)
    here = read_record(take(tmp_path / "a.md"), {"place": "Quay House"})
    monkeypatch.setattr(understanding, "_HERE_MOST", 0)
    assert read_record(take(tmp_path / "a.md"), {"place": "Quay House"}) == here
    assert here.decisions and examine(tmp_path / "a.md").decisions == len(here.decisions)


@pytest.mark.usefixtures("apart")
def test_a_text_that_takes_too_long_is_named_and_the_next_one_is_understood(tmp_path: Path) -> None:
    long = Document("The board approved the survey by 5 votes to 2. " * 20_000)
    begun = time.monotonic()
    with pytest.raises(
        ReadError, match="understanding it took longer than 2 seconds; split it into one file"
    ):
        read_document(long, tmp_path / "a.txt", {}, seconds=2.0 - 30.0 * len(long.text) / 1e6)
    assert time.monotonic() - begun < 10
    assert read_document(Document(MINUTES), tmp_path / "b.md", {}).decisions


@pytest.mark.usefixtures("apart")
def test_what_is_not_wanted_any_more_is_not_waited_for(tmp_path: Path) -> None:
    long = Document("The board approved the survey by 5 votes to 2. " * 100_000)
    begun = time.monotonic()
    with pytest.raises(Stopped), until(lambda: time.monotonic() - begun > 1.0):
        read_document(long, tmp_path / "a.txt", {})
    assert time.monotonic() - begun < 5


def test_very_many_headings_are_cut_in_time_that_grows_with_them_alone() -> None:
    text = "".join(f"# Heading {n:06}\n\nWords.\n\n" for n in range(MANY))
    size = len(text) // MANY
    sections = tuple(
        Section(n * size, (n + 1) * size, f"Heading {n:06}", Span(n * size, n * size + 16))
        for n in range(MANY)
    )
    begun = time.process_time()
    passages = split(Record("r", 1, "/a.md", text, Meeting("Minutes"), sections))
    assert time.process_time() - begun < 12
    assert [passage.item for passage in passages[:2]] == [("Heading 000000",), ("Heading 000001",)]
    assert "".join(passage.text for passage in passages) == text


def test_a_run_of_chinese_without_a_stop_is_cut_piece_by_piece() -> None:
    import tracemalloc

    words("预算")  # the dictionary
    tracemalloc.start()
    found = words("会议通过了预算" * 40_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "预算" in found and most < 60 * 2**20
