"""Records with numbers at the beginning of their lines are understood as those without."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.decisions import find_decisions
from ingest.line_numbers import without_line_numbers
from ingest.minutes import understand
from ingest.records import Document

ENGLISH = """\
ELMFORD WATER BOARD
Minutes of the meeting of 8 April 2025
Present: Ann Cole, Ben Dray

1. WATER TARIFF
The committee resolved to raise the tariff from
1 July 2025.
Mr Dray is to write to customers by 5 May 2025.

2. RESERVOIR
The Board deferred the liner.
In favor: Cole, Dray.
Against: Orr."""
CHINESE = """\
清水市水务委员会
第三次会议纪要
时间：2025年4月8日
地点：市政府301会议室

一、关于水价调整
会议听取了市发改委的汇报，原则同意水价调整方案。

二、关于水库加固
会议要求，市水务局于2025年6月30日前完成加固，
市财政局于5月底前拨付资金。"""
LISTS = ["1 Apologies\n2 Minutes\n3 Tariff", "1. Cole\n2. Dray\n" * 6, "8 April 2025\nThe Board met.\n" * 6]


def numbered(text: str, form: str, blank: bool) -> str:
    lines = enumerate(text.split("\n"), 1)
    return "\n".join(form.format(number) + line if line or blank else "" for number, line in lines)


@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
@pytest.mark.parametrize(
    ("form", "blank"), [("{:>3}  ", False), ("{}\t", True), ("{:<4}", True), ("{:05} ", False)]
)
def test_numbers_in_the_margin_change_nothing_that_is_understood(text: str, form: str, blank: bool) -> None:
    with_numbers = numbered(text, form, blank)
    plain, read = understand(Document(text)), understand(Document(with_numbers))
    assert read.meeting == plain.meeting
    assert [s.title for s in read.sections] == [s.title for s in plain.sections]
    expected = find_decisions(text, plain.sections, plain.turns, date=plain.meeting.date)
    found = find_decisions(with_numbers, read.sections, read.turns, date=read.meeting.date)
    assert [(d.kind, d.item, d.owner, d.due, d.tally) for d in found] == [
        (d.kind, d.item, d.owner, d.due, d.tally) for d in expected
    ]
    assert not any(d.of(with_numbers)[0].isdigit() for d in found)


@pytest.mark.parametrize("text", [*LISTS, ENGLISH, CHINESE])
def test_a_list_or_a_date_is_no_margin(text: str) -> None:
    assert without_line_numbers(text) == text


@given(
    st.lists(st.sampled_from(["The Board met.", "", "  12", "7 \t", "3", "１"]), max_size=30), st.booleans()
)
def test_every_character_keeps_its_place(lines: list[str], numbers: bool) -> None:
    text = "\n".join(lines)
    text = numbered(text, "{} ", True) if numbers else text
    read = without_line_numbers(text)
    assert len(read) == len(text)
    assert all(old == new or new in " \n" for old, new in zip(text, read, strict=True))
