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
from functools import reduce

from ingest.han_scripts import one_script
from ingest.line_numbers import without_line_numbers
from ingest.records import Decision, DecisionKind, Section, Span, Tally, Turn
from ingest.register import chinese, english
from ingest.register.actions import owner
from ingest.register.amounts import amounts
from ingest.register.apart import put_together
from ingest.register.deadlines import deadline, deadline_of_task, put_off_to
from ingest.register.due import due_date
from ingest.register.english_speech import COMMITMENT
from ingest.register.english_tasks import assigns
from ingest.register.headings import Items, headed
from ingest.register.markers import marked
from ingest.register.motions import joined
from ingest.register.moved import read_motions
from ingest.register.reading import SECONDED, Layout, read_blocks
from ingest.register.recounting import recounts
from ingest.register.rules import plain
from ingest.register.tables import read_tables
from ingest.register.tasks import each_task
from ingest.register.votes import sides_apart, tally, together

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
    people: Iterable[str] = (),
) -> tuple[Decision, ...]:
    """The decisions, votes, assignments and emphasised policy of a record, by start, none overlapping.

    `date` is the day of the meeting: "by 30 June" is due on the first such day after it. `people` were there: what
    one of them "will do" is a task.
    """
    written = without_line_numbers(text)
    text = one_script(written)
    heads, rows = read_tables(text)
    announced = _without_overlap([*rows, *read_motions(text), *headed(text, sections, turns), *marked(text)])
    found = _without_overlap([*announced, *_recorded(text, Layout(sections, turns, heads, people), date)])
    items = Items(sections, len(text))
    whole = [
        _undertaken(_completed(text, part, items, date), turns)
        for decision in put_together(text, found)
        for part in each_task(text, decision)
    ]
    return tuple(whole if text is written else (as_written(written, text, entry) for entry in whole))


def _undertaken(entry: Decision, turns: Sequence[Turn]) -> Decision:
    """What somebody says that they will do, with who says it as its owner."""
    if not entry.rule.endswith(COMMITMENT):
        return entry
    place = bisect_right(turns, entry.start, key=lambda turn: turn.start) - 1
    spoken = place >= 0 and entry.start < turns[place].end
    return replace(entry, owner=turns[place].speaker if spoken else None)


def completed(
    text: str, found: Decision, sections: Sequence[Section], date: datetime.date | None
) -> Decision:
    """An entry found by other means, with what the rules read in its words: item, amounts, vote, owner, due."""
    written = without_line_numbers(text)
    text = one_script(written)
    entry = _completed(text, found, Items(sections, len(text)), date)
    return entry if text is written else as_written(written, text, entry)


def _recorded(text: str, layout: Layout, date: datetime.date | None) -> Iterator[Decision]:
    """Outcomes recorded in sentences, but for those of other meetings that this one only recalls.

    What only says that a motion was seconded comes last: an outcome further on may take the motion along.
    """
    seconded = []
    for before, block in read_blocks(text, layout):
        for decision in joined(text, before, block):
            if decision.rule == SECONDED:
                seconded.append(decision)
            elif not recounts(plain(decision.of(text)), date):
                yield decision
    yield from (decision for decision in seconded if not recounts(plain(decision.of(text)), date))


def _without_overlap(decisions: Iterable[Decision]) -> list[Decision]:
    """Those that stand clear of every one named before them, and of what it rests on, by start."""
    kept: list[Decision] = []
    taken: list[Span] = []  # by start, none overlapping
    for decision in decisions:
        if not overlaps(taken, decision):
            kept.append(decision)
            for span in decision.spans or (decision,):
                if not overlaps(taken, span):
                    taken.insert(bisect_right(taken, span.start, key=lambda other: other.start), span)
    return sorted(kept, key=lambda decision: decision.start)


def overlaps(taken: Sequence[Span], span: Span) -> bool:
    """Whether a span reaches into one of those that are `taken`, which lie in order and stand clear of one another."""
    place = bisect_right(taken, span.start, key=lambda other: other.start)
    return (place > 0 and taken[place - 1].end > span.start) or (
        place < len(taken) and taken[place].start < span.end
    )


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
        tally=None if kind in _WITHOUT_VOTE and not found.mover else found.tally or _tally(text, found),
        owner=found.owner or (owner(words) if tasked or (by and not put_off) else None),
        deadline=by,
        due=due,
    )


def _tally(text: str, found: Decision) -> Tally | None:
    """The vote that the places an entry rests on report together; None where one contradicts another."""
    told = [vote for span in found.spans or (found,) if (vote := tally(sides_apart(span.of(text))))]
    return reduce(lambda one, other: one and together(one, other), told[1:], told[0]) if told else None


def as_written(written: str, read: str, entry: Decision) -> Decision:
    """The entry with its words as they are written, where it was read with one script for both."""

    def original(said: str | None) -> str | None:
        if said is None or said.isascii():
            return said
        for span in (entry, *entry.spans):
            if (place := read.find(said, span.start, span.end)) >= 0:
                return written[place : place + len(said)]
        return said

    def each(said: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(original(one) or one for one in said)

    vote = entry.tally and replace(
        entry.tally,
        **{name: each(getattr(entry.tally, name)) for name in Tally.__slots__ if name.startswith("names")},
    )
    named = {name: original(getattr(entry, name)) for name in ("owner", "deadline", "mover", "seconder")}
    return replace(entry, **named, amounts=each(entry.amounts), tally=vote)


def _kind(found: Decision, words: str, chinese_words: bool) -> DecisionKind:
    """The kind of an outcome that a heading or label only announces: what its first words say of it."""
    announced = found.rule.endswith(("conclusion-heading", "outcome-label", "decided-list"))
    if not announced or found.kind not in _REFINABLE:
        return found.kind
    if chinese_words and chinese.asks(words):
        return DecisionKind.ASSIGNED
    if found.rule.endswith("-list"):
        recorded = chinese.find(words) if chinese_words else english.find(words)
        if recorded:
            return recorded.kind
        if assigns(words):
            return DecisionKind.ASSIGNED
    stated = chinese.refined(words) if chinese_words else english.refined(words)
    return stated or found.kind
