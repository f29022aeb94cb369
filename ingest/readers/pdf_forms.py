"""What was typed onto a PDF page: values of form fields, ticked boxes and text annotations, put where they stand."""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.readers.pdf_lines import Line

_UNSEEN = raw.FPDF_ANNOT_FLAG_INVISIBLE | raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_VALUES = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
_BOXES = (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON)
_PASSWORD = 1 << 13  # flag of a text field that shows no character (PDF 32000-1, table 228)
_MOST = 5_000  # annotations of a page that are looked at
_MOST_BYTES = 1 << 20  # of a value
_SIZE = 12.0  # points; of letters where no line says


@dataclass(frozen=True, slots=True)
class _Typed:
    """Text somebody put onto a page, and the rectangle it is in, in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def with_typed(lines: Sequence[Line], file: pdfium.PdfDocument, page: pdfium.PdfPage) -> list[Line]:
    """The lines of a page with what was typed onto it: behind the words left of it, or on a line of its own."""
    filled = list(lines)
    height = page.get_height()
    for typed in sorted(_typed(file, page), key=lambda one: (-one.top, -one.left)):
        size = min(_SIZE, typed.top - typed.bottom)
        beside = [
            (line.y, place)
            for place, line in enumerate(filled)
            if line.y is not None and typed.bottom - 0.2 * size <= line.y <= typed.top
        ]
        if beside:
            place = max(beside)[1]
            filled[place] = _beside(filled[place], typed)
        elif height > 0:
            y = typed.top - size
            below = (n for n, line in enumerate(filled) if line.y is not None and line.y < y)
            line = Line(typed.text, y / height, y, size, typed.left, typed.right)
            filled.insert(next(below, len(filled)), line)
    return filled


def _beside(line: Line, typed: _Typed) -> Line:
    """The line with what was typed put into the gap it is in, before the line or behind it."""
    if typed.right <= line.left + 2.0:
        shifted = tuple((at + len(typed.text) + 1, *where) for at, *where in line.gaps)
        return replace(line, text=f"{typed.text} {line.text}", left=typed.left, gaps=shifted)
    for at, begin, end in line.gaps:
        if begin - 2.0 <= typed.left and typed.right <= end + 2.0:
            return replace(line, text=f"{line.text[:at]} {typed.text}{line.text[at:]}")
    text = f"{line.text.rstrip()} {typed.text}"
    return replace(line, text=text, right=max(line.right, typed.right))


def _typed(file: pdfium.PdfDocument, page: pdfium.PdfPage) -> Iterator[_Typed]:
    form = file.formenv.raw if file.formenv else None
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            box = raw.FS_RECTF()
            text = _text_of(form, annotation)
            if text and raw.FPDFAnnot_GetRect(annotation, box):
                yield _Typed(text, box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _text_of(form: object | None, annotation: object) -> str:
    if raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
        return ""
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    if kind == raw.FPDF_ANNOT_FREETEXT:
        return _string(
            lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size)
        )
    if kind != raw.FPDF_ANNOT_WIDGET or form is None:
        return ""
    field = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    if field in _BOXES:
        return "☑" if raw.FPDFAnnot_IsChecked(form, annotation) else "☐"
    if field not in _VALUES or raw.FPDFAnnot_GetFormFieldFlags(form, annotation) & _PASSWORD:
        return ""
    return _string(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))


def _string(get: Callable[[object, int], int]) -> str:
    """What pdfium writes into a buffer as UTF-16: asked for its length first."""
    size = get(None, 0)
    if not 2 < size <= _MOST_BYTES:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    get(buffer, size)
    text = bytes(buffer)[:size].decode("utf-16-le", "replace").split("\0")[0]
    return "\n".join(
        line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ).strip()
