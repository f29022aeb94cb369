"""Makes citations, and nothing else does: exact words of one version of a record, checked when made."""

from bisect import bisect_right
from collections.abc import Sequence

from ingest.records import Page, Record, Turn
from qa.answers import Citation, MeetingRef

SURROUNDINGS = 240  # characters shown before and after a quote


class CitationError(AssertionError):
    """A quote does not stand where it is said to; a fault of Minutebook, never of a record."""


def cite(
    record: Record,
    meeting: MeetingRef,
    start: int,
    end: int,
    quote: str,
    number: int,
    item: Sequence[str] = (),
) -> Citation:
    """The citation of `record.text[start:end]`, which must be `quote` and not blank. Raises CitationError."""
    if not quote.strip() or record.text[start:end] != quote:
        raise CitationError(f"record {record.id} version {record.version} does not say that at {start}:{end}")
    turn = _at(record.turns, start)
    page = _at(record.pages, start)
    return Citation(
        start=start,
        end=end,
        number=number,
        record=meeting,
        version=record.version,
        quote=quote,
        before=_before(record.text, start),
        after=_after(record.text, end),
        item=tuple(item),
        speaker=turn.speaker if isinstance(turn, Turn) else None,
        page=page.number if isinstance(page, Page) else None,
        seconds=turn.seconds if isinstance(turn, Turn) else None,
    )


def _at(spans: Sequence[Turn] | Sequence[Page], place: int) -> Turn | Page | None:
    """The span that holds a place, of spans in order."""
    before = bisect_right(spans, place, key=lambda span: span.start)
    return spans[before - 1] if before and place < spans[before - 1].end else None


def _before(text: str, start: int) -> str:
    """Up to SURROUNDINGS characters before a place, from the start of a word."""
    first = max(0, start - SURROUNDINGS)
    piece = text[first:start]
    cut = next((i + 1 for i, char in enumerate(piece[:40]) if char.isspace()), 0) if first else 0
    return piece[cut:]


def _after(text: str, end: int) -> str:
    """Up to SURROUNDINGS characters after a place, to the end of a word."""
    piece = text[end : end + SURROUNDINGS]
    if end + SURROUNDINGS >= len(text):
        return piece
    cut = next(
        (i for i in range(len(piece), max(0, len(piece) - 40), -1) if piece[i - 1].isspace()), len(piece)
    )
    return piece[:cut]
