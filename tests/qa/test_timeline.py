"""One topic across meetings: complete, in order, every entry the exact words of a record."""

import csv
import datetime
import io
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.encoder import SentenceTransformerEncoder
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from qa import Minutebook
from qa.__main__ import main
from qa.answers import Citation, MeetingRef
from qa.errors import QuestionError
from qa.timeline import Event, Timeline
from tests.hash_encoder import HashEncoder

SVG = "{http://www.w3.org/2000/svg}"
TOPICS = ("bus lanes", "real estate", "late fines", "老旧小区", "垃圾分类")


@pytest.mark.parametrize("topic", TOPICS)
def test_every_event_is_the_exact_words_of_its_record(book: Minutebook, topic: str) -> None:
    timeline = book.timeline(topic)
    assert timeline.events
    for number, citation in enumerate(timeline.citations, 1):
        record = book.record(citation.record.record_id, citation.version)
        assert record is not None and citation.number == number
        assert record.text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize("topic", TOPICS)
def test_events_run_from_the_oldest_one_for_each_meeting(book: Minutebook, topic: str) -> None:
    timeline = book.timeline(topic)
    days = [event.date for event in timeline.events if event.date]
    assert days == sorted(days)
    meetings = [event.meeting.record_id for event in timeline.events]
    assert len(set(meetings)) == len(meetings)


def test_decisions_are_told_from_discussion(book: Minutebook) -> None:
    timeline = book.timeline("bus lanes")
    kinds = {event.date: str(event.kind) for event in timeline.events}
    assert kinds[datetime.date(2024, 2, 27)] == "deferred"
    assert kinds[datetime.date(2024, 9, 10)] == "approved"
    assert timeline.first_decision is not None and timeline.first_decision.date == datetime.date(2024, 2, 27)
    assert timeline.latest_decision is not None and timeline.latest_decision.date == datetime.date(
        2025, 3, 18
    )


def test_no_meeting_that_decided_on_the_topic_is_left_out(book: Minutebook) -> None:
    decided = {
        entry.meeting.record_id
        for entry in book.decisions("bus lanes")
        if "bus lanes" in (entry.item or "").lower()
    }
    assert decided <= {event.meeting.record_id for event in book.timeline("bus lanes").events}


def test_filters_bound_the_timeline(book: Minutebook) -> None:
    timeline = book.timeline("bus lanes", since="2025")
    assert timeline.events and all(event.date and event.date.year == 2025 for event in timeline.events)
    assert timeline.searched.meetings < book.timeline("bus lanes").searched.meetings


def test_a_topic_of_no_record_has_no_events(book: Minutebook) -> None:
    timeline = book.timeline("marathon")
    assert timeline.events == () and timeline.first_decision is None and timeline.latest_decision is None
    assert timeline.searched.meetings == len(book.meetings())
    assert "0 of 21 meetings" in str(timeline)
    ET.fromstring(timeline.to_svg())


@pytest.mark.parametrize("topic", ["", "  ", "x" * 5_000])
def test_a_topic_that_cannot_be_meant_is_refused(book: Minutebook, topic: str) -> None:
    with pytest.raises(QuestionError):
        book.timeline(topic)


def test_without_access_there_is_nothing(sample_index: Path, encoder: SentenceTransformerEncoder) -> None:
    with Minutebook.open(sample_index, access=(), encoder=encoder) as closed:
        timeline = closed.timeline("bus lanes")
        assert timeline.events == () and timeline.searched.meetings == 0


def test_it_reads_as_text_in_the_language_of_the_topic(book: Minutebook) -> None:
    english, chinese = str(book.timeline("bus lanes")), str(book.timeline("老旧小区"))
    assert "First decision: 27 February 2024 [1]" in english and "(deferred)" in english
    assert "首次决定：2024年7月16日" in chinese and "(同意)" in chinese


def test_rows_go_to_pandas_and_spreadsheets(book: Minutebook) -> None:
    timeline = book.timeline("bus lanes")
    frame = timeline.to_frame()
    assert list(frame["kind"]) == [str(event.kind) for event in timeline.events]
    out = io.StringIO()
    timeline.to_csv(out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert [row["date"] for row in rows] == list(frame["date"])


def test_the_picture_has_a_mark_for_every_dated_event(book: Minutebook) -> None:
    timeline = book.timeline("bus lanes")
    picture = ET.fromstring(timeline.to_svg())
    marks = picture.findall(f"{SVG}circle")
    assert [mark.get("data-citation") for mark in marks] == [str(c.number) for c in timeline.citations]
    assert picture.findtext(f"{SVG}title") == "bus lanes"
    assert all(mark.findtext(f"{SVG}title") for mark in marks)
    filled = [mark.get("fill") != "none" for mark in marks]
    assert filled == [event.decided for event in timeline.events]


@pytest.mark.parametrize(
    ("days", "named"),
    [
        (("2024-01-10", "2024-03-20"), ["Jan 2024", "Feb 2024", "Mar 2024", "Apr 2024"]),
        (("2024-06-10", "2024-06-10"), ["Jun 2024", "Jul 2024"]),
        (("2021-06-10", "2023-02-20"), ["2021", "2022", "2023"]),
        (("1901-06-10", "1999-02-20"), ["1901", "1926", "1951", "1976"]),
    ],
)
def test_the_picture_names_months_where_there_are_few_and_as_many_as_have_room(
    days: tuple[str, str], named: list[str]
) -> None:
    assert texts(drawn(days, 344)) == named


@given(
    st.lists(st.dates(date(2000, 1, 1), date(2001, 12, 31)), min_size=1, max_size=40), st.integers(200, 1200)
)
def test_no_two_marks_of_a_picture_touch_and_all_lie_within_it(days: list[date], width: int) -> None:
    picture = drawn([day.isoformat() for day in sorted(days)], width)
    places = [(float(one.get("cx", "")), float(one.get("cy", ""))) for one in picture.iter(f"{SVG}circle")]
    assert len(places) == len(days)
    for n, (x, y) in enumerate(places):
        assert 6 < x < width - 6 and 6 < y < float(picture.get("height", "")) - 6
        assert all(abs(x - x1) > 14 or abs(y - y1) > 14 for x1, y1 in places[n + 1 :])


def drawn(days: Sequence[str], width: int) -> ET.Element:
    """The picture of a timeline with an event on each of these days."""
    meetings = [MeetingRef(f"r{n}", "Minutes", date.fromisoformat(day)) for n, day in enumerate(days)]
    events = tuple(
        Event(Citation(0, 4, n, meeting, 1, "Roof"), "discussed") for n, meeting in enumerate(meetings, 1)
    )
    return ET.fromstring(Timeline("roof", events).to_svg(width))


def texts(picture: ET.Element) -> list[str]:
    return [one.text or "" for one in picture.iter(f"{SVG}text")]


def test_the_picture_escapes_what_stands_in_a_record(tmp_path: Path) -> None:
    folder = tmp_path / "minutes"
    folder.mkdir()
    hostile = 'The council approved <script>alert(1)</script> & the "ferries" plan.'
    text = f"# Minutes\n\n3 May 2024\n\n## Ferries\n\n{hostile}\n"
    (folder / "a.md").write_text(text, encoding="utf-8")
    encoder = HashEncoder()
    with OwnedIndex.open(tmp_path / "index", encoder) as index:
        ingest([folder], index)
    with Minutebook.open(tmp_path / "index", encoder=encoder) as book:
        picture = book.timeline("ferries").to_svg()
    ET.fromstring(picture)
    assert "<script" not in picture and "&lt;script&gt;" in picture


def test_the_command_prints_text_csv_or_a_picture(
    sample_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for flags, begins in (([], "bus lanes: "), (["--csv"], "date,meeting,"), (["--svg"], "<svg ")):
        assert main(["timeline", "bus lanes", *flags, "--index", str(sample_index)]) == 0
        assert capsys.readouterr().out.startswith(begins)
    assert main(["timeline", "marathon", "--index", str(sample_index)]) == 1
