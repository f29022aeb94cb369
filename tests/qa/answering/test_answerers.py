"""Each answerer gives the fact that is asked for from the fields of the record, or leaves the question to the next."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.encoder import SentenceTransformerEncoder
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from qa import Minutebook
from qa.answers import AnswerState

MILL = """\
# Millrace Trust

Minutes of the meeting held on 14 May 2024

Present: Ada Vell (Chair), Bram Oster, Cleo Finch
Apologies: Dora Pike
Observing: Egon Rusk

## 1. Weir

It was agreed to plant 12 alders below the weir.

## 2. Boathouse

The roof of the boathouse leaks on the north side, and the ferrymen want the nets moved before the winter.

## 3. Next meeting

The next meeting is on 11 June 2024.
"""
JUNE = """\
# Millrace Trust

Minutes of the meeting held on 11 June 2024

Ada Vell was in the chair. Bram Oster and Dora Pike attended. Cleo Finch was absent.

## 1. Weir

It was agreed to plant 15 alders below the weir.

## 2. Boathouse

It was resolved to approve the tender of Nook and Daughters for the boathouse roof.
"""
ELM = """\
# 柳塘管理委员会会议纪要

时间：2024年9月3日
主持：顾青
出席：顾青、林晚
请假：白石

## 一、关于码头

会议决定码头于十月重修，费用4.2万元。
"""


@pytest.fixture(scope="module")
def mill(
    tmp_path_factory: pytest.TempPathFactory, encoder: SentenceTransformerEncoder
) -> Iterator[Minutebook]:
    folder: Path = tmp_path_factory.mktemp("mill")
    (folder / "minutes").mkdir()
    for name, text in (("may", MILL), ("june", JUNE), ("pond", ELM)):
        (folder / "minutes" / f"{name}.md").write_text(text, encoding="utf-8")
    with OwnedIndex.open(folder / "index", encoder) as index:
        assert not ingest([folder / "minutes"], index).failed
    with Minutebook.open(folder / "index", encoder=encoder) as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "has", "lacks"),
    [
        ("Who was present on 14 May 2024?", ("Ada Vell", "Bram Oster", "Cleo Finch"), "Dora Pike"),
        ("Who attended the meeting of 14 May 2024?", ("Bram Oster",), "Dora Pike"),
        ("Who sent apologies on 14 May 2024?", ("Dora Pike",), "Bram Oster"),
        ("Who was absent on 11 June 2024?", ("Cleo Finch",), "Dora Pike"),
        ("Who was in the chair on 11 June 2024?", ("Ada Vell",), "Bram Oster"),
        ("2024年9月3日谁请假了？", ("白石",), "林晚"),
        ("2024年9月3日的会议谁主持？", ("顾青",), "白石"),
    ],
)
def test_the_roll_tells_who_was_there_and_who_was_not(
    mill: Minutebook, text: str, has: tuple[str, ...], lacks: str
) -> None:
    answer = mill.ask(text)
    assert answer.state is AnswerState.ANSWERED and all(name in answer.text for name in has)
    assert lacks not in answer.text


@pytest.mark.parametrize(
    "text", ["What was decided on 14 May 2024?", "Summarise the meeting of 14 May 2024."]
)
def test_a_named_meeting_as_a_whole_is_answered(mill: Minutebook, text: str) -> None:
    answer = mill.ask(text)
    assert answer.state is AnswerState.ANSWERED and "12 alders" in answer.text
    assert "15 alders" not in answer.text


@pytest.mark.parametrize("text", ["what was decided?", "summarize this meeting", "这次会议决定了什么？"])
def test_a_chosen_meeting_as_a_whole_is_answered(mill: Minutebook, text: str) -> None:
    chosen = next(one.record_id for one in mill.meetings() if str(one.date) == "2024-06-11")
    answer = mill.ask(text, records=[chosen])
    assert answer.state is AnswerState.ANSWERED and "15 alders" in answer.text
    assert {citation.record.record_id for citation in answer.citations} == {chosen}


def test_a_summary_tells_what_no_decision_was_taken_on(mill: Minutebook) -> None:
    assert "nets" in mill.ask("Summarise the meeting of 14 May 2024.").text


def test_decisions_that_differ_in_a_number_are_all_listed(mill: Minutebook) -> None:
    answer = mill.ask("List all decisions on the alders below the weir.")
    assert "12 alders" in answer.text and "15 alders" in answer.text
    assert answer.complete and answer.claims[0].text.startswith("2 entries")


def test_when_a_matter_was_decided_is_the_day_of_its_meeting(mill: Minutebook) -> None:
    answer = mill.ask("When was the tender for the boathouse roof approved?")
    assert answer.claims[0].text == "Decided on 11 June 2024." and answer.claims[0].citations


def test_when_the_next_meeting_is_stands_in_the_newest_record_that_says_it(mill: Minutebook) -> None:
    assert "11 June 2024" in mill.ask("When is the next meeting?").citations[0].quote


def test_of_a_meeting_that_is_not_held_that_is_said_before_what_is_near(mill: Minutebook) -> None:
    answer = mill.ask("What was decided on the weir in August 2019?")
    assert answer.state is AnswerState.NEAREST and answer.citations
    assert answer.claims[0].text == "The records hold no meeting for August 2019."


def test_no_quote_of_a_meeting_as_a_whole_is_longer_than_can_be_taken_in(mill: Minutebook) -> None:
    answer = mill.ask("Summarise the meeting of 14 May 2024.")
    assert all(len(citation.quote) <= 600 for citation in answer.citations)
