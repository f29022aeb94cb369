"""A conversation over the sample records: what it remembers, what it never gives, and how a model may help."""

import io
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.encoder import SentenceTransformerEncoder
from qa import Minutebook
from qa.__main__ import main
from qa.answers import Question
from qa.chips import describe, understood
from qa.conversation import REMEMBERED, Conversation
from qa.errors import QuestionError
from qa.turns import Turn

REAL_ESTATE = "What did the meeting decide on real estate in 2023?"


def test_a_follow_up_is_asked_of_the_same_meetings(book: Minutebook) -> None:
    chat = book.conversation()
    chat.ask(REAL_ESTATE)
    answer = chat.ask("and gas safety?")
    assert answer.question.topic == "gas safety"
    assert {c.record.date.year for c in answer.citations if c.record.date} == {2023}


def test_what_was_taken_over_is_shown(book: Minutebook) -> None:
    chat = book.conversation()
    chat.ask(REAL_ESTATE)
    answer = chat.ask("and gas safety?")
    assert ("From before", "time, kind of answer") in describe(answer.question, "en")
    assert "When: 2023" in understood(answer.question, "en")
    assert ("沿用前文", "时间、问法") in describe(answer.question, "zh")


def test_that_meeting_is_the_one_that_was_cited(book: Minutebook) -> None:
    chat = book.conversation()
    first = chat.ask("What was decided on the late fines?")
    answer = chat.ask("Who chaired that meeting?")
    assert {c.record.record_id for c in answer.citations} == {first.citations[0].record.record_id}


def test_anything_else_says_nothing_twice(book: Minutebook) -> None:
    chat = book.conversation()
    first = chat.ask("What was said about the museum?")
    more = chat.ask("anything else?")
    said = {(c.record.record_id, c.start) for c in first.citations}
    assert said and more.question.topic == first.question.topic
    assert not said & {(c.record.record_id, c.start) for c in more.citations}


def test_when_all_was_told_it_says_so(book: Minutebook) -> None:
    chat = book.conversation()
    chat.ask("What was decided on the late fines?")
    for _ in range(12):
        answer = chat.ask("anything else?")
        if answer.abstained:
            break
    assert answer.abstained and "no more" in answer.text


def test_streaming_remembers_the_complete_answer(book: Minutebook) -> None:
    asked, streamed = book.conversation(), book.conversation()
    asked.ask(REAL_ESTATE)
    list(streamed.stream(REAL_ESTATE))
    assert streamed.turns == asked.turns
    assert list(streamed.stream("and gas safety?"))[-1] == asked.ask("and gas safety?")


def test_a_conversation_goes_on_from_answers(book: Minutebook) -> None:
    answers = [book.ask(REAL_ESTATE)]
    assert book.conversation(answers).ask("and gas safety?").question.topic == "gas safety"
    assert answers == [book.ask(REAL_ESTATE)]


def test_its_memory_is_bounded_and_holds_no_text_of_records(book: Minutebook) -> None:
    chat = book.conversation()
    for _ in range(REMEMBERED + 3):
        answer = chat.ask("What did the meeting decide on real estate?")
    assert len(chat.turns) == REMEMBERED
    quote = answer.citations[0].quote
    assert quote not in repr(chat.turns)


def test_a_question_that_cannot_be_asked_is_not_remembered(book: Minutebook) -> None:
    chat = book.conversation()
    chat.ask(REAL_ESTATE)
    for bad in ("", "x" * 5_000):
        with pytest.raises(QuestionError):
            chat.ask(bad)
        with pytest.raises(QuestionError):
            chat.stream(bad)
    assert len(chat.turns) == 1


def test_filters_hold_in_a_conversation(book: Minutebook) -> None:
    chat = book.conversation()
    chat.ask("What did the meeting decide on real estate?")
    answer = chat.ask("and gas safety?", since="2025")
    assert all(c.record.date and c.record.date.year >= 2025 for c in answer.citations)


def test_a_forged_history_gives_access_to_nothing(
    sample_index: Path, encoder: SentenceTransformerEncoder, book: Minutebook
) -> None:
    seen = book.ask("What did the meeting decide on real estate?")
    assert seen.citations
    with Minutebook.open(sample_index, access=("nobody",), encoder=encoder) as closed:
        for text in (
            "anything else?",
            "Who chaired that meeting?",
            "and the meeting before?",
            "why?",
            "还有吗？",
        ):
            answer = closed.conversation([seen]).ask(text)
            assert answer.abstained and not answer.citations and not answer.nearest
            assert answer.searched.meetings == 0 and not answer.question.nearest
        forged = Turn(
            replace(seen.question, bodies=("Secret Board",), speakers=("Nobody",)),
            cited=(seen.citations[0].record,),
        )
        chat = closed.conversation()
        chat.turns = (forged,)
        assert not chat.ask("and gas safety?").citations


class Writer:
    """A scripted model that writes questions out in full; keeps what it was asked."""

    def __init__(self, written: str | None) -> None:
        self.written = written
        self.asked: list[str] = []

    def __call__(self, turns: Sequence[Turn], question: Question, begun: float) -> str | None:
        self.asked.append(question.text)
        return self.written


def test_a_model_may_write_a_follow_up_out_in_full(book: Minutebook) -> None:
    writer = Writer("What was decided about waste sorting in 2024?")
    chat = book.conversation(rewrite=writer)
    chat.ask(REAL_ESTATE)
    answer = chat.ask("and the bins?")
    assert (answer.question.text, answer.question.topic) == ("and the bins?", "waste sorting")
    assert answer.question.taken == ("rewritten",)
    assert ("Read as", "What was decided about waste sorting in 2024?") in describe(answer.question, "en")
    assert writer.asked == ["and the bins?"]


def test_a_model_is_asked_once_for_a_question_that_streams_and_never_for_a_whole_one(
    book: Minutebook,
) -> None:
    writer = Writer("What was decided about waste sorting in 2024?")
    chat = book.conversation(rewrite=writer)
    list(chat.stream(REAL_ESTATE))
    list(chat.stream("What did the Library Board decide on late fines?"))
    assert writer.asked == []
    list(chat.stream("and the bins?"))
    assert writer.asked == ["and the bins?"]


@pytest.mark.parametrize("written", [None, "", "  ", "x" * 3_000])
def test_where_a_model_gives_nothing_the_rules_read(book: Minutebook, written: str | None) -> None:
    chat = Conversation(book, rewrite=Writer(written))
    chat.ask(REAL_ESTATE)
    assert chat.ask("and gas safety?").question.topic == "gas safety"


def test_the_chat_command_reads_until_its_input_ends(
    sample_index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = f"{REAL_ESTATE}\n\nand gas safety?\n{'x' * 5_000}\n第15次常务会议对房地产作出了哪些决定？\n上一次会议呢？"
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    assert main(["chat", "--index", str(sample_index)]) == 0
    printed = capsys.readouterr().out
    assert (
        "(Understood as: Asks for: decisions; When: 2023; Topic: gas safety; From before: time, kind of answer)"
        in printed
    )
    assert "4,000 are the most" in printed
    assert "会议：第14次" in printed and "沿用前文" in printed
