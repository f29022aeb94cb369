import datetime

import pytest

from ingest.decisions import find_decisions
from ingest.register.actions import owner
from ingest.register.amounts import amounts
from ingest.register.deadlines import deadline, put_off_to
from ingest.register.due import due_date
from ingest.register.english_tasks import assigns

OWNERS = {
    "ACTION: Jane Doe to circulate the draft.": "Jane Doe",
    "Action (Clerk): obtain three quotes": "Clerk",
    "Action: the Transport Bureau to consult the shops.": "Transport Bureau",
    "AI(AB, CD): update the text": "AB, CD",
    "Clerk to write to the County.": "Clerk",
    "- Dana Reyes and Lee Cho to report back": "Dana Reyes and Lee Cho",
    "Council directed staff to return with a plan.": "staff",
    "The Treasurer was asked to prepare a forecast.": "The Treasurer",
    "Ben volunteered to write the runbook.": "Ben",
    "| Appoint auditor | CFO | end of June |": "CFO",
    "由住建局牵头，于6月底前完成排查。": "住建局",
    "请办公室尽快跟进。": "办公室",
    "- 张三负责整理需求文档": "张三",
    "责任单位：市财政局": "市财政局",
    "It was agreed that the roof will be repaired.": None,
    "Motion to approve.": None,
}
DEADLINES = {
    "Clerk to report back by June.": "by June",
    "to be done no later than 30 June 2024": "no later than 30 June 2024",
    "within 30 days": "within 30 days",
    "Lee to report at the next meeting.": "at the next meeting",
    "Due: 2024-05-10": "2024-05-10",
    "runbook (due May 3)": "May 3",
    "before the end of January": "before the end of January",
    "于6月底前完成": "6月底前",
    "2024年5月20日前报送": "2024年5月20日前",
    "10个工作日内完成": "10个工作日内",
    "于六月底之前报送": "六月底之前",
    "五月二十日前提交报告": "五月二十日前",
    "5月中旬前报送名单": "5月中旬前",
    "下周五前报送": "下周五前",
    "本月底前完成整改": "本月底前",
    "年内建成投用": "年内",
    "二季度末前完成验收": "二季度末前",
    "完成时限：2025年6月30日": "2025年6月30日",
    "release the funds by the end of May and report": "by the end of May",
    "截止3月底，已完成八成": None,
    "三个月内完成": "三个月内",
    "done by the clerk": None,
    "会议讨论了预算": None,
}
MEETING = datetime.date(2024, 3, 12)
DUE = {
    "before October 2025": datetime.date(2025, 9, 30),
    "prior to March 2025": datetime.date(2025, 2, 28),
    "before 1 October 2025": datetime.date(2025, 10, 1),
    "before the end of October 2025": datetime.date(2025, 10, 31),
    "by October 2025": datetime.date(2025, 10, 31),
    "2025年10月前": datetime.date(2025, 9, 30),
    "2025年10月底前": datetime.date(2025, 10, 31),
    "2025年10月上旬前": datetime.date(2025, 10, 10),
    "by 30 June": datetime.date(2024, 6, 30),
    "by February": datetime.date(2025, 2, 28),
    "by May 3": datetime.date(2024, 5, 3),
    "by April 30, 2026": datetime.date(2026, 4, 30),
    "2024-05-10": datetime.date(2024, 5, 10),
    "6月底前": datetime.date(2024, 6, 30),
    "2025年5月20日前": datetime.date(2025, 5, 20),
    "年底前": datetime.date(2024, 12, 31),
    "今年6月底前": datetime.date(2024, 6, 30),
    "今年2月底前": datetime.date(2024, 2, 29),
    "六月底前": datetime.date(2024, 6, 30),
    "二月底前": datetime.date(2025, 2, 28),
    "五月二十日前": datetime.date(2024, 5, 20),
    "5月中旬前": datetime.date(2024, 5, 20),
    "5月上旬前": datetime.date(2024, 5, 10),
    "5月下旬前": datetime.date(2024, 5, 31),
    "本月底前": datetime.date(2024, 3, 31),
    "月底前": datetime.date(2024, 3, 31),
    "下月底前": datetime.date(2024, 4, 30),
    "明年3月底前": datetime.date(2025, 3, 31),
    "明年底前": datetime.date(2025, 12, 31),
    "2026年末": datetime.date(2026, 12, 31),
    "年内": datetime.date(2024, 12, 31),
    "上半年": datetime.date(2024, 6, 30),
    "二季度末前": datetime.date(2024, 6, 30),
    "明年一季度末前": datetime.date(2025, 3, 31),
    "本周五前": datetime.date(2024, 3, 15),
    "下周五前": datetime.date(2024, 3, 22),
    "周一前": datetime.date(2024, 3, 18),
    "周三前": datetime.date(2024, 3, 13),
    "by the end of the month": datetime.date(2024, 3, 31),
    "by the end of next month": datetime.date(2024, 4, 30),
    "by the end of the year": datetime.date(2024, 12, 31),
    "by 31 February": None,
    "by Friday": None,
    "at the next meeting": None,
}
PUT_OFF = {
    "The application was deferred to its meeting of 8 May 2024.": (
        "to its meeting of 8 May 2024",
        "2024-05-08",
    ),
    "The Board deferred the report until the meeting scheduled for 13 May at 6 pm.": (
        "until the meeting scheduled for 13 May",
        "2024-05-13",
    ),
    "The motion on the budget of 3 March 2023 was tabled until 20 May 2024.": (
        "until 20 May 2024",
        "2024-05-20",
    ),
    "The hearing was continued to May 13, 2024.": ("to May 13, 2024", "2024-05-13"),
    "It was referred back for the session on 6 June 2024.": ("for the session on 6 June 2024", "2024-06-06"),
    "The Board agreed to move the opening from 20 April 2024 to 18 May 2024.": (
        "to 18 May 2024",
        "2024-05-18",
    ),
    "The Board put off the tariff until the May meeting.": ("until the May meeting", "2024-05-31"),
    "Consideration was postponed to the next meeting.": ("to the next meeting", None),
    "Deferred pending a report on the application of 3 March 2024.": (None, None),
    "Deferred until a second quotation has been obtained.": (None, None),
    "该方案推迟至5月20日会议再议。": ("5月20日会议", "2024-05-20"),
    "该议题暂缓审议，提交6月3日常务会议研究。": ("6月3日常务会议", "2024-06-03"),
    "表决延期到2024年5月20日进行。": ("2024年5月20日", "2024-05-20"),
    "同意将开馆时间由2024年5月1日推至2024年7月1日。": ("2024年7月1日", "2024-07-01"),
    "会议决定该议题缓议，留待六月十日会议再议。": ("六月十日会议", "2024-06-10"),
    "暂缓审议，资金落实后再议。": (None, None),
}
AMOUNTS = {
    "a contract of $1,245,300.50 and £18,400": ("$1,245,300.50", "£18,400"),
    "raise it from $8 billion to US$12 billion": ("$8 billion", "US$12 billion"),
    "3,000 euros, 5 million yuan, USD 20": ("3,000 euros", "5 million yuan", "USD 20"),
    "专项资金3000万元、5亿元人民币、两千元": ("3000万元", "5亿元人民币", "两千元"),
    "5 percent of 300 members in 2024": (),
}
TASKS = [
    "Clerk to write to the County.",
    "Cllr Shah to report back at the next meeting.",
    "ES to inform the applicant.",
    "Ana to email customers by Friday",
    "Cllrs Simpson and Green will prepare a contract.",
]
NO_TASKS = [
    "Motion to approve the minutes.",
    "Introduction to take place later.",
    "Proposing to add text to the plan.",
    "The Board will consider the lease.",
    "It will review the matter.",
    "Impossible to set limits.",
    "Guide to report leaks",
]


@pytest.mark.parametrize(("words", "expected"), OWNERS.items())
def test_owners_are_read_as_written(words: str, expected: str | None) -> None:
    assert owner(words) == expected


@pytest.mark.parametrize(("words", "expected"), DEADLINES.items())
def test_deadlines_are_read_as_written(words: str, expected: str | None) -> None:
    assert deadline(words) == expected


@pytest.mark.parametrize(("words", "expected"), DUE.items())
def test_a_deadline_is_the_next_such_day_after_the_meeting(
    words: str, expected: datetime.date | None
) -> None:
    assert due_date(words, MEETING) == expected


@pytest.mark.parametrize(("words", "expected"), PUT_OFF.items())
def test_what_is_put_off_has_the_day_to_which(words: str, expected: tuple[str | None, str | None]) -> None:
    when = put_off_to(words)
    due = due_date(when, MEETING) if when else None
    assert (when, due and due.isoformat()) == expected


def test_a_deferred_entry_has_it_as_its_day() -> None:
    text = (
        "The lease was deferred to the meeting of 8 May 2024. The hearing was postponed to the next meeting."
    )
    lease, hearing = find_decisions(text, (), (), date=MEETING)
    assert (lease.kind.value, lease.due, lease.owner) == ("deferred", datetime.date(2024, 5, 8), None)
    assert (hearing.deadline, hearing.due) == ("to the next meeting", None)


def test_a_deadline_without_a_year_needs_the_date_of_the_meeting() -> None:
    assert due_date("by 30 June") is None
    assert due_date("by 30 June 2024") == datetime.date(2024, 6, 30)


@pytest.mark.parametrize(("words", "expected"), AMOUNTS.items())
def test_amounts_are_kept_as_written(words: str, expected: tuple[str, ...]) -> None:
    assert amounts(words) == expected


@pytest.mark.parametrize("words", TASKS)
def test_notes_of_who_is_to_do_what_assign(words: str) -> None:
    assert assigns(words)


@pytest.mark.parametrize("words", NO_TASKS)
def test_other_infinitives_assign_nothing(words: str) -> None:
    assert not assigns(words)
