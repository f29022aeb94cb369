"""Quotes to places in a record."""

import pytest

from benchmarks.adapter.examples import quoted
from ingest.records import Span

TEXT = "The board agreed\nto buy salt.  The board agreed to wait."
PLACES = [place for place, character in enumerate(TEXT) if not character.isspace()]
SQUASHED = "".join(TEXT[place] for place in PLACES)


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("agreed to buy salt", ["agreed\nto buy salt"]),  # white space aside
        ("The board agreed", ["The board agreed", "The board agreed"]),  # every place
        ("to buy salt. The banana", ["to buy salt.  Th"]),  # its first half, where all of it is nowhere
        ("nothing of the kind", []),
        (" ", []),
    ],
)
def test_a_quote_is_found_white_space_aside(quote: str, expected: list[str]) -> None:
    assert [found.of(TEXT) for found in quoted(quote, SQUASHED, PLACES)] == expected


def test_a_quote_that_overlaps_itself_is_found_at_each_place() -> None:
    assert quoted("aa", "aaa", [0, 1, 2]) == [Span(0, 2), Span(1, 3)]
