"""The decision register as a table that can be filtered, as a list under a meeting, and one decision by itself."""

import json
from collections.abc import Sequence
from html import escape

from ingest.records import DecisionKind, Tally
from qa.interface import Interface, days, meeting_days
from qa.page import address, filters
from qa.page.address import Place
from qa.page.filters import Query
from qa.page.sheet import aside, copy_button, kind_tag, read_button, sheet, title, trail
from qa.phrases import kind_words
from qa.register import Entry
from qa.render import lang_of, meeting_link, tidy
from qa.words.browse import WORDS

SHOWN = 100  # entries of a table shown at first, and added with each step


def decisions_page(found: Sequence[Entry], bodies: Sequence[str], query: Query, language: Interface) -> str:
    """The entries that fit the filters of an address."""
    words = WORDS[language]
    kinds = [(kind.value, kind_words(kind, language)) for kind in DecisionKind]
    form = filters.form(
        "decisions",
        [
            filters.text("topic", words.topic, query, words.topic_hint, wide=True),
            filters.choice("kind", words.kind, [("", words.any), *kinds], query),
            filters.choice("body", words.body, [("", words.any), *((body, body) for body in bodies)], query),
            filters.text("owner", words.owner, query),
            filters.period(query, language),
        ],
        query,
        language,
    )
    shown = filters.shown(query, SHOWN)
    counted = words.of_decisions.format(shown=min(shown, len(found)), count=len(found))
    save = (
        f'<button type="button" class="mb-plain" data-table="csv">{words.save_csv}</button>' if found else ""
    )
    listed = _table(found[:shown], language) if found else aside(words.none_fit)
    return sheet(
        language,
        title(words.decisions),
        form,
        f'<p class="mb-count"><span role="status">{counted}</span> {save}</p>',
        listed,
        filters.more(query, len(found), SHOWN, words.more),
    )


def decision_page(entry: Entry, language: Interface) -> str:
    """One decision: its words, what the register read of them, and its meeting; its record opens beside it."""
    words, meeting = WORDS[language], entry.meeting
    opens = _opens(entry)
    topic = address.to({"view": ["timeline"], "topic": [entry.item]}) if entry.item else ""
    timeline = f'<a class="mb-button" href="{escape(topic)}">{words.timeline}</a>' if topic else ""
    return sheet(
        language,
        trail("decisions", words.all_decisions),
        f'<h2 tabindex="-1" class="mb-quoted"{lang_of(meeting)}>{escape(tidy(entry.quote))}</h2>',
        f'<dl class="mb-people">{_particulars(entry, language)}</dl>',
        f'<p class="mb-actions">{read_button(opens, language, primary=True)}{timeline}{copy_button(language)}</p>',
        opens=opens,
    )


def entry_list(entries: Sequence[Entry], language: Interface) -> str:
    """The entries of one meeting in the order of its record."""
    rows = "".join(
        f"<li>{kind_tag(entry.kind, language)}"
        f'<div><a class="mb-quote" href="{_link(entry)}"{lang_of(entry.meeting)}>{escape(tidy(entry.quote))}</a>'
        f"{_told(entry, language)}</div></li>"
        for entry in entries
    )
    return f'<ul class="mb-entries">{rows}</ul>'


def place_of(entry: Entry) -> Place:
    """Where the words of an entry stand."""
    return Place(entry.meeting.record_id, entry.version, entry.start, entry.end)


def _link(entry: Entry) -> str:
    return escape(address.to({"decision": [str(place_of(entry))]}))


def _opens(entry: Entry) -> str:
    place = place_of(entry)
    return escape(
        json.dumps(
            {"record": place.record_id, "version": place.version, "start": place.start, "end": place.end}
        )
    )


def _table(entries: Sequence[Entry], language: Interface) -> str:
    words = WORDS[language]
    columns = (words.date, words.kind, words.decision, words.owner, words.deadline, words.vote)
    head = "".join(f'<th scope="col">{column}</th>' for column in columns)
    rows = "".join(_row(entry, language) for entry in entries)
    return f'<table class="mb-table mb-register"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _row(entry: Entry, language: Interface) -> str:
    words, meeting = WORDS[language], entry.meeting
    when = meeting_days(meeting, language) or words.undated
    item = f'<p class="mb-item"{lang_of(meeting)}>{escape(entry.item)}</p>' if entry.item else ""
    own = lang_of(meeting)
    return (
        f'<tr><td class="mb-day">{meeting_link(meeting, when)}</td>'
        f"<td>{kind_tag(entry.kind, language)}</td>"
        f'<td class="mb-title">{item}<a href="{_link(entry)}"{own}>{escape(tidy(entry.quote))}</a></td>'
        f'<td data-label="{words.owner}"{own}>{escape(entry.owner or "")}</td>'
        f'<td data-label="{words.deadline}"{own}>{escape(_deadline(entry, language))}</td>'
        f'<td data-label="{words.vote}">{escape(_vote(entry.tally, language))}</td></tr>'
    )


def _told(entry: Entry, language: Interface) -> str:
    """Owner, deadline and vote of an entry on one line, those that are known."""
    words = WORDS[language]
    parts = (
        (words.owner, entry.owner or ""),
        (words.deadline, _deadline(entry, language)),
        (words.vote, _vote(entry.tally, language)),
    )
    told = " ".join(f"<li><span>{name}</span> {escape(value)}</li>" for name, value in parts if value)
    return f'<ul class="mb-facts">{told}</ul>' if told else ""


def _particulars(entry: Entry, language: Interface) -> str:
    words, meeting = WORDS[language], entry.meeting
    when = meeting_days(meeting, language)
    named = meeting_link(meeting, f"{meeting.title} · {when}" if when else meeting.title)
    rows = [
        (words.kind, kind_words(entry.kind, language), ""),
        (words.item, escape(entry.item or ""), lang_of(meeting)),
        (words.owner, escape(entry.owner or ""), lang_of(meeting)),
        (words.deadline, escape(_deadline(entry, language)), lang_of(meeting)),
        (words.vote, escape(_vote(entry.tally, language)), ""),
        (words.meeting, named, lang_of(meeting)),
    ]
    return "".join(f"<div><dt>{name}</dt><dd{own}>{value}</dd></div>" for name, value, own in rows if value)


def _deadline(entry: Entry, language: Interface) -> str:
    return days(entry.due, None, language) if entry.due else entry.deadline or ""


def _vote(tally: Tally | None, language: Interface) -> str:
    """A vote in numbers: "6 for, 3 against"."""
    if tally is None:
        return ""
    words = WORDS[language]
    counted = (
        (tally.in_favour, words.in_favour),
        (tally.against, words.against),
        (tally.abstained, words.abstained),
    )
    told = [
        (words.tally if count else words.tally_none).format(count=count, side=side)
        for count, side in counted
        if count is not None
    ]
    return ("，" if language == "zh" else ", ").join(told)
