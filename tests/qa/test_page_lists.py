"""What one leafs through: records, meetings, decisions, timelines; complete, linked, and nothing in them is markup."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.records import DecisionKind, Meeting, Page, Record, Section, Span, Tally, Turn
from qa import Minutebook
from qa.answers import MeetingRef, VersionRef
from qa.interface import Interface
from qa.page import address
from qa.page.address import Place
from qa.page.decisions import decision_page, decisions_page
from qa.page.meetings import Shown, meeting_page, meetings_page, sorted_by
from qa.page.record import Mark, Opened, meeting_of, reader, text_html
from qa.page.timeline import timeline_page
from qa.register import Entry
from tests.payloads import PAYLOADS

TEXT = "# Minutes\n\nAnn Lee: The roof leaks.\nIt leaks again.\n\n## 1. Roof\n\nResolved: to mend it."
RECORD = Record(
    id="r1",
    version=2,
    source="minutes.md",
    text=TEXT,
    meeting=Meeting(
        "Minutes",
        date=date(2024, 4, 9),
        session=3,
        body="Shed Committee",
        chair="Ann Lee",
        attendees=("Bo", "Cy"),
    ),
    sections=(
        Section(0, len(TEXT), "Minutes", Span(2, 9)),
        Section(53, len(TEXT), "Roof", Span(59, 63), 2, "1"),
    ),
    turns=(Turn(11, 51, "Ann Lee", 75.0),),
    pages=(Page(0, 53, 1), Page(53, len(TEXT), 2)),
)
ENTRY = Entry(
    65, len(TEXT), meeting_of(RECORD), 2, "Resolved: to mend it.", DecisionKind.DECIDED, "rule", "Roof", "Ann Lee",
    "by May", date(2024, 5, 1), Tally(6, 3, None),
)  # fmt: skip


def plain(html: str) -> str:
    """The text of HTML, without what the page itself says in it."""
    own = re.sub(r'<(time|p class="mb-page"|summary)[^>]*>.*?</(time|p|summary)>', "", html)
    return unescape(re.sub(r"<[^>]+>", "", own))


def test_a_heading_keeps_the_sign_that_ends_its_line() -> None:
    text = "# 纪要\n\n（一）同意加装电梯。\n每台补助。"
    section = Section(6, len(text), "同意加装电梯", Span(9, 15), 2, "（一）")
    html = text_html(replace(RECORD, text=text, sections=(section,), turns=(), pages=()))
    assert ">（一）同意加装电梯。</h4>" in html and plain(html) == text


def test_every_character_of_a_record_is_shown_in_order(book: Minutebook) -> None:
    assert plain(text_html(RECORD)) == TEXT
    for meeting in book.meetings():
        record = book.record(meeting.record_id)
        assert record is not None
        assert plain(text_html(record)) == record.text


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5))
def test_marks_take_nothing_from_a_text_and_hold_what_they_mark(
    text: str, spans: list[tuple[int, int]]
) -> None:
    record = replace(RECORD, text=text, sections=(), turns=(), pages=())
    marks = [Mark(min(span), max(span), number) for number, span in enumerate(spans, 1)]
    html = text_html(record, marks)
    assert plain(html) == text
    for mark in marks:
        pieces = re.findall(r'<mark data-numbers="([^"]*)">(.*?)</mark>', html, re.DOTALL)
        held = "".join(plain(inside) for numbers, inside in pieces if str(mark.number) in numbers.split())
        if mark.end <= len(text):
            assert held == mark.of(text)


def test_headings_speakers_times_and_pages_are_shown_for_what_they_are() -> None:
    html = text_html(RECORD, [Mark(65, len(TEXT), 4)])
    assert '<h4 data-start="53"><span class="mb-signs">## </span>1. Roof' in html
    assert "<b>Ann Lee</b>: The roof leaks." in html and ">1:15</time>" in html
    assert "Page 2" in html and '<mark data-numbers="4">Resolved: to mend it.</mark>' in html


def test_an_older_version_says_what_took_its_place_and_others_can_be_opened() -> None:
    versions = [
        VersionRef("r1", 3, True, "2024-05-12T08:00:00+00:00", "Minutes"),
        VersionRef("r1", 2, False, "2024-04-10T08:00:00+00:00", "Minutes"),
    ]
    html = reader(Opened(RECORD, meeting_of(RECORD), versions), "en")
    assert "Corrected since: answers use version 2, stored 12 May 2024." in html
    assert "Version 1 of 2" in html and "&quot;version&quot;: 3" in html  # those one may read are counted
    current = reader(Opened(replace(RECORD, version=3), meeting_of(RECORD), versions), "zh")
    assert "此后已更正" not in current and "第2版，共2版" in current


@pytest.mark.parametrize(
    ("language", "said"), [("en", "read anew by newer rules"), ("zh", "按新规则重新识读")]
)
def test_a_version_of_the_same_file_read_anew_is_said_to_be_one_and_no_correction(
    language: Interface, said: str
) -> None:
    versions = [
        VersionRef("r1", 3, True, "2024-05-12T08:00:00+00:00", "Minutes", reread=True),
        VersionRef("r1", 2, False, "2024-04-10T08:00:00+00:00", "Minutes"),
        VersionRef("r1", 1, False, "2024-04-01T08:00:00+00:00", "Minutes"),
    ]
    html = reader(Opened(RECORD, meeting_of(RECORD), versions), language)
    assert "mb-corrected" not in html and html.count(said) == 1
    amended = reader(Opened(replace(RECORD, version=1), meeting_of(RECORD), versions), language)
    assert "mb-corrected" in amended


def test_a_meeting_shows_facts_agenda_decisions_and_attendance() -> None:
    html = unescape(meeting_page(Shown(RECORD, meeting_of(RECORD), [ENTRY]), "en"))
    for part in (
        "9 April 2024",
        "3rd meeting",
        "Shed Committee",
        "Roof",
        "Resolved: to mend it.",
        "Bo, Cy",
        "1 May 2024",
        "6 for, 3 against",
    ):
        assert part in html
    assert "within=r1" in html and '"start": 53' in html


def test_a_decision_is_shown_with_all_that_was_read_of_it_and_opens_its_words() -> None:
    html = unescape(decision_page(ENTRY, "zh"))
    for part in (
        "Resolved: to mend it.",
        "决定",
        "Roof",
        "Ann Lee",
        "2024年5月1日",
        "6票赞成",
        f'"end": {len(TEXT)}',
    ):
        assert part in html


def test_meetings_are_listed_by_year_and_sort_by_each_column_with_the_unknown_last() -> None:
    one, other = meeting_of(RECORD), MeetingRef("r2", "Assembly", date(2025, 1, 2), session=1, body="Board")
    undated = MeetingRef("r3", "Notes")
    html = meetings_page([one, other, undated], 3, ["Board"], {}, "en")
    assert html.index(">2025<") < html.index("Assembly") < html.index(">2024<") < html.index(">No date<")
    assert "3 of 3 meetings" in html and 'aria-sort="descending"' in html
    for sort, first in (
        ("date", one),
        ("-date", other),
        ("title", other),
        ("-session", one),
        ("body", other),
        ("?", other),
    ):
        assert sorted_by([one, undated, other], sort)[0] == first
        assert undated == sorted_by([one, undated, other], sort)[-1] or sort == "title"


def test_a_long_list_is_shown_in_steps_and_what_fits_nothing_says_so() -> None:
    many = decisions_page([ENTRY] * 250, [], {"topic": ["roof"]}, "en")
    assert many.count("<tr>") == 101 and "100 of 250 entries" in many and "shown=200" in many
    assert decisions_page([ENTRY] * 250, [], {"shown": ["300"]}, "en").count("<tr>") == 251
    assert "Nothing fits" in decisions_page([], [], {"topic": ["roof"]}, "en")
    assert "还没有会议记录" in meetings_page([], 0, [], {}, "zh")


def test_a_filter_says_in_words_what_is_set() -> None:
    query = {
        "topic": ["roof"],
        "since": ["2024-02-01"],
        "kind": ["decided"],
        "until": ["no day"],
        "owner": ["<b>"],
    }
    html = decisions_page([ENTRY], [], query, "en")
    assert '<span class="mb-set">decided · Owner: &lt;b&gt; · since 1 February 2024</span>' in html
    assert '<output class="mb-written">1 February 2024</output>' in html
    assert '<output class="mb-written">2024年2月1日</output>' in decisions_page([ENTRY], [], query, "zh")
    assert '<span class="mb-set"></span>' in decisions_page([ENTRY], [], {"topic": ["roof"]}, "en")


def test_a_timeline_has_its_plot_and_every_event_dated_and_cited(book: Minutebook) -> None:
    timeline = book.timeline("gas safety")
    html = timeline_page(timeline, book.bodies(), {"topic": ["gas safety"]}, "en")
    for picture in re.findall("<svg.*?</svg>", html):
        assert picture.count("<circle") == html.count('<li id="event-') == len(timeline.events) > 1
    assert "First decision" in html and "No meeting concerns" not in html
    assert "No meeting concerns" in timeline_page(
        book.timeline("airships"), [], {"topic": ["airships"]}, "en"
    )
    assert "Type a topic" in timeline_page(None, [], {}, "en")


@pytest.mark.parametrize("text", ["r1@2:5-9", "ab:c@1:0-0"])
def test_a_place_is_read_as_it_is_written(text: str) -> None:
    assert str(Place.read(text)) == text


@pytest.mark.parametrize(
    "text", ["", "r1", "r1@2", "r1@2:9-5", "@1:2-3", "r1@x:1-2", "r1@1:1-99999999999999"]
)
def test_what_is_no_place_is_none(text: str) -> None:
    assert Place.read(text) is None


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_a_list_or_a_record_becomes_markup(payload: str) -> None:
    meeting = Meeting(payload, body=payload, chair=payload, attendees=(payload,), place=payload)
    sections = (Section(0, 9, payload, Span(0, 5), 1, payload),)
    record = replace(RECORD, text=payload, meeting=meeting, sections=sections, turns=(Turn(0, 9, payload),))
    named = meeting_of(record)
    entry = replace(
        ENTRY, quote=payload, item=payload, owner=payload, deadline=payload, due=None, meeting=named
    )
    query = {
        "topic": [payload],
        "text": [payload],
        "since": [payload],
        "session": [payload],
        "owner": [payload],
    }
    html = "".join(
        (
            reader(Opened(record, named, [], [Mark(0, 3, 1)], facts=[payload]), "en"),
            meeting_page(Shown(record, named, [entry]), "en"),
            meetings_page([named], 1, [payload], query, "en"),
            decisions_page([entry], [payload], query, "en"),
            decision_page(entry, "en"),
            timeline_page(None, [payload], query, "en"),
        )
    )
    tags = set(re.findall(r"<([a-z0-9]+)", html))
    assert not tags & {
        "script",
        "img",
        "svg",
        "iframe",
        "style",
        "object",
        "embed",
        "link",
        "base",
        "meta",
        "math",
        "video",
    }
    assert not re.search(r"<[^>]*\s(on\w+|src|style|srcdoc)=", re.sub(r'"[^"]*"', "", html))


def test_meetings_are_found_by_words_of_their_records_and_by_session(book: Minutebook) -> None:
    found = book.meetings("bottled gas")
    assert found and len(found) < len(book.meetings())
    for meeting in found:
        record = book.record(meeting.record_id)
        assert record is not None and "gas" in record.text.lower()
    assert book.meetings("Library Board")
    assert {meeting.session for meeting in book.meetings(sessions=[12])} == {12}
    assert book.meetings("zeppelin") == []
    assert "library" in " ".join(book.bodies()).lower() and book.speakers()


def test_an_address_keeps_what_it_says() -> None:
    query = {"view": ["decisions"], "topic": ["公交 & <tram>"], "shown": ["200"]}
    assert address.read(address.to(query)) == query
