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
    if decision.kind in _WITHOUT_TASK or decision.owner is not None:
        yield decision
        return
    words = decision.of(text)
    chinese = _HAN.search(words) is not None
    parts = _parts(words, chinese)[1:]
    ends = [part.start for part in parts] + [len(words)]
    yield replace(decision, end=decision.start + len(_LINK.sub("", words[: ends[0]])))
    for part, end in zip(parts, ends[1:], strict=True):
        start = decision.start + part.start
        if span := trimmed(text, start, start + len(_LINK.sub("", words[part.start : end]))):
            rule = "zh.charged" if chinese else "en.charged"
            yield Decision(span.start, span.end, DecisionKind.ASSIGNED, rule, owner=part.who)


def _parts(words: str, chinese: bool) -> list[Charge]:
    """The parts that charge somebody, where at least one of them sets a task."""
    if chinese:
        return chinese_tasks.charges(words) if chinese_tasks.sets_task(words) else []
    return english_tasks.charges(words)
