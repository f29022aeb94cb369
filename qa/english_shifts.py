"""Times that an English question counts from another one: "the year before", "two meetings later", "since then"."""

import re

from ingest.numerals import english_number
from qa.turns import Shift, Unit, Words

_COUNT = r"(?P<n>one|a|an|two|three|four|five|\d{1,2})"
_UNIT = r"(?P<unit>year|quarter|month|meeting|session|one|time|sitting)s?"
_WITHIN = r"(?:(?:at|in|for|during|from|on|of|over) )?"
_THAT = r"(?: (?:that|this|then|it|that one|that meeting))?"
_STOP = r"(?=$|[ ,?.!])"
_SAME = (
    rf"{_WITHIN}(?:the )?(?:same|corresponding|equivalent) (?P<same>period|months?|time|quarter|stretch|season)"
    r"(?:,? (?:of|in|from))?(?: (?:the|a|one))? ?"
)
_COUNTED = rf"{_WITHIN}(?:(?:the|{_COUNT}) )?{_UNIT} (?:just |right |immediately )?"
_SHIFTS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern + _STOP, re.IGNORECASE), sign)
    for pattern, sign in (
        (
            rf"{_SAME}(?:(?:last|previous|preceding|prior) year|year (?:before|earlier|ago|previously|prior))",
            -1,
        ),
        (rf"{_SAME}(?:(?:next|following) year|year (?:after|later))", 1),
        (rf"{_COUNTED}(?:before|earlier|prior|preceding|previous|previously)(?! last\b){_THAT}", -1),
        (rf"{_WITHIN}(?:the )?(?:previous|preceding|prior|foregoing) {_UNIT}", -1),
        (rf"{_COUNTED}(?:after|following|later|thereafter){_THAT}", 1),
        (rf"{_WITHIN}(?:the )?(?:next|following|subsequent|succeeding) {_UNIT}", 1),
        (rf"{_WITHIN}(?:that|the same|this very) (?P<unit>year|quarter|month)", 0),
    )
)
_IT_ONCE = r"(?:that|this|then|it)(?: meeting| decision| vote| date| day)?"
_AFTER = re.compile(
    rf"(?:(?:ever )?since {_IT_ONCE}|(?:the )?(?:later|newer|more recent) (?:ones|meetings)(?=$)"
    rf"|(?<!look )(?<!looks )(?<!looked )(?:after|following) {_IT_ONCE}"
    r"|afterwards?|thereafter|from then on|from that (?:point|day|date|meeting) (?:on|onwards?)"
    r"|subsequently|since(?=$)|later(?: on)?(?=$)|in the meantime)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?:(?:before|prior to|until|up to) {_IT_ONCE}|(?:the )?(?:earlier|older|previous) (?:ones|meetings)(?=$)"
    r"|beforehand|previously(?=$)|earlier(?: on)?(?=$)|before(?=$))",
    re.IGNORECASE,
)


def shifted(words: Words, loose: bool, asks: bool) -> tuple[Words, Shift | None]:
    """Takes out a time counted from another; "the next meeting" of a whole question is the one to come."""
    for pattern, sign in _SHIFTS:
        match = pattern.search(words.text)
        if not match or (not loose and _is_to_come(words.text, match)):
            continue
        if match.start() and words.text[match.start() - 1].isalnum():
            continue
        groups = match.groupdict()
        steps = sign * (
            english_number(groups.get("n") or "") or {"a": 1, "an": 1}.get((groups.get("n") or "").lower(), 1)
        )
        if groups.get("same"):
            return words.cut(*match.span()), Shift(Unit.SAME, steps, match[0].strip())
        named = groups["unit"].lower()
        unit = Unit(named) if named in ("year", "quarter", "month") else Unit.MEETING
        return words.cut(*match.span()), Shift(unit, steps, match[0].strip())
    for pattern, kind in ((_AFTER, Unit.AFTER), (_BEFORE, Unit.BEFORE)):
        match = re.search(rf"(?:^|(?<= )){pattern.pattern}(?=$|[ ,])", words.text, re.IGNORECASE)
        if match and (loose or asks):
            return words.cut(*match.span()), Shift(kind, 0, match[0].strip())
    return words, None


def _is_to_come(text: str, match: re.Match[str]) -> bool:
    """Whether "next" or "previous" in a whole question is counted from today: "when is the next meeting"."""
    ahead = re.search(r"\b(?:next|following|previous|prior|preceding)\b", match[0], re.IGNORECASE)
    return bool(ahead) and bool(
        re.match(r".*\b(?:is|are|will|shall|does|do|scheduled|planned)\b", text, re.IGNORECASE)
    )
