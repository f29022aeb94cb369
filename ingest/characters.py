"""Characters that stand for others, as some PDF files have them: read as what they stand for, where they stand."""

import sys
import unicodedata
from collections.abc import Iterator, Sequence

from ingest.records import Span

# Blocks whose characters are forms of others: radicals, ideographs, letters and digits made for old encodings.
_BLOCKS = (
    (0x2E80, 0x2FDF),  # CJK and Kangxi radicals
    (0xF900, 0xFAFF),  # CJK compatibility ideographs
    (0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A),  # full-width digits and letters, no punctuation
    (0x1D400, 0x1D7FF),  # mathematical letters and digits
    (0x2F800, 0x2FA1F),
)  # fmt: skip
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
# Radicals of simplified writing, which Unicode gives no other form (Unicode 15, EquivalentUnifiedIdeograph.txt).
_RADICALS = (
    "⺠民⻁虎⻄西⻅见⻆角⻋车⻑长⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
)


def _plain() -> Iterator[tuple[int, str]]:
    for first, last in _BLOCKS:
        for code in range(first, min(last, sys.maxunicode) + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                yield code, plain
    yield from ((ord(space), " ") for space in _SPACES)
    yield from ((ord(radical), plain) for radical, plain in zip(_RADICALS[::2], _RADICALS[1::2], strict=True))


_TABLE = dict(_plain())


def plain_characters(text: str) -> str:
    """The text with such characters as those they stand for, one for one: offsets stay.

    >>> plain_characters("⼀致通过 ３月")
    '一致通过 3月'
    """
    return text if text.isascii() else text.translate(_TABLE)


def blanked(text: str, spans: Sequence[Span]) -> str:
    """The text with white space in place of these ranges, line ends kept: offsets stay."""
    pieces: list[str] = []
    end = 0
    for span in sorted(spans, key=lambda span: span.start):
        start = max(span.start, end)
        pieces.append(text[end:start])
        pieces.append("".join(c if c == "\n" else " " for c in text[start : span.end]))
        end = max(end, span.end)
    return "".join((*pieces, text[end:])) if pieces else text
