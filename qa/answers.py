"""The values that travel from a question to an answer; the same everywhere: chat, Python, command line.

`Question` is what was understood, `Hit` a passage that was found, `Citation` the exact words an answer
stands on, `Claim` a sentence with its citations, `Answer` all of it. Citations are made in
`qa.citations` and nowhere else.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from ingest.records import Language, Span


class AnswerState(StrEnum):
    """How far the records answer.

    ANSWERED  they do
    NEAREST   they may not; what comes nearest is shown and cited as that
    NOTHING   they do not, and nothing in them comes near
    """

    ANSWERED = "answered"
    NEAREST = "nearest"
    NOTHING = "nothing"


class Intent(StrEnum):
    """What kind of answer a question wants."""

    DECISION = "decision"
    OPINION = "opinion"
    VOTE = "vote"
    ACTION = "action"
    MEETINGS = "meetings"
    COUNT = "count"
    SUMMARY = "summary"
    WHEN = "when"
    WHO = "who"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Period(Span):
    """A span of the calendar the question names: first to last day, both included.

    start, end    where the words stand in the question
    text          those words
    first, last   None for an open side ("since March" has no last)
    """

    first: datetime.date | None = None
    last: datetime.date | None = None
    text: str = ""

    def covers(self, first: datetime.date, last: datetime.date | None = None) -> bool:
        """Whether a meeting from `first` to `last` (one day when None) touches this period."""
        last = last or first
        return (self.first is None or last >= self.first) and (self.last is None or first <= self.last)


@dataclass(frozen=True, slots=True)
class MeetingRef:
    """The little that names a meeting: enough for a heading, a link, a list of nearest meetings.

    version  of the record, which says so; 0 where that is not known. A meeting is the same in each
    held     False where the record only says that it was cancelled
    """

    record_id: str
    title: str
    date: datetime.date | None = None
    end_date: datetime.date | None = None
    session: int | None = None
    series: str | None = None
    body: str | None = None
    language: Language = "en"
    version: int = field(default=0, compare=False)
    held: bool = field(default=True, compare=False)


ChangeKind = Literal["amended", "repealed", "replaced", "extended", "postponed", "repeated"]
Slot = Literal["intent", "topic", "when", "sessions", "bodies", "speakers", "rewritten"]


@dataclass(frozen=True, slots=True)
class VersionRef:
    """One version of a record: since when it is stored (ISO 8601), and whether it is the one that answers use.

    version  its number, which names it for good; numbers that are missing before it are of versions one may not read
    reread  it has the words of the version listed before it: newer rules read the same file anew, nothing was corrected
    """

    record_id: str
    version: int
    active: bool
    ingested: str
    title: str
    date: datetime.date | None = None
    reread: bool = False


def correction(held: Sequence[VersionRef], version: int) -> VersionRef | None:
    """Of the versions of a record the one that answers use, where it corrects `version`; else None.

    A version corrects another when one between them, or itself, is more than the same file read anew.
    """
    active = next((one for one in held if one.active), None)
    if active is None or not any(one.version == version for one in held):
        return None
    low, high = sorted((version, active.version))
    return active if any(low < one.version <= high and not one.reread for one in held) else None


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood, all of it read from its own words against the calendar of the corpus.

    topic     what is asked about, without the asking words, dates, sessions and speakers; may be empty
    when      the period asked about; several when the question names several
    sessions  session numbers asked about ("the 32nd meeting")
    speakers  people as the records name them; `offices` ("the mayor") are resolved to people where possible
    bodies    bodies as the records name them
    missing   the question names a meeting (a date or a session) and the records in reach hold none there
    nearest   then the meetings nearest to it, best first
    taken     of a follow-up question, what was taken over from the turns before: "topic", "when", "speakers", ...
    subject   the earlier topic that the topic goes on from ("dog park" of "dog park cost"); empty where it is the topic
    due       the days in which what is asked for is due ("due by March 2026"); None where no deadline is asked for
    full      a follow-up question as a model wrote it out, where that is what was understood; empty otherwise
    records   the records it is limited to, by id, which only a person chooses; (): all
    told      of "anything else?", what the answers before cited, as (record id, start, end): not to be said again
    """

    text: str
    language: Language = "en"
    topic: str = ""
    intent: Intent = Intent.FACT
    when: tuple[Period, ...] = ()
    sessions: tuple[int, ...] = ()
    speakers: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    missing: bool = False
    nearest: tuple[MeetingRef, ...] = ()
    taken: tuple[Slot, ...] = ()
    subject: str = ""
    due: Period | None = None
    full: str = ""
    records: tuple[str, ...] = ()
    told: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit(Span):
    """A passage that was found: its place in one version of one record, and why it was ranked there.

    score      fused score, higher is better; comparable within one question only
    dense      cosine of question and passage, None when the dense leg did not judge it
    lexical    score of the lexical leg, None when it did not match
    item       titles of the agenda items around it, outermost first
    """

    passage_id: int
    meeting: MeetingRef
    version: int
    text: str
    score: float
    dense: float | None = None
    lexical: float | None = None
    item: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    page: int | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Citation(Span):
    """Exact words of one version of a record: `text of (record, version)[start:end] == quote`, checked when made.

    number          as shown: [1], [2], ...
    before, after   the surroundings of the quote, up to the edges of its passage and a little beyond
    """

    number: int
    record: MeetingRef
    version: int
    quote: str
    before: str = ""
    after: str = ""
    item: tuple[str, ...] = ()
    speaker: str | None = None
    page: int | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer and the numbers of the citations it stands on; none: not from the records.

    note  what Minutebook says of the claim above it, in its own words: which decision it amends, what changed it later
    own  what Minutebook says of its own search ("The records do not answer this"); it needs no citation
    """

    text: str
    citations: tuple[int, ...] = ()
    note: bool = False
    own: bool = False

    @property
    def supported(self) -> bool:
        return bool(self.citations)


@dataclass(frozen=True, slots=True)
class Superseding:
    """That a cited decision changes, or repeats, another cited one; both by the numbers of their citations."""

    kind: ChangeKind
    later: int
    earlier: int


@dataclass(frozen=True, slots=True)
class Group:
    """The claims of one meeting under its heading; `meeting` None for what stands above all meetings."""

    meeting: MeetingRef | None
    heading: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched: how many meetings were in scope, and from when to when."""

    meetings: int
    first: datetime.date | None = None
    last: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its evidence; `str(answer)` is the text with [1] [2] and then the citations.

    groups      the answer, by meeting; empty only while streaming
    hits        the passages that were judged, best first; what is cited stands in the best of them
    state       whether the records answer, something in them comes nearest, or nothing does
    nearest     passages close to the question, where nothing is cited
    composer    "extractive", or the name of the model that wrote the sentences
    generation  the state of the index that was asked; same question, same generation, same answer
    notices     sentences about the answer itself: degraded index, model unavailable, ...
    changes     which of the cited decisions amends, repeals or replaces which
    complete    a counted list of entries, or a recorded vote: all there is, of which nobody may leave out some
    """

    question: Question
    groups: tuple[Group, ...] = ()
    citations: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    nearest: tuple[Hit, ...] = ()
    searched: Searched = Searched(0)
    state: AnswerState = AnswerState.ANSWERED
    composer: Literal["extractive"] | str = "extractive"
    generation: int = 0
    notices: tuple[str, ...] = ()
    changes: tuple[Superseding, ...] = ()
    complete: bool = False

    @property
    def abstained(self) -> bool:
        """Whether the records are not said to answer; what comes nearest may be cited all the same."""
        return self.state is not AnswerState.ANSWERED

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every sentence of the answer in order."""
        return tuple(claim for group in self.groups for claim in group.claims)

    @property
    def text(self) -> str:
        """The answer as plain text with citation numbers, headings on their own lines."""
        from qa.render import answer_text

        return answer_text(self)

    def to_markdown(self) -> str:
        """Question and answer as Markdown with footnotes that name record, date, session and item."""
        from qa.export import to_markdown

        return to_markdown([self])

    def to_docx(self) -> bytes:
        """Question and answer as a Word document, its citations footnotes."""
        from qa.word import to_docx

        return to_docx([self])

    def __str__(self) -> str:
        from qa.render import answer_with_citations

        return answer_with_citations(self)
