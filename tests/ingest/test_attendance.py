"""Lists of people of which several stand on one line."""

import datetime

import pytest

from ingest.minutes import understand
from ingest.records import Document


@pytest.mark.parametrize(
    ("line", "attendees", "absent", "others"),
    [
        (
            "Present: Council Members Adley, Bloom and Dunne. Absent: Council Member Egan.",
            ("Adley", "Bloom", "Dunne"),
            ("Council Member Egan",),
            (),
        ),
        ("Present: Cllrs Bhatt, Kaur. The Clerk", ("Bhatt", "Kaur", "The Clerk"), (), ()),
        ("Present: Cllrs Bhatt, Penrose. Clerk: Ida Moss", ("Bhatt", "Penrose"), (), ("Ida Moss",)),
        ("Present: Cllrs Bhatt, Penrose and three residents.", ("Bhatt", "Penrose"), (), ()),
        ("Present: Cllrs Bhatt, Penrose. Apologies: Cllr Kaur.", ("Bhatt", "Penrose"), ("Cllr Kaur",), ()),
        ("Present: Ann Bell, J. Orr; Absent: Bo Chen", ("Ann Bell", "J. Orr"), ("Bo Chen",), ()),
        (
            "Members present: Prof. Ann Bell, Bo Orr Jr. Excused: Cy Diaz.",
            ("Prof. Ann Bell", "Bo Orr Jr"),
            ("Cy Diaz",),
            (),
        ),
        (
            "Present: Ann Bell, Bo Chen. Absent (1): Cy Diaz. Staff present: Di Evans.",
            ("Ann Bell", "Bo Chen"),
            ("Cy Diaz",),
            ("Di Evans",),
        ),
        ("Present: Ann Bell, Bo Chen. Quorum: yes.", ("Ann Bell", "Bo Chen"), (), ()),
        ("Present: Ann Bell, Bo Chen and two members of the public", ("Ann Bell", "Bo Chen"), (), ()),
        ("Present: An Nguyen, Many Orr and Bo Chen", ("An Nguyen", "Many Orr", "Bo Chen"), (), ()),
        ("出席：甘平、乙明。缺席：丁山。列席：方圆。", ("甘平", "乙明"), ("丁山",), ("方圆",)),
        ("出席人员：王平、李明。请假：丁山", ("王平", "李明"), ("丁山",), ()),
        ("出席：王平、李明；列席：方圆。", ("王平", "李明"), (), ("方圆",)),
        ("出席：王平、李明。記錄：方圆。", ("王平", "李明"), (), ()),
    ],
)
def test_lists_on_one_line_end_where_the_next_begins(line, attendees, absent, others):
    text = f"# Fernhollow Council\n\n{line}\n\n## 1. Roads\n\nThe roads were discussed.\n"
    found = understand(Document(text), today=datetime.date(2026, 1, 1)).meeting
    assert (found.attendees, found.absent, found.others) == (attendees, absent, others)


@pytest.mark.parametrize("line", ["Ayes: Bell, Chen. Absent: Diaz.", "Motion carried. Absent: Diaz."])
def test_who_was_away_from_a_vote_is_not_absent_from_the_meeting(line):
    text = f"# Fernhollow Council\n\nPresent: Bell, Chen, Diaz.\n\n## 1. Roads\n\n{line}\n"
    assert understand(Document(text), today=datetime.date(2026, 1, 1)).meeting.absent == ()
