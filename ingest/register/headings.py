"""Headings that announce an outcome, and the text that stands under them.

Under "Conclusion", "Resolution", "Decisions", "Action items", "会议决定" stands what was settled: one entry
of the register each, or one for each of its items where these are tasks, or where it is very long.
"""

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from ingest.records import Decision, DecisionKind, Section, Span, Turn
from ingest.register.tables import is_template
from ingest.register.task_notes import each_note
from ingest.sentences import sentences

LONGEST = 1500  # characters of one entry; a longer body is split into its paragraphs and list items
SPOKEN_BODY = 600  # a body that begins with someone's words is an outcome only while it is short

_MAIN = {
    DecisionKind.DECIDED: r"resolutions?|resolved|decisions?|ruling|outcomes?|determination|disposition"
    r"|(?:council |board |committee |commission |official |formal )?actions? taken"
    r"|(?:council|board|committee|commission) actions?"
    r"|(?:会议)?(?:决定|决议|议定|议决|审议)(?:事项|结果|意见|内容)?|形成决议|会议结果|讨论结果",
    DecisionKind.ASSIGNED: r"actions?|actions? (?:arising|agreed|required|needed)"
    r"|action (?:items?|points?|list|log|register)|next steps?|to-?do(?: list)?|to dos?|tasks?(?: assigned)?"
    r"|assignments?|follow[- ]?ups?(?: actions?| items?)?|行动项|行动计划|待办|待办事项|任务分工|责任分工"
    r"|(?:后续|下一步)(?:工作|行动|跟进)?(?:计划|安排|打算)?|落实事项|工作安排",
    DecisionKind.VOTE: r"(?:roll[- ]call )?votes?|voting(?: results?| record)?|vote results?"
    r"|result of (?:the )?vote"
    r"|表决(?:结果|情况)|投票(?:结果|情况)",
    DecisionKind.AGREED: r"con[cs]en[sc]us|agreed|points? of agreement|(?:会议)?共识|达成共识",
    DecisionKind.CONCLUDED: r"conclusions?|conclus?on|concluding (?:remarks|statement)"
    r"|(?:会议|讨论|主要)?结论",
}
_BESIDE = r"summary|summaries|recommendations?|discussion|notes?|wrap-?up|follow-?ups?"
_QUALIFIER = (
    r"(?:(?:the|a|of|on|for|from|and|or|meeting|committee|council|board|final|key|main|major|draft|proposed"
    r"|formal|summary of|list of"
    r"|agreed|taken|made|reached|adopted|passed|by|this|overall|all|new|outstanding|open) )*"
)
_ANY = "|".join(_MAIN.values())
_TITLE = re.compile(
    rf"(?:(?:{_BESIDE})\s*(?:[/&+,]|and|or)+\s*)?{_QUALIFIER}(?P<first>{_ANY})"
    rf"(?:\s*(?:[/&+,、]|\band\b|\bor\b|和|与|及)+\s*{_QUALIFIER}(?:{_ANY}|{_BESIDE}))*"
    r"(?: (?:taken|made|reached|adopted|passed|agreed|from the meeting|of the meeting|of the (?:committee"
    r"|council|board)))?(?: \d+)?(?: \(.{1,60}\))?|(?P<on>conclusions?) (?:on|for) \S.{0,60}"
)
_TOLD = re.compile(
    r"(?:resolution|resolved|decision|conclusion|outcome|agreed|consensus|决定|决议|结论)\s*(?:[:：]"
    r"|\s[–—-])\s*(?P<what>\S.{7,})",
    re.IGNORECASE | re.DOTALL,
)
_PROCEEDINGS = re.compile(
    r"\b(?:moved|seconded|motion (?:by|was|is|made|carried|carries|passed|failed|to)|ayes"
    r"|roll call)\b",
    re.IGNORECASE,
)
_INHERITED = frozenset({DecisionKind.DECIDED, DecisionKind.CONCLUDED, DecisionKind.AGREED})
_NUMBERED = re.compile(r"(?:resolution|ordinance|motion|by-?law)\s+(?:no\.?\s*)?[\dA-Z-]*\d", re.IGNORECASE)
_GENERIC = re.compile(
    r"(?:discussions?|background|notes?|presentation|motions?|comments?|questions?|q ?& ?a|summary|debate"
    r"|讨论|背景|发言|情况说明)",
    re.IGNORECASE,
)
_MARKUP = "#*_~`:： \t\n"
_NUMBER = re.compile(
    r"^(?:\d[\d.]*[.)、]?\s+|[（(][\da-z一二三四五六七八九十]{1,3}[)）]\s*|[一二三四五六七八九十]{1,3}、)"
)
_ITEM = re.compile(
    r"(?m)^(?:[-*+•●○▪–]\s+|\d{1,3}[.)、]\s*|[（(]?[a-z\d一二三四五六七八九十]{1,3}[)）]\s*"
    r"|[一二三四五六七八九十]+、)(?=\S)"
)
_LABEL_LINE = re.compile(r"(?m)^[^\S\n]*[*_]{0,3}([^\s:：][^\n:：]{1,30})[:：][*_]{0,3}[^\S\n]*$")
_RULED = "-=*_ \t\n\f\r"
_NEWLINE = re.compile(r"\n")
_TABLE_RULE = re.compile(r"\|?[\s:|-]+\|?$")
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")


def outcome(title: str) -> DecisionKind | None:
    """The kind of outcome a heading announces, None when it announces none.

    >>> outcome("Conclusion/Resolution:"), outcome("Budget")
    (<DecisionKind.CONCLUDED: 'concluded'>, None)
    """
    words = " ".join(_NUMBER.sub("", title.strip(_MARKUP)).split()).lower()
    match = _TITLE.fullmatch(words)
    if not match:
        return None
    first = match["first"] or match["on"]
    return next(kind for kind, names in _MAIN.items() if re.fullmatch(names, first))


def headed(text: str, sections: Sequence[Section], turns: Sequence[Turn]) -> Iterator[Decision]:
    """What stands under headings that announce an outcome, in order."""
    turn_starts = [turn.start for turn in turns]
    above: tuple[Section, DecisionKind] | None = None  # the outcome heading whose part we are in
    for place, section in enumerate(sections):
        kind = outcome(section.title)
        if kind is not None:
            above = (section, kind)
        elif _NUMBERED.match(section.title):
            above = None
        elif above and above[1] in _INHERITED and section.start < above[0].end:
            kind = above[1]
        elif told := _TOLD.fullmatch(section.title):
            begin = text.rfind(told["what"][:20], section.title_span.start, section.title_span.end)
            if begin >= 0:
                yield Decision(begin, section.title_span.end, DecisionKind.DECIDED, "en.outcome-in-heading")
            continue
        if kind is None:
            continue
        end = min(section.end, sections[place + 1].start if place + 1 < len(sections) else section.end)
        body = _body(text, section, end, turn_starts)
        if body:
            yield from entries(text, body, kind)


class Items:
    """The agenda items of a record, found by place; `whole` is the length of its text."""

    def __init__(self, sections: Sequence[Section], whole: int) -> None:
        self._sections = sections
        self._starts = [section.start for section in sections]
        self._names = [_names_item(s.title) and not _is_document(s, sections, whole) for s in sections]
        self._above = _parents(sections)

    def title(self, decision: Span) -> str | None:
        """The title of a decision's agenda item: the innermost heading that is no outcome, no "Discussion".

        Where only an outcome heading stands around it, the item is the one before that heading, on its level.
        A heading that is itself the decision names its item only where no other does.
        """
        own = self._around(decision.start)
        place = self._above[own] if own >= 0 and self._says(own, decision) else own
        around = place
        while around >= 0 and not self._names[around]:
            around = self._above[around]
        if around < 0 and place >= 0 and outcome(self._sections[place].title) is not DecisionKind.ASSIGNED:
            around = self._before(place)  # a list of tasks beside the items is of them all
        if around < 0 and own >= 0 and own != place and self._names[own]:
            around = own
        return self._sections[around].title if around >= 0 else None

    def _around(self, where: int) -> int:
        """The innermost section at `where`, -1 when there is none."""
        place = bisect_right(self._starts, where) - 1
        while place >= 0 and self._sections[place].end <= where:
            place = self._above[place]
        return place

    def _says(self, place: int, decision: Span) -> bool:
        """Whether the section's heading is most of what the decision says."""
        title = self._sections[place].title_span
        shared = min(title.end, decision.end) - max(title.start, decision.start)
        return shared > (decision.end - decision.start) // 2

    def _before(self, place: int) -> int:
        """The last section before `place` on its level that names an item, -1 when there is none."""
        level, above = self._sections[place].level, self._above[place]
        for earlier in range(place - 1, above, -1):
            if self._sections[earlier].level <= level and self._names[earlier]:
                return earlier
        return -1


def _parents(sections: Sequence[Section]) -> list[int]:
    """For each section the place of the one around it, -1 when there is none."""
    parents: list[int] = []
    open_sections: list[int] = []
    for place, section in enumerate(sections):
        while open_sections and sections[open_sections[-1]].end <= section.start:
            open_sections.pop()
        parents.append(open_sections[-1] if open_sections else -1)
        open_sections.append(place)
    return parents


def _names_item(title: str) -> bool:
    return (
        bool(title.strip())
        and outcome(title) is None
        and not _TOLD.fullmatch(title)
        and not _GENERIC.fullmatch(title.strip(" :：*_"))
    )


def _is_document(section: Section, sections: Sequence[Section], whole: int) -> bool:
    """Whether the section is the meeting itself: the first, over all the others."""
    if section is not sections[0] or section.end < whole - 1 or len(sections) == 1:
        return False
    below = [other for other in sections[1:4] if other.level > section.level]
    return bool(below) and (section.level == 1 or any(_names_item(other.title) for other in below))


def _body(text: str, section: Section, end: int, turn_starts: Sequence[int]) -> Span | None:
    """The text under the heading, trimmed, up to where people are quoted speaking."""
    line_end = text.find("\n", section.title_span.end, end)
    body = trimmed(text, end if line_end < 0 else line_end, end)
    if body and (label := _next_label(text, body)):
        body = trimmed(text, body.start, label)
    if not body:
        return None
    if outcome(section.title) is not DecisionKind.CONCLUDED and _PROCEEDINGS.search(
        text, body.start, body.end
    ):
        return None  # an agenda's "Resolutions" and "Action items" are debated and voted on below them
    turn = bisect_left(turn_starts, body.start + 1)
    begins_spoken = turn > 0 and turn_starts[turn - 1] == body.start
    if begins_spoken:
        return body if body.end - body.start <= SPOKEN_BODY else None
    if turn < len(turn_starts) and turn_starts[turn] < body.end:
        return trimmed(text, body.start, turn_starts[turn])
    return body


def _next_label(text: str, body: Span) -> int | None:
    """Where a label within the body announces another outcome: "会议决定：" on its own line."""
    labels = _LABEL_LINE.finditer(text, body.start + 1, body.end)
    return next((label.start() for label in labels if outcome(label[1])), None)


def entries(text: str, body: Span, kind: DecisionKind) -> Iterator[Decision]:
    """The announced text as one entry; as one for each task, or for each part of a very long text."""
    language = "zh" if re.search(r"[\u3400-\u9fff]", body.of(text)) else "en"
    name = "action-heading" if kind is DecisionKind.ASSIGNED else "conclusion-heading"
    pieces = items(text, body) if kind is DecisionKind.ASSIGNED or body.end - body.start > LONGEST else [body]
    if kind is DecisionKind.ASSIGNED:
        notes = [note for piece in pieces for note in each_note(text, piece)]
        pieces = [piece for note in notes if (piece := trimmed(text, note.start, note.end))]
    for piece in pieces:
        if not _NEXT_MEETING.match(text, piece.start, piece.end):
            yield Decision(piece.start, piece.end, kind, f"{language}.{name}")


_NEXT_MEETING = re.compile(  # stands below the last list of minutes and is part of none
    r"\W*(?:(?:date|time|day)[\w ,]{0,20} of (?:the )?next meeting|(?:the )?next meeting)\b|\W*下次会议(?:时间|日期)",
    re.IGNORECASE,
)


def items(text: str, body: Span) -> list[Span]:
    """The paragraphs, list items and table rows of a body, trimmed; a long one cut between sentences."""
    pieces: list[Span] = []
    start = body.start
    for blank in [*_BLANK.finditer(text, body.start, body.end), None]:
        end = blank.start() if blank else body.end
        if text[start] == "|":
            pieces += _rows(text, start, end)
        else:
            cuts = [m.start() for m in _ITEM.finditer(text, start, end) if m.start() > start]
            pieces += [Span(a, b) for a, b in zip([start, *cuts], [*cuts, end], strict=True)]
        start = blank.end() if blank else end
    short = [part for piece in pieces for part in _bounded(text, piece)]
    return [piece for part in short if (piece := trimmed(text, part.start, part.end))]


def _rows(text: str, start: int, end: int) -> list[Span]:
    """The rows of a table, without its head and ruled lines."""
    cuts = [start, *(m.end() for m in _NEWLINE.finditer(text, start, end)), end]
    rows = [Span(a, b) for a, b in itertools.pairwise(cuts)]
    ruled = next((place for place, row in enumerate(rows) if _TABLE_RULE.fullmatch(row.of(text).strip())), -1)
    return [row for row in rows[ruled + 1 :] if not is_template(row.of(text).strip())]


def _bounded(text: str, piece: Span) -> Iterator[Span]:
    start = end = piece.start
    for sentence in sentences(text, piece.start, piece.end) if piece.end - piece.start > LONGEST else [piece]:
        if sentence.end - start > LONGEST and end > start:
            yield Span(start, end)
            start = end
        end = sentence.end
    yield Span(start, end)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The range without white space and ruled lines at its edges, None when nothing is left."""
    lines = text[start:end].splitlines(keepends=True)
    while lines and not lines[-1].strip(_RULED):
        end -= len(lines.pop())
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    end -= len(inner) - len(inner.rstrip())
    return Span(start, end) if start < end and any(c.isalnum() for c in text[start:end]) else None
