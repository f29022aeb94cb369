"""Values to catalog rows and back: the one place that knows how a `Record` lies in tables."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from ingest.likeness import marks
from ingest.records import (
    Decision,
    DecisionKind,
    Meeting,
    Page,
    Passage,
    Record,
    Section,
    Span,
    Tally,
    Turn,
)

_COLUMNS = ("title", "language", "body", "session", "series", "chair")
_LISTS = ("attendees", "absent", "others", "access", "notes")
_DETAILS = (
    "place",
    "number",
    "status",
    "attendees",
    "absent",
    "others",
    "access",
    "origins",
    "notes",
    "held",
)


def meeting_row(record: Record) -> dict[str, Any]:
    """The columns of `versions` that hold a record's meeting and layout."""
    meeting = record.meeting
    details: dict[str, Any] = {name: getattr(meeting, name) for name in _DETAILS}
    details["pages"] = [[page.start, page.end, page.number] for page in record.pages]
    details["omitted"] = [[span.start, span.end] for span in record.omitted]
    details["file_notes"] = record.notes
    details["rules"] = record.rules
    details["marks"] = marks(record.text)
    return {
        "record_id": record.id,
        "version": record.version,
        "date": meeting.date and meeting.date.isoformat(),
        "end_date": meeting.end_date and meeting.end_date.isoformat(),
        "details": json.dumps(details, ensure_ascii=False),
    } | {name: getattr(meeting, name) for name in _COLUMNS}


def meeting_from(row: Mapping[str, Any]) -> Meeting:
    """The meeting in a row of `versions`."""
    details = json.loads(row["details"])
    return Meeting(
        date=_date(row["date"]),
        end_date=_date(row["end_date"]),
        place=details["place"],
        number=details["number"],
        status=details["status"],
        held=details.get("held") is not False,
        origins=tuple((field, origin) for field, origin in details["origins"]),
        **{name: tuple(details[name]) for name in _LISTS},
        **{name: row[name] for name in _COLUMNS},
    )


def record_from(
    row: Mapping[str, Any],
    source: str,
    sections: tuple[Section, ...] = (),
    turns: tuple[Turn, ...] = (),
    decisions: tuple[Decision, ...] = (),
) -> Record:
    """The record in a row of `versions`, with the structure that was read beside it."""
    details = json.loads(row["details"])
    return Record(
        id=row["record_id"],
        version=row["version"],
        source=source,
        text=row["text"],
        meeting=meeting_from(row),
        sections=sections,
        turns=turns,
        decisions=decisions,
        pages=tuple(Page(start, end, number) for start, end, number in details["pages"]),
        omitted=tuple(Span(start, end) for start, end in details["omitted"]),
        notes=tuple(details["file_notes"]),
        rules=rules if isinstance(rules := details.get("rules"), int) else 0,
    )


def section_row(section: Section) -> dict[str, Any]:
    return {
        "start": section.start,
        "end": section.end,
        "title": section.title,
        "title_start": section.title_span.start,
        "title_end": section.title_span.end,
        "level": section.level,
        "number": section.number,
    }


def section_from(row: Mapping[str, Any]) -> Section:
    return Section(
        start=row["start"],
        end=row["end"],
        title=row["title"],
        title_span=Span(row["title_start"], row["title_end"]),
        level=row["level"],
        number=row["number"],
    )


def turn_row(turn: Turn) -> dict[str, Any]:
    return asdict(turn)


def turn_from(row: Mapping[str, Any]) -> Turn:
    return Turn(row["start"], row["end"], row["speaker"], row["seconds"])


def decision_row(decision: Decision) -> dict[str, Any]:
    return {
        "start": decision.start,
        "end": decision.end,
        "kind": decision.kind.value,
        "rule": decision.rule,
        "item": decision.item,
        "owner": decision.owner,
        "deadline": decision.deadline,
        "due": decision.due and decision.due.isoformat(),
        "tally": json.dumps(asdict(decision.tally), ensure_ascii=False) if decision.tally else None,
        "amounts": json.dumps(decision.amounts, ensure_ascii=False),
        "motion": _motion(decision),
    }


def decision_from(row: Mapping[str, Any]) -> Decision:
    return Decision(
        start=row["start"],
        end=row["end"],
        kind=DecisionKind(row["kind"]),
        rule=row["rule"],
        item=row["item"],
        owner=row["owner"],
        deadline=row["deadline"],
        due=_date(row["due"]),
        tally=_tally(row["tally"]),
        amounts=tuple(json.loads(row["amounts"])),
        **_motion_from(row["motion"]),
    )


def _motion(decision: Decision) -> str | None:
    """Who moved and seconded it, and where else it stands; None where nothing of it is known."""
    spans = [[span.start, span.end] for span in decision.spans]
    held = {"mover": decision.mover, "seconder": decision.seconder, "spans": spans}
    return json.dumps(held, ensure_ascii=False) if any(held.values()) else None


def _motion_from(stored: str | None) -> dict[str, Any]:
    if not stored:
        return {}
    held = json.loads(stored)
    return held | {"spans": tuple(Span(start, end) for start, end in held["spans"])}


def passage_row(passage: Passage) -> dict[str, Any]:
    return {
        "start": passage.start,
        "end": passage.end,
        "item": json.dumps(passage.item, ensure_ascii=False),
        "sentences": json.dumps([[span.start, span.end] for span in passage.sentences]),
        "language": passage.language,
        "indexed": int(passage.indexed),
    }


def passage_from(row: Mapping[str, Any]) -> Passage:
    """A stored passage; `row` has its text too. Its speakers lie in a table of their own and are left out."""
    return Passage(
        start=row["start"],
        end=row["end"],
        text=row["text"],
        item=tuple(json.loads(row["item"])),
        sentences=tuple(Span(start, end) for start, end in json.loads(row["sentences"])),
        language=row["language"],
        indexed=bool(row["indexed"]),
    )


def _date(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _tally(stored: str | None) -> Tally | None:
    if not stored:
        return None
    return Tally(**{key: tuple(v) if isinstance(v, list) else v for key, v in json.loads(stored).items()})
