"""Lines that note a task, as lists of them are written: "Ann Lee: obtain quotes, due 5 May", 「张伟：联系物业」."""

import re
from collections.abc import Iterator

from ingest.records import Span
from ingest.register import chinese_tasks, english_tasks
from ingest.register.deadlines import deadline_of_task
from ingest.register.english_tasks import TO_DO
from ingest.register.rules import plain
from ingest.sentences import sentences
from ingest.words import has_han

_MENTIONED = re.compile(
    r"(?:[-*•]|\d{1,2}[.)、])\s*(?P<what>[^|@]*[^|@\s:：–—-])(?P<who>(?:[\s,，、]+@[^\W_][\w·-]*)+)[\s.。；;]*"
)
_MENTION = re.compile(r"@([\w·-]+)")
_DOES = re.compile(rf"(?:to )?{TO_DO}\s", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")
_DONE = re.compile(r"\b100\s?%|\b(?:done|completed|finished)\b|已经?|完成了", re.IGNORECASE)
_LEAST_HAN = 5  # characters of what is to be done, where fewer may be somebody's name
_LONGEST = 400  # characters of a line that notes a task
_CLOSES = re.compile(
    r"(?:[,;(（\[，；]|\s[–—-])\s*(?:due|by|before|no later than|deadline)?:?\s*"
    r"[^,;()（），；]{2,24}[)）\]]?\s*[.。]?$",
    re.IGNORECASE,
)


def begins_task(line: str) -> bool:
    """Whether the words begin as a task does: with who is to act, then what.

    >>> begins_task("Clerk to write"), begins_task("张伟：联系物业"), begins_task("The Clerk: I wrote to them")
    (True, True, False)
    """
    short = len(line) <= _LONGEST
    return short and (english_tasks.doer(line) is not None or chinese_tasks.doer(line) is not None)


def notes_task(line: str) -> bool:
    """Whether a line says who is to do what, and by when."""
    return begins_task(line) and deadline_of_task(line) is not None


def mentioned(line: str) -> str | None:
    """Whom a note is given to by a mention at its end: "Draft the notice @ann", 「确认用例的范围 @于洋 @刘辉」.

    >>> mentioned("- 确认用例的范围 @于洋 @刘辉"), mentioned("- Draft the notice @ann"), mentioned("- Topic @ann")
    ('于洋、刘辉', 'ann', None)
    """
    note = _MENTIONED.fullmatch(line)
    if not note or _DONE.search(note["what"]):
        return None
    what, names = note["what"], _MENTION.findall(note["who"])
    if has_han(what):
        return "、".join(names) if len(_HAN.findall(what)) >= _LEAST_HAN else None
    return ", ".join(names) if _DOES.match(what) else None


def sets_day_last(line: str) -> bool:
    """Whether the day stands apart at the end of a line, as nobody speaks: ", due 5 May 2025", "(by 5 May)"."""
    closes = _CLOSES.search(line)
    return closes is not None and deadline_of_task(closes[0]) is not None


def each_note(text: str, piece: Span) -> Iterator[Span]:
    """A piece of a list, cut at its lines that begin a task of their own or set a second day."""
    start, timed = piece.start, False
    for sentence in sentences(text, piece.start, piece.end):
        words = plain(sentence.of(text))
        day = deadline_of_task(words) is not None
        opens_line = text[piece.start : sentence.start].rstrip(" \t")[-1:] == "\n"
        if opens_line and sentence.start > start and (begins_task(words) or (day and timed)):
            yield Span(start, sentence.start)
            start, timed = sentence.start, False
        timed = timed or day
    yield Span(start, piece.end)
