"""Tables of what was decided or is to be done: a row each, by the columns that the table's head names.

| Item   | Decision                 | Owner          | Due         |
| Tariff | Approved with amendments | Finance Office | 14 May 2025 |
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.lines import Line, lines
from ingest.records import Decision, DecisionKind, Span
from ingest.register import chinese, english

Column = Literal["item", "decision", "task", "owner", "due"]
_COLUMNS: dict[Column, re.Pattern[str]] = {
    column: re.compile(words, re.IGNORECASE)
    for column, words in {
        "item": r"(?:agenda )?(?:item|topic|subject|matter|issue)s?|议题|议程|议题名称|事项|会议事项|项目",
        "decision": (
            r"(?:council |board |committee )?"
            r"(?:decisions?|resolutions?|outcomes?|results?|resolved|conclusions?)(?: (?:taken|made|reached))?"
            r"|(?:会议|审议|议定|研究)?(?:决定|决议|结论|结果|意见)(?:事项|内容)?|议定事项"
        ),
        "task": (
            r"(?:agreed |follow[- ]up |next )?"
            r"(?:actions?|tasks?|steps?|to[- ]?dos?)(?: items?| points?| required| agreed)?|what"
            r"|(?:工作|具体|主要)?(?:任务|措施|行动|要求)(?:内容)?|行动项|待办(?:事项)?|工作(?:内容|安排|事项)|落实事项"
        ),
        "owner": (
            r"(?:action )?(?:owners?|responsib(?:le|ility)(?: (?:person|party|officer|body))?|leads?|who|by whom"
            r"|assigned to|assignees?|action by|person(?: responsible)?|officers?)"
            r"|(?:责任|牵头|承办|主办|负责|落实)(?:单位|人|部门|领导)?|经办人|由谁(?:负责)?"
        ),
        "due": (
            r"(?:due|target|completion)(?: dates?| by)?|deadlines?|by when|when|timescales?|dates?|complete by"
            r"|(?:完成|办结|落实|整改|截止|办理)?(?:时限|期限|时间|日期)(?:要求)?|截止"
        ),
    }.items()
}
_RULE = re.compile(r"[\s|:+=-]+")
_EMPTY = re.compile(r"[\s*_–—/.-]*|n/?a|none|nil|tbc|tbd|无|略|待定", re.IGNORECASE)
_MARKUP = " \t*_`"
_WORD = re.compile(r"[^\W\d_]{2}")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Head:
    """The columns of a table by what they hold."""

    places: dict[Column, int]

    @property
    def what(self) -> Column | None:
        """The column that says what was settled or is to be done; of a list of tasks it may be called the item."""
        if "decision" in self.places or "task" in self.places:
            return "decision" if "decision" in self.places else "task"
        return "item" if {"item", "owner", "due"} <= self.places.keys() else None


def read_tables(text: str) -> tuple[list[Span], list[Decision]]:
    """The heads of the tables that name a column for what was decided or is to be done, and an entry for each row."""
    heads: list[Span] = []
    entries: list[Decision] = []
    head: _Head | None = None
    for line in lines(text):
        cells = _cells(line)
        if head is None or line.after_blank or len(cells) < 2:
            head = _head(line, cells)
            heads += [Span(line.start, line.end)] if head else []
        elif not _RULE.fullmatch(line.text) and (entry := _entry(text, line, cells, head)):
            entries.append(entry)
    return heads, entries


def is_template(row: str) -> bool:
    """Whether a row below a table's head only says again what belongs there: "| item | who | due_date |".

    >>> is_template("| | item | who | due_date |"), is_template("| | Fence | who |")
    (True, False)
    """
    cells = (cell.strip(_MARKUP).replace("_", " ") for cell in row.strip("|｜").split("|"))
    said = [cell for cell in cells if cell]
    return len(said) > 1 and all(any(words.fullmatch(cell) for words in _COLUMNS.values()) for cell in said)


def _cells(line: Line) -> list[Span]:
    """The cells of a line of a table, without white space and markup; one cell where the line is of none."""
    inner = line.text.strip("|｜")
    shift = line.start + line.text.index(inner) if inner else line.start
    found = []
    for piece in re.split(r"([|｜\t])", inner):
        if piece not in ("|", "｜", "\t"):
            lead = len(piece) - len(piece.lstrip(_MARKUP))
            found.append(Span(shift + lead, shift + max(lead, len(piece.rstrip(_MARKUP)))))
        shift += len(piece)
    return found


def _head(line: Line, cells: Sequence[Span]) -> _Head | None:
    """The line as the head of such a table: every cell a name, at least two of them of its columns."""
    names = [line.text[cell.start - line.start : cell.end - line.start] for cell in cells]
    places: dict[Column, int] = {}
    for place, name in enumerate(names):
        for column, words in _COLUMNS.items():
            if column not in places and words.fullmatch(" ".join(name.split())):
                places[column] = place
                break
    head = _Head(places)
    return head if len(places) >= 2 and head.what is not None else None


def _entry(text: str, line: Line, cells: Sequence[Span], head: _Head) -> Decision | None:
    """What a row records; None where it says nothing of a decision or a task."""
    said = {
        column: words
        for column, place in head.places.items()
        if place < len(cells) and not _EMPTY.fullmatch(words := " ".join(cells[place].of(text).split()))
    }
    if is_template(line.text):
        return None
    what = said.get("decision") or said.get("task") or (said.get("item") if head.what == "item" else None)
    if what is None or not _WORD.search(what):
        return None
    decided = "decision" in said
    language, item = "zh" if _HAN.search(what) else "en", said.get("item", "")
    return Decision(
        line.start,
        line.end,
        _kind(what, language) if decided else DecisionKind.ASSIGNED,
        f"{language}.table-row",
        item=item if head.what != "item" and _WORD.search(item) else None,
        owner=said.get("owner"),
        deadline=said.get("due"),
    )


def _kind(decision: str, language: str) -> DecisionKind:
    """The kind of outcome that the cell of a decision states."""
    rules = chinese if language == "zh" else english
    found = rules.find(decision)
    stated = rules.refined(decision)
    return stated or (found.kind if found else DecisionKind.DECIDED)
