"""What is due in a span of days: asked in words, or as a filter of the register."""

import datetime

import pytest

from qa import Minutebook
from qa.question import read_question
from tests.qa.calendars import city, shown, town

ENGLISH = [
    ("Which deadlines fall in 2026?", "action: | due 2026-01-01..2026-12-31"),
    ("What is due by March 2026?", "action: | due ..2026-03-31"),
    ("What must be finished before 31 May 2025?", "action: | due ..2025-05-30"),
    ("Which tasks are due in June 2025?", "action: | due 2025-06-01..2025-06-30"),
    ("What has to be done on gas safety by the end of 2024?", "action: gas safety | due ..2024-12-31"),
    ("What is due by the end of June?", "action: | due ..2025-06-30"),
    ("What is due by 30 June?", "action: | due ..2025-06-30"),
    ("What is due in March?", "action: | due 2025-03-01..2025-03-31"),
    ("Which tasks are due before July?", "action: | due ..2025-06-30"),
    ("What is due after June?", "action: | due 2025-07-01.."),
    ("What is due this month?", "action: | due 2025-01-01..2025-01-31"),
    ("What is due next month?", "action: | due 2025-02-01..2025-02-28"),
    ("What is due next week?", "action: | due 2025-01-27..2025-02-02"),
    ("What is due by next Friday?", "action: | due ..2025-01-31"),
    ("What is due by the end of the month?", "action: | due ..2025-01-31"),
    ("What is due by the end of next month?", "action: | due ..2025-02-28"),
    ("Which deadlines fall in the next quarter?", "action: | due 2025-04-01..2025-06-30"),
    ("What is due by the end of the year?", "action: | due ..2025-12-31"),
    ("What was due in June?", "action: | due 2024-06-01..2024-06-30"),
]
CHINESE = [
    ("哪些工作要在2026年6月底前完成？", "action: | due ..2026-06-30"),
    ("2026年到期的任务有哪些？", "action: | due 2026-01-01..2026-12-31"),
    ("2025年底前要完成哪些任务？", "action: | due ..2025-12-31"),
    ("什么任务6月底前到期", "action: | due ..2025-06-30"),
    ("哪些工作要在六月底前完成？", "action: | due ..2025-06-30"),
    ("今年6月底前要完成哪些工作？", "action: | due ..2025-06-30"),
    ("6月30日前要完成什么？", "action: | due ..2025-06-30"),
    ("6月前要完成哪些任务？", "action: | due ..2025-05-31"),
    ("6月份到期的任务有哪些？", "action: | due 2025-06-01..2025-06-30"),
    ("三季度到期的任务有哪些？", "action: | due 2025-07-01..2025-09-30"),
    ("年底前要完成哪些工作？", "action: | due ..2025-12-31"),
    ("明年6月底前要完成哪些工作？", "action: | due ..2026-06-30"),
    ("本月底前到期的任务有哪些？", "action: | due ..2025-01-31"),
    ("下个月到期的任务有哪些？", "action: | due 2025-02-01..2025-02-28"),
    ("下月底前要完成什么？", "action: | due ..2025-02-28"),
    ("下周五前到期的任务有哪些？", "action: | due ..2025-01-31"),
    ("本周到期的任务有哪些？", "action: | due 2025-01-20..2025-01-26"),
]


@pytest.mark.parametrize(("text", "reading"), ENGLISH)
def test_an_english_question_for_deadlines_asks_for_a_span_of_days(text: str, reading: str) -> None:
    assert shown(read_question(text, town())) == reading


@pytest.mark.parametrize(("text", "reading"), CHINESE)
def test_a_chinese_question_for_deadlines_asks_for_a_span_of_days(text: str, reading: str) -> None:
    assert shown(read_question(text, city())) == reading


@pytest.mark.parametrize(
    "text",
    [
        "When is the tide gate due?",
        "Which tasks were assigned in March 2024?",
        "What was decided on night work in September 2025?",
        "2024年完成了哪些工作？",
    ],
)
def test_what_was_done_or_when_one_thing_is_due_is_another_question(text: str) -> None:
    assert read_question(text, town()).due is None


def test_every_deadline_of_the_span_is_told_earliest_first_in_both_languages(book: Minutebook) -> None:
    answer = book.ask("Which deadlines fall in 2026?")
    days = [claim.text for claim in answer.claims if claim.text.startswith("Due ")]
    assert answer.claims[0].text == "6 things are due from 1 January 2026 to 31 December 2026:"
    assert days[0] == "Due 15 January 2026 (Mrs Marsh):" and len(days) == 6
    assert {citation.record.language for citation in answer.citations} == {"en", "zh"}
    quotes = [citation.quote for citation in answer.citations]
    assert any("tide gate" in quote for quote in quotes)
    assert not any(
        "publish the rents" in quote for quote in quotes
    )  # due in 2025, in the same entry as one of 2026


def test_nothing_is_answered_where_nothing_is_due(book: Minutebook) -> None:
    answer = book.ask("What is due in March 2029?")
    assert answer.abstained and not answer.citations


def test_the_register_is_filtered_by_when_things_are_due(book: Minutebook) -> None:
    found = book.decisions(due_since="2026", due_until="2026-01")
    assert [entry.due for entry in found] == [datetime.date(2026, 1, 15), datetime.date(2026, 1, 31)]
    assert all(
        entry.due and entry.due >= datetime.date(2026, 6, 1) for entry in book.decisions(due_since="2026-06")
    )
