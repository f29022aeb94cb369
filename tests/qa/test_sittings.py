"""Meetings of several days belong whole to the month they began in."""

from datetime import date

import pytest

from qa.answers import MeetingRef, Period
from qa.calendar import Timeline
from qa.sittings import whole_sittings


def day(
    when: date, title: str = "Notes of {}", body: str | None = None, session: int | None = None
) -> MeetingRef:
    return MeetingRef(str(when), title.format(when.strftime("%d %B %Y")), when, body=body, session=session)


MARCH = Period(0, 0, date(2020, 3, 1), date(2020, 3, 31), "March 2020")


@pytest.mark.parametrize(
    ("meetings", "last"),
    [
        ([day(date(2020, 3, 31)), day(date(2020, 4, 1)), day(date(2020, 4, 2))], date(2020, 4, 2)),
        ([day(date(2020, 3, 31)), day(date(2020, 4, 2))], date(2020, 3, 31)),  # a day lies between
        ([day(date(2020, 3, 30)), day(date(2020, 4, 1))], date(2020, 3, 31)),
        ([day(date(2020, 3, 31), body="Board"), day(date(2020, 4, 1), body="Panel")], date(2020, 3, 31)),
        ([day(date(2020, 3, 31), session=4), day(date(2020, 4, 1), session=5)], date(2020, 3, 31)),
        ([day(date(2020, 3, 31), "Budget of {}"), day(date(2020, 4, 1), "Roads of {}")], date(2020, 3, 31)),
        ([], date(2020, 3, 31)),
    ],
)
def test_the_period_ends_with_the_meeting(meetings: list[MeetingRef], last: date) -> None:
    assert whole_sittings(MARCH, Timeline(meetings)).last == last


def test_a_single_day_stays_that_day() -> None:
    one = Period(0, 0, date(2020, 3, 31), date(2020, 3, 31), "31 March 2020")
    assert whole_sittings(one, Timeline([day(date(2020, 3, 31)), day(date(2020, 4, 1))])) == one


def test_daily_sittings_do_not_run_on_for_ever() -> None:
    days = [day(date(2020, 3, 1 + i)) for i in range(31)] + [day(date(2020, 4, 1 + i)) for i in range(30)]
    assert whole_sittings(MARCH, Timeline(days)).last == date(2020, 4, 6)
