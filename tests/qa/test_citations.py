"""A citation is made from a record or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.records import Meeting, Page, Record, Turn
from qa.answers import MeetingRef
from qa.citations import CitationError, cite

TEXT = "Chair: We begin.\nLi Jun: The budget of 3 million is approved.\nChair: Thank you."
RECORD = Record(
    "r",
    2,
    "r.txt",
    TEXT,
    Meeting("Minutes"),
    turns=(Turn(0, 17, "Chair"), Turn(17, 62, "Li Jun", 75.0), Turn(62, len(TEXT), "Chair")),
    pages=(Page(0, 30, 1), Page(30, len(TEXT), 2)),
)
MEETING = MeetingRef("r", "Minutes")


def test_a_citation_says_who_where_and_when() -> None:
    start = TEXT.index("The budget")
    citation = cite(RECORD, MEETING, start, start + 10, "The budget", 1)
    assert (citation.speaker, citation.page, citation.seconds, citation.version) == ("Li Jun", 1, 75.0, 2)
    assert citation.before + citation.quote + citation.after == TEXT


@pytest.mark.parametrize("quote", ["The Budget", "the budget", "The budget ", "", "Nothing like it"])
def test_words_that_do_not_stand_there_cannot_be_cited(quote: str) -> None:
    start = TEXT.index("The budget")
    with pytest.raises(CitationError):
        cite(RECORD, MEETING, start, start + 10, quote, 1)


def test_blank_words_cannot_be_cited() -> None:
    with pytest.raises(CitationError):
        cite(RECORD, MEETING, 16, 17, "\n", 1)


@given(st.text(min_size=1, max_size=900), st.data())
def test_surroundings_touch_the_quote(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if not text[start:end].strip():
        return
    citation = cite(Record("r", 1, "r", text, Meeting("M")), MEETING, start, end, text[start:end], 1)
    assert text[:start].endswith(citation.before)
    assert text[end:].startswith(citation.after)
