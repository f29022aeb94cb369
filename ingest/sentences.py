"""Where sentences end, in English and Chinese, in prose, lists and transcripts.

The sentences of a range tile it: the white space after a sentence belongs to it, and nothing is lost.
A boundary is cut where punctuation or layout says so; a sentence that goes on too long (speech
recognition writes commas only) is cut again at its weaker marks. One pass, linear in the text.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.date_forms import MONTH
from ingest.records import Span

LONG = 600  # characters after which a sentence is cut at a semicolon or comma
LONG_HAN = 120  # the same for Chinese, which says about as much in a fifth of the characters
ENDLESS = 2000  # characters without any mark or space after which a sentence is cut anyway

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_CLOSERS = r"""["'”’)\]』」》）】»*_`]*(?:\[\d{1,3}\])*"""
_BREAK = re.compile(
    rf"(?P<line>\n\s*)|(?P<han>[。！？｡．][。！？｡．!?…]*{_CLOSERS}\s*)|(?P<stop>[.!?…]+{_CLOSERS})"
)
_BLANK = re.compile(r"\n[^\S\n]*\n")
_OPENERS = "\"'“‘([{（【《「『*_`–—-•> \t"
_SPACE = re.compile(r"\s*")
_LEAD = re.compile(rf"[\s{re.escape(_OPENERS)}]*")
_FIRST_WORD = re.compile(rf"[\s{re.escape(_OPENERS)}]*([^\W\d_]+)")
_GLUE = re.compile(r"[:：/—–]")
_DOTTED = re.compile(r"(?:[a-z]\.)+[a-z]")
_WORD = re.compile(r"\S{1,30}")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Abbreviations that never end a sentence, that end none before a number, and that may end one.
_TITLES = _words(
    """mr mrs ms mx dr prof hon rev fr messrs mses mmes st ste mt gen col lt sgt capt cmdr adm gov sen rep
    reps pres cllr cllrs cr clr ald amb supt insp vs viz cf e.g i.e eg ie approx ca rt atty asst dir chmn
    mme mlle"""
)
_NUMBERED = _words(
    """no nos p pp para paras sec secs sect art arts ch chs vol vols fig figs ref item ord res reg regs cl
    jan feb mar apr jun jul aug sep sept oct nov dec"""
)
_EITHER = _words(
    """etc inc ltd co corp llc bros jr sr al dept govt ext ave blvd rd dist assn ed eds est u.s u.k u.n e.u
    p.m a.m ph.d b.sc m.sc m.p d.c u.s.a a.k.a mtg cttee comm div bldg"""
)
_STARTERS = _words(
    """the a an this that these those he she it they we you his her its their our in on at as if there for
    after before when while but and or so however no yes all any some each other both since under with by to
    from mr mrs ms dr what who how why"""
)

_ENUMERATOR = re.compile(r"[\s#>*_\-•(\[（]*(?:\d+(?:\.\d+)*|[A-Za-z]|[ivxIVX]{1,5})[)\]）]?")
_MARKER = re.compile(
    r"""[^\S\n]*(?:
        \#{1,6}\s | > | \| | [-*+•●○◦▪■–—·]\s | [-=*_]{3,} | `{3}
      | \(?\d{1,3}(?:\.\d{1,3})*[.)]?(?:\s|[、．])(?=\S) | [（(]?[a-zA-Z][.)]\s | [ivxIVX]{1,5}[.)]\s | [①-⑳]
      | [（(][\d一二三四五六七八九十]{1,3}[)）] | [一二三四五六七八九十]{1,3}[、．.]
      | 第[\d一二三四五六七八九十百]{1,5}[条项章节]
      | \[?\d{1,2}:\d{2}(?::\d{2})?
    )""",
    re.VERBOSE,
)
_DAY = re.compile(rf"[^\S\n]*\d{{1,2}}\s{MONTH}\b", re.IGNORECASE)  # "10 June" is no number of a list
_NAME_WORD = r"(?:[A-Z(][^\s:]{0,24}|\d{1,3}|of|the|and|for|de|van|von|der|la|&)"
_LABEL = re.compile(
    rf"[^\S\n]*[*_\[]{{0,3}}(?:(?=[A-Z]){_NAME_WORD}(?: {_NAME_WORD}){{0,6}}:(?=[\s*_])"
    r"|[^\s，。；：、？！:]{1,14}(?:\s\d\d:[\d:]+)?：)"
)
_WHOLE_LINE = re.compile(r"[^\S\n]*(?:#{1,6}\s|\||[-=*_]{3,}\s*$|`{3})")
_GOES_ON = frozenset(",，、;(（“‘[&/")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text[start:end]` as spans that tile it; white space after a sentence belongs to it.

    >>> [s.of("Mr. Ho moved it. Carried.") for s in sentences("Mr. Ho moved it. Carried.")]
    ['Mr. Ho moved it. ', 'Carried.']
    """
    end = len(text) if end is None else min(end, len(text))
    spans: list[Span] = []
    begin = start
    for cut in _cuts(text, start, end):
        spans += _shortened(text, begin, cut)
        begin = cut
    if begin < end:
        spans += _shortened(text, begin, end)
    return spans


def whole_sentence(text: str, span: Span) -> Span:
    """The sentence around a range of one paragraph, without the white space around it, however long it is.

    `sentences` cuts long ones at a comma or semicolon; the range itself is given where it runs over several.
    """
    begin = text.rfind("\n\n", 0, span.start) + 1
    end = text.find("\n\n", span.end)
    end = len(text) if end < 0 else end
    cuts = [begin, *_cuts(text, begin, end), end]
    for start, stop in pairwise(cuts):
        if start <= span.start and span.end <= stop:
            words = text[start:stop]
            return Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
    return span


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets strictly inside (start, end) where a sentence begins, ascending."""
    begin = _SPACE.match(text, start, end).end()  # type: ignore[union-attr]  # matches always
    lines = _Lines(text, start, end)
    for mark in _BREAK.finditer(text, begin, end):
        after = mark.end()
        if mark.lastgroup == "line":
            ends = lines.ends_at(mark.start(), after)
        elif mark.lastgroup == "han":
            ends = True
        else:
            ends = _stops(text, begin, mark.start(), after, end)
            after = _SPACE.match(text, after, end).end() if ends else after  # type: ignore[union-attr]
            if not ends:
                lines.glued = mark.end()
                if mark.start() - begin > 12 and not text[mark.start() - 2].isalnum():
                    lines.stopped = (
                        mark.end()
                    )  # an initial at the end of a line is rather the end of a sentence
            elif "\n" in text[mark.end() : after]:  # the line break judges, knowing that a sentence ended
                ends = False
                lines.stopped = text.index("\n", mark.end(), after)
        if ends and begin < after < end:
            yield after
            begin = after


def _stops(text: str, begin: int, stop: int, after: int, end: int) -> bool:
    """Whether the stop (full, question or exclamation mark) ends the sentence that began at `begin`."""
    tokenised = stop > begin and text[stop - 1] in " \t"
    before = text[stop - 1] if stop > begin else ""
    if after < end and not text[after].isspace():
        return bool(_HAN.match(text, after) and (before.isalpha() or text[stop] in "?!"))
    trails_off = text[stop] == "…" or text[stop : stop + 2] == ".."
    quoted_question = text[stop] in "?!" and text[after - 1] not in "?!"
    if trails_off or quoted_question:
        return not _next(text, after, end).islower()
    if tokenised or text[stop] != ".":
        return True
    following = _next(text, after, end)
    if following.islower() or (stop - begin < 12 and _ENUMERATOR.fullmatch(text, begin, stop)):
        return False
    words = text[max(begin, stop - 24) : stop].rsplit(None, 1)
    return not (words and _abbreviates(_GLUE.split(words[-1])[-1].lstrip(_OPENERS), text, after))


def _next(text: str, after: int, end: int) -> str:
    """The first letter or digit after the stop, opening quotes and bullets aside; empty at the end."""
    place = _LEAD.match(text, after, end).end()  # type: ignore[union-attr]  # matches always
    return text[place : place + 1] if place < end else ""


def _abbreviates(word: str, text: str, after: int) -> bool:
    """Whether the stop after `word` (ending at `after`) marks an abbreviation in the middle of a sentence."""
    low = word.lower()
    if low in _TITLES:
        return True
    if low in _NUMBERED:
        return text[after : after + 3].lstrip()[:1].isdigit() or text[after : after + 2].endswith("#")
    initial = len(word) == 1 and word.isalpha() and word.isupper() and word != "I"
    if initial or low in _EITHER or ("." in low and _DOTTED.fullmatch(low)):
        first = _FIRST_WORD.match(text, after)
        return first is not None and first[1].lower() not in _STARTERS
    return False


class _Lines:
    """Judges single line breaks: does the sentence end there, or was the line only wrapped?"""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.block_end = -1  # where the block whose width is known ends
        self.width = 0
        self.stopped = -1  # the line break right after a stop that ended its sentence
        self.glued = -1  # the end of the last stop that ended none: an abbreviation, a list number

    def ends_at(self, newline: int, following: int) -> bool:
        text = self.text
        if newline == self.stopped or "\n" in text[newline + 1 : following] or following >= self.end:
            return True
        if "a" <= text[following] <= "z" and text[following + 1 : following + 2].isalpha():
            return False
        marked = _MARKER.match(text, newline + 1, self.end) and not _DAY.match(text, newline + 1, self.end)
        if marked or _LABEL.match(text, newline + 1, self.end):
            return True
        line_start = max(self.start, text.rfind("\n", self.start, newline) + 1)
        line = text[line_start:newline].rstrip()
        if _WHOLE_LINE.match(line):
            return True
        if line[-1:] in _GOES_ON or text[following].islower() or self.glued == line_start + len(line):
            return False
        self._measure(line_start)
        if self.width < 50:
            return True
        word = _WORD.match(text, following, self.end)
        room = 2 if _HAN.match(text, following) else 1 + len(word[0] if word else "")
        return _width(line) + room + 4 < self.width

    def _measure(self, line_start: int) -> None:
        """The width of the block (lines up to the next blank one) that the line stands in."""
        if line_start < self.block_end:
            return
        blank = _BLANK.search(self.text, line_start, self.end)
        self.block_end = blank.start() + 1 if blank else self.end
        self.width = max(map(_width, self.text[line_start : self.block_end].split("\n")))


def _width(line: str) -> int:
    """Columns a line takes; a Chinese character takes two."""
    return len(line) if line.isascii() else len(line) + len(_HAN.findall(line))


def _shortened(text: str, start: int, end: int) -> list[Span]:
    """The sentence, cut at its weaker marks while it is too long to be read as one."""
    if end - start <= LONG_HAN:
        return [Span(start, end)]
    spans: list[Span] = []
    while end - start > LONG_HAN:
        han = len(_HAN.findall(text, start, start + LONG_HAN)) > LONG_HAN // 2
        limit = LONG_HAN if han else LONG
        if end - start <= limit * 1.25:
            break
        cut = _weak_cut(text, start, end, limit, han)
        if not start < cut < end:
            break
        spans.append(Span(start, cut))
        start = cut
    return [*spans, Span(start, end)]


_WEAK_HAN = re.compile(r"[；;，,]\s*|\s+")
_WEAK = re.compile(r"[;,]\s+")
_GAP = re.compile(r"\s+")
_SEMICOLON_HAN = re.compile(r"[；;]\s*")
_SEMICOLON = re.compile(r";\s+")


def _weak_cut(text: str, start: int, end: int, limit: int, han: bool) -> int:
    """Where to cut a long sentence: a semicolon from half the limit on, a comma near it, or a space."""
    semicolon = _SEMICOLON_HAN if han else _SEMICOLON
    if mark := semicolon.search(text, start + limit // 2, min(end, start + limit)):
        return mark.end()
    weak = _WEAK_HAN if han else _WEAK
    if mark := weak.search(text, start + (limit if han else limit * 2 // 3), min(end, start + 2 * limit)):
        return mark.end()
    if mark := _GAP.search(text, start + limit, min(end, start + ENDLESS)):
        return mark.end()
    return start + ENDLESS
