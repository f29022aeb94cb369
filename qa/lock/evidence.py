"""Numbered passages as evidence: their sentences, who speaks in them, and under what they stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.records import Decision, Record, Span
from ingest.sentences import sentences
from ingest.words import cut
from qa.answers import MeetingRef
from qa.lock.reading import Reading, read, settled
from qa.lock.wording import key

REACH = 3  # sentences a claim may stand on together
LEAD_REACH = 600  # characters before a list item in which the line that introduces it is looked for

_LEAD_MARK = re.compile(r"\s*(?:[-*•>]\s+)*")
_CHINESE_NAME = re.compile(
    r"(?:^|[，。；\n])([\u4e00-\u9fff]{2,3})(?=汇报|建议|提出|认为|表示|指出|不同意|主张|说|补充|介绍|反对|担心|答)",
    re.MULTILINE,
)
_NO_NAME = re.compile(
    r"会议|各区|全市|大家|委员|部门|议员|市.{0,2}|本次|有人|居民|群众|代表|政府|局|厅|办|[不没我你他她它这那也都就还而但是的了么会要把被或在很]"
)
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,6})?")
_OFFICE = re.compile(
    r"^.*(?:局长|市长|局|厅|委|办|政府|主任|部|处)(?=[\u4e00-\u9fff]{2,4}$)|(?:局长|市长|主任)$"
)


@dataclass(frozen=True)
class NumberedPassage(Span):
    """A stretch of a record that a composer may cite by its number.

    item      titles of the agenda items around it
    withheld  stretches of it that speak to a language model; they are evidence for nothing
    entry     the entry of the register that it is; None for a passage
    """

    number: int
    record: Record
    meeting: MeetingRef
    item: tuple[str, ...] = ()
    withheld: tuple[Span, ...] = ()
    entry: Decision | None = None

    @property
    def text(self) -> str:
        """Its words as the record has them."""
        return self.record.text[self.start : self.end]

    @cached_property
    def people(self) -> frozenset[str]:
        """Names of people that the record gives, whole and, where they have spaces, in parts."""
        return people_of(self.record)

    @cached_property
    def units(self) -> tuple["Unit", ...]:
        """Its sentences in order, blank ones and withheld ones left out."""
        return tuple(self._units())

    @cached_property
    def context(self) -> str:
        """What it stands under: agenda item, title and body of its record."""
        meeting = self.record.meeting
        parts = (*self.item, meeting.title, meeting.body or "", meeting.series or "")
        return "\n".join(part for part in parts if part)

    def _units(self) -> Iterator["Unit"]:
        text = self.record.text
        for sentence in sentences(text, self.start, self.end):
            words = sentence.of(text)
            mark = _LEAD_MARK.match(words)
            start = sentence.start + (mark.end() if mark else 0)
            end = sentence.start + len(words.rstrip())
            if start < end and not any(start < span.end and span.start < end for span in self.withheld):
                lead = _lead(text, sentence.start)
                yield Unit(
                    start,
                    end,
                    reading=settled(read(text[start:end], self.people)),
                    speaker=_speaker(self.record, start),
                    lead=read(lead, self.people) if lead else None,
                )


@dataclass(frozen=True)
class Unit(Span):
    """A sentence as evidence.

    speaker  whose turn it stands in
    lead     the line that introduces the list it belongs to ("The meeting decided:")
    """

    reading: Reading
    speaker: str | None = None
    lead: Reading | None = None

    @property
    def asks(self) -> bool:
        """Whether it is a question: evidence that something was asked, for nothing else."""
        return self.reading.text.rstrip("\"'”’)） ").endswith(("?", "？"))


def windows(units: Sequence[Unit]) -> Iterator[tuple[Unit, ...]]:
    """Every run of up to REACH neighbouring sentences, short ones first."""
    for size in range(1, REACH + 1):
        for first in range(len(units) - size + 1):
            yield tuple(units[first : first + size])


def people_of(record: Record) -> frozenset[str]:
    """The people a record names: chair, attendees, absent, speakers, voters, and in Chinese who is said to speak."""
    meeting = record.meeting
    names = {meeting.chair or "", *meeting.attendees, *meeting.absent, *meeting.others}
    names |= {turn.speaker for turn in record.turns}
    for decision in record.decisions:
        if decision.tally:
            tally = decision.tally
            names |= {*tally.names_in_favour, *tally.names_against, *tally.names_abstained}
    names |= {
        name
        for name in _CHINESE_NAME.findall(record.text)
        if not _NO_NAME.search(name) and len(cut(name)) > 1
    }
    names = {re.sub(r"[(（].*", "", name) for name in names}
    bare = {_OFFICE.sub("", name).strip() for name in names}
    han = {name for name in bare if _HAN_NAME.fullmatch(name)}
    parts = {part.casefold() for name in names for part in re.findall(r"[A-Z][\w'’-]+", name)}
    return frozenset(han | parts)


def _speaker(record: Record, place: int) -> str | None:
    for turn in record.turns:
        if turn.start <= place < turn.end:
            return turn.speaker
    return None


_ITEM = re.compile(r"[^\S\n]*(?:[-*•]\s|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-z])(?:[)）、]|\.\s))")


def _lead(text: str, start: int) -> str | None:
    """The line ending in a colon above the list that the line at `start` is an item of."""
    line = text.rfind("\n", 0, start) + 1
    if not _ITEM.match(text, line):
        return None
    for above in reversed(text[max(0, line - LEAD_REACH) : line].splitlines()):
        if not above.strip() or _ITEM.match(above) or above.startswith(("  ", "\t")):
            continue
        stripped = above.strip(" *_")
        return stripped if stripped.endswith((":", "：")) else None
    return None


def context_keys(passage: NumberedPassage) -> frozenset[str]:
    """The words and names of what a passage stands under, as keys."""
    reading = read(passage.context, passage.people)
    keys = {token.key for token in reading.tokens if token.kind in ("word", "name")}
    keys |= {key(token.text) for token in reading.tokens if token.kind == "name"}
    keys |= {token.text.casefold() for token in reading.tokens}
    return frozenset(keys)
