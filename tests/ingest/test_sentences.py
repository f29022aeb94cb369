import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import ENDLESS, LONG, LONG_HAN, sentences

CASES = {
    "plain": "The council met.| It rose at five.",
    "abbreviations": "Messrs. Lee and Cho moved No. 5 at 7 p.m. in St. Mary's.|"
    " The U.S. Senate, e.g. Rep. Kim, left.",
    "abbreviation that ends": "They rose at 9 p.m.| The mayor stayed.| He works for Acme Inc.| It pays well.",
    "initials": "J. S. Choi seconded.| The chair, A. B. Ruiz, agreed.",
    "the word no": "Was it carried?| No.| They tried again.",
    "decimals": "Rates rose 3.5 percent to $4.25 million.| They fell.",
    "ellipsis": "We could... maybe wait... and see.| Then...| Nobody spoke.",
    "marks inside quotes": 'He said "Stop." |"Why?" she asked.| (It ended.) |Next.',
    "tokenised transcript": "OK . |So the news for me is A , my favourite . |Right ?| Yes .",
    "numbered list": "1. Approval of minutes\n|2. Budget\n|3.1 Roads\n|(a) north\n|- south\n|Item",
    "wrapped prose": "The council met on a fine Monday morning in the great hall of the old Town\n"
    "Hall and approved the budget of the year before turning to the accounts of the\nharbour.| It rose.",
    "a day at the beginning of a line": "The Board put off the liner of the north wall until its meeting of\n"
    "10 June 2025.| It rose.\n|12 Mayfield Road was inspected.\n|10 June 2025",
    "abbreviation at the end of a line": "The motion, on the table since March, was put by Mr.\nSmith.",
    "heading without a stop": "Roll call\n|The mayor opened the meeting and welcomed all who had come.",
    "title block": "Town Council\n|Regular Meeting\n|March 5, 2024\n\n|Present",
    "blank line": "one\n\n|two\n \n|three",
    "turns": "Li Jun: Hello all.\n|The Chair (Hon. A. Rota (Lib.)): Order.| We begin.\n|Grad C: Yes .",
    "chinese": "会议指出，要好。|会议强调：“必须。”|他说；好！|真的吗？|是的",
    "chinese turns": "发言人1：好，我是\n|发言人2：大家好\n|会议决定：同意。",
    "chinese list": "会议议定：\n|一、通过预算\n|（二）加强管理\n|①道路\n|第三条 附则",
    "mixed": "通过第3.5号决定。|Approved by Mr. Wang.|会议结束。",
}


@pytest.mark.parametrize("name", CASES)
def test_sentences_end_where_the_bars_are(name: str) -> None:
    pieces = CASES[name].split("|")
    text = "".join(pieces)
    assert [s.of(text).strip() for s in sentences(text)] == [piece.strip() for piece in pieces]


def test_markdown_lines_stand_alone() -> None:
    text = "# Notes\nText here.\n| a | b |\n> quoted"
    assert [s.of(text).strip() for s in sentences(text)] == text.split("\n")


def test_long_chinese_without_stops_is_cut_at_commas() -> None:
    text = "那么我们今天来讨论一下这个问题，" * 60
    spans = sentences(text)
    assert len(spans) > 5
    assert all(s.of(text).endswith("，") and len(s.of(text)) < 2 * LONG_HAN for s in spans)


def test_long_english_is_cut_at_semicolons_before_commas() -> None:
    text = ("the board notes the report of the treasurer, with thanks; " * 30).strip()
    spans = sentences(text)
    assert len(spans) > 1
    assert all(s.of(text).rstrip().endswith(";") and s.end - s.start <= LONG * 1.5 for s in spans)


def test_text_without_marks_is_cut_all_the_same() -> None:
    assert max(s.end - s.start for s in sentences("x" * 100_000)) <= ENDLESS


def test_an_empty_range_has_no_sentences() -> None:
    assert sentences("") == [] and sentences("abc", 2, 2) == []


@pytest.mark.slow
def test_time_grows_with_the_text_and_no_faster() -> None:
    def seconds(text: str) -> float:
        began = time.process_time()
        sentences(text)
        return time.process_time() - began

    for line in (
        "Mr. Li spoke for the motion, which failed. ",
        "好的那么我们，",
        "word ",
        " ",
        ".",
        "A. ",
        "\n ",
    ):
        small, large = line * (50_000 // len(line)), line * (800_000 // len(line))
        assert seconds(large) < 40 * max(seconds(small), 0.01), line


WORDS = "Mr.~No. 5~The~word~\n\n~...~- ~1. ~Li Jun: ~会议~发言人1：~p.m."
PIECES = st.sampled_from([*WORDS.split("~"), *" \n.?”)。，：;,\t\f\u2028𝒳#|"])
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=80).map("".join))


@given(TEXTS, st.integers(0, 50), st.integers(0, 400))
def test_sentences_tile_every_range(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(len(text), start + length)
    spans = sentences(text, start, end)
    assert "".join(s.of(text) for s in spans) == text[start:end]
    assert all(s.start < s.end for s in spans)
    assert [s.end for s in spans[:-1]] == [s.start for s in spans[1:]]
