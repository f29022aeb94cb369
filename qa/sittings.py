"""Meetings of several days with a record for each: "the March meeting" may end on the second of April."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.date_forms import MONTHS
from qa.answers import MeetingRef, Period
from qa.calendar import Timeline

LONGEST = 6  # days a meeting runs on after the period it began in
_DAY = datetime.timedelta(days=1)
_WORD = re.compile(r"[^\W\d_]+")


def whole_sittings(period: Period, timeline: Timeline) -> Period:
    """The period, and where a meeting that began in it goes on from day to day after it, to the end of that.

    Only for a period of several days: "on 31 March" is that day. Records of neighbouring days are one meeting when
    they bear the same body, series and session number, and titles that differ in their dates alone.
    """
    if period.first is None or period.last is None or period.first == period.last:
        return period
    last = period.last
    sitting = {_name(meeting) for meeting in timeline.within(last, last)}
    while sitting and (last - period.last).days < LONGEST:
        following = _names(timeline.within(last + _DAY, last + _DAY))
        sitting &= following
        if not sitting:
            break
        last += _DAY
    return replace(period, last=last)


def _names(meetings: Iterable[MeetingRef]) -> set[tuple[object, ...]]:
    return {_name(meeting) for meeting in meetings}


def _name(meeting: MeetingRef) -> tuple[object, ...]:
    """What names a meeting apart from its day."""
    words = tuple(word for word in _WORD.findall(meeting.title.casefold()) if word not in MONTHS)
    return meeting.body, meeting.series, meeting.session, words
