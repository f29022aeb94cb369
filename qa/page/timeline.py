"""A topic across meetings: a line of time with a mark for each, and under it what each recorded, dated and cited."""

import json
from collections.abc import Sequence
from html import escape

from qa import phrases
from qa.interface import Interface, meeting_days
from qa.page import filters
from qa.page.filters import Query
from qa.page.sheet import aside, kind_tag, sheet, title, titled
from qa.render import lang_of, tidy
from qa.timeline import Event, Timeline
from qa.words.browse import WORDS

PICTURES = (1000, 344)  # pixels: one for a wide page, one for a narrow one, which shows that instead


def timeline_page(timeline: Timeline | None, bodies: Sequence[str], query: Query, language: Interface) -> str:
    """The timeline of the topic that an address names; without a topic how to get one."""
    words = WORDS[language]
    form = filters.form(
        "timeline",
        [
            filters.text("topic", words.topic, query, words.topic_hint, wide=True),
            filters.period(query, language),
            filters.choice("body", words.body, [("", words.any), *((body, body) for body in bodies)], query),
        ],
        query,
        language,
    )
    shown = _shown(timeline, language) if timeline else aside(words.timeline_how)
    return sheet(language, title(words.timeline), aside(words.timeline_lead), form, shown)


def _shown(timeline: Timeline, language: Interface) -> str:
    words = WORDS[language]
    if not timeline.events:
        return aside(words.timeline_none)
    total = phrases.of_meetings(len(timeline.events), timeline.searched.meetings, language)
    counted = escape(total.rstrip(":：."))
    pictures = "".join(timeline.to_svg(width) for width in PICTURES)
    rows = "".join(_event(event, timeline, language) for event in timeline.events)
    return (
        f'<p class="mb-count"><span role="status">{counted}</span></p>'
        f'<figure class="mb-plot">{pictures}<figcaption>'
        f'<span class="mb-dot mb-settled"></span>{words.settled}'
        f'<span class="mb-dot"></span>{words.discussed}</figcaption></figure>'
        f'<ol class="mb-events">{rows}</ol>'
    )


def _event(event: Event, timeline: Timeline, language: Interface) -> str:
    citation, meeting = event.citation, event.meeting
    when = meeting_days(meeting, language) or WORDS[language].undated
    place = {
        "record": meeting.record_id,
        "version": citation.version,
        "start": citation.start,
        "end": citation.end,
    }
    name = f"{citation.number} {WORDS[language].read_record}: {meeting.title}"
    return (
        f'<li id="event-{citation.number}"><p class="mb-when"><time>{escape(when)}</time>'
        f"{kind_tag(event.kind, language)}{_landmark(event, timeline, language)}</p>"
        f'<div>{titled(meeting)}<p class="mb-claim"{lang_of(meeting)}>{escape(tidy(citation.quote))} '
        f'<button type="button" class="mb-mark" data-open="{escape(json.dumps(place))}"'
        f' aria-label="{escape(name)}">{citation.number}</button></p></div></li>'
    )


def _landmark(event: Event, timeline: Timeline, language: Interface) -> str:
    """That it is the first or the latest decision."""
    first = event is timeline.first_decision
    if not first and event is not timeline.latest_decision:
        return ""
    words = WORDS[language]
    return f'<span class="mb-landmark">{words.first_decision if first else words.latest_decision}</span>'
