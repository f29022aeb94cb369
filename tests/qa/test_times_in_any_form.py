"""Times of meetings in whatever form they are written; a time that belongs to the matter restricts nothing."""

import pytest

from qa.question import read_question
from tests.qa.calendars import city, shown, town

TOWN, CITY = town(), city()
NOVEMBER, JUNE = "2023-11-01..2023-11-30", "2024-06-01..2024-06-30"


@pytest.mark.parametrize(
    ("question", "reading"),
    [
        ("Outcome of the parking review, 2024-06 meeting?", f"fact: Outcome of the parking review | {JUNE}"),
        ("2024-06 meeting: depot", f"fact: depot | {JUNE}"),
        ("road repairs, Nov 2023?", f"fact: road repairs | {NOVEMBER}"),
        ("road repairs, Nov '23 meeting?", f"fact: road repairs | {NOVEMBER}"),
        ("what came out of the Nov 2023 discussion of the depot", f"decision: depot | {NOVEMBER}"),
        ("What was said in the November 2023 debate on the depot?", f"summary: depot | {NOVEMBER}"),
        ("At the Nov 2023 discussion of the depot, what was decided?", f"decision: the depot | {NOVEMBER}"),
        ("What was decided about the 2026 budget?", "decision: 2026 budget"),
        ("What was decided about the budget in 2029?", "decision: budget in 2029"),
        ("What was decided in 2029?", "decision: | 2029-01-01..2029-12-31 | missing"),
        (
            "What was decided about the budget at the 2029 meeting?",
            "decision: budget | 2029-01-01..2029-12-31 | missing",
        ),
    ],
)
def test_a_time_is_read_in_any_form_and_where_it_is_of_the_matter_is_topic(
    question: str, reading: str
) -> None:
    assert shown(read_question(question, TOWN)) == reading


@pytest.mark.parametrize(
    ("question", "reading"),
    [
        ("6月那次会说了什么？", f"summary: | {JUNE}"),
        ("6月那次会议关于停车决定了什么？", f"decision: 停车 | {JUNE}"),
        ("113年6月的会议对停车作出了什么决定？", f"decision: 停车 | {JUNE}"),
        ("民国113年6月的会议决定了什么？", f"decision: | {JUNE}"),
        ("24年6月的会议决定了什么？", f"decision: | {JUNE}"),
        ("24年6月25日的会议决定了什么？", "decision: | 2024-06-25..2024-06-25"),
        ("10年规划对停车有什么要求？", "decision: 10年规划对停车"),
    ],
)
def test_chinese_times_are_read_in_short_and_by_the_years_since_1912(question: str, reading: str) -> None:
    assert shown(read_question(question, CITY)) == reading
