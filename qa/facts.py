"""The sentences that say when a meeting was held and who presided: evidence for what the record's head states."""

import re
from collections.abc import Iterator

from ingest.dates import find_dates
from ingest.records import Record, Span
from ingest.sentences import sentences
from qa.answers import Question

HEAD = 3_000  # characters from the start, and from the end, in which minutes say such things

_HELD = re.compile(r"\b(?:held|took place|met|meeting|convened|date)\b|召开|举行|时\s*间|会议", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:yesterday|today|this morning|this afternoon)\b|昨日|昨天|今日|今天|日前", re.IGNORECASE
)
_PRESIDING = re.compile(
    r"\bpresid|\bchair|\bin the chair\b|\bcalled [\w ]{0,24}to order\b|主持", re.IGNORECASE
)
_CHOSEN = re.compile(  # who took a chair then, not who was in it
    r"\b(?:(?:vice|deputy)[- ](?:chair|president)|appoint|elect|chosen?|select|nominat|becom|became|made|named)",
    re.IGNORECASE,
)
_ATTENDING = re.compile(r"\b(?:present|attend|in attendance|apologies)|出席|列席|参加|请假", re.IGNORECASE)
_ABSENCE_ASKED = re.compile(
    r"\b(?:absent|absence|apolog\w+|excused|missing|(?:did|was|were)(?:n['’]t| not) (?:attend|there|present|at))\b"
    r"|缺席|请假|没来|未到|没有?(?:参加|出席)",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"\babsent\b|\bapologies\W*(?:$|were|was|from|received|had|:)|\bapologies from\b|\bexcused\b|\bregrets\b"
    r"|\bunable to attend\b|缺席|请假",
    re.IGNORECASE,
)


def held_on(record: Record, question: Question) -> list[Span]:
    """The sentence that dates the meeting: best one that speaks of holding it on its date."""
    del question
    found = []
    for sentence in _head(record):
        words = sentence.of(record.text)
        says_date = record.date in {mention.first for mention in find_dates(words)}
        says_held, relative = bool(_HELD.search(words)), bool(_RELATIVE.search(words))
        if says_date or (says_held and relative):
            found.append((-says_date - 2 * says_held - relative, sentence.start, sentence))
    return [sentence for *_, sentence in sorted(found, key=lambda f: f[:2])[:1]]


def presided(record: Record, question: Question) -> list[Span]:
    """The sentence that names the chair; for "who attended" those that name who was there, or who was not."""
    if _ABSENCE_ASKED.search(question.text):
        return absences(record)[:3]
    if _CHOSEN.search(question.text):
        return []
    wanted = _ATTENDING if _ATTENDING.search(question.text) else None
    if wanted is None and not (_PRESIDING.search(question.text) or not question.topic):
        return []
    if wanted is not None:
        return [s for s in _head(record) if wanted.search(s.of(record.text))][:3]
    named = [s for s in _head(record) if _PRESIDING.search(s.of(record.text))]
    chair = [s for s in named if record.meeting.chair and record.meeting.chair in s.of(record.text)]
    return (chair or named)[:1]


def absences(record: Record) -> list[Span]:
    """The sentences that name who was not at a meeting."""
    titles = {section.title_span.start for section in record.sections}
    told = (s for s in _head(record) if _ABSENT.search(s.of(record.text)))
    return [s for s in told if not any(s.start <= title < s.end for title in titles)]


def _head(record: Record) -> Iterator[Span]:
    """The sentences at the start and the end of a record, front matter left out, trimmed."""
    size = len(record.text)
    begin = max((span.end for span in record.omitted if span.start == 0), default=0)
    ranges = [(begin, min(size, begin + HEAD))]
    if size - HEAD > ranges[0][1]:
        ranges.append((size - HEAD, size))
    for start, end in ranges:
        for sentence in sentences(record.text, start, end):
            words = sentence.of(record.text)
            lead = len(words) - len(words.lstrip())
            if words.strip():
                yield Span(sentence.start + lead, sentence.start + len(words.rstrip()))
