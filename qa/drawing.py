"""A timeline as an SVG picture: a line of time, a mark for every meeting, filled where something was settled.

Everything from a record is escaped; the picture has a title and a description, every mark its own title, and colours
come from the page (`currentColor`), so it reads in light and dark.
"""

import datetime
from html import escape

from qa import phrases
from qa.render import tidy
from qa.timeline import Event, Timeline

MARGIN, HEIGHT, LINE, RADIUS = 24, 96, 52, 6  # pixels; LINE is where the line of time lies
SHOWN = 160  # characters of a quote in a mark's title
MOST_TICKS = 12  # years named below the line


def timeline_svg(timeline: Timeline, width: int = 760) -> str:
    """The picture of the dated events; those of one day stand above each other."""
    events = [event for event in timeline.events if event.date]
    title = escape(timeline.topic)
    told = escape(phrases.of_meetings(len(timeline.events), timeline.searched.meetings, timeline.language))
    stacked: dict[datetime.date, int] = {}
    marks = "".join(_mark(event, timeline, _place(event, timeline, width), stacked) for event in events)
    ticks = "".join(_tick(year, timeline, width) for year in _years(timeline)) if events else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {HEIGHT}" width="{width}"'
        f' height="{HEIGHT}" lang="{timeline.language}" aria-labelledby="mb-time-title mb-time-desc">'
        f'<title id="mb-time-title">{title}</title><desc id="mb-time-desc">{told}</desc>'
        f'<line x1="{MARGIN}" y1="{LINE}" x2="{width - MARGIN}" y2="{LINE}" stroke="currentColor" opacity="0.4"/>'
        f"{ticks}{marks}</svg>"
    )


def _reach(timeline: Timeline) -> tuple[datetime.date, datetime.date]:
    """From the first to the last day of the picture: whole years around the events."""
    days = [event.date for event in timeline.events if event.date]
    return datetime.date(min(days).year, 1, 1), datetime.date(max(days).year, 12, 31)


def _x(day: datetime.date, timeline: Timeline, width: int) -> float:
    first, last = _reach(timeline)
    return MARGIN + (width - 2 * MARGIN) * (day - first).days / (last - first).days


def _place(event: Event, timeline: Timeline, width: int) -> float:
    assert event.date is not None
    return _x(event.date, timeline, width)


def _mark(event: Event, timeline: Timeline, x: float, stacked: dict[datetime.date, int]) -> str:
    assert event.date is not None
    above = stacked.setdefault(event.date, 0)
    stacked[event.date] += 1
    kind = phrases.kind_words(event.kind, timeline.language)
    quote = tidy(event.citation.quote)
    said = quote if len(quote) <= SHOWN else quote[:SHOWN].rstrip() + "…"
    name = f"{phrases.heading(event.meeting, timeline.language)} ({kind}): {said} [{event.citation.number}]"
    fill = "currentColor" if event.decided else "none"
    return (
        f'<circle cx="{x:.1f}" cy="{LINE - above * (2 * RADIUS + 3)}" r="{RADIUS}" fill="{fill}" stroke="currentColor"'
        f' stroke-width="1.5" data-citation="{event.citation.number}"><title>{escape(name)}</title></circle>'
    )


def _years(timeline: Timeline) -> list[int]:
    first, last = _reach(timeline)
    step = -(-(last.year - first.year + 1) // MOST_TICKS)
    return list(range(first.year, last.year + 1, step))


def _tick(year: int, timeline: Timeline, width: int) -> str:
    x = _x(datetime.date(year, 1, 1), timeline, width)
    return (
        f'<line x1="{x:.1f}" y1="{LINE - 4}" x2="{x:.1f}" y2="{LINE + 4}" stroke="currentColor" opacity="0.4"/>'
        f'<text x="{x:.1f}" y="{LINE + 26}" font-size="12" fill="currentColor">{year}</text>'
    )
