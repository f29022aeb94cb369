"""Answers as a Word document (OOXML, ECMA-376) whose citations are real footnotes.

python-docx knows no footnotes, so their part is written here: `footnotes.xml` with the two separators that Word
asks for, a reference in the text for each note, and a cross-reference (NOTEREF) where a note is referred to again.
"""

import io
import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from qa.answers import Answer, Citation, Claim
from qa.interface import words_in
from qa.render import note_text, searched_line, spoken, tidy, unsupported

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_NEVER_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_INK, _QUIET = "1F2328", "59636E"
_SERIF = ("Georgia", "SimSun")  # Latin and Chinese; both come with Word, others have their like
_SANS = ("Arial", "Microsoft YaHei")
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" '
    f'w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
)


def to_docx(answers: Sequence[Answer]) -> bytes:
    """Questions and their answers as a .docx file, footnotes numbered through it."""
    import docx

    document = docx.Document()
    language = spoken(answers[0]) if answers else "en"
    _set_up(document)
    notes = _Notes()
    several = len(answers) > 1
    title = words_in(language).conversation if several else answers[0].question.text if answers else ""
    document.core_properties.title = _clean(title)[:255]
    document.core_properties.author = "Minutebook"
    document.core_properties.comments = ""
    if several:
        document.add_paragraph(_clean(title), style="Title")
    for answer in answers:
        _add_answer(document, answer, notes, level=2 if several else 1)
    notes.attach(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_answer(document: "Document", answer: Answer, notes: "_Notes", level: int) -> None:
    """The question as a heading, the answer by meeting, and what was searched."""
    language = spoken(answer)
    document.add_heading(_clean(" ".join(answer.question.text.split())), level)
    by_number = {citation.number: citation for citation in answer.citations}
    notes.begin(language)
    for group in answer.groups:
        if group.heading:
            document.add_heading(_clean(group.heading), level + 1)
        for claim in group.claims:
            _add_claim(document.add_paragraph(), claim, by_number, notes)
    for line in (*answer.notices, *searched_line(answer, language)):
        document.add_paragraph(style="Aside").add_run(_clean(line))


def _add_claim(paragraph: "Paragraph", claim: Claim, citations: dict[int, Citation], notes: "_Notes") -> None:
    from docx.oxml import parse_xml

    run = paragraph.add_run(_clean(tidy(claim.text)))
    run.italic = claim.note or None
    if not claim.supported and not claim.own:
        paragraph.add_run(unsupported(claim, notes.language)).italic = True
    for number in claim.citations:
        for element in notes.reference(citations[number]):
            paragraph._p.append(parse_xml(element))


class _Notes:
    """The footnotes of a document, in the order they are first referred to; Word counts them the same way."""

    def __init__(self) -> None:
        self.language = spoken(None)
        self._texts: list[str] = []
        self._here: dict[int, int] = {}  # citation of the answer at hand -> number of its note

    def begin(self, language: Any) -> None:
        """From here on citations are those of another answer."""
        self.language, self._here = language, {}

    def reference(self, citation: Citation) -> list[str]:
        """The XML that refers to the note of a citation, which is made when it is first referred to."""
        raised = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        if number := self._here.get(citation.number):
            shown = f"<w:r>{raised}<w:t>{number}</w:t></w:r>"
            return [f'<w:fldSimple {_W} w:instr=" NOTEREF _note{number} \\f \\h ">{shown}</w:fldSimple>']
        self._texts.append(_clean(note_text(citation, self.language)))
        number = self._here[citation.number] = len(self._texts)
        return [
            f'<w:bookmarkStart {_W} w:id="{number}" w:name="_note{number}"/>',
            f'<w:r {_W}>{raised}<w:footnoteReference w:id="{number}"/></w:r>',
            f'<w:bookmarkEnd {_W} w:id="{number}"/>',
        ]

    def attach(self, document: "Document") -> None:
        """Gives the document its footnotes."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml import parse_xml

        body = "".join(_note(number, text) for number, text in enumerate(self._texts, 1))
        xml = f"<w:footnotes {_W}>{_SEPARATORS}{body}</w:footnotes>"
        place, package = PackURI("/word/footnotes.xml"), document.part.package
        part = Part(place, CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        named = '<w:footnote w:id="-1"/><w:footnote w:id="0"/>'
        settings = document.settings.element
        before = settings.find(f"{{{settings.nsmap['w']}}}compat")
        properties = parse_xml(f"<w:footnotePr {_W}>{named}</w:footnotePr>")
        settings.append(properties) if before is None else before.addprevious(properties)


def _note(number: int, text: str) -> str:
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    return (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>{mark}'
        f'<w:r><w:t xml:space="preserve"> {escape(text, quote=False)}</w:t></w:r></w:p></w:footnote>'
    )


# How it looks ---------------------------------------------------------------------------------------------------


def _set_up(document: "Document") -> None:
    """A calm page: A4, a serif for the text, a sans serif for headings, page numbers."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    section.top_margin = section.bottom_margin = Cm(2.5)
    styles = document.styles
    _dress(styles["Normal"], _SERIF, 11, _INK)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    styles["Normal"].paragraph_format.line_spacing = 1.25
    for name, size, before in (
        ("Title", 22, 0),
        ("Heading 1", 17, 18),
        ("Heading 2", 13, 16),
        ("Heading 3", 11, 12),
    ):
        _dress(styles[name], _SANS, size, _INK)
        styles[name].paragraph_format.space_before = Pt(before)
        styles[name].paragraph_format.space_after = Pt(4)
    for border in styles["Title"].element.xpath("w:pPr/w:pBdr"):
        border.getparent().remove(border)
    aside = styles.add_style("Aside", WD_STYLE_TYPE.PARAGRAPH)
    _dress(aside, _SANS, 9, _QUIET)
    text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    text.element.set(f"{{{text.element.nsmap['w']}}}styleId", "FootnoteText")
    _dress(text, _SERIF, 9, _INK)
    text.paragraph_format.space_after = Pt(2)
    text.paragraph_format.line_spacing = 1.1
    raised = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    raised.element.set(f"{{{raised.element.nsmap['w']}}}styleId", "FootnoteReference")
    raised.font.superscript = True
    _number_pages(section.footer.paragraphs[0])


def _dress(style: Any, fonts: tuple[str, str], size: float, colour: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.color.rgb = fonts[0], Pt(size), RGBColor.from_string(colour)
    style.base_style = None if style.name == "Normal" else style.base_style
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme would win over the names
        faces.attrib.pop(qn(f"w:{theme}"), None)
    faces.set(qn("w:eastAsia"), fonts[1])


def _number_pages(paragraph: "Paragraph") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.style = "Aside"
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {_W} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )


def _clean(text: str) -> str:
    """Text as XML may hold it."""
    return _NEVER_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
