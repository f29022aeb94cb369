"""A question is asked again as a person corrects it, piece by piece."""

import datetime

import pytest

from qa import Minutebook
from qa.answers import Intent, Period, Question
from qa.corrections import as_typed, corrected
from qa.errors import QuestionError

FULL = Question(
    "What did Ann say about the tram in 2024?",
    topic="tram",
    intent=Intent.OPINION,
    when=(Period(32, 39, datetime.date(2024, 1, 1), datetime.date(2024, 12, 31), "in 2024"),),
    sessions=(3,),
    speakers=("Ann",),
    bodies=("Council",),
    records=("r1",),
)


def test_a_question_typed_as_it_was_understood_is_understood_the_same() -> None:
    again = corrected(FULL, as_typed(FULL))
    assert as_typed(again) == as_typed(FULL)
    assert (again.text, again.topic, again.intent, again.speakers) == (
        FULL.text,
        "tram",
        Intent.OPINION,
        ("Ann",),
    )


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        ({"topic": ["tram fares"]}, {"topic": ["tram fares"]}),
        ({"since": [""], "until": [""]}, {"since": [""], "until": [""]}),
        ({"since": ["2023-06"], "until": ["2023"]}, {"since": ["2023-06-01"], "until": ["2023-12-31"]}),
        (
            {"since": ["2023", ""], "until": ["2023-03", "2020"]},
            {"since": ["2023-01-01", ""], "until": ["2023-03-31", "2020-12-31"]},
        ),
        ({"session": ["4", "5"]}, {"session": ["4", "5"]}),
        ({"body": [" Library Board "]}, {"body": ["Library Board"]}),
        ({"speaker": [""]}, {"speaker": [""], "kind": ["summary"]}),
        ({"kind": ["vote"]}, {"kind": ["vote"]}),
        ({"kind": [""]}, {"kind": [""]}),
        ({"within": ["r2", "r3"]}, {"within": ["r2", "r3"]}),
        ({}, {}),
    ],
    ids=str,
)
def test_a_piece_that_is_typed_takes_the_place_of_what_was_understood(typed: dict, changed: dict) -> None:
    assert as_typed(corrected(FULL, typed)) == as_typed(FULL) | changed


def test_with_a_speaker_the_question_is_what_was_said() -> None:
    asked = Question("What was decided on the tram?", topic="tram", intent=Intent.DECISION)
    assert corrected(asked, {"speaker": ["Ann"]}).intent is Intent.OPINION


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"since": ["soon"]}, "'soon' is no date"),
        ({"since": ["2024"], "until": ["2023"]}, "the first is the later one"),
        ({"session": ["twelve"]}, "'twelve' is no number of a session"),
        ({"kind": ["poem"]}, "The kinds are: decision, opinion"),
    ],
)
def test_what_cannot_be_meant_is_said(typed: dict, says: str) -> None:
    with pytest.raises(QuestionError, match=says):
        corrected(FULL, typed)


def test_taking_the_date_away_finds_more_and_another_date_finds_others(book: Minutebook) -> None:
    dated = book.ask("What was decided on real estate in 2023?")
    years = {citation.record.date.year for citation in dated.citations if citation.record.date}
    assert years == {2023}
    wider = book.ask(corrected(dated.question, {"since": [""], "until": [""]}))
    assert wider.searched.meetings > dated.searched.meetings
    later = book.ask(corrected(dated.question, {"since": ["2025"], "until": [""]}))
    cited = {citation.record.date.year for citation in later.citations[:1] if citation.record.date}
    assert cited == {2025}
    assert later.question.text == dated.question.text


def test_a_date_without_a_meeting_is_missing_as_if_it_had_been_asked_so(book: Minutebook) -> None:
    understood = book.read("What was decided on real estate in 2023?")
    answer = book.ask(corrected(understood, {"since": ["1999"], "until": ["1999"]}))
    assert answer.question.missing and answer.abstained and answer.question.nearest


def test_a_question_stays_within_the_meetings_chosen_and_so_does_what_follows(book: Minutebook) -> None:
    first = book.ask("What was decided on real estate?")
    record = first.citations[-1].record.record_id
    narrow = book.ask(corrected(first.question, {"within": [record]}))
    assert {citation.record.record_id for citation in narrow.citations} == {record}
    assert narrow.searched.meetings == 1
    follow = book.conversation([narrow]).ask("Who has to act on it?")
    assert follow.question.records == (record,) and follow.searched.meetings == 1
    assert {citation.record.record_id for citation in follow.citations} <= {record}
