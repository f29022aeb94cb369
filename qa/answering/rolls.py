"""The lines of a record that say who was there: labelled lines with the list under them, and sentences.

They stand at the head of a record or at its end. A label opens a list that goes on until a line that is no part of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ingest.records import Record, Span
from ingest.sentences import sentences

Role = Literal["present", "absent", "chair", "other"]

HEAD = 4_000  # characters from the start, and from the end, in which a record says who was there
LONGEST = 600  # characters of a line that is quoted
SHORT = 32  # characters of a line that may be a label without a colon
LONGEST_LIST = 40  # lines under a label

_LABELS: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(words, re.IGNORECASE))
    for role, words in (
        (
            "absent",
            r"\babsen(?:t|ces?|tees?)\b|\bapolog(?:y|ies)\b|\bexcused\b|\bregrets\b|\bunable to attend\b"
            r"|\bnot (?:present|in attendance)\b|缺\s*席|请\s*假|請\s*假|因[病事公]",
        ),
        (
            "chair",
            r"\bpresid(?:ed|ing|es)\b|\bchair(?:ed|ing|man|woman|person)?\b(?! of)|\bcalled [\w ]{0,30}to order\b"
            r"|主\s*持|召集人",
        ),
        (
            "other",
            r"\b(?:also|others?|guests?|observ(?:ers?|ing)|visitors?|public|staff|officers?)\b[^.:：]{0,30}"
            r"(?:\b(?:present|attend\w*|in attendance)\b|[:：])|列\s*席|旁\s*听",
        ),
        (
            "present",
            r"\bpresent\b|\battend(?:ed|ees?|ance|ing)?\b|\bin attendance\b|\bparticipants?\b|\broll call\b"
            r"|出\s*席|参\s*会|與\s*會|与\s*会|参\s*加|參\s*加|到\s*会",
        ),
    )
)
_TOLD = re.compile(  # in a sentence: of those at a meeting, and not of what the meeting attends to
    r"\b(?:(?:was|were|being|also|are|members) (?:\w+ ){0,2}?(?:present|absent|excused|in attendance)|absent\b"
    r"|excused\b"
    r"|present (?:was|were|at)|attended|in attendance|apolog(?:y|ies)|regrets|unable to attend|presid(?:ed|ing)"
    r"|(?:in|took) the chair|chaired (?:the|this) meeting|called [\w ]{0,30}to order|observing)\b"
    r"|出席|列席|参加(?:了)?(?:会议|本次)|参会|与会|與會|主持|请假|請假|缺席",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"^[\s>#*_|•\-–]*(?P<label>[^:：|\n]{1,60}?)[\s*_|]*[:：|]")
_HEADING = re.compile(r"^\s*(?:#{1,6}\s+\S|\*\*[^*]+\*\*\s*$)")
_ITEM = re.compile(r"^\s*(?:[-*+•–◦▪|]|\d{1,2}[.)]|[（(]?[a-z][.)])\s*\S")
_CLAUSE = re.compile(r"[.;。；!?！？]\s*$")


@dataclass(frozen=True, slots=True)
class Line(Span):
    """A stretch of a roll, at most as long as a quote may be, and whom it names."""

    role: Role = "present"


def lines_of(record: Record) -> list[Line]:
    """The lines of the roll of a record in order; none where it holds none."""
    found: dict[int, Line] = {}
    for start, end in _ends(record):
        for line in _read(record.text, start, end):
            found.setdefault(line.start, line)
    return [piece for at in sorted(found) for piece in _pieces(record.text, found[at])]


def _ends(record: Record) -> Iterator[tuple[int, int]]:
    size = len(record.text)
    begin = max((span.end for span in record.omitted if span.start == 0), default=0)
    first = min(size, begin + HEAD)
    if record.turns:  # what is said aloud is no roll
        first = max(begin, min(first, record.turns[0].start))
    yield begin, first
    if size - HEAD // 2 > first and not record.turns:
        yield size - HEAD // 2, size


def _read(text: str, start: int, end: int) -> Iterator[Line]:
    """The labelled lists and the sentences of one end of a record that name who was there."""
    open_: Line | None = None
    listed = 0
    for line in _lines(text, start, end):
        words = line.of(text)
        role = _role_of_label(words)
        if role is not None:
            if open_ is not None:
                yield open_
            open_, listed = Line(line.start, line.end, role), 0
        elif open_ is not None and listed < LONGEST_LIST and _goes_on(text, open_, line):
            open_, listed = replace(open_, end=line.end), listed + 1
        else:
            if open_ is not None:
                yield open_
            open_ = None
            yield from _sentences(text, line)
    if open_ is not None:
        yield open_


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    for found in re.compile(r"[^\n]+").finditer(text, start, end):
        words = found[0]
        if words.strip():
            yield from _labelled_apart(text, found.start(), found.end())


def _labelled_apart(text: str, start: int, end: int) -> Iterator[Span]:
    """A line; in parts where a later sentence of it begins with a label: "Present: Oster. Absent: Pike."."""
    begin = start
    for one in sentences(text, start, end):
        if one.start > begin and _role_of_label(one.of(text).strip(), alone=False) is not None:
            yield _trimmed(text, begin, one.start)
            begin = one.start
    yield _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))


def _role_of_label(words: str, *, alone: bool = True) -> Role | None:
    """The role of a line that begins with a label or, `alone`, is a heading; None for any other line."""
    labelled = _LABELLED.match(words)
    if labelled:
        label = labelled["label"]
    elif alone and (_HEADING.match(words) or (len(words) <= SHORT and not _CLAUSE.search(words))):
        label = words
    else:
        return None
    return next((role for role, said in _LABELS if said.search(label)), None)


def _goes_on(text: str, open_: Line, line: Span) -> bool:
    """Whether a line is a further one of a list: an item, or a name, right under it or under a label alone."""
    gap = text[open_.end : line.start].count("\n")
    words = line.of(text)
    if gap == 1 and open_.of(text).endswith((":", "：")):  # the names begin on the next line
        return True
    if _HEADING.match(words) or (
        (labelled := _LABELLED.match(words)) and not _ITEM.match(words) and labelled
    ):
        return False
    named = _ITEM.match(words) is not None or (len(words) <= 80 and not _CLAUSE.search(words))
    return named and gap <= (3 if open_.end - open_.start <= 40 else 1 if not _ITEM.match(words) else 2)


def _sentences(text: str, line: Span) -> Iterator[Line]:
    for one in sentences(text, line.start, line.end):
        words = one.of(text)
        role = next((role for role, said in _LABELS if said.search(words)), None)
        if role is not None and _TOLD.search(words):
            lead = len(words) - len(words.lstrip())
            yield Line(one.start + lead, one.start + len(words.rstrip()), role)


def _pieces(text: str, line: Line) -> Iterator[Line]:
    """A stretch in pieces that may be quoted, cut between lines."""
    start = line.start
    while line.end - start > LONGEST:
        cut = max(text.rfind("\n", start + 1, start + LONGEST), text.rfind("，", start + 1, start + LONGEST))
        cut = cut if cut > start else text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield replace(line, start=start, end=cut)
        start = cut + len(text[cut : line.end]) - len(text[cut : line.end].lstrip())
    yield replace(line, start=start)
