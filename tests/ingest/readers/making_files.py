"""Files made for tests: Word files from XML, PDFs from lines, and the few bytes around them."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def word_file(body: str, **parts: str) -> bytes:
    """A Word file with `body` as the XML inside <w:body>.

    Parts by name (styles, numbering, footnotes, header1 ...): the XML inside their root element.
    """
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": _part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": _relations({name: f"{name}.xml" for name in parts}),
    }
    members |= {
        f"word/{name}.xml": _part(name.rstrip("0123456789"), inside) for name, inside in parts.items()
    }
    return zip_file(members)


def zip_file(members: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these members, compressed."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def paragraph(*runs: str, style: str | None = None, properties: str = "") -> str:
    """A <w:p> of plain runs; a run that begins with "<" is taken as XML."""
    style_xml = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = "".join(run if run.startswith("<") else word_run(run) for run in runs)
    return f"<w:p><w:pPr>{style_xml}{properties}</w:pPr>{inside}</w:p>"


def word_run(text: str, properties: str = "", tag: str = "t") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def _part(root: str, inside: str) -> str:
    return f'{_XML}<w:{root} xmlns:w="{W}" xmlns:r="{_RELATIONS}">{inside}</w:{root}>'


def _relations(targets: Mapping[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATIONS}/{name.rstrip("0123456789")}" Target="{target}"/>'
        for n, (name, target) in enumerate(targets.items())
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}">{rows}</Relationships>'


def pdf_file(
    pages: Sequence[Sequence[str]],
    *,
    header: str = "",
    footer: str = "",
    scanned: Sequence[int] = (),
    font: str = "Helvetica",
    password: str | None = None,
) -> bytes:
    """A PDF of pages of lines; an empty line leaves a gap.

    "{page}" in header and footer is the page number; `scanned` pages, counted from 1, are images.
    """
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=A4, encrypt=password, invariant=1)
    if font == "STSong-Light":
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    for number, lines in enumerate(pages, 1):
        canvas.setFont(font, 11)
        if number in scanned:
            canvas.drawInlineImage(_picture(), 0, 0, *A4)
        else:
            canvas.drawString(72, 800, header.format(page=number))
            for place, line in enumerate(lines):
                canvas.drawString(72, 760 - 14 * place, line)
        canvas.drawString(72, 40, footer.format(page=number))
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def _picture():
    from PIL import Image

    return Image.new("L", (40, 60), 200)
