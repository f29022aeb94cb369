"""What is shown of a reading beside the question."""

import datetime

import pytest

from qa.answers import Period, Question
from qa.chips import chips, describe, name_of
from qa.question import read_question
from tests.qa.calendars import city, town

D = datetime.date


def test_a_reading_is_shown_in_labelled_pieces() -> None:
    question = read_question(
        "What did Grace Chen say about dogs at the 12th Town Council meeting in 2023?", town()
    )
    assert describe(question, "en") == [
        ("Asks for", "what was said"),
        ("When", "2023"),
        ("Meeting", "No. 12"),
        ("Body", "Westbrook Town Council"),
        ("Speaker", "Grace Chen"),
        ("Topic", "dogs"),
    ]


def test_a_chinese_reading_is_shown_in_chinese() -> None:
    question = read_question("去年8月的会议对垃圾分类作出了什么决定？", city())
    assert describe(question, "zh") == [("查找", "决定"), ("时间", "2024年8月"), ("主题", "垃圾分类")]


def test_one_body_that_records_write_in_several_ways_is_one_piece_and_taken_away_as_one() -> None:
    bodies = ("市政府", "汐澜市人民政府", "第四届市政府", "图书馆理事会")
    asked = Question("市政府和图书馆理事会决定了什么？", bodies=bodies)
    shown = [chip for chip in chips(asked, "zh") if chip.piece == "body"]
    assert [chip.value for chip in shown] == ["市政府（3个名称）", "图书馆理事会"]
    assert shown[0].without == {"body": ["图书馆理事会"]}
    assert shown[1].without == {"body": ["市政府", "汐澜市人民政府", "第四届市政府"]}
    libraries = Question(
        "What did the Library Board decide?", bodies=("Oak Library Board", "Elm Library Board")
    )
    assert ("Body", "Library Board (2 names)") in describe(libraries, "en")


def test_an_office_without_a_holder_is_shown_as_asked() -> None:
    question = read_question("What did the treasurer say about dogs?", town())
    assert ("Office", "treasurer") in describe(question, "en")


@pytest.mark.parametrize(
    ("first", "last", "english", "chinese"),
    (
        (D(2007, 9, 18), D(2007, 9, 18), "18 September 2007", "2007年9月18日"),
        (D(2007, 9, 1), D(2007, 9, 30), "September 2007", "2007年9月"),
        (D(2024, 2, 1), D(2024, 2, 29), "February 2024", "2024年2月"),
        (D(2024, 2, 1), D(2024, 2, 28), "1 February 2024 – 28 February 2024", "2024年2月1日至2024年2月28日"),
        (D(2007, 1, 1), D(2007, 12, 31), "2007", "2007年"),
        (D(2007, 1, 1), D(2009, 12, 31), "2007 – 2009", "2007年至2009年"),
        (D(2007, 12, 1), D(2008, 2, 29), "December 2007 – February 2008", "2007年12月至2008年2月"),
        (D(2024, 3, 1), None, "since 1 March 2024", "2024年3月1日以来"),
        (None, D(2019, 12, 31), "until 31 December 2019", "2019年12月31日及以前"),
    ),
)
def test_a_period_is_named_as_briefly_as_it_can_be(
    first: datetime.date | None, last: datetime.date | None, english: str, chinese: str
) -> None:
    period = Period(0, 0, first, last)
    assert (name_of(period, "en"), name_of(period, "zh")) == (english, chinese)
