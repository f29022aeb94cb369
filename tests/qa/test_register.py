"""The register across meetings: complete, exact, filtered, and safe to open in a spreadsheet."""

import csv
import io
import json

import pytest

from ingest.records import DecisionKind
from qa import Entries, Minutebook
from qa.errors import QuestionError
from qa.register import COLUMNS


def test_every_entry_slices_back_to_its_record(book: Minutebook) -> None:
    entries = book.decisions()
    assert len(entries) > 60
    for entry in entries:
        record = book.record(entry.meeting.record_id, entry.version)
        assert record is not None and record.text[entry.start : entry.end] == entry.quote


def test_every_place_an_entry_rests_on_lies_in_its_record_and_its_quote_is_one_of_them(
    book: Minutebook,
) -> None:
    entries = book.decisions()
    assert all(
        (entry.start, entry.end) in {(span.start, span.end) for span in entry.spans} for entry in entries
    )
    apart = [entry for entry in entries if len(entry.spans) > 1]
    assert apart and any(entry.mover and entry.seconder for entry in apart)
    assert all(
        len(row["spans"].split("; ")) == len(entry.spans)
        for row, entry in zip(entries.rows(), entries, strict=True)
    )


def test_entries_come_newest_first(book: Minutebook) -> None:
    days = [entry.meeting.date for entry in book.decisions() if entry.meeting.date]
    assert days == sorted(days, reverse=True)


def test_what_was_stressed_is_kept_apart(book: Minutebook) -> None:
    assert all(entry.kind is not DecisionKind.EMPHASISED for entry in book.decisions())
    stressed = book.decisions(kind="emphasised")
    assert stressed and {entry.kind for entry in stressed} == {DecisionKind.EMPHASISED}


def test_a_topic_is_followed_over_the_meetings(book: Minutebook) -> None:
    entries = book.decisions("bus lanes", bodies=())
    assert len({entry.meeting.date for entry in entries}) >= 3
    assert {DecisionKind.DEFERRED, DecisionKind.APPROVED} <= {entry.kind for entry in entries}


def test_filters_hold(book: Minutebook) -> None:
    entries = book.decisions(since="2025", until="2025-06")
    assert entries and all("2025-01" <= str(entry.meeting.date)[:7] <= "2025-06" for entry in entries)
    owned = book.decisions(owner="transport bureau")
    assert owned and all("transport bureau" in (entry.owner or "").casefold() for entry in owned)


def test_a_kind_that_does_not_exist_is_refused_with_those_that_do(book: Minutebook) -> None:
    with pytest.raises(QuestionError, match=r"approved.*deferred"):
        book.decisions(kind="rejekted")


def test_without_access_there_are_no_entries(book: Minutebook, sample_index, encoder) -> None:  # type: ignore[no-untyped-def]
    with Minutebook.open(sample_index, access=(), encoder=encoder) as closed:
        assert closed.decisions() == []


def test_csv_and_json_hold_every_entry(book: Minutebook) -> None:
    entries = book.decisions("bus lanes")
    written = io.StringIO()
    entries.to_csv(written)
    rows = list(csv.DictReader(io.StringIO(written.getvalue())))
    assert [row["quote"].lstrip("'") for row in rows] == [entry.quote for entry in entries]
    written = io.StringIO()
    entries.to_json(written)
    assert [row["start"] for row in json.loads(written.getvalue())] == [entry.start for entry in entries]


def test_a_cell_that_would_be_a_formula_is_made_text(book: Minutebook) -> None:
    from dataclasses import replace

    hostile = Entries([replace(book.decisions()[0], quote='=HYPERLINK("http://x")')])
    written = io.StringIO()
    hostile.to_csv(written)
    assert next(csv.DictReader(io.StringIO(written.getvalue())))["quote"].startswith("'=")


def test_to_frame_has_a_row_per_entry(book: Minutebook) -> None:
    entries = book.decisions("bus lanes")
    frame = entries.to_frame()
    assert list(frame.columns) == list(COLUMNS) and len(frame) == len(entries)
    assert list(Entries().to_frame().columns) == list(COLUMNS)
