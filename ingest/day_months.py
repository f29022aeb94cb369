"""Days and months whose year the words leave open: "August 25", "8月25日", "in March".

Month names that are also words or given names ("may", "march", "June Smith") count only as months.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.date_forms import (
    CHINESE_TO,
    CHINESE_UP_TO_99,
    DAY_GROUP,
    FULL_MONTH,
    LAST_DAY_GROUP,
    MONTH_GROUP,
    MONTHS,
    TO,
    longest_month,
    windows,
)
from ingest.numerals import CHINESE_NUMERALS, chinese_number, english_number
from ingest.records import Span


@dataclass(frozen=True, slots=True)
class DayMonth(Span):
    """A month, perhaps with a day, whose year the words leave open: "August 25", "8月25日", "in March".

    last_day  the last day of a range within the month ("August 25-26"), otherwise None
    """

    month: int
    day: int | None
    text: str
    last_day: int | None = None


_ANCHOR = re.compile(r"jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec|月", re.IGNORECASE)
_LEAD = (
    r"(?:in|of|since|during|until|till|by|before|after|from|to|between|for|on|last|next|this|early|mid|late"
    r"|that|every|each|and|or|through)"
)
_CHINESE_MONTH = rf"(?<![\d{CHINESE_NUMERALS}年第])(?P<m>{CHINESE_UP_TO_99})\s{{0,2}}月"
_DAY_MONTH_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{MONTH_GROUP}(?P<gap>[-\s.,]{{1,2}})(?:the\s)?{DAY_GROUP}(?:{TO}{LAST_DAY_GROUP})?(?!\w|[:/.,]\d|%)",
        rf"(?<![\w.,:/-]){DAY_GROUP}(?:{TO}{LAST_DAY_GROUP})?(?P<gap>[-\s]{{1,2}}(?:day\s)?(?:of\s)?){MONTH_GROUP}(?!\w)",
        rf"{_CHINESE_MONTH}\s{{0,2}}(?P<d>{CHINESE_UP_TO_99})"
        rf"(?:\s{{0,2}}[日号]?{CHINESE_TO}(?P<d2>{CHINESE_UP_TO_99}))?\s{{0,2}}[日号]",
        rf"{_CHINESE_MONTH}份?(?![龄\d{CHINESE_NUMERALS}])",
        rf"(?:\b(?P<lead>{_LEAD})\s{{1,2}})?(?<!\w)(?P<m>{FULL_MONTH})\b(?!-\w)",
        r"\b(?P<lead>in|of|since|during|until|till|by|from|last|next|this)\s{1,2}"
        r"(?P<m>jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?",
    )
)
_ALSO_WORDS = {"may", "march", "mar", "august", "sep", "jan", "dec", "apr"}
_ALSO_NAMES = {"april", "may", "june", "august", "jan"}
_MODAL_AFTER = re.compile(r"\s+(?:be|not|have|also|well|want|need|i|we|you|he|she|it|they)\b", re.IGNORECASE)
_IN_A_SENTENCE = re.compile(r"(?<!\bthe)(?<!\ba)[\w,] $")
_LEADS_BEFORE = re.compile(rf"(?:^|\b{_LEAD}\s{{1,2}}|[(,;:]\s?)$", re.IGNORECASE)


def candidates(text: str) -> Iterator[DayMonth]:
    """Every candidate, overlapping ones too; days may exceed their month."""
    for start, end in windows(_ANCHOR, text):
        for match in (match for form in _DAY_MONTH_FORMS for match in form.finditer(text, start, end)):
            mention = _day_month(text, match)
            if mention:
                yield mention


def _day_month(text: str, match: re.Match[str]) -> DayMonth | None:
    group = {"d": None, "d2": None, "lead": None} | match.groupdict()
    name = group["m"].strip(". ")
    month = MONTHS.get(name.lower()) or chinese_number(name)
    day = group["d"] and (chinese_number(group["d"]) or english_number(group["d"]))
    last_day = group["d2"] and (chinese_number(group["d2"]) or english_number(group["d2"]))
    if not month or month > 12 or (group["d"] and not (day and day <= 31)):
        return None
    if name.isascii() and name.isalpha() and not _is_month(text, match, name, group):
        return None
    start = match.start("m") if group["lead"] else match.start()
    last_day = last_day if last_day and day and day < last_day <= longest_month(month) else None
    return DayMonth(start, match.end(), month, day, text[start : match.end()], last_day)


def _is_month(text: str, match: re.Match[str], name: str, group: dict[str, str | None]) -> bool:
    """Whether a month's name is one here: "may", "march" and "June Smith" often are not."""
    if group["d"]:
        if name.lower() not in ("may", "march", "mar") or name[0].isupper():
            return not (name.lower() == "may" and _MODAL_AFTER.match(text, match.end()))
        sure = not group["d"].strip().isdigit() or "of" in (match.group("gap") or "")
        return sure or bool(_LEADS_BEFORE.search(text, max(0, match.start() - 12), match.start()))
    if group["lead"]:
        return not (name.islower() and name in _ALSO_WORDS and _MODAL_AFTER.match(text, match.end()))
    if name.lower() in _ALSO_WORDS and (name.islower() or not _named_within(text, match.start("m"))):
        return False
    if name.lower() == "may" and _MODAL_AFTER.match(text, match.end()):
        return False
    named = name.lower() in _ALSO_NAMES and re.match(r"\s[A-Z][a-z]", text[match.end() : match.end() + 3])
    return not named


def _named_within(text: str, start: int) -> bool:
    """Whether a capital at `start` is there for a name and not for the beginning of a sentence."""
    return bool(_IN_A_SENTENCE.search(text, max(0, start - 5), start)) or not text[:start].strip()
