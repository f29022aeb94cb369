"""Text as a searcher types it: words whole, whatever a typesetter did to them at line ends."""

import re
import unicodedata

_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_SOFT = re.compile("\xad(?:[ \t]*\n[ \t]*)?")
# A hyphen between two letters with a line end behind it.
_SPLIT = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,40})([-\u2010\u2011])[ \t]*\n[ \t]*([^\W\d_]{1,40})")
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,40}[-\u2010\u2011][^\W\d_]{1,40}")
# What keeps its hyphen wherever it stands: the tens of English numbers, and "self".
_KEEP_HYPHEN = frozenset("twenty thirty forty fifty sixty seventy eighty ninety self".split())
# A line end inside Chinese text: the line before is long, so it was broken for its length.
_CHINESE_LINE = re.compile("(?<=[\u3400-\u9fff，、：；])[ \t]*\n[ \t]*(?=[\u3400-\u9fff])")
_FULL_LINE = 16  # characters; a shorter Chinese line ends where its writer ended it


def searchable(text: str) -> str:
    """`text` with words joined that were split at a line end, without soft hyphens, with ligatures spelt out.

    Offsets are not kept. "well-\\nknown" keeps its hyphen where the text has "well-known" elsewhere.

    >>> searchable("The of\\ufb01ce took the deci-\\nsion.")
    'The office took the decision.'
    """
    text = whole_words(text.translate(_LIGATURES))
    return _CHINESE_LINE.sub(_joined_chinese, text) if "\n" in text else text


def whole_words(text: str) -> str:
    """`text` with words joined that were split at a line end, as it is to be read; the rest as it stands.

    >>> whole_words("all twenty-\\nfour votes on the resur-\\nfacing")
    'all twenty-four votes on the resurfacing'
    """
    text = _SOFT.sub("", text)
    return _SPLIT.sub(_Joiner(text), text) if "\n" in text else text


class _Joiner:
    """Decides for each split word whether its hyphen is part of it, by the rest of the text."""

    def __init__(self, text: str) -> None:
        self._compounds = {found.casefold() for found in _COMPOUND.findall(text)}

    def __call__(self, split: re.Match[str]) -> str:
        before, hyphen, after = split.groups()
        compound = f"{before}{hyphen}{after}"
        if after[0].isupper() or before.casefold() in _KEEP_HYPHEN or compound.casefold() in self._compounds:
            return compound
        return before + after


def _joined_chinese(end: re.Match[str]) -> str:
    line_start = end.string.rfind("\n", 0, end.start()) + 1
    return "" if end.start() - line_start >= _FULL_LINE else end[0]
