"""PDF: the text layer page by page, line by line as it stands, words split at line ends included.

pdfium takes the text out. An empty line stands where the lines of a page are set further apart than usual. What was
typed into the fields of a form stands beside their labels. Lines that return at the same height in the margin of many
pages are running headers and footers: they stay in the text and are omitted from the index. A page whose text is only
in an image is named in the notes.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.access_words import has_mark
from ingest.errors import NotText, ReadError
from ingest.readers.pdf_forms import with_typed
from ingest.readers.pdf_lines import Line, lines_of
from ingest.readers.signatures import looks_like
from ingest.records import Document, Page, Span

_FEW = 600  # characters; a page with less may be a scan
_MOST_PAGES = 20_000
_MARGIN = 0.16  # of the page's height, at the top and at the bottom
_SHARE = 0.4  # of the pages a running line is on, at least: left and right pages may differ
_MOST_RUNNING = 4  # lines of a running header, or of a footer
_WIDE = 1.35  # times the usual distance of lines and the size of letters: there a paragraph ends
_NO_TEXT = "it has no text layer; run OCR first"
_UNREADABLE = 0.2  # share of characters without a meaning above which a note warns


@dataclass(frozen=True, slots=True)
class _PageText:
    """The lines of a page, and whether there is little text and a picture that may hold more."""

    lines: tuple[Line, ...]
    has_picture: bool


def read(data: bytes, path: Path) -> Document:
    """The text layer; raises ReadError where there is none, or the file is damaged or needs a password."""
    if b"%PDF-" not in data[:1024]:
        raise NotText(
            path, looks_like(data) or "it is no PDF, or the beginning of it is lost; save it anew as PDF"
        )
    file = _opened(data, path)
    try:
        if file.get_formtype() != raw.FORMTYPE_NONE:
            file.init_forms()  # before its pages are loaded; no script of it is run
        pages = [_page(file, number, path) for number in range(len(file))]
        fields = tuple(_properties(file))
    finally:
        file.close()
    if not any(line.text.strip() for page in pages for line in page.lines):
        raise ReadError(path, _NO_TEXT)
    return _document(pages, fields, _damage(data))


def _opened(data: bytes, path: Path) -> pdfium.PdfDocument:
    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise ReadError(path, "it is encrypted and needs a password; save a copy without one") from error
        raise ReadError(path, "it is damaged or cut off; get it anew from where it came from") from error
    if not 0 < len(file) <= _MOST_PAGES:
        pages = len(file)
        file.close()
        raise ReadError(
            path, f"it says it has {pages} pages, from 1 to {_MOST_PAGES} can be read; save it anew"
        )
    return file


def _page(file: pdfium.PdfDocument, number: int, path: Path) -> _PageText:
    try:
        page = file[number]
    except pdfium.PdfiumError as error:
        raise ReadError(
            path, f"its page {number + 1} is damaged; get it anew from where it came from"
        ) from error
    try:
        textpage = page.get_textpage()
        try:
            lines = tuple(with_typed(lines_of(textpage, page.get_height()), file, page))
            is_sparse = textpage.count_chars() < _FEW  # looking for images takes time: not on full pages
        finally:
            textpage.close()
        return _PageText(lines, is_sparse and _has_picture(page, any_object=not lines))
    finally:
        page.close()


def _has_picture(page: pdfium.PdfPage, any_object: bool) -> bool:
    """Whether an image is on the page or, with `any_object`, anything: letters may be drawn as lines."""
    kinds = None if any_object else [raw.FPDF_PAGEOBJ_IMAGE]
    return any(True for _ in page.get_objects(filter=kinds, max_depth=4))


def _properties(file: pdfium.PdfDocument) -> Iterator[tuple[str, str]]:
    """Title, author and dates of the file, as "property-title" ...; they are seldom kept up to date."""
    for key, value in file.get_metadata_dict(skip_empty=True).items():
        if key in ("Title", "Author", "Subject", "CreationDate", "ModDate") and not value.startswith("("):
            yield f"property-{key.lower()}", value
        elif key == "Keywords":
            yield from (
                ("property-keywords", word) for word in re.split("[,;，；、]", value) if has_mark(word)
            )


def _damage(data: bytes) -> tuple[str, ...]:
    if b"%%EOF" in data[-2048:]:
        return ()
    return ("Its end is missing: it seems cut off, and pages may be lost; compare it with the original.",)


# The pages as one text.


def _document(
    pages: list[_PageText], fields: tuple[tuple[str, str], ...], notes: tuple[str, ...]
) -> Document:
    running = _running(pages)
    pieces: list[str] = []
    spans: list[Page] = []
    omitted: list[Span] = []
    without: list[int] = []
    length = 0
    for number, page in enumerate(pages):
        start = length
        is_running = [(number, place) in running for place in range(len(page.lines))]
        for place, piece in enumerate(_pieces(page.lines, is_running)):
            if is_running[place]:
                omitted.append(Span(length, length + len(piece.rstrip("\n"))))
            pieces.append(piece)
            length += len(piece)
        spans.append(Page(start, length, number + 1))
        if page.has_picture and all(is_running):
            without.append(number + 1)
    text = "".join(pieces)
    notes += tuple(_without_text(without, len(pages))) + tuple(_unreadable(text))
    return Document(text, pages=tuple(spans), omitted=tuple(omitted), fields=fields, notes=notes)


def _pieces(lines: tuple[Line, ...], is_running: list[bool]) -> Iterator[str]:
    """The lines with what stands behind each: nothing, a newline, or an empty line as well."""
    usual = _usual_distance(lines)
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else None
        if following is None or following.y is None or line.y is None:
            yield line.text + "\n"
        else:
            wide = line.y - following.y > _WIDE * max(usual, following.size)
            yield line.text + ("\n\n" if wide and not any(is_running[place : place + 2]) else "\n")


def _usual_distance(lines: tuple[Line, ...]) -> float:
    """Of two lines of a paragraph: small among all distances, 0 where there are too few to tell."""
    heights = [line.y for line in lines if line.y is not None]
    downward = sorted(above - below for above, below in itertools.pairwise(heights) if above - below > 1.0)
    return downward[len(downward) // 8] if len(downward) >= 3 else 0.0


def _running(pages: list[_PageText]) -> set[tuple[int, int]]:
    """(page, line) of the running headers and footers, both counted from 0: an unbroken row from the edge."""
    edges = [(number, edge) for number, page in enumerate(pages) for edge in _edges(page.lines)]
    found = Counter(
        key for number, edge in edges for place in edge for key in _keys(pages[number].lines[place], number)
    )
    anywhere = Counter(_bare(line.text) for page in pages for line in page.lines)
    least = max(2 if len(pages) <= 4 else 3, _SHARE * len(pages))
    running = set()
    for number, edge in edges:
        for place in edge:
            line = pages[number].lines[place]
            returns = max(found[key] for key in _keys(line, number))
            if returns < least or anywhere[_bare(line.text)] > 1.5 * returns:  # the body says it too
                break
            running.add((number, place))
    return running


def _edges(lines: tuple[Line, ...]) -> tuple[list[int], list[int]]:
    """The first lines from the top edge and from the bottom edge, within the margins, outermost first."""
    placed = [(line.height, place) for place, line in enumerate(lines) if line.height is not None]
    top = [place for height, place in sorted(placed, reverse=True) if height > 1 - _MARGIN]
    bottom = [place for height, place in sorted(placed) if height < _MARGIN]
    return top[:_MOST_RUNNING], bottom[:_MOST_RUNNING]


def _keys(line: Line, page: int) -> list[tuple[str, int]]:
    """What returns from page to page where a line is a running one: its height and one of these shapes.

    The text as it stands; the text with one of its numbers taken as a distance from the page's own; such a
    number alone, at the beginning or the end ("Chapter 2: Budget 17", whose words change).
    """
    text = _bare(line.text)
    shapes = [text]
    for number in re.finditer(r"\d{1,5}", text):
        offset = f"\0{int(number[0]) - page}"
        shapes.append(text[: number.start()] + offset + text[number.end() :])
        if number.start() == 0 or number.end() == len(text):
            shapes.append(offset)
    return [(shape, round((line.height or 0.0) * 200)) for shape in shapes]


def _bare(text: str) -> str:
    return " ".join(text.split())


def _without_text(numbers: list[int], count: int) -> Iterator[str]:
    if len(numbers) == 1:
        which = f"Page {numbers[0]} of {count}"
        yield f"{which} has no text layer and was not read; run OCR to include it."
    elif numbers:
        which = f"Pages {_ranges(numbers)} of {count}"
        yield f"{which} have no text layer and were not read; run OCR to include them."


def _ranges(numbers: list[int]) -> str:
    """
    >>> _ranges([1, 2, 3, 7, 9, 10])
    '1-3, 7, 9-10'
    """
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


def _unreadable(text: str) -> Iterator[str]:
    """A warning where the fonts do not say which characters they show."""
    letters = Counter(text)
    strange = sum(
        count
        for char, count in letters.items()
        if char == "\N{REPLACEMENT CHARACTER}" or "\ue000" <= char <= "\uf8ff"
    )
    if strange > _UNREADABLE * sum(count for char, count in letters.items() if not char.isspace()):
        yield "Its fonts do not say which characters they show, much of its text is unreadable; run OCR."
