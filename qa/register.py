"""The decision register across meetings: what was settled, assigned and voted on, each with its exact words."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import IO, Any

from ingest.records import DecisionKind, Span, Tally
from ingest.words import topic_words
from qa.answers import MeetingRef
from qa.corpus import Session
from qa.errors import QuestionError
from qa.scope import Scope
from qa.signs import RELEVANT
from qa.topic import coverage, word_weights

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is a formula to a spreadsheet


@dataclass(frozen=True, slots=True)
class Entry(Span):
    """An entry of the register: `text of (record, version)[start:end] == quote`.

    owner, deadline, amounts   as written; `due` where the deadline can be read as a date
    mover, seconder            of the motion, as written
    spans                      every place the entry rests on, in order: motion, vote and result may stand apart
    rule                       which rule found it
    """

    meeting: MeetingRef
    version: int
    quote: str
    kind: DecisionKind
    rule: str
    item: str | None = None
    owner: str | None = None
    deadline: str | None = None
    due: date | None = None
    tally: Tally | None = None
    amounts: tuple[str, ...] = ()
    mover: str | None = None
    seconder: str | None = None
    spans: tuple[Span, ...] = ()


class Entries(list[Entry]):
    """A list of entries that pandas, spreadsheets and programs can take."""

    def rows(self) -> list[dict[str, Any]]:
        """A flat dict per entry; dates in ISO 8601, names and amounts joined by "; "."""
        return [_row(entry) for entry in self]

    def to_frame(self) -> Any:
        """The entries as a pandas DataFrame, a row each."""
        import pandas

        return pandas.DataFrame(self.rows(), columns=list(COLUMNS))

    def to_csv(self, out: IO[str]) -> None:
        """Writes them as CSV; a cell that a spreadsheet would take for a formula gets a ' before it."""
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: safe_cell(value) for key, value in row.items()} for row in self.rows())

    def to_json(self, out: IO[str]) -> None:
        """Writes them as a JSON list of objects."""
        json.dump(self.rows(), out, ensure_ascii=False, indent=2)
        out.write("\n")


COLUMNS = (
    "date", "body", "session", "meeting", "kind", "item", "quote", "owner", "deadline", "due", "in_favour", "against",
    "abstained", "names_against", "amounts", "rule", "record_id", "version", "start", "end", "mover", "seconder",
    "absent", "recused", "spans",
)  # fmt: skip


def find_entries(
    session: Session,
    scope: Scope,
    topic: str | None = None,
    kinds: Sequence[DecisionKind] = (),
    owner: str | None = None,
) -> Entries:
    """Every entry in scope that concerns the topic, newest meeting first, in each in the order of the record.

    kinds  which ones; (): all but what was only emphasised
    owner  part of the owner's name, in any case
    """
    wanted = kinds or [kind for kind in DecisionKind if kind is not DecisionKind.EMPHASISED]
    weights = word_weights(session, topic_words(topic)) if topic else {}
    meetings = session.meetings(scope)
    registers = session.decisions_of([meeting.record_id for meeting in meetings])
    entries = [
        (meeting, decision)
        for meeting in meetings
        for decision in registers.get(meeting.record_id, ())
        if decision.kind in wanted
    ]
    texts = session.texts({meeting.record_id for meeting, _ in entries})
    found = Entries()
    for meeting, decision in entries:
        quote = texts[meeting.record_id][decision.start : decision.end]
        if owner and owner.casefold() not in (decision.owner or "").casefold():
            continue
        if weights and coverage(weights, f"{quote} {decision.item or ''}") < RELEVANT:
            continue
        fields = {
            name: getattr(decision, name) for name in Entry.__dataclass_fields__ if hasattr(decision, name)
        }
        fields["spans"] = decision.spans or (Span(decision.start, decision.end),)
        found.append(Entry(meeting=meeting, version=meeting.version, quote=quote, **fields))
    return found


def kinds_named(names: Iterable[str]) -> tuple[DecisionKind, ...]:
    """Kinds by name. Raises QuestionError naming those there are."""
    try:
        return tuple(DecisionKind(name) for name in names)
    except ValueError as error:
        raise QuestionError(f"{error}. The kinds are: {', '.join(DecisionKind)}.") from error


def _row(entry: Entry) -> dict[str, Any]:
    tally = entry.tally or Tally()
    row = asdict(entry) | {
        "date": entry.meeting.date and entry.meeting.date.isoformat(),
        "body": entry.meeting.body,
        "session": entry.meeting.session,
        "meeting": entry.meeting.title,
        "record_id": entry.meeting.record_id,
        "kind": entry.kind.value,
        "due": entry.due and entry.due.isoformat(),
        "in_favour": tally.in_favour,
        "against": tally.against,
        "abstained": tally.abstained,
        "names_against": "; ".join(tally.names_against),
        "amounts": "; ".join(entry.amounts),
        "absent": tally.absent,
        "recused": tally.recused,
        "spans": "; ".join(f"{span.start}-{span.end}" for span in entry.spans),
    }
    return {column: row[column] for column in COLUMNS}


def safe_cell(value: Any) -> Any:
    """A value as a spreadsheet may read it: what would be a formula gets a ' before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
