"""Words for times and the days they mean, counted from several days of asking."""

import datetime

import pytest

from qa.answers import MeetingRef
from qa.calendar import Timeline
from qa.periods import find_times

MONTHLY = Timeline(
    MeetingRef(str(12 * year + month), "", datetime.date(year, month, 15))
    for year in (2022, 2023, 2024)
    for month in range(1, 13)
)
NONE = Timeline(())

# words, day of asking, first and last day
FROM_THE_DAY_OF_ASKING = (
    ("last year", "2025-01-01", "2024-01-01..2024-12-31"),
    ("last year", "2024-12-31", "2023-01-01..2023-12-31"),
    ("去年", "2025-01-01", "2024-01-01..2024-12-31"),
    ("前年", "2025-01-01", "2023-01-01..2023-12-31"),
    ("this year", "2024-12-31", "2024-01-01..2024-12-31"),
    ("last month", "2025-01-01", "2024-12-01..2024-12-31"),
    ("last month", "2024-03-31", "2024-02-01..2024-02-29"),
    ("上个月", "2023-03-31", "2023-02-01..2023-02-28"),
    ("本月", "2024-02-29", "2024-02-01..2024-02-29"),
    ("last quarter", "2025-01-01", "2024-10-01..2024-12-31"),
    ("上季度", "2025-02-10", "2024-10-01..2024-12-31"),
    ("this quarter", "2024-12-31", "2024-10-01..2024-12-31"),
    ("last week", "2025-01-01", "2024-12-23..2024-12-29"),
    ("this week", "2025-01-01", "2024-12-30..2025-01-05"),
    ("上周", "2025-01-01", "2024-12-23..2024-12-29"),
    ("yesterday", "2025-01-01", "2024-12-31..2024-12-31"),
    ("yesterday", "2024-03-01", "2024-02-29..2024-02-29"),
    ("昨天", "2023-03-01", "2023-02-28..2023-02-28"),
    ("the last six months", "2024-08-31", "2024-02-29..2024-08-31"),
    ("the past year", "2024-02-29", "2023-02-28..2024-02-29"),
    ("近三个月", "2025-01-20", "2024-10-20..2025-01-20"),
    ("最近半年", "2024-08-31", "2024-02-29..2024-08-31"),
    ("过去两年", "2025-01-20", "2023-01-20..2025-01-20"),
    ("two years ago", "2025-01-01", "2023-01-01..2023-12-31"),
    ("three months ago", "2025-01-31", "2024-10-01..2024-10-31"),
    ("今年以来", "2024-12-31", "2024-01-01..2024-12-31"),
    ("this year so far", "2024-05-05", "2024-01-01..2024-05-05"),
    ("last December", "2025-01-01", "2024-12-01..2024-12-31"),
    ("last March", "2024-03-10", "2024-03-01..2024-03-31"),
    ("since December", "2025-01-20", "2024-12-01.."),
    ("since March", "2024-03-01", "2024-03-01.."),
    ("since March", "2024-02-29", "2023-03-01.."),
    ("before March", "2024-12-31", "..2024-02-29"),
    ("三月以来", "2024-12-31", "2024-03-01.."),
    ("去年8月", "2025-01-20", "2024-08-01..2024-08-31"),
    ("去年上半年", "2025-01-20", "2024-01-01..2024-06-30"),
    ("今年第三季度", "2024-12-31", "2024-07-01..2024-09-30"),
    ("去年年底", "2025-01-20", "2024-10-01..2024-12-31"),
    ("去年12月31日", "2025-01-01", "2024-12-31..2024-12-31"),
    ("August last year", "2025-01-20", "2024-08-01..2024-08-31"),
    ("the first half of last year", "2025-01-20", "2024-01-01..2024-06-30"),
)

# words, first and last day; the open years are those of the meetings, 2022 to 2024
ON_THE_CALENDAR = (
    ("in December", "2024-12-01..2024-12-31"),
    ("12月份", "2024-12-01..2024-12-31"),
    ("on 15 December", "2024-12-15..2024-12-15"),
    ("15 February", "2024-02-15..2024-02-15"),
    ("8月15日", "2024-08-15..2024-08-15"),
    ("in February 2024", "2024-02-01..2024-02-29"),
    ("in February 2023", "2023-02-01..2023-02-28"),
    ("2024年2月", "2024-02-01..2024-02-29"),
    ("29 February 2024", "2024-02-29..2024-02-29"),
    ("2000年2月29日", "2000-02-29..2000-02-29"),
    ("上半年", "2024-01-01..2024-06-30"),
    ("下半年", "2024-07-01..2024-12-31"),
    ("第四季度", "2024-10-01..2024-12-31"),
    ("the fourth quarter", "2024-10-01..2024-12-31"),
    ("Q1", "2024-01-01..2024-03-31"),
    ("in winter", "2024-12-01..2025-02-28"),
    ("winter 2023", "2023-12-01..2024-02-29"),
    ("年底", "2024-10-01..2024-12-31"),
    ("2023年底", "2023-10-01..2023-12-31"),
    ("2024年初", "2024-01-01..2024-03-31"),
    ("2024年2月下旬", "2024-02-21..2024-02-29"),
    ("late February 2024", "2024-02-21..2024-02-29"),
    ("early 2024", "2024-01-01..2024-04-30"),
    ("mid-2024", "2024-05-01..2024-08-31"),
    ("at the end of 2023", "2023-10-01..2023-12-31"),
    ("since 2023", "2023-01-01.."),
    ("since the end of 2023", "2023-12-31.."),
    ("after 2023", "2024-01-01.."),
    ("after December 2023", "2024-01-01.."),
    ("before January 2024", "..2023-12-31"),
    ("before 1 March 2024", "..2024-02-29"),
    ("until February 2024", "..2024-02-29"),
    ("from 2023 onwards", "2023-01-01.."),
    ("2023年以后", "2024-01-01.."),
    ("2024年3月之前", "..2024-02-29"),
    ("自2023年12月以来", "2023-12-01.."),
    ("from 2023 to 2024", "2023-01-01..2024-12-31"),
    ("2023到2024年", "2023-01-01..2024-12-31"),
    ("between 2022 and 2024", "2022-01-01..2024-12-31"),
    ("between December 2023 and January 2024", "2023-12-01..2024-01-31"),
    ("between January and June 2024", "2024-01-01..2024-06-30"),
    ("from November to February 2024", "2023-11-01..2024-02-29"),
    ("November 2023 to February", "2023-11-01..2024-02-29"),
    ("between November and February", "2024-11-01..2025-02-28"),
    ("3月到5月", "2024-03-01..2024-05-31"),
    ("the 2020s", "2020-01-01..2029-12-31"),
    ("12/2023", "2023-12-01..2023-12-31"),
    ("15/2/2024", "2024-02-15..2024-02-15"),
    ("12/15/2023", "2023-12-15..2023-12-15"),
)


def days(words: str, timeline: Timeline, asked: str) -> str:
    (found,) = find_times(words, timeline, datetime.date.fromisoformat(asked))
    assert found.period.text == words[found.start : found.end]
    return f"{found.period.first or ''}..{found.period.last or ''}"


@pytest.mark.parametrize(("words", "asked", "expected"), FROM_THE_DAY_OF_ASKING)
def test_relative_times_count_from_the_day_of_asking(words: str, asked: str, expected: str) -> None:
    assert days(words, NONE, asked) == expected


@pytest.mark.parametrize(("words", "expected"), ON_THE_CALENDAR)
def test_open_years_are_those_of_the_latest_meeting_then(words: str, expected: str) -> None:
    assert days(words, MONTHLY, "2025-01-20") == expected


def test_a_day_that_could_be_two_is_the_one_with_a_meeting() -> None:
    timeline = Timeline([MeetingRef("one", "", datetime.date(2024, 3, 12))])
    assert days("3/12/2024", timeline, "2025-01-20") == "2024-03-12..2024-03-12"
    assert days("12/3/2024", timeline, "2025-01-20") == "2024-03-12..2024-03-12"


@pytest.mark.parametrize("words", ("29 February 2023", "2023年2月29日", "31 April 2024"))
def test_a_day_there_is_not_has_no_meeting(words: str) -> None:
    (found,) = find_times(words, MONTHLY, datetime.date(2025, 1, 20))
    assert not any(found.period.covers(meeting.date) for meeting in MONTHLY.dated if meeting.date)


@pytest.mark.parametrize(
    "words",
    (
        "they may decide",
        "a march through town",
        "section 2.3",
        "PR #2024",
        "2,024 trees",
        "the top 10",
        "第三方评估",
        "一年级学生",
        "三年级",
    ),
)
def test_other_words_and_numbers_are_no_times(words: str) -> None:
    assert find_times(words, MONTHLY, datetime.date(2025, 1, 20)) == []


def test_a_month_before_a_year_it_shares_takes_that_year() -> None:
    found = find_times("the May meeting in 2023", MONTHLY, datetime.date(2025, 1, 20))
    assert [str(times.period.first) for times in found] == ["2023-05-01", "2023-01-01"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("since January", "2024-01-01.."),
        ("after May", "2024-06-01.."),
        ("6月以来", "2024-06-01.."),
        ("last June", "2025-06-01..2025-06-30"),
        ("before March", "..2025-02-28"),
    ],
)
def test_since_a_month_counts_from_one_that_has_a_meeting_since(words: str, expected: str) -> None:
    """The last meeting was held in December 2024, and the question is asked in November 2025."""
    (found,) = find_times(words, MONTHLY, datetime.date(2025, 11, 20))
    first, last = found.period.first, found.period.last
    assert f"{first or ''}..{last or ''}" == expected
