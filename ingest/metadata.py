"""The meeting a record reports: each field from the first place that states it, and which place that was."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from ingest.access import Access
from ingest.attendance import names_in, without_office
from ingest.attendance_labels import Role
from ingest.attendance_told import Told, told
from ingest.body_evidence import Named, in_full, rest_of_title, weighed
from ingest.headings import Headline
from ingest.label_shapes import shape_of
from ingest.letterhead import body_in_head, fuller, names_in_head
from ingest.lines import Line
from ingest.meeting_day import DayFound, Evidence, evidence, find_day
from ingest.meeting_name import Name, name_in_title, names_in_opening
from ingest.meeting_title import (
    is_filler,
    is_structural,
    language_title,
    title_in_lines,
    title_lines,
    title_of_file,
    with_body,
)
from ingest.named_day import first_day
from ingest.numerals import chinese_number, english_number
from ingest.particulars import chair_in, number_in, place_in
from ingest.persons import persons_in_lines
from ingest.records import Document, Language, Meeting, Status, Turn
from ingest.standing import status_in, status_named, status_of_name, status_said
from ingest.stated import Stated, field_of, from_front_matter
from ingest.words import has_han, language_of

_TITLE_REACH = 1_000  # characters from the beginning in which a heading may be the title
_TITLE_MOST = 300  # characters of a title
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # control, bidirectional

T = TypeVar("T")


@dataclass(frozen=True)
class Source:
    """All the places a field of a meeting may be read in; `overrides` are fields of `Meeting` as text."""

    document: Document
    lines: Sequence[Line]
    labelled: Sequence[Stated]
    headlines: Sequence[Headline]
    turns: Sequence[Turn]
    path: Path | None
    overrides: Mapping[str, str]
    access: Access

    @cached_property
    def front(self) -> dict[str, list[str]]:
        """Front matter, by field."""
        return from_front_matter(self.document.fields)

    @cached_property
    def stated(self) -> dict[str, list[str]]:
        """Labelled lines, by field."""
        out: dict[str, list[str]] = {}
        for stated in self.labelled:
            out.setdefault(stated.field, []).append(stated.value)
        return out

    @cached_property
    def titles(self) -> list[str]:
        """The headings near the top, without markup."""
        near = (h for h in self.headlines if h.line.start - self.begin < _TITLE_REACH)
        words = (self.text[h.line.start : h.title.end].lstrip("#* \t") for h in near)
        return [" ".join(heading.split()) for heading in words if heading.strip()]

    @cached_property
    def own_titles(self) -> list[str]:
        """The headings among the first lines, which are of the record and not of its parts."""
        first = {line.start for line in self.lines[:4]}
        near = [h for h in self.headlines if h.line.start in first or h.title.start in first]
        return [
            title
            for headline, title in zip(near, self.titles, strict=False)
            if not headline.number and not is_structural(title) and len(title) <= 200
        ]

    @cached_property
    def told(self) -> list[Told]:
        """Who was there, as sentences say it."""
        return told(self.lines)

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def begin(self) -> int:
        """Where the text begins that is not omitted."""
        return self.lines[0].start if self.lines else 0

    @property
    def opening(self) -> str:
        return self.text[self.begin :]

    def given(self, name: str) -> list[tuple[str, str]]:
        """What is stated of a field, in order of trust, each with its origin."""
        override = self.overrides.get(name)
        return [
            *([("override", override)] if override is not None else []),
            *(("front matter", value) for value in self.front.get(name, ())),
            *(("opening", value) for value in self.stated.get(name, ()) if name != "access"),
        ]


def meeting_of(source: Source, today: datetime.date) -> Meeting:
    """The meeting with all its fields, their origins, and notes on dates that contradict or are missing."""
    origins: dict[str, str] = {}

    def take(field: str, *readings: tuple[str, T | None]) -> T | None:
        """The first reading that says something, its origin noted."""
        for origin, value in readings:
            if value not in (None, "", ()):
                origins[field] = origin
                return value
        return None

    language = take("language", *_languages(source)) or "en"
    day = _day(source, today)
    if day.day:
        origins["date"] = day.day.origin
    end_date = take("end_date", *_end_dates(source, day))
    names = list(_names(source))
    named = weighed(list(_bodies(source, names)))
    head = [line.text for line in source.lines[:4]]
    body = take("body", (named.origin, in_full(named.name, head))) if named else None
    session = take("session", *_sessions(source), *((origin, name.session) for origin, name in names))
    numbered = next((name for _, name in names if name.session == session and name.kind), None)
    series = take("series", *_texts(source, "series"), ("derived", _series(numbered, body)))
    composed = _composed(numbered, body)
    title = take("title", *_titles(source, body, composed, language)) or language_title(language)
    attendees = take("attendees", *_people(source, "attendees")) or ()
    chair = take("chair", *_chairs(source, attendees))
    status = take("status", *_statuses(source, title))
    if source.access.origin:
        origins["access"] = source.access.origin
    return Meeting(
        title=" ".join(_UNSHOWN.sub(" ", title).split())[:_TITLE_MOST] or language_title(language),
        language=language,
        body=body,
        date=day.day.first if day.day else None,
        end_date=end_date,
        session=session,
        series=series,
        place=take("place", *_texts(source, "place"), ("opening", place_in(source.opening))),
        chair=chair,
        attendees=attendees,
        absent=take("absent", *_people(source, "absent")) or (),
        others=take("others", *_people(source, "others")) or (),
        number=take("number", *_texts(source, "number"), ("opening", number_in(source.opening))),
        status=status,
        access=source.access.groups,
        origins=tuple(origins.items()),
        notes=(*day.notes, *filter(None, (source.access.held,))),
    )


def _texts(source: Source, field: str) -> Iterator[tuple[str, str]]:
    """A field of one line, as stated."""
    for origin, value in source.given(field):
        if words := " ".join(value.split()).strip('*_ "“”'):
            yield origin, words[:_TITLE_MOST]


def _languages(source: Source) -> Iterator[tuple[str, Language]]:
    for origin, value in source.given("language"):
        if origin != "opening":
            code = value.strip().lower()[:2]
            yield origin, "en" if code == "en" else "zh" if code in ("zh", "cn", "中文"[:2]) else "other"
    yield "derived", language_of(source.opening)


# Date -------------------------------------------------------------------------------------------------------


_PUBLISHED = ("property-article:published_time", "property-dcterms.date", "property-dc.date", "property-date")


def _day(source: Source, today: datetime.date) -> DayFound:
    stated = {origin: value for origin, value in reversed(source.given("date"))}
    return find_day(
        evidence_of_day(source),
        source.opening,
        override=stated.get("override"),
        stated=[value for value in (stated.get("front matter"), stated.get("opening")) if value],
        headings=source.own_titles or source.titles[:1],
        path=source.path,
        today=today,
    )


def evidence_of_day(source: Source) -> list[Evidence]:
    """Every place of a record that names a day, for its meeting or against it."""
    stated = {origin: value for origin, value in reversed(source.given("date"))}
    return evidence(
        source.opening,
        source.lines,
        front_matter=stated.get("front matter"),
        labelled=stated.get("opening"),
        headings=source.own_titles or source.titles[:1],
        published=next((v for k, v in source.document.fields if k in _PUBLISHED), None),
        path=source.path,
    )


def _end_dates(source: Source, found: DayFound) -> Iterator[tuple[str, datetime.date]]:
    if not found.day:
        return
    for origin, value in source.given("end_date"):
        end = first_day(value, origin)
        if end and end.last > found.day.first:
            yield origin, end.last
    if found.day.last > found.day.first:
        yield found.day.origin, found.day.last


# Names ------------------------------------------------------------------------------------------------------


def _names(source: Source) -> Iterator[tuple[str, Name]]:
    """What headings, opening and file name call the meeting."""
    for heading in source.own_titles:
        yield "heading", name_in_title(heading)
    for origin, title in source.given("title"):
        yield origin, name_in_title(title)
        yield origin, Name(body_in_head([title]))
    yield from (("opening", name) for name in names_in_opening(source.opening, source.lines))
    if source.path:
        yield "file name", name_in_title(title := title_of_file(source.path))
        yield "file name", Name(body_in_head([title]))


def _bodies(source: Source, names: Sequence[tuple[str, Name]]) -> Iterator[Named]:
    """Every name of a body that some place has, each as the head or another place has it in full."""
    head = [line.text for line in title_lines(source.lines)]
    others = [*names_in_head(head), *(name.body for _, name in names if name.body)]
    yield from (Named("stated", origin, body) for origin, body in _texts(source, "body"))
    for origin, name in names:
        if name.body:
            yield Named("front matter" if origin == "override" else origin, origin, fuller(name.body, others))
    titles = [("heading", title) for title in source.own_titles[:2]]
    titles += [*source.given("title"), *(("opening", title) for title in head[:3])]
    titles += [("file name", title_of_file(source.path))] if source.path else []
    for origin, title in titles:
        if not is_structural(title) and (rest := rest_of_title(title)):
            yield Named("rest of title", origin, rest)


def _sessions(source: Source) -> Iterator[tuple[str, int]]:
    for origin, value in source.given("session"):
        number = english_number(value) or chinese_number(value) or name_in_title(value).session
        if number:
            yield origin, number


def _series(name: Name | None, body: str | None) -> str | None:
    return Name(name.body or body, name.session, name.kind).series if name else None


def _composed(name: Name | None, body: str | None) -> str | None:
    return Name(name.body or body, name.session, name.kind).composed() if name else None


def _titles(
    source: Source, body: str | None, composed: str | None, language: Language
) -> Iterator[tuple[str, str | None]]:
    """The title as stated, as a heading, as a first line, as composed, as the file is named."""
    yield from _texts(source, "title")
    yield "heading", next(iter(source.own_titles), None)
    line = title_in_lines(source.lines)
    yield "opening", with_body(line, body) if line else None
    yield "derived", composed
    yield "opening", body_in_head([line.text for line in title_lines(source.lines)])
    properties = (v for k, v in source.document.fields if k == "property-title" and not is_filler(v))
    yield "front matter", next(properties, None)
    yield "file name", title_of_file(source.path) if source.path else None
    yield "derived", language_title(language)


# People -----------------------------------------------------------------------------------------------------


def _people(source: Source, field: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names of a list; all entries of one origin together, without those a mark beside the name takes out of it."""
    by_origin: dict[str, list[str]] = {}
    for origin, values in _by_origin(source, field).items():
        away = field == "absent"
        by_origin[origin] = [p.name for p in persons_in_lines(values) if away or not p.absent]
    if field == "absent":
        marked = [
            p.name for v in _by_origin(source, "attendees").values() for p in persons_in_lines(v) if p.absent
        ]
        by_origin["opening"] = [*by_origin.get("opening", ()), *marked]
    if field == "attendees":
        unlabelled = _listed_with_initials(source.lines)
        by_origin["opening"] = [*unlabelled, *by_origin.get("opening", ())]
    if not any(by_origin.values()):
        by_origin["opening"] = [
            name for told in source.told if _TOLD[told.role] == field for name in told.names
        ]
    for origin, names in by_origin.items():
        yield origin, tuple(dict.fromkeys(names))


def _by_origin(source: Source, field: str) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for origin, value in source.given(field):
        out.setdefault(origin, []).append(value)
    return out


_TOLD = {Role.PRESENT: "attendees", Role.ABSENT: "absent", Role.GUESTS: "others"}


def _listed_with_initials(lines: Sequence[Line]) -> tuple[str, ...]:
    """The first lines that list people with their initials, though no label says so."""
    for line in lines[:12]:
        names = names_in(line.text)
        if len(names) >= 3 and sum(name.endswith(")") for name in names) * 4 >= len(names) * 3:
            return names
    return ()


def _chairs(source: Source, attendees: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    for origin, value in source.given("chair"):
        name = re.sub(r"[（(].*", "", next(iter(names_in(value)), ""))
        if _is_person(name := without_office(name)):
            yield origin, name
    yield "opening", chair_in(source.opening, attendees, source.turns)


def _is_person(name: str) -> bool:
    """Whether what follows "Chair:" is a name and no sentence."""
    if has_han(name):
        return 2 <= len(name) <= 12 and not re.search(r"[，。：]", name)
    return len(name) <= 60 and not field_of(name) and shape_of(name) is not None


# Status ------------------------------------------------------------------------------------------


def _statuses(source: Source, title: str) -> Iterator[tuple[str, Status | None]]:
    for origin, value in source.given("status"):
        yield origin, status_named(value)
    yield "heading", status_in([title, *source.own_titles])
    yield "opening", status_in(line.text for line in title_lines(source.lines))
    yield "opening", status_said(source.opening)
    if source.path:
        yield "file name", status_of_name(source.path)
