"""The decision register of a record: what was settled, by whom it is to be done, and how the vote went.

Outcomes are found under headings that announce them, after labels, and in sentences that record them
(`ingest.register` holds the rules, a file per subject). Where two readings overlap the first of these wins;
each entry carries the name of the rule that found it.
"""

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.line_numbers import without_line_numbers
from ingest.records import Decision, DecisionKind, Section, Turn
from ingest.register import chinese, english
from ingest.register.actions import owner
from ingest.register.amounts import amounts
from ingest.register.deadlines import deadline, deadline_of_task, put_off_to
from ingest.register.due import due_date
from ingest.register.english_tasks import assigns
from ingest.register.headings import Items, headed
from ingest.register.markers import marked
from ingest.register.motions import joined
from ingest.register.reading import Layout, read_blocks
from ingest.register.recounting import recounts
from ingest.register.rules import plain
from ingest.register.tables import read_tables
from ingest.register.tasks import each_task
from ingest.register.votes import sides_apart, tally

_HAN = re.compile(r"[\u3400-\u9fff]")
_WITHOUT_TASK = frozenset({DecisionKind.EMPHASISED, DecisionKind.VOTE, DecisionKind.NOTED})
_REFINABLE = frozenset({DecisionKind.CONCLUDED, DecisionKind.DECIDED, DecisionKind.AGREED})
_WITHOUT_VOTE = frozenset({DecisionKind.EMPHASISED, DecisionKind.ASSIGNED})


def find_decisions(
    text: str,
    sections: Sequence[Section],
    turns: Sequence[Turn],
    *,
    date: datetime.date | None = None,
) -> tuple[Decision, ...]:
    """The decisions, votes, assignments and emphasised policy of a record, by start, none overlapping.

    `date` is the day of the meeting: "by 30 June" is due on the first such day after it.
    """
    text = without_line_numbers(text)
    heads, rows = read_tables(text)
    announced = _without_overlap([*rows, *headed(text, sections, turns), *marked(text)])
    found = _without_overlap([*announced, *_recorded(text, Layout(sections, turns, heads), date)])
    items = Items(sections, len(text))
    return tuple(
        _completed(text, part, items, date) for decision in found for part in each_task(text, decision)
    )


def completed(
    text: str, found: Decision, sections: Sequence[Section], date: datetime.date | None
) -> Decision:
    """An entry found by other means, with what the rules read in its words: item, amounts, vote, owner, due."""
    return _completed(without_line_numbers(text), found, Items(sections, len(text)), date)


def _recorded(text: str, layout: Layout, date: datetime.date | None) -> Iterator[Decision]:
    """Outcomes recorded in sentences, but for those of other meetings that this one only recalls."""
    for before, block in read_blocks(text, layout):
        for decision in joined(text, before, block):
            if not recounts(plain(decision.of(text)), date):
                yield decision


def _without_overlap(decisions: Iterable[Decision]) -> list[Decision]:
    """Those that stand clear of every one named before them, by start."""
    kept: list[Decision] = []
    for decision in decisions:
        place = bisect_right(kept, decision.start, key=lambda other: other.start)
        clear_before = place == 0 or kept[place - 1].end <= decision.start
        clear_after = place == len(kept) or decision.end <= kept[place].start
        if clear_before and clear_after:
            kept.insert(place, decision)
    return kept


def _completed(text: str, found: Decision, items: Items, date: datetime.date | None) -> Decision:
    """The decision with its agenda item, amounts, vote, owner and deadline read from its own words."""
    words = plain(found.of(text))
    chinese_words = bool(_HAN.search(words))
    kind = _kind(found, words, chinese_words)
    tasked = kind is DecisionKind.ASSIGNED or (chinese_words and found.kind not in _WITHOUT_TASK)
    put_off = put_off_to(words) if kind is DecisionKind.DEFERRED else None
    set_by = deadline_of_task if kind is DecisionKind.ASSIGNED else deadline
    by = None if kind in _WITHOUT_TASK else found.deadline or put_off or set_by(words)
    due = due_date(by, date) if by else None
    ahead = due is not None and (date is None or due >= date)
    if not (tasked or ahead or ((found.deadline or put_off) and due is None)):
        by = due = None  # "before 1911" in what was settled sets no deadline
    return replace(
        found,
        kind=kind,
        item=found.item or items.title(found),
        amounts=amounts(words),
        tally=None if found.kind in _WITHOUT_VOTE else tally(sides_apart(found.of(text))),
        owner=found.owner or (owner(words) if tasked or (by and not put_off) else None),
        deadline=by,
        due=due,
    )


def _kind(found: Decision, words: str, chinese_words: bool) -> DecisionKind:
    """The kind of an outcome that a heading or label only announces: what its first words say of it."""
    announced = found.rule.endswith(("conclusion-heading", "outcome-label", "decided-list"))
    if not announced or found.kind not in _REFINABLE:
        return found.kind
    if found.rule.endswith("-list"):
        recorded = chinese.find(words) if chinese_words else english.find(words)
        if recorded:
            return recorded.kind
        if assigns(words):
            return DecisionKind.ASSIGNED
    stated = chinese.refined(words) if chinese_words else english.refined(words)
    return stated or found.kind
