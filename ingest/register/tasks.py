"""An entry that gives tasks to several, cut so that each is one: 「市水务局于6月底前…，市财政局于5月底前…」."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.records import Decision, DecisionKind
from ingest.register import chinese_tasks, english_tasks
from ingest.register.headings import trimmed
from ingest.register.rules import Charge

_HAN = re.compile(r"[\u3400-\u9fff]")
_LINK = re.compile(r"(?:[，,；;\s]|\band|\bwhile)+$")
_WITHOUT_TASK = (DecisionKind.EMPHASISED, DecisionKind.VOTE)


def each_task(text: str, decision: Decision) -> Iterator[Decision]:
    """The entry with the first task it gives, and one for each further; most entries as they are."""
    words = decision.of(text)
    chinese = _HAN.search(words) is not None
    further = [] if decision.kind in _WITHOUT_TASK or decision.owner else _parts(words, chinese)[1:]
    if not further:
        yield decision
        return
    yield replace(decision, end=decision.start + _words_end(words, 0, further[0].start))
    for part in further:
        end = decision.start + _words_end(words, part.start, part.end)
        if span := trimmed(text, decision.start + part.start, end):
            rule = "zh.charged" if chinese else "en.charged"
            yield Decision(span.start, span.end, DecisionKind.ASSIGNED, rule, owner=part.who)


def _words_end(words: str, start: int, end: int) -> int:
    """Where a part ends without what links it to the next: a comma, "and"."""
    return start + len(_LINK.sub("", words[start:end]))


def _parts(words: str, chinese: bool) -> list[Charge]:
    """The parts that charge somebody, where at least one of them sets a task."""
    if chinese:
        return chinese_tasks.charges(words) if chinese_tasks.sets_task(words) else []
    return english_tasks.charges(words)
