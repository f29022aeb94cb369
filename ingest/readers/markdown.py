"""Markdown: the source as it stands, with the headings and the front matter CommonMark and YAML see in it.

The text is the source, so that a quote is what an editor shows, but for two things that nobody means to be read as they
are typed: what is struck through stays out and is noted, and character references (`&eacute;`) are the characters they
stand for; neither in code. Headings are found line by line, as
CommonMark does for lines outside lists and quotes; an underlined heading may have one line only, since in
minutes a rule under a paragraph is a rule.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.readers.encodings import decode
from ingest.readers.frontmatter import front_matter
from ingest.readers.signatures import refuse_other_formats
from ingest.records import Document, Heading, Span

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$")
_GAP = "\ufdd0"  # where something was struck through; a noncharacter, no text has it
_SHORT, _MOST_STRUCK = 400, 200  # characters of struck-through text that may be a label, and such texts
_MARKS = frozenset("<>*_~`#|[]\\")
# Code, what is struck through within one paragraph, and character references.
_INLINE = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`{1,8})(?!`)[^\n]{1,2000}?(?<!`)(?P=ticks)(?!`))"
    r"|(?<![~\\])~~(?=[^\s~])(?P<struck>(?:[^\n~]|\n(?![ \t]*\n)|~(?!~)){1,2000})(?<!\s)~~(?!~)"
    r"|<(?P<tag>del|s|strike)(?:\s[^<>]{0,200})?>(?P<deleted>(?:[^<]|<(?!/(?P=tag)>)){1,2000})</(?P=tag)>"
    r"|(?P<reference>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)",
    re.I,
)
# A line with nothing left in it but the marks of a list, a heading or a quote.
_EMPTIED = re.compile(
    rf"^[ \t>]*(?:[-*+#]{{1,6}}|\d{{1,9}}[.)])?[ \t]*(?:\[[ xX]\][ \t]*)?{_GAP}[{_GAP} \t.]*(?:\n|\Z)", re.M
)
_CODE = re.compile(r" {4}|\t")
# How lines begin that an underline does not make a heading: quotes, list items, HTML, table rows.
_NO_PARAGRAPH = re.compile(r" {0,3}(?:>|[-+*](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$)|<|\|)")


def read(data: bytes, path: Path) -> Document:
    """The decoded source; front matter is kept in the text, but omitted from the index."""
    refuse_other_formats(data, path)
    text, notes = decode(data, path)
    matter = front_matter(text)
    standing = _standing(text[matter.end :])
    text = text[: matter.end] + standing.text
    if standing.struck:
        several = "s" if len(standing.struck) > 1 else ""
        notes += (f"Struck-through text was left out ({len(standing.struck)} place{several}).",)
    omitted = (Span(0, matter.end),) if matter.end else ()
    return Document(
        text,
        headings=tuple(_headings(text, matter.end)),
        omitted=omitted,
        fields=matter.fields,
        notes=notes + matter.notes,
        unread=(
            *(("front matter", line) for line in matter.unread),
            *(("hidden text", said) for said in standing.struck[:_MOST_STRUCK] if len(said) <= _SHORT),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    """The source that stands, and what is struck through in it."""

    text: str
    struck: tuple[str, ...] = ()


def _standing(source: str) -> _Standing:
    """The source without struck-through text, character references resolved; code as it is."""
    if "~~" not in source and "&" not in source and "</" not in source:
        return _Standing(source)
    struck: list[str] = []

    def said(found: re.Match[str]) -> str:
        if found["reference"]:
            return _referred(found["reference"])
        if found["code"]:
            return found[0]
        struck.append(" ".join((found["struck"] or found["deleted"]).split()))
        return _GAP

    pieces = (
        piece if is_code else _INLINE.sub(said, piece.replace(_GAP, "")) for piece, is_code in _blocks(source)
    )
    text = "".join(pieces)
    if struck:
        text = _EMPTIED.sub("", text).replace(f" {_GAP} ", " ").replace(_GAP, "")
    return _Standing(text, tuple(struck))


def _referred(reference: str) -> str:
    """The character a reference stands for; itself where that could be taken for Markdown."""
    character = html.unescape(reference).replace("\xa0", " ")
    return character if character.isprintable() and not _MARKS.intersection(character) else reference


def _blocks(source: str) -> Iterator[tuple[str, bool]]:
    """The source in pieces, in order, and whether each is a fenced block of code."""
    fence, begun = "", 0
    for begin, end in _lines(source, 0):
        line = source[begin:end]
        if fence and _closes(line, fence):
            yield source[begun : end + 1], True
            fence, begun = "", end + 1
        elif not fence and (opening := _FENCE.match(line)):
            yield source[begun:begin], False
            fence, begun = opening[1], begin
    yield source[begun:], bool(fence)


def _headings(text: str, start: int) -> Iterator[Heading]:
    """Headings from `start` on, each from the first to the last character of its line."""
    fence = ""
    paragraph: tuple[int, int] | None = None  # the line before, where it alone is the paragraph so far
    in_paragraph = False
    plain = False  # whether the paragraph is one that an underline ends, not that of a quote or a list
    for begin, end in _lines(text, start):
        line = text[begin:end]
        if fence:
            fence = "" if _closes(line, fence) else fence
            continue
        if opening := _FENCE.match(line):
            fence, paragraph, in_paragraph = opening[1], None, False
        elif atx := _ATX.match(line):
            yield Heading(begin, end, len(atx[1]))
            paragraph, in_paragraph = None, False
        elif paragraph and (underline := _UNDERLINE.match(line)):
            yield Heading(*paragraph, 1 if underline[1][0] == "=" else 2)
            paragraph, in_paragraph = None, False
        elif in_paragraph and plain and _UNDERLINE.match(line):
            paragraph, in_paragraph = None, False
        else:
            begins = (
                bool(line.strip()) and not in_paragraph and not _CODE.match(line) and not _RULE.match(line)
            )
            paragraph = (begin, end) if begins and not _NO_PARAGRAPH.match(line) else None
            plain = paragraph is not None if begins else plain
            in_paragraph = begins or (in_paragraph and bool(line.strip()) and not _RULE.match(line))


def _closes(line: str, fence: str) -> bool:
    bare = line.strip()
    indent = len(line) - len(line.lstrip(" "))
    return indent < 4 and len(bare) >= len(fence) and set(bare) == {fence[0]}


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The lines from `start` on as ranges, newlines left out."""
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1
