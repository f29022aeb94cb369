"""Ranges of records that the claims of an answer stand on, in parts with a lead, before they become citations."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import Span
from qa.picking import Pick
from qa.register import Entry
from qa.shown import whole
from qa.supersession import Place


@dataclass(frozen=True, slots=True)
class Range(Span):
    """A range of a record that a claim stands on.

    before  what is said of it before its own words; `beside` are further ranges that this stands on
    late    told after the others of its meeting
    since   what a later meeting settled of it
    lines   of words in several lines the spans of these, each of which is told by itself; none: all is one sentence
    """

    record_id: str
    item: tuple[str, ...] = ()
    before: str = ""
    beside: tuple[Span, ...] = ()
    late: bool = False
    since: Entry | None = None
    lines: tuple[Span, ...] = ()

    @property
    def place(self) -> Place:
        """The record, and where in it."""
        return self.record_id, self.start, self.end


Part = tuple[str, Sequence[Range]]
"""What Minutebook says before ranges, '' for nothing, and the ranges."""


def of_pick(one: Pick) -> Range:
    """The range of a pick; of a sentence that was cut because it is long the whole sentence."""
    passage = one.candidate.passage
    span = one if one.decision else whole(passage.record_text, one)
    return Range(span.start, span.end, passage.record_id, passage.item)


def of_picks(picks: Sequence[Pick]) -> list[Range]:
    """The ranges of picks, each once."""
    return list(dict.fromkeys(map(of_pick, picks)))


def of_entry(entry: Entry) -> Range:
    """The range of an entry of the register."""
    return Range(entry.start, entry.end, entry.meeting.record_id, (entry.item,) if entry.item else ())
