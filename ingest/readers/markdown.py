"""Markdown: the source as it stands, with the headings and the front matter CommonMark and YAML see in it.

The text is the source, so that a quote is what an editor shows. Headings are found line by line, as
CommonMark does for lines outside lists and quotes; an underlined heading may have one line only, since in
minutes a rule under a paragraph is a rule.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from ingest.readers.encodings import decode
from ingest.readers.frontmatter import front_matter
from ingest.readers.signatures import refuse_other_formats
from ingest.records import Document, Heading, Span

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$")
_CODE = re.compile(r" {4}|\t")
# How lines begin that an underline does not make a heading: quotes, list items, HTML, table rows.
_NO_PARAGRAPH = re.compile(r" {0,3}(?:>|[-+*](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$)|<|\|)")


def read(data: bytes, path: Path) -> Document:
    """The decoded source; front matter is kept in the text, but omitted from the index."""
    refuse_other_formats(data, path)
    text, notes = decode(data, path)
    matter = front_matter(text)
    omitted = (Span(0, matter.end),) if matter.end else ()
    return Document(
        text,
        headings=tuple(_headings(text, matter.end)),
        omitted=omitted,
        fields=matter.fields,
        notes=notes + matter.notes,
        unread=tuple(("front matter", line) for line in matter.unread),
    )


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
