"""Lines about a record itself answer nothing but a question for them."""

from pathlib import Path

import pytest

from ingest.encoder import SentenceTransformerEncoder
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from qa import Minutebook
from qa.answers import MeetingRef
from qa.furniture import furniture, names_meeting

LINES = {
    "particulars": [
        "Date: 8 April 2025", "**Date:** 13 May 2025", "Time: 7 pm", "Date and time: 8 April 2025, 7 pm",
        "Venue: Town Hall, Elmford", "Meeting no: 14",
        "时间：2025年4月8日", "会议地点：市政府301会议室", "会　次：第3次",
    ],
    "attendance": [
        "Present: A, B", "**In attendance:** Clerk", "Apologies: Cllr G. Rudd", "Chair: Ann Lee", "列席：区财政局",
    ],
    "signature": [
        "Signed: ......... Chair", "Respectfully submitted,", "Wanda Fisk, Clerk of the Board", "记录：市政府办公室",
    ],
    "distribution": [
        "Circulation: all councillors", "抄送：区委办公室，区人大办公室", "柳溪区人民政府办公室　2025年3月14日印发",
    ],
    "page": [
        "---\ntitle: Minutes", "Page 1 of 3", "CONFIDENTIAL - page 2 of 2", "第1页",
        "Minutes of the meeting of 20 May 2025",
    ],
}  # fmt: skip
SAYING = [
    "Time is short: the contractor needs an answer by 5 May.",
    "Date of opening: the Board has not decided it.",
    "Location: the Board preferred the north site.",
    "时间紧迫，会议要求抓紧施工。",
    "The minutes of 9 July were approved.",
    "Absent members will be told.",
    "Chair: I call the meeting to order.",
    "Action: Clerk to write.",
    "He thanked Ms Fisk, clerk of the board.",
    "记录显示：会议通过",
]


@pytest.mark.parametrize(("part", "line"), [(part, line) for part, lines in LINES.items() for line in lines])
def test_a_line_about_the_record_is_told_by_its_form(part: str, line: str) -> None:
    assert furniture(line) == part


@pytest.mark.parametrize("line", SAYING)
def test_a_line_that_says_something_is_none(line: str) -> None:
    assert furniture(line) is None


ELMFORD = MeetingRef("a", "Minutes of the ordinary meeting", body="Elmford Water Board")
QINGSHUI = MeetingRef("b", "第三次会议纪要", body="清水市水务委员会", language="zh")


@pytest.mark.parametrize(
    ("line", "meeting"),
    [
        ("ELMFORD WATER BOARD", ELMFORD),
        ("# Elmford Water Board", ELMFORD),
        ("Elmford Water Board - Minutes", ELMFORD),
        ("Minutes of the ordinary meeting", ELMFORD),
        ("FENWICK PARISH COUNCIL", ELMFORD),
        ("清水市水务委员会", QINGSHUI),
        ("清水市水务委员会第三次会议纪要", QINGSHUI),
        ("柳溪区人民政府", QINGSHUI),
    ],
)
def test_a_heading_of_the_meeting_or_its_body_is_no_statement(line: str, meeting: MeetingRef) -> None:
    assert names_meeting(line, meeting)


@pytest.mark.parametrize(
    ("line", "meeting"),
    [
        ("The Elmford Water Board raised the tariff.", ELMFORD),
        ("Elmford Water Board: tariff raised", ELMFORD),
        ("清水市水务委员会同意水价方案。", QINGSHUI),
    ],
)
def test_what_says_something_of_the_body_is_one(line: str, meeting: MeetingRef) -> None:
    assert not names_meeting(line, meeting)


def test_it_is_none_to_a_question_for_it() -> None:
    assert furniture("Apologies: Cllr G. Rudd", "Who sent apologies?") is None
    assert furniture("Venue: Town Hall, Elmford", "Where was it held?") is None
    assert furniture("时间：2025年4月8日", "会议是什么时候开的？") is None
    assert furniture("抄送：区委办公室", "这份纪要抄送给谁？") is None


@pytest.mark.parametrize(
    "text", ["谁反对了博物馆选址？", "有没有人反对西码头夜间作业限制办法？", "What about the museum site?"]
)
def test_no_answer_cites_one(book: Minutebook, text: str) -> None:
    quotes = [citation.quote for citation in book.ask(text).citations]
    assert quotes and not any(furniture(quote) for quote in quotes)


WATER = """\
ELMFORD WATER BOARD
Minutes of the ordinary meeting
Date: 8 April 2025
Time: 7 pm
Place: Town Hall, Elmford
Present: Ann Cole (chair), Ben Dray

1. Water tariff
Mr Dray said that the tariff had not been raised since 2019. The Board approved the new water tariff.

ELMFORD WATER BOARD

2. Reservoir
The reservoir is leaking at the north wall.
"""
HAN_WATER = """\
清水市水务委员会
第三次会议纪要
时间：2025年4月8日
地点：市政府301会议室
出席：王芳、张伟

一、关于水价调整
会议听取了市发改委关于水价调整的汇报，原则同意水价调整方案。

清水市水务委员会

二、关于水库加固
会议要求，市水务局加强水库巡查。
"""


@pytest.mark.parametrize(
    ("record", "text"),
    [
        (WATER, "What was said about the water board?"),
        (WATER, "What about Elmford?"),
        (HAN_WATER, "水务委员会讨论了什么？"),
    ],
)
def test_no_answer_states_what_stands_in_the_head(
    record: str, text: str, tmp_path: Path, encoder: SentenceTransformerEncoder
) -> None:
    (tmp_path / "minutes.txt").write_text(record, encoding="utf-8")
    with OwnedIndex.open(tmp_path / "index", encoder) as index:
        ingest([tmp_path / "minutes.txt"], index)
    quotes = [
        citation.quote
        for citation in Minutebook.open(tmp_path / "index", encoder=encoder).ask(text).citations
    ]
    assert quotes and all(quote.endswith((".", "。")) for quote in quotes)
