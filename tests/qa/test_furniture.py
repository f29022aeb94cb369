"""Lines about a record itself answer nothing but a question for them."""

import pytest

from qa import Minutebook
from qa.furniture import furniture

LINES = {
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


def test_it_is_none_to_a_question_for_it() -> None:
    assert furniture("Apologies: Cllr G. Rudd", "Who sent apologies?") is None
    assert furniture("抄送：区委办公室", "这份纪要抄送给谁？") is None


@pytest.mark.parametrize(
    "text", ["谁反对了博物馆选址？", "有没有人反对西码头夜间作业限制办法？", "What about the museum site?"]
)
def test_no_answer_cites_one(book: Minutebook, text: str) -> None:
    quotes = [citation.quote for citation in book.ask(text).citations]
    assert quotes and not any(furniture(quote) for quote in quotes)
