"""The roll of a vote, a side a line: in any order, with blank lines, markup, counts, below a motion or prose."""

import datetime

import pytest

from ingest.decisions import find_decisions
from ingest.records import Decision

COLE_AND_DRAY, ORR = ("Cole", "Dray"), ("Orr",)
ENGLISH = [
    "In favor: Cole, Dray.\nAgainst: Orr.",
    "In favor: Cole, Dray.\n\nAgainst: Orr.",
    "**In favor:** Cole, Dray  \n**Against:** Orr",
    "In favour (2): Cole, Dray\nAgainst (1): Orr",
    "Against: Orr\nIn favour: Cole, Dray\nAbstaining: none",
    "Opposed: Orr\nFor: Cole, Dray",
    "Yes: Cole, Dray\nNo: Orr",
    "Ayes: Cole, Dray\nNays: Orr\nAbstain: none\nAbsent: Penn",
    "Nays: Orr\nAyes: Cole,\nDray",
    "Yeas - Cole, Dray; Nays - Orr",
    "Those in favor: Cole, Dray\nThose opposed: Orr",
    "- For: Cole, Dray\n- Against: Orr",
    "VOTES FOR: Cole, Dray\nVOTES AGAINST: Orr",
]
CHINESE = [
    "赞成：张伟、李娜\n反对：刘敏",
    "反对：刘敏\n赞成：张伟、李娜\n弃权：无",
    "赞成：张伟、李娜。\n\n反对：刘敏。",
    "赞成（2票）：张伟、李娜\n反对（1票）：刘敏",
    "赞成票：张伟，李娜；\n反对票：刘敏；",
    "同意：张伟、李娜。\n反对：刘敏。\n弃权：无。",
]
ABOVE = [
    "",
    "Motion by Penn, seconded by Cole, to raise the tariff from 1 July 2025 and to review it again in a year\n",
    "The Board heard from two residents about the price of water in the summer months.\n",
    "The motion to raise the tariff was put to the vote.\n\n",
]


def register(text: str) -> tuple[Decision, ...]:
    return find_decisions(text, (), (), date=datetime.date(2025, 4, 8))


@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize("roll", ENGLISH)
def test_every_side_of_a_roll_is_in_its_entry(above: str, roll: str) -> None:
    entry = register(above + roll)[-1]
    assert entry.tally is not None
    assert (entry.tally.names_in_favour, entry.tally.names_against) == (COLE_AND_DRAY, ORR)
    assert (entry.tally.in_favour, entry.tally.against) == (2, 1)
    assert roll in entry.of(above + roll)


@pytest.mark.parametrize("roll", CHINESE)
def test_every_side_of_a_chinese_roll_is_in_its_entry(roll: str) -> None:
    text = "会议对水价调整方案进行表决。\n" + roll
    entry = register(text)[-1]
    assert entry.tally is not None
    assert (entry.tally.names_in_favour, entry.tally.names_against) == (("张伟", "李娜"), ("刘敏",))
    assert roll in entry.of(text)


def test_a_result_below_a_roll_that_blank_lines_part_belongs_to_it() -> None:
    text = "Motion by Dray to sell the depot.\n\nAyes: Cole, Dray\n\nNays: Orr\n\nMotion carried."
    (entry,) = register(text)
    assert (entry.kind.value, entry.of(text)) == ("approved", text)


def test_sides_of_two_votes_are_two_entries() -> None:
    text = "Motion to sell.\nAyes: Cole\nNays: Orr\nMotion failed.\n\nMotion to buy.\nAyes: Orr\nNays: Cole\nCarried."
    assert [one.kind.value for one in register(text)] == ["rejected", "approved"]
