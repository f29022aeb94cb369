"""Sentences that tell what another meeting did: "At its August meeting, the Committee decided ..."."""

import datetime
import re

from ingest.date_forms import MONTHS

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_MEETING = r"(?:(?:regular|special|scheduled|board|council|committee|ordinary|annual|joint)\s+){0,3}(?:meeting|session)"
_ELSEWHEN = rf"(?P<month>{_MONTH})\b\.?(?:\s+\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?)?(?:,?\s+\d{{4}})?"
_NAMED = (
    rf"(?:its|their|our|the|a|an)\s+(?:(?P<before>last|previous|preceding|prior|earlier)\s+{_MEETING}"
    rf"|(?:[\w'’]+\s+){{0,3}}?{_ELSEWHEN}\s+{_MEETING}"
    rf"|(?:[\w'’]+\s+){{0,4}}?(?:meeting|session|call|conference)\s+(?:held\s+)?(?:on|of|in)\s+"
    rf"{_ELSEWHEN.replace('month', 'held')})"
)
# In front of what the body then did, so that "deferred to its May meeting" is no account of May.
_FRONTED = re.compile(
    rf"(?:^|[,;]\s|\b(?:and|but|that|however)\s)(?:at|in|during)\s+{_NAMED},?\s+"
    r"(?:the|it|they|we|members|all|both|council|committee|directors|trustees)\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"^.{0,12}(?:上次|上一次|前次|上届)(?:\S{0,6})会议(?:上)?[，,]?(?:已|曾)?")


def recounts(words: str, date: datetime.date | None) -> bool:
    """Whether a sentence records what a meeting other than that of `date` did.

    >>> recounts("At its May meeting, the Committee decided to wait.", datetime.date(2006, 6, 28))
    True
    >>> recounts("At its May meeting, the Committee decided to wait.", datetime.date(2006, 5, 10))
    False
    """
    if _CHINESE.match(words):
        return True
    for found in _FRONTED.finditer(words):
        if found["before"]:
            return True
        month = MONTHS[(found["month"] or found["held"]).lower()]
        if date is not None and month != date.month:
            return True
    return False
