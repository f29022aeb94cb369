"""A timeline as an SVG picture: a line of time, a mark for every meeting, filled where something was settled.

Everything from a record is escaped; the picture has a title and a description, every mark its own title, and colours
come from the page (`currentColor`), so it reads in light and dark.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from qa import phrases
from qa.render import tidy
from qa.timeline import Event, Timeline

MARGIN, RADIUS, STACKED = 30, 6, 15  # pixels; STACKED from a mark to the one above it
ABOVE, BELOW = 12, 34  # pixels above the highest mark and below the line of time
SHOWN = 160  # characters of a quote in a mark's title
ROOM = 70  # pixels a name below the line takes
MOST_MONTHS = 18  # months up to which they are named rather than years


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where days lie between the first and the last one of a picture; `by_month`: months are named, not years."""

    first: datetime.date
    last: datetime.date
    width: int
    by_month: bool

    @classmethod
    def around(cls, days: Sequence[datetime.date], width: int) -> "_Scale":
        """Whole years around the days, or whole months where those are few."""
        first, last = min(days), max(days)
        months = _month(last) - _month(first) + 1
        if months > MOST_MONTHS:
            return cls(datetime.date(first.year, 1, 1), datetime.date(last.year, 12, 31), width, False)
        end = _first_of(_month(last) + 1)
        return cls(first.replace(day=1), end, width, True)

    def x(self, day: datetime.date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return MARGIN + (self.width - 2 * MARGIN) * share

    def named(self) -> Iterator[datetime.date]:
        """The days that are named below the line: so many that their names have room."""
        first, last = _month(self.first), _month(self.last)
        step = 1 if self.by_month else 12
        most = max(1, (self.width - 2 * MARGIN) // ROOM)
        step *= -(-(last - first + 1) // (step * most))
        return (_first_of(month) for month in range(first, last + 1, step))


def timeline_svg(timeline: Timeline, width: int = 760) -> str:
    """The picture of the dated events; those that would lie on each other stand above each other."""
    events = [event for event in timeline.events if event.date]
    scale = _Scale.around([event.date for event in events if event.date], width) if events else None
    levels = _levels([scale.x(event.date) for event in events if event.date]) if scale else []
    line = ABOVE + RADIUS + STACKED * max(levels, default=0)
    height = line + BELOW
    marks = ticks = ""
    if scale:
        marks = "".join(
            _mark(event, timeline, scale, line - STACKED * level)
            for event, level in zip(events, levels, strict=True)
        )
        ticks = "".join(_tick(day, scale, line, timeline) for day in scale.named())
    title = escape(timeline.topic)
    told = escape(phrases.of_meetings(len(timeline.events), timeline.searched.meetings, timeline.language))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" lang="{timeline.language}"'
        f' aria-labelledby="mb-time-title-{width} mb-time-desc-{width}">'
        f'<title id="mb-time-title-{width}">{title}</title><desc id="mb-time-desc-{width}">{told}</desc>'
        f'<line x1="{MARGIN}" y1="{line}" x2="{width - MARGIN}" y2="{line}" stroke="currentColor" opacity="0.4"/>'
        f"{ticks}{marks}</svg>"
    )


def _levels(places: Sequence[float]) -> list[int]:
    """For marks from left to right how far up each stands, so that none touches another."""
    ends: list[float] = []  # of each level where its last mark stands
    found = []
    for x in places:
        level = next((n for n, end in enumerate(ends) if x - end >= STACKED), len(ends))
        ends[level : level + 1] = [x]
        found.append(level)
    return found


def _mark(event: Event, timeline: Timeline, scale: _Scale, y: int) -> str:
    assert event.date is not None
    kind = phrases.kind_words(event.kind, timeline.language)
    quote = tidy(event.citation.quote)
    said = quote if len(quote) <= SHOWN else quote[:SHOWN].rstrip() + "…"
    name = f"{phrases.heading(event.meeting, timeline.language)} ({kind}): {said} [{event.citation.number}]"
    fill = "currentColor" if event.decided else "none"
    return (
        f'<circle cx="{scale.x(event.date):.1f}" cy="{y}" r="{RADIUS}" fill="{fill}" stroke="currentColor"'
        f' stroke-width="1.5" data-citation="{event.citation.number}"><title>{escape(name)}</title></circle>'
    )


def _tick(day: datetime.date, scale: _Scale, line: int, timeline: Timeline) -> str:
    x = scale.x(day)
    name = phrases.month(day, timeline.language) if scale.by_month else str(day.year)
    return (
        f'<line x1="{x:.1f}" y1="{line - 4}" x2="{x:.1f}" y2="{line + 4}" stroke="currentColor" opacity="0.4"/>'
        f'<text x="{x:.1f}" y="{line + 26}" font-size="12" text-anchor="middle" fill="currentColor">{name}</text>'
    )


def _month(day: datetime.date) -> int:
    return day.year * 12 + day.month - 1


def _first_of(month: int) -> datetime.date:
    return datetime.date(month // 12, month % 12 + 1, 1)
