"""The parts of the chat page: turns and their numbers, what stands before the first question, the assets."""

import re
from datetime import date
from html import unescape

import pytest

from qa.answers import Answer, MeetingRef, Period, Question
from qa.corrections import as_typed, corrected
from qa.page import address
from qa.page.frame import head, masthead, trouble
from qa.page.turns import MOST_TURNS, Turns, asking, conversation, examples, turn, welcome

HELD = [MeetingRef("r1", "Minutes", date(2024, 3, 15))]
YEAR = Period(5, 12, date(2024, 1, 1), date(2024, 12, 31), "in 2024")
HOSTILE = "<script>alert(1)</script>\"'"


def told(question: str) -> Answer:
    return Answer(Question(question))


def test_turns_are_numbered_from_one_and_a_number_is_never_used_again() -> None:
    turns = Turns()
    for number in range(1, MOST_TURNS + 4):
        assert turns.next == number
        turns = turns.followed_by(told(f"question {number}"))
    kept = list(turns.numbered())
    assert len(kept) == MOST_TURNS
    assert [number for number, _ in kept] == list(range(4, MOST_TURNS + 4))
    assert all(answer.question.text == f"question {number}" for number, answer in kept)


def test_a_conversation_shows_its_turns_in_order_under_their_numbers() -> None:
    html = conversation(Turns().followed_by(told("first")).followed_by(told("second")), "en")
    assert html.index('id="t1"') < html.index("first") < html.index('id="t2"') < html.index("second")


@pytest.mark.parametrize(("language", "reading"), [("en", "Reading the records"), ("zh", "正在查阅记录")])
def test_a_question_is_shown_before_its_answer_is_known(language: str, reading: str) -> None:
    for html in (asking("What of the tram?", language, 3), turn(told("What of the tram?"), language, 3)):
        assert "What of the tram?" in html and reading in html and 'id="t3"' in html


@pytest.mark.parametrize(
    "html",
    [
        asking(HOSTILE, "en", 1),
        turn(told(HOSTILE), "en", 1),
        trouble(HOSTILE, "en", HOSTILE),
        examples([HOSTILE], "en"),
        welcome([], "en", HOSTILE),
    ],
    ids=["asking", "turn", "trouble", "examples", "welcome"],
)
def test_nothing_typed_or_read_becomes_markup(html: str) -> None:
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;" in html


def test_the_first_sight_invites_to_ask_or_says_how_to_get_records() -> None:
    assert "What do the minutes say?" in welcome(HELD, "en", "index")
    assert "python -m ingest data/minutes --index other" in welcome([], "en", "other")
    assert "还没有会议记录" in welcome([], "zh", "index")
    assert "1 meeting, March 2024" in masthead(HELD, "en")


def test_where_the_encoder_does_not_know_every_language_the_first_sight_says_so_once() -> None:
    for language, said in (("en", "found by words alone"), ("zh", "只能按字词查找")):
        assert welcome(HELD, language, "index", every_language=False).count(said) == 1
        assert said not in welcome(HELD, language, "index")


def test_a_turn_offers_what_was_understood_to_be_changed_and_a_link_that_asks_the_same() -> None:
    question = Question("Tram in 2024?", topic="tram", when=(YEAR,), bodies=("Council",))
    html = turn(Answer(question), "en", 1)
    assert 'aria-label="Take away When: 2024"' in html and 'name="since" value="2024-01-01"' in html
    link = unescape(re.search('data-link="([^"]+)"', html)[1])
    query = address.read(link)
    assert query["q"] == ["Tram in 2024?"]
    understood = Question("Tram in 2024?", topic="another reading")
    assert as_typed(corrected(understood, address.typed_in(query))) == as_typed(question)


def test_while_an_answer_grows_nothing_of_it_can_be_changed() -> None:
    html = turn(Answer(Question("Tram?", topic="tram")), "en", 1, growing=True)
    assert "data-correct" not in html and "data-link" not in html and 'aria-busy="true"' in html


def test_a_turn_that_is_asked_again_gives_way_when_it_is_the_last() -> None:
    turns = Turns().followed_by(told("first")).followed_by(told("second"))
    assert [answer.question.text for answer in turns.before(2).answers] == ["first"]
    assert turns.before(2).next == 2
    assert turns.before(1) == turns


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_wait_is_told_by_its_place(language: str) -> None:
    assert "7" in asking("What of the tram?", language, 1, ahead=7)


def test_no_examples_leave_no_heading() -> None:
    assert examples([], "en") == ""


def test_style_and_script_load_nothing_from_elsewhere() -> None:
    assets = head()
    assert "<style>" in assets and "<script>" in assets
    assert not re.search(r"https?:|url\(|@import|\bimport\(|fetch\(|\beval\(", assets)
