"""The sample records as numbered passages, made without an index."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from ingest.decisions import find_decisions
from ingest.minutes import understand
from ingest.passages import split
from ingest.readers import read
from ingest.records import Record
from qa.answers import MeetingRef
from qa.lock import NumberedPassage
from tests.qa.lock.corruptions import plain

SAMPLES = Path(__file__).parents[3] / "data" / "minutes"


@cache
def records(folder: Path = SAMPLES, most: int = 1_000) -> tuple[Record, ...]:
    """The records of a folder in the order of their names, at most so many."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple(_record(path) for path in paths[:most])


def _record(path: Path) -> Record:
    document = read(path)
    understood = understand(document, path=path)
    record = Record(
        path.stem,
        1,
        str(path),
        document.text,
        understood.meeting,
        sections=understood.sections,
        turns=understood.turns,
        omitted=understood.omitted,
    )
    found = find_decisions(record.text, record.sections, record.turns, date=record.date)
    return replace(record, decisions=found)


def passages(record: Record) -> Iterator[NumberedPassage]:
    """The passages of a record, numbered from 1."""
    meeting = record.meeting
    ref = MeetingRef(
        record.id, meeting.title, meeting.date, None, meeting.session, meeting.series, meeting.body
    )
    for number, passage in enumerate((p for p in split(record) if p.indexed), 1):
        yield NumberedPassage(passage.start, passage.end, number, record, ref, passage.item)


def statements(passage: NumberedPassage) -> Iterator[str]:
    """The sentences of a passage that state something: no headings, labels, front matter, questions."""
    for unit in passage.units:
        text = plain(unit.reading.text)
        short = len(text) < (25 if text.isascii() else 10)
        if not short and text.endswith((".", "。", ";", "；")) and not text.startswith(("#", "-", "title")):
            yield text


def record_of(name: str) -> Record:
    """The sample record whose file name holds `name`."""
    return next(record for record in records() if name in record.id)
