"""Akoma Ntoso (OASIS LegalDocML): debates and minutes of parliaments and councils, as XML.

Headings are those of sections with their numbers; a speech is a voice, labelled with whom it is from. Date, body and
title are fields, taken from the preface and the metadata, which are no text. What is deleted stays out and is noted,
a note follows its paragraph. Other XML is refused.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from ingest.access_words import has_mark, kind_of
from ingest.errors import NotText, ReadError
from ingest.readers.composing import Composition
from ingest.readers.docx_styles import name_of
from ingest.readers.raised import raised, set_apart
from ingest.readers.signatures import is_akoma_ntoso
from ingest.records import Document, Voice

_BLOCKS = frozenset({
    "p", "block", "heading", "subheading", "crossHeading", "from", "li", "item", "tr", "caption", "longTitle", "intro",
    "wrapUp", "narrative", "summary", "scene", "remark", "toc", "tocItem", "blockContainer", "address",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_SPEECHES = frozenset({"speech", "question", "answer", "speechGroup", "petition"})
_UNREAD = frozenset({"meta", "del", "authorialNote", "components"})
_SPACE = re.compile("[ \t\n\r\f]+")
_BREAK, _TAB = (
    "\ufdd2",
    "\ufdd3",
)  # a line end and the border of a cell until white space is settled; no text has them
_DEEPEST = 200  # elements within one another
_OTHER = "it is XML of another kind; save it as HTML, PDF or text"
_DAMAGED = "it is damaged XML; get it anew from where it came from"


def read(data: bytes, path: Path) -> Document:
    """The document; raises NotText for other XML, ReadError where it is damaged or hostile."""
    if not is_akoma_ntoso(data):
        raise NotText(path, _OTHER)
    root = _parsed(data, path)
    references = _references(root)
    reading = _Reading(references)
    reading.walk(root)
    reading.finish()
    composition = reading.composition
    return Document(
        composition.text,
        headings=tuple(composition.headings),
        voices=tuple(reading.voices),
        fields=tuple(_fields(root, references)),
        notes=tuple(reading.notes()),
        unread=tuple(("properties", said) for said in dict.fromkeys(_marked(root))),
    )


def _parsed(data: bytes, path: Path) -> etree._Element:
    if (
        b"<!DOCTYPE" in data
        or "<!DOCTYPE".encode("utf-16-le") in data
        or "<!DOCTYPE".encode("utf-16-be") in data
    ):
        raise ReadError(
            path, "it declares a document type (DOCTYPE), which such a document never needs; remove that"
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(path, _DAMAGED) from error
    if name_of(root) != "akomaNtoso":
        raise NotText(path, _OTHER)
    return root


def _references(root: etree._Element) -> dict[str, str]:
    """How persons and organisations are shown, by the id the text refers to them with."""
    listed = (one for references in root.iter("{*}references") for one in references.iterchildren())
    return {one.get("eId") or one.get("id") or "": one.get("showAs") or "" for one in listed}


@dataclass(slots=True)
class _Voice:
    """Whoever is speaking: since where, and the label that is still to be written."""

    speaker: str | None
    start: int | None = None
    end: int = 0
    label: str = ""


class _Reading:
    """One walk through a document, the line being gathered, and who speaks."""

    def __init__(self, references: dict[str, str]) -> None:
        self.composition = Composition()
        self.voices: list[Voice] = []
        self._references = references
        self._voice: _Voice | None = None
        self._line: list[str] = []
        self._begun = False  # whether the row that is being read has a cell
        self._label = ""  # the number before the next block
        self._sections = 0  # with headings, around
        self._notes: list[etree._Element] = []  # of the block that is being read
        self._left_out: Counter[str] = Counter()

    def walk(self, element: etree._Element, depth: int = 0) -> None:
        name = name_of(element)
        if depth > _DEEPEST:
            self._line.append(" ".join(element.itertext()))
        elif name in _UNREAD:
            self._leave_out(element, name)
        elif name == "num":
            self._flush()
            self._label = " ".join("".join(element.itertext()).split())
        elif name in _SPEECHES and (speaker := self._speaker(element)):
            self._flush()
            self._end_voice()
            self._voice = _Voice(speaker, label=_said_of(element) or speaker)
            self._inside(element, depth)
            self._flush()
            self._end_voice()
        elif name == "from" and self._voice is not None:
            pass  # its words are the label of the speech
        elif name in ("br", "eol"):
            self._line.append(_BREAK)
        elif name == "sup":
            before, self._line = self._line, []
            self._inside(element, depth)
            self._line = [*before, raised("".join(self._line))]
        elif name in _CELLS:
            self._line.append(_TAB if self._begun else "")
            self._begun = True
            self._inside(element, depth)
        elif name in _BLOCKS and not self._in_row(element):
            self._flush()
            self._begun = False
            self._inside(element, depth)
            self._flush(level=self._sections if name == "heading" else None)
        else:
            headed = element.find("{*}heading") is not None
            self._sections += headed
            self._inside(element, depth)
            self._sections -= headed

    def notes(self) -> Iterator[str]:
        if count := self._left_out["del"]:
            yield f"Deleted text was left out ({count} place{'s' if count > 1 else ''})."
        if self._left_out["components"]:
            yield "Documents attached inside of it were not read; save each as a file of its own."

    def finish(self) -> None:
        """Put what is left into the text."""
        self._flush()
        self._end_voice()

    def _end_voice(self) -> None:
        voice, self._voice = self._voice, None
        if voice and voice.start is not None:
            self.voices.append(Voice(voice.start, voice.end, voice.speaker))

    def _inside(self, element: etree._Element, depth: int) -> None:
        self._line.append(element.text or "")
        for child in element:
            self.walk(child, depth + 1)
            self._line.append(child.tail or "")

    def _in_row(self, element: etree._Element) -> bool:
        return any(name_of(above) in _CELLS for above in element.iterancestors())

    def _leave_out(self, element: etree._Element, name: str) -> None:
        if name == "authorialNote":
            self._notes.append(element)
            self._line.append(f"[{element.get('marker') or len(self._notes)}]")
        else:
            self._left_out[name] += bool("".join(element.itertext()).strip())

    def _speaker(self, element: etree._Element) -> str:
        """Whom a speech is from: as the references show them, or as the text names them."""
        shown = self._references.get((element.get("by") or "").lstrip("#"), "")
        return " ".join(shown.split()) or _said_of(element)

    def _flush(self, level: int | None = None) -> None:
        text = re.sub(f" *{_TAB} *", "\t", _SPACE.sub(" ", set_apart("".join(self._line)))).strip()
        text = re.sub(f" *{_BREAK} *", "\n", text).strip()
        self._line = []
        if text:
            self._add(text, level)
        notes, self._notes = self._notes, []
        for number, note in enumerate(notes, 1):
            words = " ".join("".join(note.itertext()).split())
            self.composition.add(f"[{note.get('marker') or number}] {words}", gap="\n")

    def _add(self, text: str, level: int | None) -> None:
        label, self._label = self._label, ""
        text = f"{label} {text}" if label else text
        voice = self._voice
        if voice and voice.label:
            text, voice.label = f"{voice.label}: {text}", ""
        span = self.composition.add(text, level=level)
        if voice:
            voice.start = span.start if voice.start is None else voice.start
            voice.end = span.end


def _said_of(speech: etree._Element) -> str:
    named = speech.find("{*}from")
    return "" if named is None else " ".join("".join(named.itertext()).split()).rstrip(" :：")


def _fields(root: etree._Element, references: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What the document states of its meeting."""
    day = next((one.get("date") for one in root.iter("{*}docDate") if one.get("date")), None)
    work = next(root.iter("{*}FRBRWork"), None)
    if work is not None:
        day = day or next((one.get("date") for one in work.iterchildren("{*}FRBRdate")), None)
        organisations = {one.get("eId") or one.get("id") or "" for one in root.iter("{*}TLCOrganization")}
        for author in work.iterchildren("{*}FRBRauthor"):
            if (key := (author.get("href") or "").lstrip("#")) in organisations and references.get(key):
                yield "body", references[key]
                break
        for alias in work.iterchildren("{*}FRBRalias"):
            if alias.get("name") in (None, "title") and alias.get("value"):
                yield "property-title", " ".join(alias.get("value").split())
    if day and day[:4] != "0001":
        yield "date", day[:10]


def _marked(root: etree._Element) -> Iterator[str]:
    """What the metadata says of who may read the document."""
    for element in (one for meta in root.iter("{*}meta") for one in meta.iter()):
        if name_of(element) == "keyword":
            yield element.get("showAs") or element.get("value") or ""
            continue
        for key, value in element.attrib.items():
            said = " ".join(value.split())
            if has_mark(said):
                yield said
            elif kind_of(key):
                yield f"{key}: {said}"
