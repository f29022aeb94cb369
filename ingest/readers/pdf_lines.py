"""The lines of a PDF page as they are read: raised marks set apart, columns one after the other.

pdfium gives the characters in the order in which a page draws them, in lines. A figure that is raised ends a line for
it, and lines that two columns have at one height are one line. Here such lines are put together, and taken apart where
a gutter runs down the page between two columns of prose; a table stays as it is, row by row.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from ctypes import byref, c_double
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.readers.raised import raised, set_apart

_SPLIT_WORD = "\ufffe"  # what pdfium gives for a hyphen at a line end, newline and all
_LINE_ENDS = re.compile(f"(\r\n|\n|\r|{_SPLIT_WORD})")
_FEW = 600  # characters; pdfium may miss line ends on a page with less
_CONTROLS = re.compile("[\0-\x08\x0b-\x1f\x7f\x80-\x9f\ufdd0\ufdd1\ufffe\uffff]")
_LETTERS = re.compile(r"[^\W\d_]")

_SMALL = 0.85  # of the size of the letters before it: a raised figure is smaller
_RAISED = (0.12, 0.8)  # of their size: how far above the line it stands
_GUTTER = 0.7  # of the size of letters: a gap at least so wide may be a gutter
_WIDEST = 6.0  # of it: the gap beside the longest line of a column of prose
_FEW_ROWS = 4  # lines beside a gutter that tell it from a gap by chance
_NARROW = 8.0  # of the size of letters: narrower columns hold no prose
_FULL = 0.7  # of the width of a column; as long are most lines of prose
_GOES_ON = 0.2  # of the lines of a column begin with a small letter, in prose that has any
_FULL_LINE = 12  # characters of Chinese
_MOST_LINES = 1_000  # of a page on which columns are looked for
_MOST_TRIED = 60  # places on it where a gutter may be
_DEEPEST = 3  # columns in columns


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page.

    height  of its baseline as a share of the page's height, from the bottom; None where it has no place
    y       the same in points
    size    of its letters, in points from the deepest to the highest
    left    where it begins and `right` where it ends, in points from the left
    gaps    wide ones in it: the place in the text, and where they begin and end in points
    """

    text: str
    height: float | None = None
    y: float | None = None
    size: float = 0.0
    left: float = 0.0
    right: float = 0.0
    gaps: tuple[tuple[int, float, float], ...] = ()


def lines_of(textpage: pdfium.PdfTextPage, page_height: float) -> list[Line]:
    """The lines of a page in the order of reading, heights measured from the bottom."""
    return _in_columns(list(_drawn(textpage, page_height)), _DEEPEST)


def origin(textpage: pdfium.PdfTextPage, text_index: int) -> tuple[float, float] | None:
    """Where a character of the text stands, in points from the lower left corner."""
    x, y = c_double(), c_double()
    index = raw.FPDFText_GetCharIndexFromTextIndex(textpage, text_index)
    found = index >= 0 and raw.FPDFText_GetCharOrigin(textpage, index, byref(x), byref(y))
    return (x.value, y.value) if found else None


def _drawn(textpage: pdfium.PdfTextPage, page_height: float) -> Iterator[Line]:
    """The lines in the order in which the page draws them, put together where a raised mark cut them."""
    line: Line | None = None
    for piece in _pieces(textpage, page_height):
        if line is not None and piece.text == "-" and piece.y is None:
            line = replace(line, text=line.text + "-")
        elif line is not None and (joined := _joined(line, piece)):
            line = joined
        else:
            if line is not None:
                yield _written(line)
            line = piece
    if line is not None:
        yield _written(line)


def _written(line: Line) -> Line:
    """The line with its raised marks set apart."""
    gaps = tuple((len(set_apart(line.text[:place])), *where) for place, *where in line.gaps)
    return replace(line, text=set_apart(line.text), gaps=gaps)


def _joined(line: Line, piece: Line) -> Line | None:
    """The line with a piece that goes on in it: a raised mark, or what stands behind one."""
    if line.y is None or piece.y is None or not line.size:
        return None
    gap = piece.left - line.right
    if not -0.3 * line.size <= gap <= line.size:
        return None
    above = (piece.y - line.y) / line.size
    if _RAISED[0] < above < _RAISED[1] and piece.size < _SMALL * line.size:
        return replace(line, text=line.text.rstrip() + raised(piece.text.strip()), right=piece.right)
    if abs(above) > 0.05 or not line.text.rstrip().endswith(_END_OF_MARK):
        return None
    between = "" if piece.text[:1].isspace() or gap < 0.1 * line.size else " "
    text = f"{line.text.rstrip()}{between}{piece.text}"
    shift = len(text) - len(piece.text)
    gaps = tuple((place + shift, begin, end) for place, begin, end in piece.gaps)
    return replace(line, text=text, right=piece.right, gaps=line.gaps + gaps)


_END_OF_MARK = raised("")[-1]


def _pieces(textpage: pdfium.PdfTextPage, page_height: float) -> Iterator[Line]:
    """What stands between two line ends of pdfium, and a "-" without a place for each hyphen it takes for one."""
    index = 0  # of the piece's first character, in UTF-16 units as pdfium counts
    lost = _lost_line_ends(textpage)
    for piece in _LINE_ENDS.split(textpage.get_text_range()):
        if _LINE_ENDS.fullmatch(piece):
            if piece == _SPLIT_WORD:
                yield Line("-")
        else:
            cuts = [0, *(cut - index for cut in lost if index < cut < index + len(piece)), len(piece)]
            for start, end in itertools.pairwise(cuts):
                if piece[start:end].strip():
                    yield _piece(textpage, piece[start:end], index + start, page_height)
        index += len(piece) + sum(char > "\uffff" for char in piece)


def _piece(textpage: pdfium.PdfTextPage, text: str, index: int, page_height: float) -> Line:
    """A piece whose first character is at `index`."""
    lead = len(text) - len(text.lstrip())
    index += lead
    before, behind = text[:lead], text[len(text.rstrip()) :]
    text = text.strip()
    first = origin(textpage, index)
    if first is None or page_height <= 0:
        return Line(_CONTROLS.sub("", before + text + behind))
    box = _box(textpage, index)
    size = box.top - box.bottom
    beyond = sum(
        char > "\uffff" for char in text
    )  # of two units: places in the text are then not those of pdfium
    marked, gaps = [before], []
    above = False
    for place, char in enumerate("" if beyond else text):
        if char == " " and (gap := _gap(textpage, index + place)) and gap[1] - gap[0] > _GUTTER * size:
            gaps.append((sum(map(len, marked)), *gap))
        behind_word = above or (place > 0 and not text[place - 1].isspace())
        above = char in "0123456789" and behind_word and _is_raised(textpage, index + place, size, first[1])
        marked.append(raised(char) if above else _CONTROLS.sub("", char))
    marked.append(_CONTROLS.sub("", text) if beyond else "")
    marked.append(behind)
    right = _box(textpage, index + len(text) + beyond - 1).right
    return Line("".join(marked), first[1] / page_height, first[1], size, first[0], right, tuple(gaps))


def _is_raised(textpage: pdfium.PdfTextPage, index: int, size: float, baseline: float) -> bool:
    """Whether a character is smaller than the first of its piece and stands above its line."""
    where = origin(textpage, index)
    if where is None or not size or not _RAISED[0] < (where[1] - baseline) / size < _RAISED[1]:
        return False
    box = _box(textpage, index)
    return box.top - box.bottom < _SMALL * size


def _gap(textpage: pdfium.PdfTextPage, index: int) -> tuple[float, float] | None:
    """Where the gap around a space begins and ends."""
    following = origin(textpage, index + 1)
    return (_box(textpage, index - 1).right, following[0]) if following else None


def _box(textpage: pdfium.PdfTextPage, text_index: int) -> raw.FS_RECTF:
    box = raw.FS_RECTF()
    index = raw.FPDFText_GetCharIndexFromTextIndex(textpage, text_index)
    raw.FPDFText_GetLooseCharBox(textpage, index, byref(box))
    return box


def _lost_line_ends(textpage: pdfium.PdfTextPage) -> list[int]:
    """Indexes into the text where a line ends and pdfium does not say so: jumps down that do not go forward.

    On pages with few characters it takes a stack of one-letter lines for vertical writing.
    """
    count = textpage.count_chars()
    if count > _FEW:
        return []
    places = [origin(textpage, index) for index in range(count)]
    jumps = []
    for index, (before, here) in enumerate(itertools.pairwise(places), 1):
        if before and here and before[1] - here[1] > 4.0 and here[0] <= before[0]:
            jumps.append(index)
    return jumps


# Columns.


def _in_columns(lines: list[Line], deepest: int) -> list[Line]:
    """The lines, those of two columns of prose one column after the other."""
    zone = _zone(lines) if deepest and len(lines) <= _MOST_LINES else None
    if zone is None:
        return lines
    x, first, last = zone
    inside = [line for line in lines if _within(line, first, last)]
    left, right = _sides(inside, x)
    place = lines.index(inside[0])
    before = [line for line in lines[:place] if not _within(line, first, last)]
    after = [line for line in lines[place:] if not _within(line, first, last)]
    columns = [_in_columns(side, deepest - 1) for side in (left, right)]
    return [*_in_columns(before, deepest - 1), *columns[0], *columns[1], *_in_columns(after, deepest - 1)]


def _within(line: Line, first: float, last: float) -> bool:
    return line.y is not None and last <= line.y <= first


def _zone(lines: Sequence[Line]) -> tuple[float, float, float] | None:
    """A gutter between two columns of prose, and the heights from and to which no line crosses it; None without one."""
    placed = sorted((line for line in lines if line.y is not None), key=lambda line: -(line.y or 0.0))
    gaps = [gap for line in placed for gap in line.gaps]
    tried: set[int] = set()
    for _, _, end in sorted(gaps, key=lambda gap: gap[2] - gap[1]):
        x = end - 1.0  # just before the right column
        if round(x) in tried or len(tried) > _MOST_TRIED:
            continue
        tried.add(round(x))
        for rows in _runs(placed, x):
            if _is_prose(rows, x):
                return x, rows[0].y or 0.0, rows[-1].y or 0.0
    return None


def _runs(placed: Sequence[Line], x: float) -> Iterator[list[Line]]:
    """Lines that follow one another down the page and leave `x` free, as far as there are some on both sides."""
    for free, rows in itertools.groupby(placed, key=lambda line: not _crosses(line, x)):
        run = list(rows)
        if not free:
            continue
        beside = [
            place for place, line in enumerate(run) if any(begin < x < end for _, begin, end in line.gaps)
        ]
        if len(beside) >= _FEW_ROWS:
            yield run[beside[0] :]


def _crosses(line: Line, x: float) -> bool:
    return line.left < x < line.right and not any(begin < x < end for _, begin, end in line.gaps)


def _sides(lines: Sequence[Line], x: float) -> tuple[list[Line], list[Line]]:
    """The parts of lines that stand left of `x` and right of it."""
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        gap = next((gap for gap in line.gaps if gap[1] < x < gap[2]), None)
        if gap is None:
            (left if line.right <= x else right).append(line)
            continue
        place, begin, end = gap
        before = tuple(one for one in line.gaps if one[0] < place)
        behind = tuple((at - place - 1, *where) for at, *where in line.gaps if at > place)
        left.append(replace(line, text=line.text[:place].rstrip(), right=begin, gaps=before))
        right.append(replace(line, text=line.text[place + 1 :].lstrip(), left=end, gaps=behind))
    return left, right


def _is_prose(rows: Sequence[Line], x: float) -> bool:
    """Whether both sides of `x` are columns of running text: lines as long as the column, that go on."""
    left, right = _sides(rows, x)
    if min(len(left), len(right)) < _FEW_ROWS:
        return False
    size = max(line.size for line in rows)
    if min(line.left for line in right) - max(line.right for line in left) > _WIDEST * size:
        return False
    return all(_runs_on(side, size) for side in (left, right))


def _runs_on(column: Sequence[Line], size: float) -> bool:
    begin = min(line.left for line in column)
    width = max(line.right for line in column) - begin
    full = sum(line.right - begin > _FULL * width for line in column)
    if width < _NARROW * size or full * 2 < len(column):
        return False
    firsts = [found[0] for line in column if (found := _LETTERS.search(line.text))]
    cased = [char for char in firsts if char.lower() != char.upper()]
    if len(cased) * 2 < len(
        column
    ):  # in Chinese the lines of a list are short, and those of prose are all full
        longest = max(len(line.text.strip()) for line in column)
        return (
            longest >= _FULL_LINE
            and sum(line.right - begin > 0.9 * width for line in column) * 3 >= len(column) * 2
        )
    return sum(char.islower() for char in cased) >= _GOES_ON * len(cased)
