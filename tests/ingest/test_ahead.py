"""Reading ahead gives the records that reading gives, of the files as they are when they are asked for."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.ahead import LEAST, Read, _Forerunner, reading_ahead
from ingest.catalog import create_catalog
from ingest.errors import EmptyFile, ReadError
from ingest.ledger import Ledger
from ingest.overrides import overrides_for
from ingest.readers import take
from ingest.reading import digest_of, read_record
from ingest.records import Record

MANY = 3 * LEAST


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    for number in range(MANY):
        text = f"# Minutes of board {number}\n\n3 May 2024\n\nThe board approved plan {number}.\n"
        (tmp_path / f"{number:03}.md").write_text(text, encoding="utf-8")
    return sorted(tmp_path.iterdir())


@pytest.fixture
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """Of an index that knows nothing."""
    return Ledger.load(create_catalog(tmp_path_factory.mktemp("index")))


@pytest.fixture
def read(files: list[Path], ledger: Ledger) -> Iterator[Read]:
    with reading_ahead(files, ledger) as read:
        yield read


def ask(read: Read, path: Path) -> Record:
    file, stated = take(path), overrides_for(path)
    return read(file, stated, digest_of(file, stated))


def test_records_are_those_of_reading(files: list[Path], read: Read) -> None:
    assert isinstance(getattr(read, "__self__", None), _Forerunner)
    assert [ask(read, path) for path in files] == [read_record(take(path), {}) for path in files]


def test_files_may_be_passed_over(files: list[Path], read: Read) -> None:
    for path in files[5::7]:
        assert ask(read, path) == read_record(take(path), {})


def test_a_file_that_changed_after_it_was_read_ahead_is_read_again(files: list[Path], read: Read) -> None:
    ask(read, files[0])
    files[1].write_text(
        "# Minutes of the harbour board\n\n4 May 2024\n\nNothing was approved.\n", encoding="utf-8"
    )
    assert "Nothing was approved" in ask(read, files[1]).text
    beside = files[2].with_name("meetings.toml")
    beside.write_text(f'["{files[2].name}"]\nbody = "Library Board"\n', encoding="utf-8")
    assert ask(read, files[2]).meeting.body == "Library Board"


def test_a_file_that_cannot_be_read_fails_with_its_reason(files: list[Path], ledger: Ledger) -> None:
    files[3].write_bytes(b"")
    with reading_ahead(files, ledger) as read, pytest.raises(EmptyFile) as ahead:
        ask(read, files[3])
    with pytest.raises(ReadError) as here:
        read_record(take(files[3]), {})
    assert (ahead.value.path, ahead.value.reason) == (here.value.path, here.value.reason)


def test_the_others_are_read_when_the_process_is_killed(files: list[Path], read: Read) -> None:
    ask(read, files[0])
    os.kill(read.__self__._process.pid, signal.SIGKILL)  # type: ignore[attr-defined]
    assert [ask(read, path).text for path in files[1:]] == [path.read_text("utf-8") for path in files[1:]]


def test_a_few_files_are_read_without_a_process(files: list[Path], ledger: Ledger) -> None:
    with reading_ahead(files[: LEAST - 1], ledger) as read:
        assert not hasattr(read, "__self__")
        assert ask(read, files[0]) == read_record(take(files[0]), {})
