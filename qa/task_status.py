"""Questions for tasks by how far they are: "Which actions are overdue?", 「哪些任务还没完成？」.

An action log says it of each task in a cell of its row. A task of which no record says it may be done or not; so it is
listed among those that are open, which is said, and never among those that are done or late.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.records import DecisionKind
from qa.answers import Question
from qa.register import Entry

Status = Literal["overdue", "done", "open"]

_ASKED: tuple[tuple[Status, re.Pattern[str]], ...] = tuple(
    (status, re.compile(words, re.IGNORECASE))
    for status, words in (
        ("overdue", r"\b(?:overdue|late|past due|behind)\b|逾期|超期|到期未"),
        (
            "open",
            r"\b(?:outstanding|open|pending|in progress|ongoing|unfinished|incomplete|still to be done"
            r"|not (?:yet )?(?:done|complete[d]?|finished|closed))\b"
            r"|(?:还|尚|仍)?(?:没有?|未)(?:完成|办结|落实)|进行中|待办",
        ),
        ("done", r"\b(?:complete[d]?|done|closed|finished)\b|已?(?:完成|办结|落实)"),
    )
)
_CELLS: dict[Status, re.Pattern[str]] = {
    "overdue": re.compile(r"(?:overdue|late|past due|behind(?: schedule)?|逾期|超期).{0,20}", re.IGNORECASE),
    "done": re.compile(
        r"(?:completed?|done|closed|finished|已?完成|已?办结|已落实)(?!\w).{0,20}", re.IGNORECASE
    ),
    "open": re.compile(
        r"(?:open|outstanding|pending|in progress|ongoing|not (?:yet )?(?:started|done|complete[d]?)|on track"
        r"|overdue|late|进行中|未完成|未开始|推进中|逾期|超期).{0,20}",
        re.IGNORECASE,
    ),
}
_TASKS = (
    r"(?:actions?(?: items?| points?| log)?|tasks?|to-?dos?|assignments?"
    r"|(?:工作)?任务|行动项|待办(?:事项)?|交办事项)"
)
_ONLY_TASKS = re.compile(
    rf"(?:\b(?:what|which|list|show|me|us|all|any|the|are|is|there|have|has|been|were|was|still|of|give|please|yet|how|many"
    rf"|currently|now|do|we|that|on|in|our)\b|\b{_TASKS}\b|{_TASKS}|哪些|有哪些|什么|有|是|的|了|还|列出|所有|全部|吗|呢|都|\W)*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """The tasks of a status: how many are marked so, and how many more no record gives a status of."""

    entries: tuple[Entry, ...]
    marked: int
    unmarked: int = 0


def status_asked(question: Question) -> Status | None:
    """The status by which a question asks for tasks and for nothing else; None where it asks something else.

    >>> status_asked(Question("Which actions are overdue?")), status_asked(Question("Is the roof done?"))
    ('overdue', None)
    """
    if question.due is not None or not re.search(_TASKS, question.text, re.IGNORECASE):
        return None
    for status, words in _ASKED:
        if words.search(question.text):
            rest = words.sub(" ", question.text)
            return status if _ONLY_TASKS.fullmatch(rest) else None
    return None


def of_status(entries: Sequence[Entry], status: Status) -> Listed:
    """The tasks among entries that are marked so; of those that are open also what nobody marks."""
    marked = [one for one in entries if any(_CELLS[status].fullmatch(cell) for cell in _cells(one))]
    if status != "open":
        return Listed(tuple(marked), len(marked))
    unmarked = [one for one in entries if one.kind is DecisionKind.ASSIGNED and not _has_status(one)]
    return Listed((*marked, *unmarked), len(marked), len(unmarked))


def _cells(entry: Entry) -> list[str]:
    return (
        [cell.strip(" *_") for cell in entry.quote.strip().strip("|").split("|")]
        if "|" in entry.quote
        else []
    )


def _has_status(entry: Entry) -> bool:
    return any(words.fullmatch(cell) for words in _CELLS.values() for cell in _cells(entry))
