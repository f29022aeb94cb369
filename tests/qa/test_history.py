"""Kept conversations: what comes back is what may be seen now, and keeping never stands in the way of an answer."""

import io
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.care import backup, restore
from ingest.doctor import examine_owned
from ingest.encoder import SentenceTransformerEncoder
from ingest.errors import CatalogError
from ingest.history import rollback
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from ingest.purge import purge
from ingest.seals import seal_answer
from qa import Minutebook
from qa.__main__ import main
from qa.answers import Answer
from qa.errors import HistoryError
from qa.feedback import listed
from qa.history import MOST_NOTE, History
from qa.suggestions import suggest
from tests.hash_encoder import HashEncoder

SECRET = "Zanzibarquartz"
REAL_ESTATE = "What did the meeting decide on real estate?"
QUESTION = "What did the meeting approve on the harbour crane?"
MINUTES = """\
---
title: Minutes of the {number}th Executive Meeting
date: 2024-03-{day}
access: {access}
---

## {item}

The meeting approved the {item} of {maker} for 300,000.

## Gas safety

The meeting stressed the inspection of gas pipes in old neighbourhoods before the winter.
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    (tmp_path / "minutes").mkdir()

    def write_minutes(
        number: int = 12, maker: str = SECRET, access: str = "public", item: str = "harbour crane"
    ) -> Path:
        path = tmp_path / "minutes" / f"{number}.md"
        said = {"maker": maker, "access": access, "item": item}
        path.write_text(MINUTES.format(number=number, day=number, **said), "utf-8")
        return path

    return write_minutes


@pytest.fixture
def book(tmp_path: Path, write: Callable[..., Path]) -> Iterator[Minutebook]:
    """A meeting that approved a crane and one that approved a market hall, in an index this process owns."""
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        ingest([write(12), write(13, maker="Mastbau", item="market hall")], index)
    with Minutebook.open(tmp_path / "index", encoder=HashEncoder(), own=True) as opened:
        yield opened


def taken(book: Minutebook, *paths: Path) -> None:
    assert book._owned
    ingest(paths, book._owned)


def kept(book: Minutebook, question: str = QUESTION, conversation: str = "c1") -> Answer:
    answer = book.ask(question)
    book.history.keep(conversation, 1, answer).result()
    return answer


def test_an_answer_comes_back_as_it_was_shown(book: Minutebook) -> None:
    answer = kept(book)
    assert answer.citations and SECRET in str(answer)
    (back,) = book.history.open("c1")
    assert back.answer == replace(answer, hits=())
    assert (back.ordinal, back.question, back.corrected, back.verdict) == (1, QUESTION, (), None)


def test_an_answer_that_abstained_comes_back_with_what_is_nearest(book: Minutebook) -> None:
    answer = kept(book, "What was decided about landing rights for airships?")
    assert answer.abstained and answer.nearest
    assert book.history.open("c1")[0].answer == replace(answer, hits=())


def test_conversations_are_listed_searched_and_deleted(book: Minutebook) -> None:
    kept(book)
    book.history.keep("c1", 2, book.ask("Which inspection was stressed?")).result()
    time.sleep(0.01)
    kept(book, "Who chairs?", "c2")
    assert [(c.id, c.title, c.answers) for c in book.history.conversations()] == [
        ("c2", "Who chairs?", 1),
        ("c1", QUESTION, 2),
    ]
    found = [
        [c.id for c in book.history.conversations(words)]
        for words in (SECRET.lower(), "crane inspection", "crane chairs", "100%", "generation")
    ]
    assert found == [["c1"], ["c1"], [], [], []]
    book.history.delete("c1")
    assert [c.id for c in book.history.conversations()] == ["c2"] and book.history.open("c1") == []
    book.history.delete_all()
    assert book.history.conversations() == []


def test_an_answer_asked_again_takes_its_place(book: Minutebook) -> None:
    kept(book)
    again = kept(book, "What was approved on the gas pipes?")
    assert [one.question for one in book.history.open("c1")] == [again.question.text]


def test_what_was_amended_is_said_to_be_corrected_since(book: Minutebook, write: Callable[..., Path]) -> None:
    answer = kept(book)
    cited = next(c for c in answer.citations if SECRET in c.quote)
    taken(book, write(12, maker="Kranwerk"))
    (back,) = book.history.open("c1")
    assert (
        back.answer and back.answer.citations == answer.citations
    )  # what was shown, from the version it names
    assert [(number, now.version) for number, now in back.corrected] == [(cited.number, 2)]
    assert book._owned
    rollback(book._owned, cited.record.record_id, 1)
    assert book.history.open("c1")[0].corrected == ()


def test_what_may_not_be_seen_any_more_does_not_come_back(
    book: Minutebook, write: Callable[..., Path]
) -> None:
    kept(book)
    taken(book, write(12, access="council"))
    (back,) = book.history.open("c1")
    assert back.answer is None and back.question == QUESTION
    assert book.history.conversations(SECRET) == [] and book.history.conversations("crane") != []
    taken(book, write(12))
    assert book.history.open("c1")[0].answer is None  # what was closed is not opened by what comes after it
    assert book._owned
    rollback(book._owned, str(write(12)), 1, widen=True)
    assert book.history.open("c1")[0].answer is not None


def test_what_an_older_version_says_comes_back_to_those_alone_whom_it_is_for(
    book: Minutebook, tmp_path: Path, write: Callable[..., Path]
) -> None:
    assert book._owned
    taken(book, write(12, access="council"))
    council = Minutebook(book._corpus, ("public", "council"))
    answer = council.ask(QUESTION)
    assert SECRET in str(answer)
    book.history.keep("c1", 1, answer).result()
    book.history.judge("c1", 1, answer, "wrong", f"It was not {SECRET}.").result()
    taken(book, write(12, maker="a maker"))  # the public edition
    [back] = book.history.open("c1")
    assert (back.answer, back.question, back.corrected) == (None, QUESTION, ())
    assert book.history.conversations(SECRET) == [] and book.history.shown([answer]) == [None]
    assert [(one.answer, one.note) for one in book.history.complaints()] == [(None, "")]
    assert suggest(book, answer) == []
    assert council.history.open("c1")[0].answer
    assert council.history.complaints()[0].note
    assert [one.id for one in council.history.conversations(SECRET)] == ["c1"]


def test_a_meeting_that_was_only_named_counts_as_drawn_on_in_the_version_that_named_it(
    book: Minutebook, write: Callable[..., Path]
) -> None:
    taken(book, write(12, access="council"))
    council = Minutebook(book._corpus, ("public", "council"))
    named = next(meeting for meeting in council.meetings() if "12th" in meeting.title)
    answer = book.ask("What was approved?", sessions=[13])
    answer = replace(answer, question=replace(answer.question, nearest=(named,)))
    book.history.keep("c1", 1, answer).result()
    taken(book, write(12, maker="a maker"))
    assert book.history.open("c1")[0].answer is None and book.history.shown([answer]) == [None]
    assert council.history.open("c1")[0].answer is not None
    assert council.history.shown([answer]) == [answer]


def test_an_answer_read_by_a_name_that_nothing_says_which_may_be_read_does_not_come_back(
    book: Minutebook,
) -> None:
    answer = book.ask("What was approved on the market hall?")
    asked = replace(answer, question=replace(answer.question, speakers=("Elena Zanzibar",)))
    book.history.keep("c1", 1, asked).result()
    assert book.history.open("c1")[0].answer is None and book.history.shown([asked]) == [None]
    typed = replace(asked.question, text="What did Elena Zanzibar approve on the market hall?")
    assert book.history.shown([replace(asked, question=typed)]) == [replace(asked, question=typed)]


def test_of_an_older_answer_no_judged_passage_is_kept_that_may_not_be_read(
    book: Minutebook, write: Callable[..., Path]
) -> None:
    answer = book.ask("What was approved?", sessions=[13])
    other = book.ask(QUESTION, sessions=[12])
    judged = replace(answer, hits=(*answer.hits, *other.hits))
    taken(book, write(12, access="council"))
    assert book.history.shown([judged]) == [answer]


def disk(place: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file())


def test_of_a_purged_record_no_word_is_left_in_kept_answers(
    book: Minutebook, tmp_path: Path, write: Callable[..., Path]
) -> None:
    answer = kept(book)
    book.history.judge("c1", 1, answer, "wrong", f"It was not {SECRET}.").result()
    book.history.keep("c2", 1, book.ask("What was approved?", sessions=[13])).result()
    assert SECRET.encode() in disk(tmp_path / "index")
    assert book._owned
    purge(book._owned, str(write(12)))
    assert SECRET.lower().encode() not in disk(tmp_path / "index").lower()
    assert [one.answer for one in book.history.open("c1")] == [None]
    assert book.history.open("c2")[0].answer is not None
    assert [(one.answer, one.note, one.verdict) for one in book.history.complaints()] == [(None, "", "wrong")]
    book.history.keep("c3", 1, answer).result()  # composed before, written after
    assert SECRET.lower().encode() not in disk(tmp_path / "index").lower()
    assert examine_owned(book._owned).sound


def test_the_history_is_in_a_backup_and_comes_back_with_it(book: Minutebook, tmp_path: Path) -> None:
    answer = kept(book)
    backup(tmp_path / "index", tmp_path / "copy")
    restore(tmp_path / "copy", tmp_path / "other")
    with Minutebook.open(tmp_path / "other", encoder=HashEncoder()) as other:
        assert other.history.open("c1")[0].answer == replace(answer, hits=())


def test_a_process_that_does_not_own_the_index_reads_history_and_says_why_it_keeps_none(
    book: Minutebook, tmp_path: Path
) -> None:
    answer = kept(book)
    with Minutebook.open(tmp_path / "index", encoder=HashEncoder()) as reader:
        assert not reader.history.writable and reader.history.open("c1")[0].answer
        for refused in (
            lambda: reader.history.keep("c1", 2, answer),
            lambda: reader.history.judge("c1", 1, answer, "wrong"),
            lambda: reader.history.delete("c1"),
            reader.history.delete_all,
        ):
            with pytest.raises(HistoryError, match="owns the index"):
                refused()


def test_what_cannot_be_written_is_told_and_answers_go_on(book: Minutebook) -> None:
    catalog = book._corpus.catalog

    @sa.event.listens_for(catalog.engine, "before_cursor_execute")
    def full(_c: object, _k: object, statement: str, *_: object) -> None:
        if "INTO conversations" in statement:
            raise sa.exc.OperationalError(None, None, sqlite3.OperationalError("database or disk is full"))

    answer = book.ask(QUESTION)
    with pytest.raises(CatalogError, match="disk is full"):
        book.history.keep("c1", 1, answer).result()
    assert book.ask(QUESTION) == answer
    sa.event.remove(catalog.engine, "before_cursor_execute", full)
    book.history.keep("c1", 1, answer).result()
    assert len(book.history.open("c1")) == 1


def test_keeping_does_not_wait_for_an_ingest_that_writes(book: Minutebook) -> None:
    answer = book.ask(QUESTION)
    with book._corpus.catalog.write():
        writing = book.history.keep("c1", 1, answer)
        assert not writing.done() and book.ask(QUESTION) == answer
    writing.result(30)


def test_one_owner_neither_sees_nor_changes_the_conversations_of_another(book: Minutebook) -> None:
    answer = kept(book)
    other = History(book._corpus, ("public",), owner="somebody else", writable=True)
    assert other.conversations() == [] and other.open("c1") == []
    with pytest.raises(HistoryError):
        other.keep("c1", 2, answer).result()
    other.delete("c1")
    other.delete_all()
    assert len(book.history.open("c1")) == 1
    other.close()


# What people say of answers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("known", [True, False], ids=["asked with more groups", "of an older Minutebook"])
def test_an_answer_that_may_have_counted_what_the_asker_may_not_see_is_withheld(
    book: Minutebook, write: Callable[..., Path], known: bool
) -> None:
    taken(book, write(20, access="council"))
    council = History(book._corpus, ("public", "council"), writable=True)
    council.judge("c1", 1, book.ask(QUESTION), "wrong", "Of three meetings.").result()  # as if they had asked
    if not known:
        with book._corpus.catalog.write() as connection:
            _as_kept_before(connection)
    (back,), (owned,) = book.history.open("c1"), council.open("c1")
    assert back.answer is None and owned.answer is not None
    assert book.history.conversations(SECRET) == [] and len(council.conversations(SECRET)) == 1
    assert [(one.answer, one.note) for one in book.history.complaints()] == [(None, "")]
    council.close()


def test_an_answer_kept_by_an_older_minutebook_comes_back_where_there_is_nothing_unseen(
    book: Minutebook,
) -> None:
    answer = kept(book)
    with book._corpus.catalog.write() as connection:
        _as_kept_before(connection)
    assert book.history.open("c1")[0].answer == replace(answer, hits=())


def _as_kept_before(connection: sa.Connection) -> None:
    """Makes of the kept answers what an older Minutebook kept, which noted no groups."""
    connection.execute(sa.text("UPDATE answers SET answer = json_remove(answer, '$.asked_with')"))
    for number in connection.scalars(sa.text("SELECT id FROM answers")).all():
        seal_answer(connection, number)


def test_what_is_said_of_an_answer_is_listed_with_the_evidence_that_was_shown(book: Minutebook) -> None:
    answer = kept(book)
    book.history.judge("c1", 1, answer, "unhelpful").result()
    book.history.judge("c1", 1, answer, "wrong", "  The sum is wrong. ").result()
    (said,) = book.history.complaints()
    assert (said.verdict, said.note, said.question) == ("wrong", "The sum is wrong.", QUESTION)
    assert said.answer and said.answer.citations == answer.citations
    assert book.history.open("c1")[0].verdict == "wrong"


def test_it_outlives_the_conversation_and_the_answer_asked_again(book: Minutebook) -> None:
    answer = kept(book)
    book.history.judge("c1", 1, answer, "wrong").result()
    kept(book, "What was approved on the gas pipes?")
    assert [one.verdict for one in book.history.open("c1")] == [None]
    book.history.delete_all()
    assert [one.question for one in book.history.complaints()] == [QUESTION]


def test_it_can_be_said_of_an_answer_that_was_not_kept(book: Minutebook) -> None:
    book.history.judge("c1", 3, book.ask(QUESTION), "helpful").result()
    assert [(one.ordinal, one.verdict) for one in book.history.open("c1")] == [(3, "helpful")]


@pytest.mark.parametrize(("verdict", "note"), [("great", ""), ("wrong", "x" * (MOST_NOTE + 1))])
def test_a_verdict_that_is_none_and_a_note_that_is_too_long_are_refused(
    book: Minutebook, verdict: str, note: str
) -> None:
    with pytest.raises(HistoryError):
        book.history.judge("c1", 1, book.ask(QUESTION), verdict, note)  # type: ignore[arg-type]


def test_as_csv_no_cell_is_a_formula(book: Minutebook) -> None:
    answer = book.ask(f"={QUESTION}")
    book.history.judge("c1", 1, answer, "wrong", "@SUM(1)").result()
    out = io.StringIO()
    listed(book.history).to_csv(out)
    assert f"'={QUESTION}" in out.getvalue() and "'@SUM(1)" in out.getvalue()
    assert SECRET in out.getvalue()


def test_the_command_lists_it_as_text_and_csv(
    sample_index: Path,
    encoder: SentenceTransformerEncoder,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    place = str(shutil.copytree(sample_index, tmp_path / "index"))
    assert main(["feedback", "--index", place]) == 1
    with Minutebook.open(place, encoder=encoder, own=True) as book:
        book.history.judge("c1", 1, book.ask(REAL_ESTATE), "wrong", "Not so.").result()
    capsys.readouterr()
    assert main(["feedback", "--index", place]) == 0
    said = capsys.readouterr().out
    assert all(part in said for part in ("wrong", REAL_ESTATE, "Not so.", "32nd Executive Meeting"))
    assert main(["feedback", "--csv", "--index", place]) == 0
    assert capsys.readouterr().out.startswith("given,owner,verdict,note,question,answer,evidence")
