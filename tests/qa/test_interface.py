"""The interface speaks English and Chinese alike, and writes dates and sessions as each language does."""

from dataclasses import asdict
from datetime import date
from string import Formatter

import pytest

from qa.answers import MeetingRef, Searched
from qa.interface import EN, ZH, clock, days, holdings, months, preferred, searched, session
from qa.words import ask, browse, record

SCREENS = [ask.WORDS, browse.WORDS, record.WORDS]
DATED = MeetingRef("r1", "Minutes", date(2024, 3, 15), None, 12, "Executive Meeting of the Ninth Government")


@pytest.mark.parametrize("name", asdict(EN))
def test_a_phrase_fills_in_the_same_things_in_both_languages(name: str) -> None:
    english, chinese = (
        {field for _, field, _, _ in Formatter().parse(getattr(words, name)) if field} for words in (EN, ZH)
    )
    assert english == chinese
    assert getattr(EN, name) and getattr(ZH, name)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: type(screen["en"]).__name__)
def test_every_screen_fills_in_the_same_things_in_both_languages(screen: dict[str, object]) -> None:
    english, chinese = asdict(screen["en"]), asdict(screen["zh"])  # type: ignore[call-overload]
    for name, phrase in english.items():
        fields = [
            {field for _, field, _, _ in Formatter().parse(said) if field} for said in (phrase, chinese[name])
        ]
        assert fields[0] == fields[1] and phrase and chinese[name], name


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("ZH-hant", "zh"),
        ("de,zh;q=0.4", "zh"),
        ("de-DE", "en"),
        ("zh;q=x", "en"),
        ("", "en"),
    ],
)
def test_the_interface_speaks_the_language_the_browser_likes_better(header: str, language: str) -> None:
    assert preferred(header) == language


@pytest.mark.parametrize(
    ("first", "last", "english", "chinese"),
    [
        (date(2023, 8, 25), None, "25 August 2023", "2023年8月25日"),
        (date(2023, 8, 25), date(2023, 8, 25), "25 August 2023", "2023年8月25日"),
        (date(2024, 3, 1), date(2024, 3, 2), "1–2 March 2024", "2024年3月1日至2日"),
        (date(2024, 3, 30), date(2024, 4, 2), "30 March – 2 April 2024", "2024年3月30日至4月2日"),
        (
            date(2023, 12, 30),
            date(2024, 1, 2),
            "30 December 2023 – 2 January 2024",
            "2023年12月30日至2024年1月2日",
        ),
    ],
)
def test_days_are_written_out(first: date, last: date | None, english: str, chinese: str) -> None:
    assert days(first, last, "en") == english
    assert days(first, last, "zh") == chinese


def test_months_within_one_month_are_said_once() -> None:
    assert months(date(2024, 1, 5), date(2024, 1, 30), "en") == "January 2024"
    assert months(date(2024, 1, 5), date(2024, 2, 1), "zh") == "2024年1月至2024年2月"


@pytest.mark.parametrize(
    ("series", "english"),
    [
        ("Executive Meeting of the Ninth Government", "12th Executive Meeting"),
        ("常务会议", "12th meeting"),
        (None, "12th meeting"),
    ],
)
def test_a_session_is_named_by_number_and_kind(series: str | None, english: str) -> None:
    meeting = MeetingRef("r1", "Minutes", session=12, series=series)
    assert session(meeting, "en") == english
    assert session(meeting, "zh") == "第12次"
    assert session(MeetingRef("r1", "Minutes"), "en") is None


@pytest.mark.parametrize(
    ("reach", "english"),
    [
        (Searched(0), "No meeting lies within what was asked."),
        (Searched(1, date(2023, 8, 25), date(2023, 8, 25)), "Searched 1 meeting, 25 August 2023"),
        (Searched(1), "Searched 1 meeting"),
        (Searched(3), "Searched 3 meetings"),
        (
            Searched(18, date(2024, 1, 2), date(2025, 12, 1)),
            "Searched 18 meetings, January 2024 to December 2025",
        ),
    ],
)
def test_the_line_says_what_was_searched(reach: Searched, english: str) -> None:
    assert searched(reach, "en") == english


def test_holdings_count_the_meetings_and_name_the_span() -> None:
    assert holdings([DATED], "en") == "1 meeting, March 2024"
    assert holdings([DATED, MeetingRef("r2", "Notes")], "zh") == "2次会议，2024年3月"
    assert holdings([MeetingRef("r2", "Notes")], "en") == "1 meeting"


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (75.4, "1:15"), (3725, "1:02:05")])
def test_a_place_in_a_recording_is_shown_as_a_clock(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown
