"""Whether two records of one body and day, the one a draft of the other, report one meeting.

Short minutes share their frame (who was there, that the last minutes were approved) with those of every other meeting
of the body, and a draft is reworded before it is approved. So what counts is the business: of the sentences that
differ, whether each has a counterpart that speaks of the same.
"""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from ingest.dates import find_dates
from ingest.hours import first_hour
from ingest.likeness import Marks, Sketch, marks, resemblance, sketch
from ingest.lines import lines
from ingest.meeting_kind import ITEM_NUMBER, DocumentKind, Sitting, document_of, sitting_of
from ingest.meeting_title import title_lines, title_of_file
from ingest.records import Record
from ingest.sentences import sentences
from ingest.standing import Edition, edition_in, without_status
from ingest.words import topic_words, words

_MOST = 300  # sentences of a record that are looked at
_SAME = 0.9  # share of words (Dice) from which a sentence stands in both, as what is said in any minutes does
_COUNTERPART = 0.35  # from which two sentences speak of the same
_SHARED = 0.5  # least part of what differs that has a counterpart

Words = frozenset[str]


class Profile:
    """A record as it is compared with others; what that takes is worked out once, when it is first needed."""

    def __init__(self, record: Record) -> None:
        self.record, self.meeting = record, record.meeting

    @cached_property
    def sketch(self) -> Sketch:
        return sketch(self.record.text)

    @cached_property
    def marks(self) -> Marks:
        return marks(self.record.text)

    @cached_property
    def said(self) -> str:
        """The text without front matter and running headers, and without its line ends."""
        omitted = sorted((span.start, span.end) for span in self.record.omitted)
        begins = (0, *(end for _, end in omitted))
        ends = (*(start for start, _ in omitted), len(self.record.text))
        shown = (self.record.text[begin:end] for begin, end in zip(begins, ends, strict=True))
        return " ".join(" ".join(shown).casefold().split())

    @cached_property
    def document(self) -> DocumentKind:
        return document_of(self.record)

    @cached_property
    def sitting(self) -> Sitting:
        return sitting_of(self.record)

    @cached_property
    def edition(self) -> Edition | None:
        above = (line.text for line in title_lines(lines(self.record.text)))
        return edition_in([self.record.title, *above, title_of_file(Path(self.record.source))])

    @cached_property
    def hour(self) -> int | None:
        return first_hour(self.record.text)

    @cached_property
    def business(self) -> list[Words]:
        return _business(self.record)

    def likeness(self, other: "Profile") -> float:
        """The resemblance of the two texts, 0..1."""
        return resemblance(self.sketch, other.sketch)


def sits_apart(one: Profile, other: Profile) -> bool:
    """Whether two records call their meetings what one meeting is not called."""
    return one.sitting.is_apart(other.sitting)


def kinds_agree(one: Profile, other: Profile) -> bool:
    """Whether two records are one kind of document, and may report one meeting, going by what they call it."""
    return one.document == other.document and not sits_apart(one, other)


def plainly_apart(one: Profile, other: Profile) -> bool:
    """Whether two records are two kinds of document, or each states a kind of meeting that is not the other's."""
    both = one.sitting.stated and other.sitting.stated
    return one.document != other.document or (both and sits_apart(one, other))


def report_one_meeting(one: Profile, other: Profile) -> bool:
    """Whether both are of the same business, at no other hour, in one language; day, body and kind of meeting aside."""
    return (
        one.meeting.language == other.meeting.language
        and not _at_other_hours(one, other)
        and shared_business(one, other) >= _SHARED
    )


_APART = 2  # hours between the beginnings of two meetings of one day


def _at_other_hours(one: Profile, other: Profile) -> bool:
    first, second = one.hour, other.hour
    return first is not None and second is not None and abs(first - second) >= _APART


def shared_business(one: Profile, other: Profile) -> float:
    """The part of what the shorter record says otherwise than the longer that has a counterpart there, by words."""
    shorter, longer = sorted((one.business, other.business), key=len)
    nearest = [(len(said), max((_dice(said, each) for each in longer), default=0.0)) for said in shorter]
    differing = [(size, likeness) for size, likeness in nearest if likeness < _SAME]
    if not differing:
        return 1.0 if shorter else 0.0
    shared = sum(size for size, likeness in differing if likeness >= _COUNTERPART)
    return shared / sum(size for size, _ in differing)


def _business(record: Record) -> list[Words]:
    """The words of each sentence, but for those that only list who was there."""
    meeting = record.meeting
    people = frozenset(
        words(" ".join((meeting.chair or "", *meeting.attendees, *meeting.absent, *meeting.others)))
    )
    return [said for said in _sentences(record.text) if len(said - people) > 1]


def _sentences(text: str) -> Iterator[Words]:
    for span in sentences(text)[:_MOST]:
        yield _said_in(ITEM_NUMBER.sub("", span.of(text), 1))


def _said_in(text: str) -> Words:
    """The words that tell texts apart, without the days and what says that it is a draft or approved."""
    for date in reversed(find_dates(text)):
        text = text[: date.start] + " " + text[date.end :]
    return frozenset(topic_words(without_status(text)))


def _dice(one: Words, other: Words) -> float:
    return 2 * len(one & other) / (len(one) + len(other))
