"""HTML: what a browser would show of a page without running its scripts.

Parsed as browsers do (lexbor), so nothing that stands in a broken page is lost. Blocks are set apart by an
empty line, list items, table rows and line breaks by a newline, cells by a tab. Navigation stays in the text
but is omitted from the index. Deleted (`<del>`), struck-through and hidden text stays out and is noted.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.access_words import has_mark, kind_of
from ingest.errors import NotText
from ingest.readers.composing import Composition
from ingest.readers.encodings import decode
from ingest.readers.figures import in_figures
from ingest.readers.frontmatter import front_matter
from ingest.readers.raised import BEGIN, END, set_apart
from ingest.readers.signatures import looks_like
from ingest.records import Document

_UNSEEN = frozenset({
    "script", "style", "template", "noscript", "head", "object", "iframe", "audio", "video", "canvas",
    "datalist", "title", "-comment", "!doctype", "rp",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option",
    "p", "pre", "search", "section", "summary", "table", "textarea", "tr", "ul",
})  # fmt: skip
_TIGHT = frozenset({"li", "tr", "dt", "dd", "option"})  # a newline before them is enough
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CELLS = frozenset({"td", "th"})
# What a declaration of a style says of text that is not to be read, by what is left out with it.
_UNREAD_STYLES = {
    "hidden": re.compile(r"\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.I),
    "struck-through": re.compile(r"\s*text-decoration(?:-line)?\s*:.*\bline-through\b", re.I | re.S),
}
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*(?:super|text-top)\b", re.I)
_STRUCK = {"del": "deleted", "s": "struck-through", "strike": "struck-through"}
_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_COMMENT = re.compile(r"<!--|<\?(?!xml\b)|<!(?!doctype|\[endif|\[cdata)", re.I)
_MOST_SPANNED = 64  # columns or rows one cell is taken to go over
_MOST_ELEMENTS = 2_000  # of a page, whose attributes are looked at
_TOP = 64 * 1024  # characters in which comments are looked at
_SHORT = 400  # characters of hidden text that may be a label
_MOST_STYLE = 256 * 1024  # characters
_WEB_ENCODINGS = re.compile(
    r"utf-?8|gb18030|big5hkscs|cp125\d|(?:iso-8859|windows-125|koi8)[\w-]+|euc-(?:jp|kr)|shift_jis"
)
_NUMBERS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_RUNS = re.compile(" {2,}")
_SPACE = re.compile("[ \t\n\r\f]+")
# What browsers take a declared name for (WHATWG Encoding Standard).
_MEANT = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
}


def read(data: bytes, path: Path) -> Document:
    """The visible text; any bytes that are text at all are some HTML."""
    disguise = looks_like(data)
    if disguise and "HTML" not in disguise:
        raise NotText(path, disguise)
    source, notes = _decoded(data, path)
    matter = front_matter(source)  # of a page that a site is made from
    source = source[matter.end :]
    tree = LexborHTMLParser(source)
    reading = _Reading(tree)
    if tree.root is not None:
        reading.walk(tree.root)
    composition = reading.composition
    return Document(
        composition.text,
        headings=tuple(composition.headings),
        omitted=tuple(composition.omitted),
        fields=(*matter.fields, *_fields(tree)),
        notes=(*notes, *matter.notes, *reading.notes()),
        unread=(
            *(("front matter", line) for line in matter.unread),
            *(("comment", line) for line in (*_comments(source), *reading.hidden)),
            *(("properties", line) for line in _attributes(tree)),
        ),
    )


def _decoded(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """By the encoding the page declares where that fits all of it, else judged like plain text."""
    declared = _CHARSET.search(data[:4096])
    encoding = declared[1].decode("ascii").lower() if declared else ""
    encoding = _MEANT.get(encoding, encoding)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or not _WEB_ENCODINGS.fullmatch(encoding):
        return decode(data, path)
    try:
        return data.decode(encoding).removeprefix("\ufeff"), ()
    except (UnicodeDecodeError, LookupError):
        return decode(data, path)


class _Reading:
    """One walk over a page: the line being gathered, and where it will go."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.composition = Composition()
        self.left_out: Counter[str] = Counter()
        self.hidden: list[str] = []  # lines that are not shown, at the top of the page
        self._unread = _unread_selectors(tree)
        self._line: list[str] = []
        self._gap = ""
        self._label = ""
        self._level: int | None = None
        self._verbatim = 0  # depth of <pre>
        self._navigation = 0  # depth of <nav>
        self._row = 0  # depth of a table row that fits into one line
        self._column = 0  # of the next cell of that row
        self._tabs = 0  # written in it
        self._over: list[
            dict[int, int]
        ] = []  # of each table around, the rows a cell above goes on for, by column
        self._lists: list[int | None] = []  # the next number of each list around, None for bullets

    def walk(self, root: LexborNode) -> None:
        """Every node once, without recursion: pages may be nested as deeply as they like."""
        node = root
        while True:
            seen = self._open(node)
            child = node.first_child if seen else None
            if child is not None:
                node = child
                continue
            if seen:
                self._close(node)
            following = node.next
            while following is None:
                above = node.parent
                if above is None or above.mem_id == root.mem_id:
                    self._flush()
                    return
                self._close(above)
                node, following = above, above.next
            node = following

    def notes(self) -> Iterator[str]:
        for kind in ("hidden", "deleted", "struck-through"):
            count = self.left_out[kind]
            if count:
                yield f"{kind.capitalize()} text was left out ({count} place{'s' if count > 1 else ''})."

    def _open(self, node: LexborNode) -> bool:
        """Take in what begins; False where nothing of it is to be seen."""
        tag = node.tag
        if tag == "-text":
            self._line.append(self._words(node.text_content or ""))
            return False
        if tag in _UNSEEN or self._is_unread(node):
            return False
        if tag == "br":
            self._line.append("\n")
        elif _is_raised(node):
            self._line.append(_brackets(node)[0])
        elif tag in _CELLS:
            self._begin_cell(node)
        elif tag in _BLOCKS:
            self._begin_block(tag, node)
        return True

    def _close(self, node: LexborNode) -> None:
        tag = node.tag
        if _is_raised(node):
            self._line.append(_brackets(node)[1])
        elif tag in _BLOCKS:
            self._end_block(tag)

    def _words(self, text: str) -> str:
        return text.replace("\r\n", "\n").replace("\r", "\n") if self._verbatim else _SPACE.sub(" ", text)

    def _is_unread(self, node: LexborNode) -> bool:
        kind = _STRUCK.get(node.tag) or _unread_as(node.attributes, self._unread)
        if kind is None:
            return False
        said = node.text().strip()
        self.left_out[kind] += bool(said)
        if kind != "deleted" and len(self.composition) < _TOP and len(said) <= _SHORT:
            self.hidden += [line.strip() for line in said.split("\n") if line.strip()]
        return True

    def _begin_cell(self, node: LexborNode) -> None:
        if not self._row:
            self._flush()
            self._gap = self._gap or "\n"
            return
        if self._row > 1:  # of a table within a cell
            self._line.append("\t")
            return
        over = self._over[-1] if self._over else {}
        while over.get(self._column, 0) > 0:
            self._column += 1
        self._line.append("\t" * (self._column - self._tabs))
        self._tabs = self._column
        wide = min(max(_whole(node.attributes.get("colspan"), 1), 1), _MOST_SPANNED)
        deep = min(max(_whole(node.attributes.get("rowspan"), 1), 1), _MOST_SPANNED)
        over |= {column: deep for column in range(self._column, self._column + wide)}
        self._column += wide

    def _begin_block(self, tag: str, node: LexborNode) -> None:
        if self._row:  # a block in a cell of a one-line row is only a word
            self._row += tag == "tr"
            self._line.append(" ")
            return
        self._flush()
        self._gap = (self._gap or "\n") if tag in _TIGHT else "\n\n"
        self._level = _HEADINGS.get(tag, self._level)
        self._verbatim += tag in ("pre", "textarea")
        self._navigation += tag == "nav"
        if tag == "tr" and _fits_one_line(node):
            self._row, self._column, self._tabs = 1, 0, 0
        elif tag == "table":
            self._over.append({})
        elif tag in ("ol", "ul", "menu"):
            self._lists.append(_whole(node.attributes.get("start"), 1) if tag == "ol" else None)
        elif tag == "li":
            self._label = self._next_label(node)

    def _end_block(self, tag: str) -> None:
        if self._row > 1 or (self._row and tag != "tr"):
            self._row -= tag == "tr"
            self._line.append(" ")
            return
        self._flush()
        self._row = 0
        if tag == "table" and self._over:
            self._over.pop()
        elif tag == "tr" and self._over:
            self._over[-1] = {column: rows - 1 for column, rows in self._over[-1].items() if rows > 1}
        self._gap = (self._gap or "\n") if tag in _TIGHT else "\n\n"
        if tag in _HEADINGS:
            self._level = None
        self._verbatim -= tag in ("pre", "textarea")
        self._navigation -= tag == "nav"
        if tag in ("ol", "ul", "menu") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._label = ""

    def _next_label(self, item: LexborNode) -> str:
        if not self._lists or self._lists[-1] is None:
            return "• "
        number = _whole(item.attributes.get("value"), self._lists[-1])
        self._lists[-1] = number + 1
        kind = _NUMBERS.get((item.parent.attributes.get("type") if item.parent else None) or "", "decimal")
        return f"{in_figures(number, kind)}. "

    def _flush(self) -> None:
        """Put the line gathered so far into the text, if there is anything in it."""
        text = set_apart("".join(self._line))
        self._line = []
        if not text.strip():
            return
        if not self._verbatim:
            text = re.sub(" *([\n\t]) *", r"\1", _RUNS.sub(" ", text)).strip(" \n").rstrip("\t")
        omitted = self._navigation > 0
        self.composition.add(self._label + text, gap=self._gap, level=self._level, omitted=omitted)
        self._label, self._gap = "", ""


def _is_raised(node: LexborNode) -> bool:
    if node.tag == "sup":
        return True
    style = (node.attributes.get("style") or "") if node.tag in ("span", "font", "a") else ""
    return "vertical-align" in style and _RAISED_STYLE.search(style) is not None


def _brackets(raised: LexborNode) -> tuple[str, str]:
    """What stands around raised text: around one that leads to a note square brackets, where it has none."""
    if raised.css_first("a") is None:
        return BEGIN, END
    return ("", "") if raised.text().strip().startswith(("[", "(")) else ("[", "]")


def _fits_one_line(row: LexborNode) -> bool:
    """Whether no cell of a table row has more than one block in it."""
    blocks = 0
    for node in row.traverse():
        tag = node.tag
        if tag in _CELLS:
            blocks = 0
        elif tag in _BLOCKS and tag != "tr":
            blocks += 1
            if blocks > 1 or tag in ("table", "ul", "ol", "pre") or tag in _HEADINGS:
                return False
    return True


def _unread_selectors(tree: LexborHTMLParser) -> dict[str, str]:
    """What the page's own style sheets hide or strike through, on the screen and not in print, by ".a" and "#b"."""
    sheets = " ".join(node.text_content or node.text() for node in tree.css("style"))
    found: dict[str, str] = {}
    for rule in _AT_RULE.sub(" ", sheets[:_MOST_STYLE]).split("}"):
        selectors, _, declarations = rule.rpartition("{")
        if kind := _unread_style(declarations):
            named = (selector.strip() for selector in selectors.split(","))
            found |= {selector: kind for selector in named if re.fullmatch(r"[.#][\w-]+", selector)}
    return found


def _unread_style(declarations: str) -> str | None:
    """What is left out of the text under these declarations: it is hidden, or struck through."""
    for declaration in declarations.split(";"):
        for kind, style in _UNREAD_STYLES.items():
            if style.match(declaration):
                return kind
    return None


def _unread_as(attributes: dict[str, str | None], selectors: dict[str, str]) -> str | None:
    if "hidden" in attributes:
        return "hidden"
    if kind := _unread_style(attributes.get("style") or ""):
        return kind
    names = [f".{name}" for name in (attributes.get("class") or "").split()] if selectors else []
    return next((selectors[name] for name in (*names, f"#{attributes.get('id')}") if name in selectors), None)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip(), re.ASCII) else default


def _fields(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Title and dates of the page, as "property-title" ...; what a site fills in by itself is often wrong."""
    title = tree.css_first("title")
    if title is not None and title.text().strip():
        yield "property-title", " ".join(title.text().split())
    for meta in tree.css("meta"):
        name = (meta.attributes.get("name") or meta.attributes.get("property") or "").lower()
        value = " ".join((meta.attributes.get("content") or "").split())
        name = name or (meta.attributes.get("itemprop") or meta.attributes.get("http-equiv") or "").lower()
        if value and name in (
            "author",
            "date",
            "dc.date",
            "dcterms.date",
            "dc.title",
            "article:published_time",
        ):
            yield f"property-{name}", value
        elif kind_of(meta_name(meta)) or has_mark(value):
            yield f"property-{meta_name(meta)}", value


def meta_name(meta: LexborNode) -> str:
    """What a tag is called, without the vocabulary it is from: "rights" of "DC.rights"."""
    names = (meta.attributes.get(key) for key in ("name", "property", "itemprop", "http-equiv"))
    return re.split(r"[.:]", next(filter(None, names), "") or "")[-1].strip()


def _attributes(tree: LexborHTMLParser) -> Iterator[str]:
    """What elements are given that may be fields: data of their own, values of a form, words for a picture."""
    for place, node in enumerate(tree.root.traverse() if tree.root is not None else ()):
        if place > _MOST_ELEMENTS:
            return
        attributes = node.attributes
        for key, value in attributes.items():
            if value and key.startswith("data-") and kind_of(key.removeprefix("data-")):
                yield f"{key.removeprefix('data-')}: {value}"[:_SHORT]
            elif value and key in ("alt", "title") and node.tag != "a" and has_mark(value):
                yield value
        if node.tag == "input" and kind_of(name := attributes.get("name") or ""):
            yield f"{name}: {attributes.get('value') or ''}"[:_SHORT]


def _comments(source: str) -> Iterator[str]:
    """The lines of the comments at the top of the page, and of what browsers take for comments."""
    place = 0
    while start := _COMMENT.search(source, place, _TOP):
        closing = "-->" if start[0] == "<!--" else ">"
        if (end := source.find(closing, start.end())) < 0:
            return
        yield from (line.strip(" -?") for line in source[start.end() : end].split("\n") if line.strip(" -?"))
        place = end + len(closing)
