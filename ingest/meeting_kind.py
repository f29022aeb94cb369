"""Which kind of document a record is, and which kind of meeting it reports, going by its title and title lines.

An agenda, a notice, a transcript and the minutes of one meeting are documents of their own; a body may hold an
ordinary and a special meeting, or an open and a closed session, on one day.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from ingest.dates import find_dates
from ingest.han_scripts import both_scripts
from ingest.hours import first_hour
from ingest.lines import lines
from ingest.meeting_title import title_lines, title_of_file
from ingest.records import Record
from ingest.words import has_han

DocumentKind = Literal["minutes", "agenda", "notice", "transcript", "summary"]

_DOCUMENT = re.compile(  # the first such word of a title tells
    r"\b(?:(?P<minutes>minutes)|(?P<agenda>agenda(?!\sitem))|(?P<notice>notice)"
    r"|(?P<transcript>transcripts?|verbatim)|(?P<summary>summary|highlights|digest|newsletter|press\srelease))\b"
    + both_scripts(
        r"|(?P<minutes_zh>纪要|会议记录|决议)|(?P<agenda_zh>议程|议题)|(?P<notice_zh>通知|公告)"
        r"|(?P<transcript_zh>实录|逐字稿|速记|文字记录)|(?P<summary_zh>简报|摘要|要点|新闻稿|通稿)"
    ),
    re.IGNORECASE,
)
ITEM_NUMBER = re.compile(  # at the beginning of a line: "3.1", "Item 4:", 「一、」
    r"^[\s#>*_-]*(?:item\s)?(?:\d{1,3}(?:[./]\d{1,3})*[.)、:](?=\s|$|[\u4e00-\u9fff])"
    r"|\d{1,3}(?:[./]\d{1,3})+(?=\s)|[一二三四五六七八九十]{1,3}[、．.])\s*",
    re.IGNORECASE,
)


def document_of(record: Record) -> DocumentKind:
    """The kind of document a record is; minutes where nothing says that it is another."""
    named = title_of_file(Path(record.source))
    for title in (*_titles(record), named):
        if found := document_named(title):
            return found
    return "minutes"


def document_named(title: str) -> DocumentKind | None:
    """The kind of document a title names, by its first word for one; None where it names none.

    >>> document_named("Town Council Agenda, 4 June 2024"), document_named("Town Council")
    ('agenda', None)
    """
    found = _DOCUMENT.search(title)
    return cast(DocumentKind, (found.lastgroup or "").removesuffix("_zh")) if found else None


@dataclass(frozen=True, slots=True)
class Sitting:
    """What title lines say of a meeting.

    special  what sets it apart from the ordinary meetings of its body: "extraordinary", "closed"
    plain    the kinds of ordinary meeting it is called: "ordinary", "常务"
    part     the parts of the day it is said to be held in
    """

    special: frozenset[str]
    plain: frozenset[str]
    part: frozenset[str]

    @property
    def stated(self) -> bool:
        """Whether anything is said of it."""
        return bool(self.special or self.plain or self.part)

    def is_apart(self, other: "Sitting") -> bool:
        """Whether the two are called what one meeting is not called."""
        special = self.special ^ other.special
        return (
            _disjoint(self.plain, other.plain)
            or _disjoint(self.part, other.part)
            or bool(special - _WITHIN if self.plain & other.plain else special)
        )


def _disjoint(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and not one & other


_SPECIAL: Mapping[str, str] = {
    "extraordinary": r"\b(?:extra-?ordinary|special|emergency)\b|临时|特别|紧急",
    "annual": r"\b(?:annual\s(?:\w+\s){0,2}?(?:meeting|assembly)|a\.?g\.?m\b)|年会",
    "workshop": r"\b(?:workshop|(?:work|study)\ssession|retreat|away\s?day)\b|研讨会",
    "closed": r"\b(?:closed|confidential|executive\ssession|in\s(?:private|camera)|private\s(?:meeting|session|minutes)"
    r"|exempt)\b|闭门|秘密|不公开",
    "joint": r"\bjoint\b|联席",
    "hearing": r"\bhearing\b|听证",
    "enlarged": r"扩大",
    "talk": r"座谈",
}
_WITHIN = frozenset({"hearing"})  # what an ordinary meeting may hold, and not mention in its title
_PLAIN: Mapping[str, str] = {
    "ordinary": r"\b(?<!-)(?:ordinary|regular)\b|例会|定期",
    "常务": r"常务(?!委员会)",
    "全体": r"全体",
    "党组": r"党组",
    "办公": r"办公会",
    "专题": r"专题",
}
_PART: Mapping[str, str] = {
    "morning": r"\bmorning\b|上午|早上",
    "afternoon": r"\bafternoon\b|下午",
    "evening": r"\b(?:evening|night)\b|晚上?(?!会)",
}


def _compiled(forms: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(both_scripts(form), re.IGNORECASE) for name, form in forms.items()}


_SPECIAL_FORMS, _PLAIN_FORMS, _PART_FORMS = map(_compiled, (_SPECIAL, _PLAIN, _PART))


def sitting_of(record: Record) -> Sitting:
    """What a record's titles say of the meeting; the name of the body says nothing of it."""
    titles = " | ".join(_titles(record))
    if (body := record.body) and not has_han(body):
        titles = re.sub(re.escape(body), " ", titles, flags=re.IGNORECASE)

    def said(forms: Mapping[str, re.Pattern[str]]) -> frozenset[str]:
        return frozenset(name for name, form in forms.items() if form.search(titles))

    return Sitting(said(_SPECIAL_FORMS), said(_PLAIN_FORMS), said(_PART_FORMS))


_FRONT = re.compile(r"\A(?:---|\+\+\+)\n.*?\n(?:---|\+\+\+)\n", re.DOTALL)


def _titles(record: Record) -> Iterator[str]:
    """The title, and the title lines before the first item: "Closed session" may be one of those."""
    yield record.title
    front = _FRONT.match(record.text)
    begin = front.end() if front else 0
    items = {section.start for section in record.sections if _is_item(record, section.start)}
    for line in title_lines(lines(record.text[begin:])):
        if begin + line.start in items or ITEM_NUMBER.match(line.text):
            return
        yield line.text


def _is_item(record: Record, start: int) -> bool:
    """Whether the heading that begins there names no document, day or hour, as a title does."""
    heading = record.text[start:].split("\n", 1)[0]
    titled = _DOCUMENT.search(heading) or first_hour(heading) is not None or find_dates(heading)
    return start > 0 and not titled
