"""Lines of a template that nobody filled in: kept and readable, and never evidence of a meeting."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.access_words import has_mark, spoken_in
from ingest.records import Span

# A parameter of a wiki's template, a call of one with empty parameters, and words that ask to be replaced.
_GAP = re.compile(
    r"\{\{\{[^\W\d][\w -]{0,60}(?:\|[^{}\n]{0,60})?\}\}\}"
    r"|\{\{[^{}|=\n]{1,60}(?:\|[^{}|=\n]{1,60}=\s*)+\}\}"
    r"|\[(?:insert|enter|fill in|type in|your)\b[^\[\]\n]{0,80}\](?!\()"
    r"|[\[【（(<《](?:请|請)?(?:填写|填寫|填入|插入|输入|輸入)[^\[\]【】（）()<>《》\n]{0,40}[\]】）)>》]",
    re.IGNORECASE,
)
# What may stand in a sentence too, and is a gap where it is all that a line or a field holds.
_BLANK = re.compile(
    r"\{\{\s*[a-z_]\w*(?:\.\w+)*\s*\}\}|_{3,}|\.{5,}|…{2,}"
    r"|(?:[Yy]{4}|[Jj]{4})([-./ ])[Mm]{2}\1(?:[Dd]{2}|[Tt]{2})"
    r"|(?:[Dd]{2}|[Tt]{2}|[Mm]{2})([-./ ])(?:[Mm]{2}|[Dd]{2})\2(?:[Yy]{4}|[Jj]{4})"
    r"|[Xx×]{2,4}年[Xx×]{1,2}月[Xx×]{1,2}日"
)
_FIELD = re.compile(r"[^:：\n]{1,60}[:：]")
_CODE = re.compile(r"(`{1,3})[^`\n]{1,400}\1")
_FENCE = re.compile(r"[ \t>]*(?:`{3}|~{3})")


def unfilled(text: str, omitted: Sequence[Span] = ()) -> tuple[Span, ...]:
    """The lines, outside of `omitted` and of code, that hold a gap nobody filled in.

    >>> text = "Chair: {{{chair}}}\\nDate: YYYY-MM-DD\\nDates are written YYYY-MM-DD."
    >>> [span.of(text) for span in unfilled(text)]
    ['Chair: {{{chair}}}', 'Date: YYYY-MM-DD']
    """
    found: list[Span] = []
    start, in_code = 0, False
    for line in text.split("\n"):
        if _FENCE.match(line):
            in_code = not in_code
        elif not in_code and (_GAP.search(line) or _BLANK.search(line)) and _is_unfilled(line):
            span = Span(start, start + len(line))
            if not any(other.start < span.end and span.start < other.end for other in omitted):
                found.append(span)
        start += len(line) + 1
    return tuple(found)


def _is_unfilled(line: str) -> bool:
    if spoken_in(line) or has_mark(line):  # what speaks of access is asked about
        return False
    plain = _CODE.sub(" ", line)
    if _GAP.search(plain):
        return True
    blanks = list(_BLANK.finditer(plain))
    if not blanks:
        return False
    between = [0, *(edge for blank in blanks for edge in blank.span()), len(plain)]
    rest = "".join(plain[begin:end] for begin, end in list(pairwise(between))[::2])
    label = _FIELD.match(rest)
    if label is None and all(blank[0][0] in "_.…" for blank in blanks):  # a rule across the page
        return False
    return not any(char.isalnum() for char in (rest[label.end() :] if label else rest))
