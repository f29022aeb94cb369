"""A kept answer that is not what was kept is said to be damaged, and no word of it is shown."""

import sqlite3
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.catalog import FILE_NAME
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from qa import Minutebook
from qa.feedback import listed
from qa.page.history import complaints, reopened
from tests.faults.test_changed_bytes import MINUTES
from tests.hash_encoder import HashEncoder

DAMAGE = {
    "a vote": "UPDATE answers SET answer = replace(answer, '8 votes', '3 votes')",
    "a question": "UPDATE answers SET question = 'What was rejected?'",
    "no JSON": "UPDATE answers SET answer = '{bad'",
    "deep nesting": "UPDATE answers SET answer = replace(hex(zeroblob(100000)), '00', '[')",
    "a blob": "UPDATE answers SET answer = X'ff00'",
    "what it draws on": "DELETE FROM answer_sources",
    "its digest": "UPDATE answers SET digest = ''",
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "minutes").mkdir()
    for name, text in MINUTES.items():
        (tmp_path / "minutes" / name).write_text(text, encoding="utf-8")
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        ingest([tmp_path / "minutes"], index)
    with Minutebook.open(tmp_path / "index", encoder=HashEncoder(), own=True) as book:
        answer = book.ask("How many votes was the harbour wall carried by?")
        assert "8 votes" in str(answer)
        book.history.judge("c1", 1, answer, "wrong", "no").result()
    assert main(["doctor", "--index", str(tmp_path / "index")]) == 0
    return tmp_path / "index"


def damage(place: Path, statement: str) -> None:
    with sqlite3.connect(place / FILE_NAME) as catalog:
        assert catalog.execute(statement).rowcount
    catalog.close()


@pytest.mark.parametrize("how", DAMAGE)
def test_a_kept_answer_that_is_damaged_is_named_and_not_shown(
    place: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(place, DAMAGE[how])
    with Minutebook.open(place, encoder=HashEncoder()) as book:
        [kept] = book.history.open("c1")
        assert kept.damaged and kept.answer is None
        assert "damaged" in str(reopened("c1", [kept], "en").answers[0])
        assert [(one.damaged, one.answer, one.note) for one in book.history.complaints()] == [
            (True, None, "")
        ]
        assert (
            "damaged" in str(listed(book.history))
            and "votes" not in str(listed(book.history)).split("answer:")[1]
        )
        assert [one.id for one in book.history.conversations("votes")] in ([], ["c1"])
    assert main(["doctor", "--index", str(place)]) == 1
    assert "1 kept answers are damaged" in capsys.readouterr().err


@pytest.mark.parametrize(
    "change", ["verdict = 'xx'", "note = X'fe'", "verdict = X'ff', given = X'ff', owner = X'ff'"]
)
def test_what_was_said_of_an_answer_is_listed_as_damaged_where_it_cannot_be_read(
    place: Path, change: str
) -> None:
    damage(place, f"UPDATE feedback SET {change}")
    with Minutebook.open(place, encoder=HashEncoder()) as book:
        assert [one.damaged for one in book.history.complaints()] == [True]
        assert "damaged" in str(listed(book.history)) and "damaged" in complaints(
            book.history.complaints(), "en"
        )
        assert book.history.open("c1")[0].answer
