"""Characters that stand for others: read as those, offsets kept, quoted as they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.characters import blanked, plain_characters
from ingest.records import Document, Span
from ingest.understanding import read_document
from ingest.words import words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("⽉⼀⽇", "月一日"),
        ("⻓⻋", "长车"),
        ("\uf9e1\uf90a", "李金"),
        ("２０３１年", "2031年"),
        ("𝐀𝐠𝐫𝐞𝐞𝐝 𝟓", "Agreed 5"),
        ("3\u00a0May\u202f2031", "3 May 2031"),
        ("时间：甲，乙（丙）ﬁ", "时间：甲，乙（丙）ﬁ"),
    ],
)
def test_characters_are_read_as_those_they_stand_for(written: str, read: str) -> None:
    assert plain_characters(written) == read


@given(st.text())
def test_offsets_stay(text: str) -> None:
    assert len(plain_characters(text)) == len(text)


def test_what_a_record_says_in_such_characters_is_understood_and_quoted_as_it_stands(tmp_path) -> None:
    text = "苇塘镇⽔务委员会会议纪要\n\n时间：２０３１年５⽉６⽇\n\n会议⼀致同意，五⽉割苇。"
    reading = read_document(Document(text), tmp_path / "a.txt", {})
    assert str(reading.understood.meeting.date) == "2031-05-06"
    assert [text[d.start : d.end] for d in reading.decisions] == ["会议⼀致同意，五⽉割苇。"]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("⽔务委员会", "水务委员会"),
        ("con\ufb01rmed", "confirmed"),
        ("resur-\nfacing", "resurfacing"),
        ("𝐫𝐞𝐞𝐝𝐬", "reeds"),
    ],
)
def test_such_words_are_found_by_those_they_stand_for(written: str, asked: str) -> None:
    assert words(written) == words(asked)


def test_a_raised_figure_is_no_part_of_the_number_before_it() -> None:
    assert words("£3,600² to the miller")[:3] == ["3", "600", "2"]


def test_no_decision_is_found_in_what_is_omitted(tmp_path) -> None:
    text = "Resolved: to cut the reeds.\n\nIt was agreed to mend the wheel."
    reading = read_document(Document(text, omitted=(Span(0, 27),)), tmp_path / "a.txt", {})
    assert [text[d.start : d.end] for d in reading.decisions] == ["It was agreed to mend the wheel."]


@given(st.text("ab\n"), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_blanking_keeps_length_and_lines(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = [
        Span(min(pair), min(max(pair), len(text))) for pair in pairs if min(pair) <= min(max(pair), len(text))
    ]
    blank = blanked(text, spans)
    assert len(blank) == len(text) and [c == "\n" for c in blank] == [c == "\n" for c in text]
    inside = {place for span in spans for place in range(span.start, span.end)}
    assert all((blank[n] in " \n") if n in inside else blank[n] == text[n] for n in range(len(text)))
