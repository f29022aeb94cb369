"""What Word works out and does not write down: what a style means, and the numbers of numbered paragraphs."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.figures import in_figures


def name_of(element: etree._Element) -> str:
    """The name of an element without its namespace; Word files come with either of two."""
    return element.tag.rpartition("}")[2]


def value_of(element: etree._Element | None, attribute: str = "val") -> str | None:
    """An attribute in whatever namespace, None where the element or the attribute is missing."""
    if element is None:
        return None
    for name, value in element.attrib.items():
        if name.rpartition("}")[2] == attribute:
            return value
    return None


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The first child of a child ... by these names, None where there is none."""
    for name in names:
        element = None if element is None else next(element.iterchildren("{*}" + name), None)
    return element


def is_on(element: etree._Element | None) -> bool | None:
    """A switch such as w:vanish: None where it is not set here."""
    return None if element is None else value_of(element) not in ("0", "false", "off", "none")


def number_of(text: str | None, default: int | None = None) -> int | None:
    """A small whole number, `default` where there is none."""
    return int(text) if text and len(text) < 10 and text.lstrip("-").isdecimal() else default


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks, as far as that says whether it stands; None: not said here."""

    hidden: bool | None = None
    struck: bool | None = None
    raised: bool | None = None

    def under(self, nearer: "Look") -> "Look":
        """This look where `nearer` says nothing else."""
        return Look(
            self.hidden if nearer.hidden is None else nearer.hidden,
            self.struck if nearer.struck is None else nearer.struck,
            self.raised if nearer.raised is None else nearer.raised,
        )


@dataclass(frozen=True, slots=True)
class Style:
    """What matters of a style; None: left to the style it is based on."""

    name: str = ""
    based_on: str | None = None
    look: Look = Look()
    outline: int | None = None
    list_id: int | None = None
    list_level: int | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by id."""

    styles: dict[str, Style] = field(default_factory=dict)

    @classmethod
    def read(cls, root: etree._Element | None) -> "Styles":
        found = () if root is None else root.iter("{*}style")
        return cls({value_of(style, "styleId") or "": _style(style) for style in found})

    def line(self, style_id: str | None) -> Iterator[Style]:
        """The style and those it is based on, nearest first; a circle ends where it closes."""
        seen: set[str] = set()
        while style_id in self.styles and style_id not in seen:
            seen.add(style_id)
            yield self.styles[style_id]
            style_id = self.styles[style_id].based_on

    def look(self, run: etree._Element, around: Look) -> Look:
        """How a run looks by what is said of itself, by its style, or as what is around it."""
        properties = child(run, "rPr")
        own = _look(properties)
        return self.look_of(value_of(child(properties, "rStyle")), around).under(own)

    def look_of(self, style_id: str | None, around: Look = Look()) -> Look:
        """How a style makes text look, where nothing else is said."""
        for style in reversed(list(self.line(style_id))):
            around = around.under(style.look)
        return around

    def heading_level(self, style_id: str | None) -> int | None:
        """1 for the highest; by the built-in names, written in English everywhere, or the outline."""
        for style in self.line(style_id):
            name = style.name.lower()
            if name in ("title", "subtitle"):
                return 1 if name == "title" else 2
            if name.startswith("heading ") and name[8:].isdecimal():
                return int(name[8:])
            if style.outline is not None:
                return style.outline + 1 if style.outline < 9 else None
        return None

    def is_contents(self, style_id: str | None) -> bool:
        """Whether it is the style of a line in a table of contents."""
        return any(style.name.lower().startswith("toc ") for style in self.line(style_id))

    def numbering(self, style_id: str | None) -> tuple[int | None, int | None]:
        """List id and level a style brings along."""
        ids = (style.list_id for style in self.line(style_id) if style.list_id is not None)
        levels = (style.list_level for style in self.line(style_id) if style.list_level is not None)
        return next(ids, None), next(levels, None)


_RAISED_BY = 4  # half-points above the line from which text is raised


def _look(properties: etree._Element | None) -> Look:
    """What run properties say; struck through twice is struck through."""
    strikes = [is_on(child(properties, name)) for name in ("strike", "dstrike")]
    align = value_of(child(properties, "vertAlign"))
    lifted = number_of(value_of(child(properties, "position")))
    return Look(
        hidden=is_on(child(properties, "vanish")),
        struck=True if True in strikes else False if False in strikes else None,
        raised=align == "superscript" if align else None if lifted is None else lifted >= _RAISED_BY,
    )


def _style(style: etree._Element) -> Style:
    return Style(
        name=value_of(child(style, "name")) or "",
        based_on=value_of(child(style, "basedOn")),
        look=_look(child(style, "rPr")),
        outline=number_of(value_of(child(style, "pPr", "outlineLvl"))),
        list_id=number_of(value_of(child(style, "pPr", "numPr", "numId"))),
        list_level=number_of(value_of(child(style, "pPr", "numPr", "ilvl"))),
    )


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: how its number looks ("%1.%2") and counts, and whether one above it makes it begin anew."""

    kind: str
    pattern: str
    start: int
    restarts: bool = True


class Numbering:
    """The numbers of numbered paragraphs, counted as the paragraphs come."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[int, tuple[str, dict[int, _Level]]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._anew: dict[int, dict[int, int]] = {}  # where a list begins anew, by level, until it has
        abstracts = [] if root is None else list(root.iterchildren("{*}abstractNum"))
        styled = {value_of(child(one, "styleLink")): dict(_levels(one)) for one in abstracts}
        for abstract in abstracts:
            linked = styled.get(value_of(child(abstract, "numStyleLink")) or "", {})
            self._levels[value_of(abstract, "abstractNumId") or ""] = {**linked, **dict(_levels(abstract))}
        for num in () if root is None else root.iterchildren("{*}num"):
            list_id = number_of(value_of(num, "numId"), -1) or 0
            self._lists[list_id], self._anew[list_id] = _list(num), dict(_beginnings(num))

    def label(self, list_id: int | None, level: int) -> str:
        """The number in front of the next paragraph of a list, "" where it has none."""
        if list_id is None or list_id not in self._lists or not 0 <= level < 9:
            return ""
        kind, own = self._lists[list_id]
        levels = {**self._levels.get(kind, {}), **own}
        if level not in levels:
            return ""
        counters = self._counters.setdefault(f"{list_id}" if own else kind, {})
        before = counters.get(level, levels[level].start - 1)
        counters[level] = self._anew[list_id].pop(level, before + 1)
        for deeper in range(level + 1, 9):
            if levels.get(deeper, levels[level]).restarts:
                counters.pop(deeper, None)
        return _label(levels, counters, level)


def _levels(parent: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in parent.iterchildren("{*}lvl"):
        yield (
            number_of(value_of(level, "ilvl"), 0) or 0,
            _Level(
                value_of(child(level, "numFmt")) or "decimal",
                value_of(child(level, "lvlText")) or "",
                number_of(value_of(child(level, "start")), 1) or 0,
                value_of(child(level, "lvlRestart")) != "0",
            ),
        )


def _list(num: etree._Element) -> tuple[str, dict[int, _Level]]:
    own = {}
    for override in num.iterchildren("{*}lvlOverride"):
        own.update(dict(_levels(override)))
    return value_of(child(num, "abstractNumId")) or "", own


def _beginnings(num: etree._Element) -> Iterator[tuple[int, int]]:
    """The levels at which this list begins anew though others count on, each with its first number."""
    for override in num.iterchildren("{*}lvlOverride"):
        begins = number_of(value_of(child(override, "startOverride")))
        if begins is not None:
            yield number_of(value_of(override, "ilvl"), 0) or 0, begins


def _label(levels: dict[int, _Level], counters: dict[int, int], level: int) -> str:
    if levels[level].kind == "bullet":
        return "•"
    label = levels[level].pattern
    for place in range(level + 1):
        shape = levels.get(place, levels[level])
        label = label.replace(f"%{place + 1}", in_figures(counters.get(place, shape.start), shape.kind))
    return label.strip()
