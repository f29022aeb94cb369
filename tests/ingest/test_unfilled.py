"""What nobody filled in of a template is said, and is never evidence."""

import time
from pathlib import Path

import pytest

from ingest.records import Document, Span
from ingest.understanding import read_document
from ingest.unfilled import unfilled


@pytest.mark.parametrize(
    "line",
    [
        "Chair: {{{chair|}}}",
        "{{Minutes|date=|chair= }}",
        "The meeting was opened at [insert time] by {{{chair}}}.",
        "* Present: [your name here]",
        "时间：XX年XX月XX日",
        "主持人：（请填写）",
        "Date: YYYY-MM-DD",
        "Datum: TT.MM.JJJJ",
        "Moved by: ____  ____",
        "Title: {{ page.title }}",
    ],
)
def test_a_line_that_was_not_filled_in_is_found(line: str) -> None:
    assert [span.of(line) for span in unfilled(line)] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "{{Minutes|date=2031-05-06|chair=Asta Holm}}",
        "Dates are written YYYY-MM-DD from now on.",
        "We call it `{{{chair}}}` in the code.",
        "```\n{{{chair}}}\n```",
        "Signed: ________ Asta Holm",
        "See [your account](https://example.org)",
        "<details>\nwords\n</details>",
        "Write to <holm@example.org>",
        "<b>Agreed:</b> to sow rye",
        "Present: all...",
        "___",
        "Bryn: <laughter>",
        "Access: {{{group}}}",
    ],
)
def test_what_was_filled_in_stays_evidence(line: str) -> None:
    assert unfilled(line) == ()


def test_what_is_omitted_already_is_not_said_again() -> None:
    assert unfilled("{{{a}}}\n{{{b}}}", [Span(0, 8)]) == (Span(8, 15),)


def test_a_decision_with_a_gap_is_said_and_none(tmp_path: Path) -> None:
    text = "# Reed Board\n\nMinutes of 6 May 2031\n\nIt was agreed to [insert decision].\n\nIt was agreed to sow rye."
    reading = read_document(Document(text), tmp_path / "a.md", {})
    assert [text[d.start : d.end] for d in reading.decisions] == ["It was agreed to sow rye."]
    assert [span.of(text) for span in reading.understood.omitted] == ["It was agreed to [insert decision]."]
    assert any("1 line of a template was not filled in" in note for note in reading.understood.notes)


@pytest.mark.parametrize(
    "text", ["{{{a" * 50_000, "[insert " * 50_000, "<a" * 100_000, "{{a|b=" * 50_000, "_" * 200_000]
)
def test_odd_text_is_done_soon(text: str) -> None:
    begun = time.process_time()
    unfilled(text)
    assert time.process_time() - begun < 2
