"""Word files: the text as Word shows it with all changes accepted, in the order of reading.

Read from the XML itself, since libraries leave out what no minutes may lose: tracked insertions, footnotes,
text boxes, content controls, the numbers of numbered paragraphs. Tracked deletions, struck-through text, hidden
text and comments stay out and are noted. Paragraphs are set apart by an empty line, list items and table rows by
a newline, cells by a tab; a footnote follows its paragraph, endnotes stand last. Running headers and footers are
fields; what the header of the first page alone says stands at the top of the text as well.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from ingest.access_words import has_mark, kind_of
from ingest.errors import ReadError
from ingest.readers.composing import Composition
from ingest.readers.docx_parts import Package
from ingest.readers.docx_styles import (
    Look,
    Numbering,
    Styles,
    child,
    is_on,
    name_of,
    number_of,
    value_of,
)
from ingest.readers.figures import in_figures
from ingest.readers.raised import raised, set_apart
from ingest.records import Document

_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\xad"}
_REMOVED = frozenset({"del", "moveFrom", "cellDel"})
_ADDED = frozenset({"ins", "moveTo", "cellIns"})
_NO_TEXT = frozenset({
    "pPr", "rPr", "sdtPr", "sdtEndPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "rt", "instrText",
    "delText", "delInstrText", "fldData", "ffData", "binData", "object",
})  # fmt: skip
# Characters of the symbol fonts that stand for something in minutes, by the low byte of their code.
_COUNTS_PAGES = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.I)
_MOST_PAGE_WORDS = 3  # beside the number of a page ("Page", "of")
_FIGURES = re.compile(r"\d(?:\W?\d){3}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MOST_COLUMNS = 63  # of a table; Word allows no more
_SHORT = 400  # characters of a text that is not shown and may be a label
_MOST_HIDDEN = 200  # such texts
_MOST_DESCRIBED = 16 * 1024  # characters of a property
_WINGDINGS = {
    0xA8: "☐",
    0x6F: "☐",
    0xFE: "☑",
    0xFD: "☒",
    0xFC: "✓",
    0xFB: "✗",
    0xD8: "➢",
    0xE0: "→",
    0xA7: "▪",
}
_BULLETS = {0xB7: "•"}


def read(data: bytes, path: Path) -> Document:
    """The document; raises ReadError where the file is damaged, protected, hostile or no Word file."""
    package = Package(data, path)
    root = package.xml(package.main)
    body = child(root, "body")
    if body is None:
        raise ReadError(
            path, "its main part is no Word document; open it in a word processor and save it anew"
        )
    reading = _Reading(package)
    composition = Composition()
    before = _Block("")
    blocks = list(_merged(reading.blocks(body)))
    for line in _letterhead(package, body, blocks):
        composition.add(line, gap="\n")
    for block in blocks:
        _add(composition, replace(block, gap="\n") if before.listed and block.listed else block)
        before = block
    for block in reading.endnotes:
        _add(composition, block)
    if not composition.text.strip() and any(True for _ in body.iter("{*}blip", "{*}imagedata")):
        raise ReadError(path, "it holds pictures and no text; run OCR first")
    return Document(
        composition.text,
        headings=tuple(composition.headings),
        omitted=tuple(composition.omitted),
        fields=(*_running(package), *_properties(package)),
        notes=tuple(_notes(reading, package)),
        unread=tuple(dict.fromkeys((*_unseen(reading, package, body), *_described(package)))),
    )


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph or table row.

    unended  its paragraph mark was deleted: the next paragraph goes on in the same line
    notes    footnotes that are referred to in it
    """

    text: str
    gap: str = "\n\n"
    level: int | None = None
    omitted: bool = False
    unended: bool = False
    listed: bool = False
    notes: tuple["_Block", ...] = ()


def _add(composition: Composition, block: _Block) -> None:
    composition.add(block.text, gap=block.gap, level=block.level, omitted=block.omitted)
    for note in block.notes:
        composition.add(note.text, gap="\n")


def _merged(blocks: Iterator[_Block]) -> Iterator[_Block]:
    """The blocks, joined where the paragraph mark between them was deleted."""
    begun: _Block | None = None
    for block in blocks:
        if begun is not None:
            block = replace(
                block,
                text=begun.text + block.text,
                gap=begun.gap,
                level=begun.level,
                notes=begun.notes + block.notes,
            )
        begun = block if block.unended else None
        if begun is None:
            yield block
    if begun is not None:
        yield begun


class _Reading:
    """One walk through a document: list and footnote numbers count on, and so does what is left out."""

    def __init__(self, package: Package) -> None:
        self.styles = Styles.read(_related(package, "styles"))
        self.numbering = Numbering(_related(package, "numbering"))
        self.left_out: Counter[str] = Counter()
        self.endnotes: list[_Block] = []
        self.hidden: list[str] = []  # short texts that are not shown
        self._notes = {kind: _notes_by_id(_related(package, kind)) for kind in ("footnotes", "endnotes")}
        self._marks: Counter[str] = Counter()
        self._mark = ""  # of the note that is being read
        self._pending: list[_Block] = []  # footnotes of the paragraph that is being read
        self._boxes: list[_Block] = []  # text boxes anchored in it

    def blocks(self, container: etree._Element) -> Iterator[_Block]:
        """Paragraphs and table rows of a body, cell, note or text box, in order."""
        for element in container.iterchildren():
            name = name_of(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name == "AlternateContent":
                yield from self.blocks(_alternative(element))
            elif name == "altChunk":
                self.left_out["embedded"] += 1
            elif name in _REMOVED:
                self._count("deleted", element)
            elif name not in _NO_TEXT:
                yield from self.blocks(element)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[_Block]:
        properties = child(paragraph, "pPr")
        style = value_of(child(properties, "pStyle"))
        outer_boxes, self._boxes = self._boxes, []
        outer_notes, self._pending = self._pending, []
        before = len(self.hidden)
        text = set_apart("".join(self._inline(paragraph, self.styles.look_of(style))))
        self.hidden[before:] = filter(None, ("".join(self.hidden[before:]).strip(),))
        boxes, self._boxes = self._boxes, outer_boxes
        notes, self._pending = tuple(self._pending), outer_notes
        label = self._label(properties, style) if text.strip() else ""
        yield _Block(
            f"{label} {text}" if label else text,
            level=self._level(properties, style),
            omitted=self.styles.is_contents(style),
            unended=is_on(child(properties, "rPr", "del")) is not None,
            listed=bool(label),
            notes=notes,
        )
        yield from boxes

    def _level(self, properties: etree._Element | None, style: str | None) -> int | None:
        outline = number_of(value_of(child(properties, "outlineLvl")))
        if outline is not None:
            return outline + 1 if outline < 9 else None
        return self.styles.heading_level(style)

    def _label(self, properties: etree._Element | None, style: str | None) -> str:
        list_id, level = self.styles.numbering(style)
        own = child(properties, "numPr")
        list_id = number_of(value_of(child(own, "numId")), list_id)
        level = number_of(value_of(child(own, "ilvl")), level)
        return self.numbering.label(list_id, level or 0)

    def _inline(self, element: etree._Element, look: Look) -> Iterator[str]:
        """The text that stands in a paragraph or a part of one; `look` is what its style says."""
        for part in element.iterchildren():
            name = name_of(part)
            if name == "t":
                yield part.text or ""
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name == "r":
                yield from self._run(part, look)
            elif name in _REMOVED:
                self._count("deleted", part)
            elif name in _ADDED:
                self._count("inserted", part)
                yield from self._inline(part, look)
            elif name == "AlternateContent":
                yield from self._inline(_alternative(part), look)
            elif name == "txbxContent":
                self._boxes += self.blocks(part)
            elif name == "sym":
                yield _symbol(part)
            elif name in ("footnoteReference", "endnoteReference"):
                yield self._reference(part, name.removesuffix("Reference") + "s")
            elif name in ("footnoteRef", "endnoteRef"):
                yield self._mark
            elif name not in _NO_TEXT:
                yield from self._inline(part, look)

    def _run(self, run: etree._Element, look: Look) -> Iterator[str]:
        look = self.styles.look(run, look)
        if look.hidden or look.struck:
            self._count("hidden" if look.hidden else "struck", run)
            if len(said := "".join(run.itertext())) <= _SHORT and len(self.hidden) < _MOST_HIDDEN:
                self.hidden.append(said)
            return
        said = "".join(self._inline(run, Look()))
        yield raised(said) if look.raised and said else said

    def _reference(self, reference: etree._Element, kind: str) -> str:
        """The mark of a note; its text is put where it goes."""
        note = self._notes[kind].get(value_of(reference, "id") or "")
        if note is None or self._mark:  # notes do not refer to notes
            return ""
        self._marks[kind] += 1
        custom = value_of(reference, "customMarkFollows") in ("1", "true", "on")
        figures = in_figures(self._marks[kind], "decimal" if kind == "footnotes" else "lowerRoman")
        mark = "" if custom else f"[{figures}]"
        self._mark = mark or "*"
        blocks = [block for block in self.blocks(note) if block.text.strip()]
        self._mark = ""
        (self._pending if kind == "footnotes" else self.endnotes).extend(blocks)
        return mark

    def _table(self, table: etree._Element) -> Iterator[_Block]:
        """Row by row; a row of one-paragraph cells is one line, else each is a line."""
        notes: tuple[_Block, ...] = ()
        gap = "\n\n"
        for cells in self._rows(table):
            notes += tuple(note for cell in cells for block in cell for note in block.notes)
            for block in _lines(cells):
                yield replace(block, gap=gap, notes=())
                gap = "\n"
        yield _Block("", notes=notes)

    def _rows(self, container: etree._Element) -> Iterator[list[list[_Block]]]:
        for element in container.iterchildren():
            name = name_of(element)
            if name == "tr" and any(child(element, "trPr", mark) is not None for mark in ("del", "hidden")):
                self._count("deleted" if child(element, "trPr", "del") is not None else "hidden", element)
            elif name == "tr":
                yield list(self._cells(element))
            elif name not in _NO_TEXT and name not in _REMOVED:  # content controls, custom XML
                yield from self._rows(element)

    def _cells(self, row: etree._Element) -> Iterator[list[_Block]]:
        """The cells of a row, empty ones for the columns it leaves out or a merged cell goes over."""
        yield from ([] for _ in range(_columns(child(row, "trPr", "gridBefore"))))
        for element in row.iterchildren():
            name = name_of(element)
            if name == "tc":
                yield list(self.blocks(element))
                yield from ([] for _ in range(_columns(child(element, "tcPr", "gridSpan")) - 1))
            elif name not in _NO_TEXT and name not in _REMOVED:
                yield from self._cells(element)

    def _count(self, what: str, element: etree._Element) -> None:
        self.left_out[what] += any((part.text or "").strip() for part in element.iter("{*}t", "{*}delText"))


def _columns(element: etree._Element | None) -> int:
    return min(max(number_of(value_of(element), 0) or 0, 0), _MOST_COLUMNS)


def _lines(cells: list[list[_Block]]) -> list[_Block]:
    """A table row as blocks: one where each cell has one paragraph at most, else one per paragraph."""
    filled = [[block for block in _merged(iter(cell)) if block.text.strip()] for cell in cells]
    if all(len(cell) <= 1 for cell in filled):
        line = "\t".join(cell[0].text.strip().replace("\n", " ") if cell else "" for cell in filled)
        return [_Block(line.rstrip())] if line.strip() else []
    return [block for cell in filled for block in cell]


def _related(package: Package, kind: str) -> etree._Element | None:
    name = next(package.related(kind), None)
    return None if name is None else package.xml(name)


def _notes_by_id(root: etree._Element | None) -> dict[str, etree._Element]:
    """Footnotes or endnotes by id, without the separators Word keeps among them."""
    notes = () if root is None else root.iterchildren("{*}footnote", "{*}endnote")
    return {value_of(note, "id") or "": note for note in notes if value_of(note, "type") in (None, "normal")}


def _alternative(choices: etree._Element) -> etree._Element:
    """Of several versions of the same content the first with text in it."""
    branches = list(choices.iterchildren())
    with_text = (branch for branch in branches if any(True for _ in branch.iter("{*}t")))
    return next(with_text, branches[0] if branches else choices)


def _symbol(symbol: etree._Element) -> str:
    font = (value_of(symbol, "font") or "").lower()
    code = value_of(symbol, "char") or ""
    if not re.fullmatch("[0-9A-Fa-f]{1,5}", code):
        return ""
    number = int(code, 16)
    known = {**(_WINGDINGS if font.startswith("wingdings") else {}), **_BULLETS}
    return known.get(number & 0xFF, "□") if 0xF000 <= number < 0xF100 else chr(number)


def _running(package: Package) -> Iterator[tuple[str, str]]:
    """Running headers and footers, as fields "header" and "footer"."""
    seen = set()
    for kind in ("header", "footer"):
        for name in package.related(kind):
            root = package.xml(name)
            if root is None:
                continue
            blocks = (block.text for block in _Reading(package).blocks(root))
            said = (line.strip() for text in blocks for line in text.split("\n"))
            behind = (shape.get("string") or "" for shape in root.iter("{*}textpath"))  # a watermark
            for entry in ((kind, words) for words in (*said, *behind)):
                if entry[1] and entry not in seen:
                    seen.add(entry)
                    yield entry


def _letterhead(package: Package, body: etree._Element, blocks: list[_Block]) -> Iterator[str]:
    """What the header of the first page says and the text does not: often the body and the day of the meeting.

    Numbers of pages and lines of one word ("Draft") are left to the fields.
    """
    section = next(body.iter("{*}sectPr"), None)
    parts = package.related_by_id("header")
    named = {
        value_of(one, "type") or "default": parts.get(value_of(one, "id") or "") for one in _headers(section)
    }
    first = is_on(child(section, "titlePg")) and named.get("first")
    root = package.xml(name) if (name := first or named.get("default")) else None
    if root is None:
        return
    for paragraph in root.iter("{*}p"):
        _remove_page_numbers(paragraph)
    said = {_bare(line) for block in blocks for line in block.text.split("\n")}
    for block in _Reading(package).blocks(root):
        for line in block.text.split("\n"):
            if _says_more(line) and _bare(line) not in said:
                said.add(_bare(line))
                yield line.strip()


def _says_more(line: str) -> bool:
    """Whether a line of a header says more than "Draft": two words, a date or six characters of Chinese."""
    words = _WORD.findall(line)
    return (
        len(words) > 1
        or any(len(word) > 5 and word[0] >= "\u3400" for word in words)
        or bool(_FIGURES.search(line))
    )


def _headers(section: etree._Element | None) -> Iterator[etree._Element]:
    yield from () if section is None else section.iterchildren("{*}headerReference")


def _remove_page_numbers(paragraph: etree._Element) -> None:
    """Takes fields that count pages out of a paragraph, and with them words of the kind of "Page 1 of 3"."""
    removed = [
        field
        for field in paragraph.iter("{*}fldSimple")
        if _COUNTS_PAGES.match(value_of(field, "instr") or "")
    ]
    field: list[etree._Element] = []  # the runs of the field that is open
    for run in paragraph.iter("{*}r"):
        marks = {value_of(mark, "fldCharType") for mark in run.iterchildren("{*}fldChar")}
        if field or "begin" in marks:
            field.append(run)
        if field and "end" in marks:
            instruction = "".join(text.text or "" for part in field for text in part.iter("{*}instrText"))
            removed += field if _COUNTS_PAGES.match(instruction) else []
            field = []
    if not removed:
        return
    for element in removed:
        element.getparent().remove(element)
    left = "".join(text.text or "" for text in paragraph.iter("{*}t"))
    if len(left.split()) <= _MOST_PAGE_WORDS and not _FIGURES.search(left):
        paragraph.clear()


def _bare(line: str) -> str:
    return " ".join(line.split()).casefold()


def _unseen(reading: _Reading, package: Package, body: etree._Element) -> Iterator[tuple[str, str]]:
    """Lines that fields may stand in and that are not shown as text: hidden, said of pictures or to reviewers."""
    yield from (("hidden text", line) for line in reading.hidden)
    comments = _related(package, "comments")
    for paragraph in () if comments is None else comments.iter("{*}p"):
        if 0 < len(said := "".join(paragraph.itertext()).strip()) <= _SHORT:
            yield "comment", said
    yield from (("alternative text", shape.get("string") or "") for shape in body.iter("{*}textpath"))
    for picture in body.iter("{*}docPr"):
        yield from (("alternative text", said) for key in ("descr", "title") if (said := picture.get(key)))


def _described(package: Package) -> Iterator[tuple[str, str]]:
    """The lines of the properties somebody wrote, and the labels a service for labels has put on the file."""
    root = package.xml("docProps/core.xml")
    for element in () if root is None else root.iterchildren():
        if name_of(element) in ("keywords", "description"):
            parts = re.split(r"[,;，；、\n]|(?<=[.。])\s", (element.text or "")[:_MOST_DESCRIBED])
            yield from (("properties", part.strip()) for part in parts if part.strip())
    labels = package.xml("docMetadata/LabelInfo.xml")
    for label in () if labels is None else labels.iter("{*}label"):
        if label.get("enabled") != "0" and label.get("removed") != "1":
            yield (
                "properties",
                f"sensitivity: {label.get('name') or 'a label whose name only its owner knows'}",
            )


def _properties(package: Package) -> Iterator[tuple[str, str]]:
    """Title and dates of the file's properties, as "property-title" ...; they are seldom kept up to date."""
    root = package.xml("docProps/core.xml")
    for element in () if root is None else root.iterchildren():
        if (
            name_of(element) in ("title", "subject", "creator", "created", "modified")
            and (element.text or "").strip()
        ):
            yield f"property-{name_of(element)}", element.text.strip()
        elif name_of(element) in ("keywords", "category", "contentStatus", "description"):
            yield from _speaking(name_of(element), element.text or "")
    custom = package.xml("docProps/custom.xml")
    for element in () if custom is None else custom.iterchildren("{*}property"):
        name = element.get("name") or ""
        label = "sensitivity" if re.fullmatch(r"MSIP_Label_.*_Name", name) else name  # of Microsoft Purview
        yield from _speaking(label, " ".join(part.strip() for part in element.itertext() if part.strip()))


def _speaking(name: str, value: str) -> Iterator[tuple[str, str]]:
    """A property that speaks of who may read the document; the values of others are seldom kept up to date."""
    values = [part.strip() for part in re.split("[,;，；、]", value)]
    if kind_of(name):
        yield f"property-{name}", value.strip()
    yield from ((f"property-{name}", part) for part in values if not kind_of(name) and has_mark(part))


def _notes(reading: _Reading, package: Package) -> Iterator[str]:
    counts = reading.left_out
    if counts["inserted"] or counts["deleted"]:
        changes = f"{_several(counts['inserted'], 'insertion')} read as accepted"
        changes += f", {_several(counts['deleted'], 'deletion')} left out"
        yield f"It has tracked changes: {changes}."
    if counts["struck"]:
        yield f"Struck-through text was left out ({_several(counts['struck'], 'place')})."
    if counts["hidden"]:
        yield f"Hidden text was left out ({_several(counts['hidden'], 'place')})."
    comments = sum(
        1 for root in [_related(package, "comments")] if root is not None for _ in root.iter("{*}comment")
    )
    if comments:
        yield f"{_several(comments, 'comment')} left out."
    if counts["embedded"]:
        yield f"{_several(counts['embedded'], 'embedded document')} not read; save the whole as one document."


def _several(count: int, thing: str) -> str:
    """
    >>> _several(1, "comment"), _several(2, "comment")
    ('1 comment', '2 comments')
    """
    return f"{count} {thing}" + ("" if count == 1 else "s")
