"""Who may read a record: what its file and `meetings.toml` state, and what they say of it that is not understood.

What stands where fields stand (front matter, labelled lines in the head, comments at the top, tags and properties) and
speaks of access is either understood exactly or holds the record back: nobody reads it until that is mended. Prose that
merely has such a word is no statement. Where two statements are understood, only those may read whom both let.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from pathlib import Path

from ingest.access_words import (
    NO_GROUPS,
    Kind,
    begun_by_label,
    has_mark,
    is_circle,
    is_form,
    is_group_key,
    is_of_readers,
    is_open,
    kind_of,
    labels_in,
    named_mark,
    restricts,
    says_nothing,
    spoken_in,
)
from ingest.lines import Line, lines
from ingest.overrides import DENY, FILE_NAME, FOLDER
from ingest.records import FOLDER_ORIGIN, PUBLIC, Document

_HEAD = (
    2_000  # characters from the beginning in which labelled lines are sought, as those of other fields are
)
_LOOKED_AT = 4_000  # characters of a line
_MARKED = 12  # lines from the beginning of which one may be a mark
_WRITE = "write access: GROUP in sound front matter"
_STATE = f"{_WRITE}, or state access for the file in {FILE_NAME}, for everybody with confidential = false beside it"
PROPERTY = "property-"  # what the names of fields begin with that are tags of a page or properties of a file
_BESIDE = "state there as access which groups may read it, or public"
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|^[#>\s*_:•-]+|[*_]+$")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_BOLD = re.compile(r"\W*\*\*([^*]{2,40})\*\*[\s:–—-]*(\S.*)")
_ELEMENT = re.compile(r"<(?:\w+:)?(\w+)\b[^<>]*>([^<>]+)</")
_REFERENCE = re.compile(r"""\s*\[[^\]]*\]:\s*<?#>?\s*[("'](.*)[)"']\s*$""")  # a comment in Markdown
_COMMENT = re.compile(r"\s*(?:<!--|//|/\*|%|@|\.\.\s|\[//\])")
_DASHED = re.compile(r"^(\W*[^\W\d_][\w ]{2,24}?)\s*(?:\s[-–—]\s|\(|\?\s)")
_TAG = re.compile(
    r"""<meta\b[^<>]*?\b(?:name|property)=["']?([\w.:-]+)["']?[^<>]*?\bcontent=["']?([^"'<>]*)""", re.I
)
_RUNNING = ("header", "footer")
_PLACES = ("hidden text", "properties", "alternative text")  # where a reader finds lines that are not shown


@dataclass(frozen=True, slots=True)
class Access:
    """Who may read a record.

    groups  none while it is held back
    origin  where they were stated, `public` too; None where nothing was, and everybody may
    held    the sentence that says what is not understood and what to do; None where all is
    """

    groups: tuple[str, ...] = (PUBLIC,)
    origin: str | None = None
    held: str | None = None


@dataclass(frozen=True, slots=True)
class _Stated:
    """Groups that one place names, compared by `_form`."""

    place: str
    origin: str
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Doubt:
    """What one place says that is not understood as groups, and what to do about it.

    groups  those it may name; None where it says only that the record is not for everybody
    firm    whether nothing but mending it helps, as it was written for this program
    """

    what: str
    mend: str = _STATE
    groups: frozenset[str] | None = None
    firm: bool = False


_Said = _Stated | _Doubt


def access_of(
    document: Document, every_line: Sequence[Line], overrides: Mapping[str, str], path: Path | None = None
) -> Access:
    """Who may read the record of a document, by all that is stated of it, in the name of its file too."""
    named: dict[str, str] = {}  # the groups as first written, by their form
    table = list(_of_keys(_table(overrides), FILE_NAME, "override", named))
    said: list[_Said] = [
        *table,
        *_of_keys(_front(document), "its front matter", "front matter", named),
        *_of_unread(document),
        *_of_properties(document, named),
        *_of_head(document, every_line),
        *_of_name(path),
    ]
    folders = (overrides.get(FOLDER) or "").split("\n")
    by_table = any(isinstance(one, _Stated) for one in table)
    answered = by_table and (
        any(PUBLIC not in one.groups for one in table if isinstance(one, _Stated)) or _is_answered(overrides)
    )
    own = [one for one in said if isinstance(one, _Stated)]
    allowing = [*own, *_of_folders(folders[1:] if by_table else folders, named)]
    doubts = [one for one in said if isinstance(one, _Doubt)]
    allowed = reduce(_both, (one.groups for one in allowing)) if allowing else None
    doubt = next((one for one in doubts if one.firm), None) or (
        None if answered else next((one for one in doubts if not _settles(allowed, one)), None)
    )
    if doubt is None and not own and next(filter(None, folders), "") == DENY:
        doubt = _Doubt(
            f"{FILE_NAME} wants access stated for each file of this folder, and for this one none is"
        )
    if doubt is None and allowed == frozenset():
        places = " and ".join(dict.fromkeys(one.place for one in allowing))
        doubt = _Doubt(f"{places} name different groups", "let them agree on who may read it")
    if doubt is not None:
        return Access((), None, f"Nobody sees it: {doubt.what}; {doubt.mend}.")
    if allowed is None:
        return Access(origin="front matter" if _says_open(document) else None)
    return Access(tuple(name for form, name in named.items() if form in allowed), allowing[0].origin)


def _says_open(document: Document) -> bool:
    """Whether a field says in other words than ours that everybody may read it, as `Classification: Public` does."""
    named = ((key.removeprefix(PROPERTY), value) for key, value in document.fields)
    kinds = ((kind_of(key), value) for key, value in named)
    return any(kind and is_open(kind, value) and not says_nothing(kind, value) for kind, value in kinds)


def _is_answered(overrides: Mapping[str, str]) -> bool:
    """Whether the clerk says beside `access = "public"` that what the file has of restrictions is none."""
    return any(
        kind_of(key) is Kind.MARK and is_form(key) and is_open(Kind.MARK, value)
        for key, value in overrides.items()
    )


def _both(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """Those whom both let; `public` lets everybody."""
    if PUBLIC in one or PUBLIC in other:
        return other if PUBLIC in one else one
    return one & other


def _settles(allowed: frozenset[str] | None, doubt: _Doubt) -> bool:
    """Whether what is stated clearly keeps it from everybody from whom the doubtful words may mean to keep it."""
    return allowed is not None and PUBLIC not in allowed and (doubt.groups is None or allowed <= doubt.groups)


# Keys with values -------------------------------------------------------------------------------------------


def _table(overrides: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(key, value) for key, value in overrides.items() if key != FOLDER]


def _front(document: Document) -> list[tuple[str, str]]:
    return [
        (key, value) for key, value in document.fields if not key.startswith(PROPERTY) and key not in _RUNNING
    ]


def _of_keys(
    fields: Iterable[tuple[str, str]], place: str, origin: str, named: dict[str, str]
) -> Iterator[_Said]:
    """What keys say that were written for this program: they are exactly understood or to be mended."""
    values: dict[str, list[str]] = {}
    for key, value in fields:
        values.setdefault(key, []).append(value)
    for key, stated in values.items():
        if (kind := kind_of(key)) is None:
            if is_of_readers(key) and not all(map(_is_switch, stated)):
                what = f"{key} in {place} may say who reads it and is not understood"
                yield _Doubt(what, _BESIDE, _groups(stated, {}), firm=True)
            elif any(map(has_mark, stated)):
                yield _Doubt(f"{key} in {place} is a mark of secrecy", _BESIDE)
            continue
        if is_group_key(key):
            groups = _groups(stated, named)
            yield (
                _Stated(place, origin, groups)
                if groups
                else _Doubt(f"{key} in {place} names no group", "name one, or take it out", firm=True)
            )
        elif not all(is_open(kind, value) or says_nothing(kind, value) for value in stated):
            exact = is_form(key)
            what = f"{key} in {place} speaks of access and names no group that is understood"
            yield _Doubt(what, _BESIDE, _doubtful(kind, stated), firm=not exact)


def _groups(values: Iterable[str], named: dict[str, str]) -> frozenset[str]:
    """The groups that values name, each noted as first written; none where one of them is no group."""
    names = [_clean(name) for value in values for name in re.split("[,;，；、]", value)]
    if len(names) > 1:
        names = [name for name in names if name]
    if not names or any(not name or name.casefold() in NO_GROUPS for name in names):
        return frozenset()
    for name in names:
        named.setdefault(name.casefold(), PUBLIC if name.casefold() == PUBLIC else name)
    return frozenset(name.casefold() for name in names)


def _is_switch(value: str) -> bool:
    """Whether a value turns something on or off, or is empty: it names nobody."""
    return value.strip().casefold() in NO_GROUPS


def _doubtful(kind: Kind, values: Iterable[str]) -> frozenset[str] | None:
    """The groups that a value may name where it does not name them for certain."""
    return _groups(values, {}) if kind in (Kind.GROUPS, Kind.RANGE) else None


def _clean(name: str) -> str:
    """A group's name without what is not seen."""
    shown = "".join(c for c in unicodedata.normalize("NFKC", name) if unicodedata.category(c) != "Cf")
    return " ".join(shown.split()).strip("\"'")


def _of_folders(folders: Sequence[str], named: dict[str, str]) -> Iterator[_Stated]:
    """What is stated of the folder a file lies in and of those around it."""
    for stated in folders:
        if stated and stated != DENY:
            yield _Stated(f"{FILE_NAME} for the folder", FOLDER_ORIGIN, _groups([stated], named))


# What was not written as a field, or for others -------------------------------------------------------------


def _of_unread(document: Document) -> Iterator[_Doubt]:
    """What stands where fields stand and was not read as one."""
    for place, line in document.unread:
        if place == "front matter":
            if key := spoken_in(line):
                what = f"its front matter speaks of access ({key.strip()[:30]}) and is not understood there"
                yield _Doubt(what, "write access: GROUP there, once, on a line of its own", firm=True)
        elif place in _PLACES:
            yield from _of_line(line, f"its {place}", marked=True, commented=place == _PLACES[0])
        else:
            yield from _of_line(line, f"a {place} at its top", commented=True)


def _of_properties(document: Document, named: dict[str, str]) -> Iterator[_Said]:
    """What the tags of a page and the properties, headers and footers of a file say."""
    for key, value in document.fields:
        name = key.removeprefix(PROPERTY)
        if key in _RUNNING:
            yield from _of_line(value, f"its {key}", marked=True)
        elif name == key:
            continue
        elif is_group_key(name) and (groups := _groups([value], named)):
            yield _Stated("a property of the file", "front matter", groups)
        elif (kind := kind_of(name)) and not is_open(kind, value) and not says_nothing(kind, value):
            yield _Doubt(
                f"the property {name[:40]} of the file speaks of access", _STATE, _doubtful(kind, [value])
            )
        elif has_mark(value):
            yield _Doubt(f"the property {name[:40]} of the file is a mark of secrecy")


def _of_head(document: Document, every_line: Sequence[Line]) -> Iterator[_Doubt]:
    """What labelled lines and marks in the head say, in what runs at the top and the bottom of pages too."""
    front = document.omitted[0].end if _front(document) and document.omitted else 0
    begin = every_line[0].start if every_line else 0
    head = [line for line in every_line if line.start < begin + _HEAD]
    shown = [line.text for line in head]
    end = document.text.find("\n", front + _HEAD)
    whole = [line.text for line in lines(document.text[front : end if end >= 0 else None])]
    places: dict[str, int] = {}  # where a line stands, each said once
    for place, text in (*enumerate(shown), *enumerate(whole)):
        places[text] = min(place, places.get(text, place))
    for text, place in places.items():
        yield from _of_line(text, "a line in its head", marked=place < _MARKED)
    for text in _running(document):
        yield from _of_line(text, "a line at the edge of its pages", marked=True)
    for label, value in pairwise(head):
        yield from _of_line(_joined(label, value), "a line in its head")
        for key, under in _columns(label.text, value.text):
            yield from _of_line(f"{key}: {under}", "a table in its head")


def _running(document: Document) -> tuple[str, ...]:
    """The lines that run at the top or the bottom of its first pages, each once."""
    if not document.pages:
        return ()
    spans = document.omitted[:_MOST_EDGES]
    return tuple(dict.fromkeys(line.text for span in spans for line in lines(span.of(document.text))))


_MOST_EDGES = 24  # headers and footers that are looked at


def _joined(label: Line, value: Line) -> str:
    """A label above its value, as lists of definitions and headings are read; empty where it is none."""
    key = _MARKUP.sub("", label.text).strip()
    near = not label.before_blank or is_circle(_MARKUP.sub("", value.text))
    return f"{key}: {_MARKUP.sub('', value.text)}" if near and is_form(key.rstrip(":：")) else ""


def _columns(names: str, values: str) -> Iterator[tuple[str, str]]:
    """The cells of a row under those of the row above it."""
    above, under = (re.split(r"[|\t]", row.strip("| ")) for row in (names, values))
    if len(above) == len(under) > 1:
        yield from (
            (key.strip(), cell) for key, cell in zip(above, under, strict=True) if is_form(key.strip())
        )


def _of_name(path: Path | None) -> Iterator[_Doubt]:
    """What the name of a file and those of its folders say."""
    if path is None:
        return
    if named_mark(path.stem):
        yield _Doubt("the name of its file is a mark of secrecy")
    elif any(named_mark(folder.name, folder=True) for folder in path.parents):
        yield _Doubt("the name of a folder it lies in is a mark of secrecy")


def _of_line(line: str, place: str, *, marked: bool = False, commented: bool = False) -> Iterator[_Doubt]:
    if aside := _REFERENCE.match(line):
        line, commented = aside[1], True
    tags = [(name, value) for name, value in _TAG.findall(line) if "<" in line]
    tags += _ELEMENT.findall(line) if "<" in line else []
    line = line[:_LOOKED_AT]
    bare = _MARKUP.sub(" ", _LINK.sub(r"\1", line)) if "<" in line or "](" in line else line
    said = [label for text in {line, bare} for label in labels_in(text)]
    if marked:
        said += labels_in(_DASHED.sub(r"\1: ", bare.replace("*", "").replace("_", " ")))
        said += filter(None, (begun_by_label(bare),))
    elif bold := _BOLD.match(line):
        said += labels_in(f"{bold[1]}: {bold[2]}")
    said += ((name, kind, value) for name, value in tags if (kind := kind_of(name)))
    for label, kind, value in said:
        if restricts(label, kind, value):
            yield _Doubt(f"{place} ({label}) speaks of access", _STATE, _doubtful(kind, [value]))
    if (commented or _COMMENT.match(line)) and ":" not in line and spoken_in(line):
        yield _Doubt(f"{place} speaks of access")
    if (marked or commented) and (has_mark(line) or (bare != line and has_mark(bare))):
        yield _Doubt(f"{place} is a mark of secrecy")
