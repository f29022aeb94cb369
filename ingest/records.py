"""The values that travel from a file to the catalog: document, record, and what a record is made of.

A reader turns a file into a `Document`: its text and where headings, pages and voices lie in it.
`minutes.understand` turns that into a `Record`: a meeting with sections and turns. `decisions.find`
and `passages.split` read the record. Every range is half-open in characters of the record's text,
so `record.text[x.start:x.end]` is what x says, always.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Language = Literal["en", "zh", "other"]
Status = Literal["draft", "approved", "corrected"]
PUBLIC = "public"  # the access group of every record that names no other


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters, `0 <= start <= end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forward from 0, not {self.start}:{self.end}")

    def of(self, text: str) -> str:
        """The characters of `text` in this range."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Heading(Span):
    """A heading as the file format marks it (Markdown #, HTML h1..h6, a Word style); 1 is the highest level."""

    level: int = 1


@dataclass(frozen=True, slots=True)
class Page(Span):
    """One page of a paginated file, counted from 1."""

    number: int = 1


@dataclass(frozen=True, slots=True)
class Voice(Span):
    """What one speaker says where the format itself names speaker or time (VTT, SRT); seconds from the start."""

    speaker: str | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file as text, with what its format says about that text.

    text      all visible text, newlines as `\\n`, no byte order mark
    headings  in order, not overlapping
    pages     in order, tiling the text where the format has pages, else empty
    voices    in order, not overlapping
    omitted   ranges that are kept and readable but never indexed: front matter, running headers and footers
    fields    metadata the file states as such (front matter, document properties), lower-case keys
    notes     sentences for the person who ingests: replaced characters, hidden text left out, ...
    unread    (place, line): what stands where fields stand and gives none: of "front matter", a "comment", a "note"
    """

    text: str
    headings: tuple[Heading, ...] = ()
    pages: tuple[Page, ...] = ()
    voices: tuple[Voice, ...] = ()
    omitted: tuple[Span, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


FOLDER_ORIGIN = "folder"  # where readers were stated of the folder a file lies in, not of the file


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a record says of the meeting it reports; None or () where it does not say.

    series   the kind of meeting the session number counts ("Executive Meeting of the Ninth Municipal Government")
    origins  (field, origin) pairs, the origin one of "override", "front matter", "heading", "opening",
             "file name", "derived"; that of access also "folder", for what is stated of the folder it lies in
    notes    sentences about what is missing or contradictory
    held     False where the record only says that the meeting was cancelled
    """

    title: str
    language: Language = "en"
    body: str | None = None
    date: datetime.date | None = None
    end_date: datetime.date | None = None
    session: int | None = None
    series: str | None = None
    place: str | None = None
    chair: str | None = None
    attendees: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    number: str | None = None
    status: Status | None = None
    access: tuple[str, ...] = (PUBLIC,)
    origins: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    held: bool = True

    @property
    def states_readers(self) -> bool:
        """Whether its file, or what is stated of that file alone, says who may read it."""
        return states_readers(self.origins)


def states_readers(origins: Iterable[tuple[str, str]]) -> bool:
    """Whether by these origins it is stated of a file itself who may read it, not of its folder alone."""
    return dict(origins).get("access", FOLDER_ORIGIN) != FOLDER_ORIGIN


@dataclass(frozen=True, slots=True)
class Section(Span):
    """An agenda item or headed part, from its heading up to the next heading of the same or a higher level.

    title   the heading without its number and markup; the text of `title_span` up to white space and markup
    number  as written: "一", "（二）", "3.1", "Item 4"
    """

    title: str = ""
    title_span: Span = Span(0, 0)
    level: int = 1
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Turn(Span):
    """One speaker's uninterrupted words, label included; seconds from the start of the recording where known."""

    speaker: str = ""
    seconds: float | None = None


class DecisionKind(StrEnum):
    """What a span of the register records, in the words of minutes.

    The first eight, up to "concluded", are outcomes. "Undecided" is a note that nothing was settled: it puts nothing
    off and turns nothing down.
    """

    APPROVED = "approved"
    AGREED = "agreed"
    DECIDED = "decided"
    REJECTED = "rejected"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"
    NOTED = "noted"
    CONCLUDED = "concluded"
    UNDECIDED = "undecided"
    ASSIGNED = "assigned"
    VOTE = "vote"
    EMPHASISED = "emphasised"


@dataclass(frozen=True, slots=True)
class Tally:
    """A vote: counts and names where the record gives them.

    Who was absent, or took no part as an interest was declared, abstained from nothing and is told apart.
    """

    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None
    names_in_favour: tuple[str, ...] = ()
    names_against: tuple[str, ...] = ()
    names_abstained: tuple[str, ...] = ()
    absent: int | None = None
    recused: int | None = None
    names_absent: tuple[str, ...] = ()
    names_recused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision(Span):
    """An entry of the decision register: what the record says was settled, and the rule that found it.

    rule      name of the rule, e.g. "en.conclusion-heading"
    item      title of the agenda item it stands under
    owner     who is to act, as written; deadline as written, `due` as a date where one can be read
    amounts   sums of money as written, in order
    mover     who moved it, and who seconded it, as written
    spans     every place it rests on, in order, where motion, vote and result stand apart; its own range is one of
              them. () where it rests on its own range alone
    """

    kind: DecisionKind = DecisionKind.DECIDED
    rule: str = ""
    item: str | None = None
    owner: str | None = None
    deadline: str | None = None
    due: datetime.date | None = None
    tally: Tally | None = None
    amounts: tuple[str, ...] = ()
    mover: str | None = None
    seconder: str | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One version of one meeting record, understood.

    id       stable over versions, moves and renames
    version  1, 2, 3 ...; a new content is a new version
    source   absolute path of the file it came from
    rules    the version of the rules that read it (`ingest.reading.READING_VERSION`); 0: nobody wrote it down
    """

    id: str
    version: int
    source: str
    text: str
    meeting: Meeting
    sections: tuple[Section, ...] = ()
    turns: tuple[Turn, ...] = ()
    pages: tuple[Page, ...] = ()
    omitted: tuple[Span, ...] = ()
    decisions: tuple[Decision, ...] = ()
    notes: tuple[str, ...] = field(default=())
    rules: int = 0

    @property
    def title(self) -> str:
        return self.meeting.title

    @property
    def date(self) -> datetime.date | None:
        return self.meeting.date

    @property
    def session(self) -> int | None:
        return self.meeting.session

    @property
    def body(self) -> str | None:
        return self.meeting.body


@dataclass(frozen=True, slots=True)
class Passage(Span):
    """A piece of a record that is indexed and found as one; the passages of a record tile its text.

    item       titles of the sections it lies in, outermost first
    speakers   who speaks in it, in order of appearance
    sentences  ranges in characters of the record's text, tiling the passage
    indexed    False for front matter and running headers: kept so that the tiles have no gaps
    """

    text: str = ""
    item: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    sentences: tuple[Span, ...] = ()
    language: Language = "en"
    indexed: bool = True
