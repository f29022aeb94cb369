"""Whatever is damaged of the tables, every command ends with a sentence, and a damaged vector disturbs no other."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import doctor
from ingest.__main__ import main
from ingest.care import backup
from ingest.catalog import FILE_NAME
from ingest.errors import IngestError
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from ingest.reading import list_files, passed_over
from qa import Minutebook
from qa.__main__ import main as ask_main
from tests.faults.test_changed_bytes import MINUTES, _done
from tests.hash_encoder import HashEncoder

TABLES = {
    "a schema before": "UPDATE meta SET value = '3' WHERE key = 'schema_version'",
    "the first schema": "UPDATE meta SET value = '1' WHERE key = 'schema_version'",
    "a schema below nothing": "UPDATE meta SET value = '-1' WHERE key = 'schema_version'",
    "no schema": "UPDATE meta SET value = '0' WHERE key = 'schema_version'",
    "a schema that is a word": "UPDATE meta SET value = 'four' WHERE key = 'schema_version'",
    "no decisions": "DROP TABLE decisions",
    "no readers": "DROP TABLE access",
    "no word table": "DROP TABLE passage_words",
    "no source": "ALTER TABLE versions DROP COLUMN source",
    "no requests": "DROP TABLE jobs",
    "details that nest deeply": "UPDATE versions SET details = replace(hex(zeroblob(1000000)), '00', '[[[')",
    "rules that are a word": "UPDATE versions SET details = json_set(details, '$.rules', 'abc')",
    "a path with a zero byte": "UPDATE files SET path = path || char(0) || 'x'",
    "sizes of words": "UPDATE passage_words_docsize SET sz = X'ff'",
    "sizes of words that are text": "UPDATE passage_words_docsize SET sz = 'ab'",
    "a version that is a blob": "UPDATE versions SET version = X'ff00'",
    "vectors that are short": "UPDATE vectors SET vector = X'00000000'",
    "vectors of odd length": "UPDATE vectors SET vector = X'000000', sentences = X'0000'",
    "vectors that are text": "UPDATE vectors SET vector = 'abc', sentences = 'abc'",
}
QUESTION = "What was decided on the library wall?"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("sound")
    (base / "minutes").mkdir()
    for name, text in MINUTES.items():
        (base / "minutes" / name).write_text(text, encoding="utf-8")
    with OwnedIndex.open(base / "index", HashEncoder()) as index:
        assert not ingest([base / "minutes"], index).failed
    return base


@pytest.fixture
def place(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(sound / "index", tmp_path / "index")
    for module in ("qa.__main__", "ingest.__main__"):
        monkeypatch.setattr(f"{module}.SentenceTransformerEncoder", lambda *_, **__: HashEncoder())
    return tmp_path / "index"


def change(place: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(place / FILE_NAME) as catalog:
        catalog.execute("PRAGMA foreign_keys=OFF")
        assert catalog.execute(statement, values).rowcount
    catalog.close()


def every_command(sound: Path, place: Path) -> None:
    minutes = str(sound / "minutes")
    for words in (
        ["status", "--records"],
        ["doctor", "--wait", "0"],
        [minutes, "--plan"],
        [minutes, "--wait", "0"],
    ):
        assert main([*words, "--index", str(place)]) in (0, 1, 2), words
    for words in (["ask", QUESTION], ["meetings"], ["decisions"], ["feedback"]):
        assert ask_main([*words, "--index", str(place)]) in (0, 1, 2), words


@pytest.mark.parametrize("how", TABLES)
def test_no_damage_to_the_tables_ends_a_command_otherwise_than_with_a_sentence(
    sound: Path, place: Path, how: str
) -> None:
    change(place, TABLES[how])
    every_command(sound, place)


@pytest.mark.parametrize("page", range(1, 60, 7))
def test_no_page_of_noise_ends_a_command_otherwise_than_with_a_sentence(
    sound: Path, place: Path, page: int
) -> None:
    data = bytearray((place / FILE_NAME).read_bytes())
    start = page * 4096 % len(data)
    data[start : start + 4096] = bytes(n * 37 % 251 for n in range(4096))
    (place / FILE_NAME).write_bytes(data)
    every_command(sound, place)


@pytest.mark.parametrize(
    "blob", [b"\x00\x00\xc0\x7f" * 64, b"\x00\x00\x80\x7f" * 64, b"\x00" * 7, b"\xff\xff\x7f\x7f" * 64]
)
def test_a_damaged_vector_is_named_and_disturbs_no_other(sound: Path, place: Path, blob: bytes) -> None:
    with Minutebook.open(place, encoder=HashEncoder()) as book:
        before = [hit.text for hit in book.search(QUESTION)]
    of_hurt = "FROM passages p JOIN records r ON r.id = p.record_id WHERE r.source LIKE '%harbour.md'"
    change(place, f"UPDATE vectors SET vector = ? WHERE key IN (SELECT p.vector_key {of_hurt})", blob)
    with Minutebook.open(place, encoder=HashEncoder()) as book:
        assert book.search(QUESTION)[0].text == before[0]
        assert "7 votes" in str(book.ask("How many votes was the library wall carried by?"))
        book.warm()
        assert book.search(QUESTION)[0].text == before[0]
    assert any("vectors are damaged" in finding for finding in doctor.examine(place).findings)


def test_no_backup_is_written_into_the_folder_of_an_index(place: Path, tmp_path: Path) -> None:
    OwnedIndex.open(tmp_path / "other", HashEncoder()).close()
    kept = (tmp_path / "other" / FILE_NAME).read_bytes()
    for file in (tmp_path / "other" / FILE_NAME, place / "copy", place / "inbox" / ".." / "copy"):
        with pytest.raises(IngestError, match="folder of an index"):
            backup(place, file)
    assert (tmp_path / "other" / FILE_NAME).read_bytes() == kept


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """A folder with two files, and folders within folders; taken down again, as `shutil.rmtree` cannot."""
    (tmp_path / "deep" / "b").mkdir(parents=True)
    for name in ("a.md", "b/c.md"):
        (tmp_path / "deep" / name).write_text("minutes", encoding="utf-8")
    made = [tmp_path / "deep" / "d"]
    made[0].mkdir()
    for _ in range(1_199):
        made.append(made[-1] / "d")
        made[-1].mkdir()
    yield tmp_path / "deep"
    for folder in reversed(made):
        folder.rmdir()


def test_what_lies_very_deep_is_named_and_the_rest_is_read(deep: Path, tmp_path: Path) -> None:
    assert [path.name for path in list_files([deep])] == ["a.md", "c.md"]
    [(reason, paths)] = passed_over([deep]).items()
    assert "folders deep" in reason and len(paths) == 1
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        assert len(_done(ingest([deep], index))) == 2
