"""The last meeting, and the one before it: the last with content, of the body that is named or of all."""

import datetime

import pytest

from qa.answers import MeetingRef
from qa.calendar import Calendar
from qa.question import read_question

_ROW = (
    ("council-06", "Orrinvale Town Council", "Orrinvale Town Council", (2026, 6, 9)),
    ("council-09", "Orrinvale Town Council", "Orrinvale Town Council", (2026, 9, 8)),
    ("trust-10", "栖梧市博物馆理事会会议纪要", "栖梧市博物馆理事会", (2026, 10, 20)),
    ("board-10a", "Museum Board Agenda", "Orrinvale Museum Board", (2026, 10, 27)),
    ("board-10m", "Museum Board Minutes", "Orrinvale Museum Board", (2026, 10, 27)),
    ("board-11", "Museum Board Agenda", "Orrinvale Museum Board", (2026, 11, 24)),
)
MEETINGS = tuple(MeetingRef(name, title, datetime.date(*day), body=body) for name, title, body, day in _ROW)
TOWN = Calendar(
    MEETINGS, bodies=tuple(sorted({m.body for m in MEETINGS if m.body})), today=datetime.date(2026, 11, 30)
)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("What was decided at the last meeting?", "2026-10-27"),
        ("What was decided at the last council meeting?", "2026-09-08"),
        ("summarize the last council meeting", "2026-09-08"),
        ("What did the board agree at the most recent board meeting?", "2026-10-27"),
        ("When did the Museum Board last meet?", "2026-10-27"),
        ("When did the council last meet?", "2026-09-08"),
        ("What was decided at the meeting before last?", "2026-10-20"),
        ("What was decided at the next-to-last council meeting?", "2026-06-09"),
        ("What happened at the penultimate council meeting?", "2026-06-09"),
        ("What was decided at the third-to-last meeting?", "2026-09-08"),
        ("上次会议决定了什么？", "2026-10-27"),
        ("上上次会议决定了什么？", "2026-10-20"),
        ("上上上次会议决定了什么？", "2026-09-08"),
        ("倒数第二次会议讨论了什么？", "2026-10-20"),
        ("最近一次理事会会议谁主持？", "2026-10-20"),
        ("理事会最近一次开会讨论了什么？", "2026-10-20"),
    ],
)
def test_the_last_meeting_is_the_last_with_content_of_the_body_named(question: str, day: str) -> None:
    read = read_question(question, TOWN)
    assert [(str(period.first), str(period.last)) for period in read.when] == [(day, day)]
    assert not read.missing


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("What was decided at the last council meeting?", "Orrinvale Town Council"),
        ("When did the Museum Board last meet?", "Orrinvale Museum Board"),
        ("最近一次理事会会议谁主持？", "栖梧市博物馆理事会"),
    ],
)
def test_the_last_meeting_of_a_kind_of_body_leaves_out_the_others(question: str, body: str) -> None:
    assert read_question(question, TOWN).bodies == (body,)


@pytest.mark.parametrize(
    "question", ["What was agreed at the meeting before last?", "上上次会议决定了什么？"]
)
def test_before_the_only_meeting_there_is_none(question: str) -> None:
    read = read_question(question, Calendar(MEETINGS[:1], today=TOWN.today))
    assert read.missing
    assert [meeting.record_id for meeting in read.nearest] == ["council-06"]


def test_where_only_agendas_are_held_the_last_of_them_is_the_last_meeting() -> None:
    read = read_question("What was on at the last meeting?", Calendar(MEETINGS[-1:], today=TOWN.today))
    assert [str(period.first) for period in read.when] == ["2026-11-24"]
