"""Two questions in one sentence are both answered, the second of the matter of the first."""

import pytest

from qa import Minutebook
from qa.question import read_question
from qa.two_questions import two_asked
from tests.qa.calendars import city, town


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("How much does the pier cost and who is in charge?", ("pier cost", "pier cost")),
        ("Who built the pier and how much did it cost?", ("built the pier", "pier cost")),
        ("When does the fair open? Who pays for it?", ("fair open", "pays for the fair open")),
        ("泵站投资多少，由谁负责？", ("泵站投资", "泵站")),
        ("泵站由谁承建，花多少钱？", ("泵站承建", "泵站承建")),
    ],
)
def test_the_second_question_is_of_the_matter_of_the_first(text: str, topics: tuple[str, str]) -> None:
    calendar = town() if text.isascii() else city()
    both = two_asked(read_question(text, calendar), calendar)
    assert both is not None and tuple(one.topic for one in both) == topics


@pytest.mark.parametrize(
    "text",
    [
        "Who proposed and who seconded the motion on the pier?",
        "What was decided on bins and recycling?",
        "What was decided about the pier and why?",
        "What did the council say about who pays for the pier?",
        "泵站什么时候完工？",
        "关于泵站，会议作了什么决定？",
    ],
)
def test_one_question_stays_one(text: str) -> None:
    calendar = town() if text.isascii() else city()
    assert two_asked(read_question(text, calendar), calendar) is None


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("清淤工程投资多少，由谁负责？", ["2300万元，由市水务局负责"]),
        ("清淤工程由谁承建，花多少钱？", ["榆溪河湖建设公司中标承建", "总投资2300万元"]),
        ("清淤工程的总投资是多少？由谁承建？", ["总投资2300万元", "榆溪河湖建设公司中标承建"]),
        ("老旧小区改造多少个小区，谁反对？", ["35个小区", "卓远提出反对意见"]),
        ("How much does the cycle lane cost and who is in charge?", ["85,000 pounds and Mr Tomas Veldt"]),
        (
            "Who won the Christmas lights contract and what is the budget?",
            ["won by Starling Events", "budget is 9,000"],
        ),
        (
            "When does the work on the pier lights start and who does it?",
            ["starts on 1 August 2025", "appointed Brightline Electrical"],
        ),
        (
            "When was the parking charge approved and who voted against it?",
            ["approved a parking charge", "2 against (Ruiz, Lowe)"],
        ),
        ("Who got the roof contract and when must it be signed?", ["Hallam & Sons", "by 20 March 2025"]),
    ],
)
def test_both_are_answered_in_their_order(elmford: Minutebook, text: str, has: list[str]) -> None:
    answer = elmford.ask(text)
    said = " ".join(claim.text for claim in answer.claims)
    places = [said.find(words) for words in has]
    assert -1 not in places and places == sorted(places)
    assert not any("do not answer" in claim.text or "没有“" in claim.text for claim in answer.claims)
    assert len({(c.record.record_id, c.start, c.end) for c in answer.citations}) == len(answer.citations)
