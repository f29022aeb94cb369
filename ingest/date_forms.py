"""The ways to write a calendar date, English and Chinese: a pattern each, and how its groups read.

`dates` applies them all and keeps the longest. A reading gives the first and last day, "ambiguous" or
"impossible", or None when the characters are no date at all; ValueError counts as "impossible".
"""

import calendar
import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from ingest.numerals import CHINESE_DIGITS, CHINESE_NUMERALS, chinese_number, english_number
from ingest.words import has_han

Precision = Literal["day", "month", "year", "quarter", "season", "half"]
_YEARS = range(1800, 2200)

# The words dates are made of ------------------------------------------------------------------------------

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: number for name, number in list(MONTHS.items())} | {"sept": 9}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_SEASONS |= {"春": 3, "夏": 6, "秋": 9, "冬": 12}
_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

FULL_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
MONTH = rf"(?:{FULL_MONTH}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_WEEKDAY = r"(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?\s{1,3})?"
DAY = r"\d{1,2}(?:\s?(?:st|nd|rd|th))?"
_OF = r"(?:\s{0,3}[-,.]?\s{0,3}(?:day\s{1,3})?(?:of\s{1,3})?)"
TO = r"\s{0,3}(?:[-–—~～至到]|to|through|thru|until|and|&|/)\s{0,3}"
DASH = r"\s{0,3}(?:[-–—~～至到]+|to|through|thru|until)\s{0,3}"
_Y = r"\d{4}(?!\d)"
_BEFORE = r"(?<![\w.$€£¥#/-])"
CHINESE_UP_TO_99 = rf"[\d{CHINESE_NUMERALS}]{{1,3}}"
_CN_YEAR = rf"(?:\d{{4}}|[{CHINESE_DIGITS}]{{4}})\s{{0,2}}年"
_MINGUO = 1911  # the year before the first of the Republic of China, by which Taiwan counts
_BESIDE = 40  # characters on either side of a date in numbers that tell in which language it is written
_MINGUO_YEAR = rf"(?:中[華华])?民[國国]\s{{0,2}}(?P<y>\d{{1,3}}|[{CHINESE_NUMERALS}]{{1,4}})\s{{0,2}}年"
_MINGUO_MONTH = rf"\s{{0,2}}(?P<m>{CHINESE_UP_TO_99})\s{{0,2}}月"
_MINGUO_DAY = rf"\s{{0,2}}(?P<d>{CHINESE_UP_TO_99})\s{{0,2}}[日号號]"
_NOT_COUNTED = (  # "2000 people" and "2000%" are amounts, not years
    r"(?!\s{0,2}(?:%|％|percent|per\s?cent|people|persons|members|residents|million|billion|thousand|hundred"
    r"|hectares?|acres?|units?|words?|dollars?|euros?|pounds?|yuan|usd|eur|km|kg|mm?\b|ft\b|feet|metres?|meters?"
    r"|miles?|tons?|tonnes?|hours?|days?|copies|households|homes|houses|jobs|[万亿元个人名户家平米吨公件条套]))"
)


_Days = tuple[datetime.date, datetime.date]
Outcome = _Days | Literal["ambiguous", "impossible"] | None


class Form(NamedTuple):
    """One way to write a date, and how its groups read; `read` raises ValueError for an impossible date."""

    pattern: re.Pattern[str]
    precision: Precision
    read: Callable[[re.Match[str]], Outcome]


# Reading the groups -----------------------------------------------------------------------------------------


def _day_number(text: str) -> int:
    number = chinese_number(text.strip()) or english_number(text)
    if not number:
        raise ValueError(f"no day of a month: {text}")
    return number


def _month_number(text: str) -> int:
    named = MONTHS.get(text.strip(" .\n\t").lower())
    return named or _day_number(text)


def _year(text: str) -> int | None:
    year = chinese_number(text.strip().removesuffix("年"))
    return year if year in _YEARS else None


def longest_month(month: int) -> int:
    return calendar.monthrange(2000, month)[1]


def _days(match: re.Match[str]) -> Outcome:
    """Groups y, m, d and for a range also y2, m2, d2; what an end leaves out it shares with the other."""
    group = {"y2": None, "m2": None, "d2": None} | match.groupdict()
    last_year = _year(group["y2"] or group["y"])
    year = _year(group["y"])
    if not year or not last_year:
        return None
    month, day = _month_number(group["m"]), _day_number(group["d"])
    first = datetime.date(year, month, day)
    if not group["d2"]:
        return first, first
    last_month = _month_number(group["m2"]) if group["m2"] else month
    last = datetime.date(last_year, last_month, _day_number(group["d2"]))
    if last < first and not group["y2"]:  # the range runs over the turn of the year
        if _year_leads(match):
            last = last.replace(year=year + 1)
        else:
            first = first.replace(year=year - 1)
    return (first, last) if first <= last else None


def _minguo(match: re.Match[str]) -> Outcome:
    """A day, month or year counted from 1912: 民國113年5月20日 is 20 May 2024."""
    group = dict.fromkeys("ynmd") | match.groupdict()
    counted = chinese_number(group["y"] or group["n"] or "")
    if not counted or (year := counted + _MINGUO) not in _YEARS:
        return None
    if not group["m"]:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    month = _month_number(group["m"])
    if not group["d"]:
        return datetime.date(year, month, 1), _month_end(year, month)
    day = datetime.date(year, month, _day_number(group["d"]))
    return day, day


def _minguo_in_numbers(match: re.Match[str]) -> Outcome:
    """113/11/12 among Chinese characters: a year of three digits is of no other count; elsewhere some other number."""
    begin, end = max(0, match.start() - _BESIDE), match.end() + _BESIDE
    if not has_han(match.string[begin:end]):
        return None
    try:
        return _minguo(match)
    except ValueError:
        return None


def _year_leads(match: re.Match[str]) -> bool:
    """Whether the year stands before the first month and so belongs to it, not to the last one.

    2024年12月30日至1月2日 ends in 2025; "December 30 - January 2, 2025" begins in 2024.
    """
    return match.start("y") < match.start("m")


def _compact_day(match: re.Match[str]) -> Outcome:
    try:
        return _days(match)
    except ValueError:  # eight digits that are no date are some other number
        return None


def _numeric(match: re.Match[str]) -> Outcome:
    """Day and month in either order before the year: sure only when one of them cannot be a month."""
    one, two, year = int(match["a"]), int(match["b"]), _year(match["y"])
    if not year:
        return None
    if one == two or one > 12 or two > 12:
        month, day = (two, one) if one > 12 or one == two else (one, two)
        first = datetime.date(year, month, day)
        return first, first
    return "ambiguous" if one and two else "impossible"


def _two_digit_year(match: re.Match[str]) -> Outcome:
    numbers = [int(match[name]) for name in "abc"]
    days = [number for number in numbers if 1 <= number <= 31]
    return "ambiguous" if len(days) >= 2 and min(numbers[:2]) >= 1 and min(numbers) <= 12 else None


def _month(match: re.Match[str]) -> Outcome:
    """Groups y, m and for a range m2."""
    year = _year(match["y"])
    month = _month_number(match["m"])
    last = _month_number(match["m2"]) if match.groupdict().get("m2") else month
    if not year or not (1 <= month <= 12 and 1 <= last <= 12):
        return None
    over = last < month  # the turn of the year
    first_year = year - (over and not _year_leads(match))
    return datetime.date(first_year, month, 1), _month_end(first_year + over, last)


def _month_end(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _whole_year(match: re.Match[str]) -> Outcome:
    year = _year(match["y"])
    return (datetime.date(year, 1, 1), datetime.date(year, 12, 31)) if year else None


def _years(match: re.Match[str]) -> Outcome:
    """ "2006-2007", "2012-13": the second year follows the first."""
    first, second = _year(match["y"]), match["y2"]
    last = first and (_year(second) if len(second) == 4 else first - first % 100 + int(second))
    if not first or not last or not 0 < last - first < 100 or (len(second) == 2 and last != first + 1):
        return None
    return datetime.date(first, 1, 1), datetime.date(last, 12, 31)


def _quarter(match: re.Match[str]) -> Outcome:
    number = _ORDER.get(match["n"].lower()) or chinese_number(match["n"])
    return _part_of_year(match["y"], number, 3)


def _half(match: re.Match[str]) -> Outcome:
    number = {"上": 1, "前": 1, "下": 2, "后": 2}.get(match["n"]) or _ORDER.get(match["n"].lower())
    if match["n"].lower() == "last":
        number = 2
    return _part_of_year(match["y"], number or chinese_number(match["n"]), 6)


def _part_of_year(year_text: str, number: int | None, months: int) -> Outcome:
    year = _year(year_text)
    if not year or not number or number * months > 12:
        return None
    last = number * months
    return datetime.date(year, last - months + 1, 1), _month_end(year, last)


def _season(match: re.Match[str]) -> Outcome:
    year, month = _year(match["y"]), _SEASONS[match["n"].lower()]
    if not year:
        return None
    last = _month_end(year + 1, 2) if month == 12 else _month_end(year, month + 2)
    return datetime.date(year, month, 1), last


# The forms --------------------------------------------------------------------------------------------------


def _forms(precision: Precision, read: Callable[[re.Match[str]], Outcome], *patterns: str) -> Iterable[Form]:
    return [Form(re.compile(pattern, re.IGNORECASE), precision, read) for pattern in patterns]


MONTH_GROUP, LAST_MONTH_GROUP = rf"(?P<m>{MONTH})", rf"(?P<m2>{MONTH})"
DAY_GROUP, LAST_DAY_GROUP = rf"(?P<d>{DAY})", rf"(?P<d2>{DAY})"
_YEAR, _YEAR2 = rf"(?P<y>{_Y})", rf"(?P<y2>{_Y})"
_SEP = r"\s{0,3}[-,.]?\s{0,3}(?:of\s{1,3})?"
_CN_DAY = rf"(?P<d>{CHINESE_UP_TO_99})\s{{0,2}}[日号號]?"
_CN_DAY2 = rf"(?P<d2>{CHINESE_UP_TO_99})\s{{0,2}}[日号號]"
CHINESE_TO = r"\s{0,2}(?:[（(](?:星期|周)[一二三四五六日天][）)])?\s{0,2}(?:[-–—~～]+|至|到)\s{0,2}"

FORMS: tuple[Form, ...] = (
    *_forms(
        "day",
        _days,
        # 18 September 2007; 18th and 19th of Sept. 2007; 30 September - 1 October 2007
        rf"{_WEEKDAY}(?<![\w.]){DAY_GROUP}{_OF}\b{MONTH_GROUP}{_SEP}(?<!\w){_YEAR}",
        rf"{_WEEKDAY}(?<![\w.]){DAY_GROUP}{TO}{_WEEKDAY}{LAST_DAY_GROUP}{_OF}\b{MONTH_GROUP}{_SEP}(?<!\w){_YEAR}",
        rf"{_WEEKDAY}(?<![\w.]){DAY_GROUP}{_OF}\b{MONTH_GROUP}{DASH}{_WEEKDAY}{LAST_DAY_GROUP}{_OF}\b{LAST_MONTH_GROUP}{_SEP}(?<!\w){_YEAR}",
        # September 18, 2007; Sept 18-19, 2007; January 31-February 1, 2006
        rf"{_WEEKDAY}\b{MONTH_GROUP}{_SEP}{DAY_GROUP}{_SEP}(?<!\w){_YEAR}",
        rf"{_WEEKDAY}\b{MONTH_GROUP}{_SEP}{DAY_GROUP}{TO}{LAST_DAY_GROUP}{_SEP}(?<!\w){_YEAR}",
        rf"{_WEEKDAY}\b{MONTH_GROUP}{_SEP}{DAY_GROUP}{TO}{_WEEKDAY}\b{LAST_MONTH_GROUP}{_SEP}{LAST_DAY_GROUP}{_SEP}(?<!\w){_YEAR}",
        # 2007 September 18
        rf"{_BEFORE}{_YEAR}{_SEP}(?<!\w){MONTH_GROUP}{_SEP}(?<!\w){DAY_GROUP}(?!\w|/)",
        # 2007-09-18, 2007/9/18, 2007.09.18
        r"(?<![\w.$€£¥#/-])(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![/-]?\d|[.]\d|(?!T\d)\w)",
        # 2023年8月25日; 2023年8月25日至26日; 2023年12月30日至2024年1月2日
        rf"(?<!\d)(?P<y>{_CN_YEAR})\s{{0,2}}(?P<m>{CHINESE_UP_TO_99})\s{{0,2}}月\s{{0,2}}(?P<d>{CHINESE_UP_TO_99})\s{{0,2}}[日号號]",
        rf"(?<!\d)(?P<y>{_CN_YEAR})\s{{0,2}}(?P<m>{CHINESE_UP_TO_99})\s{{0,2}}月\s{{0,2}}{_CN_DAY}{CHINESE_TO}"
        rf"(?:(?P<y2>{_CN_YEAR})\s{{0,2}})?(?:(?P<m2>{CHINESE_UP_TO_99})\s{{0,2}}月\s{{0,2}})?{_CN_DAY2}",
    ),
    *_forms(
        "day",
        _minguo,
        _MINGUO_YEAR + _MINGUO_MONTH + _MINGUO_DAY,
        # three digits before 年, month and day are a year of no other count
        rf"(?<!\d)(?P<n>1\d\d)\s{{0,2}}年{_MINGUO_MONTH}{_MINGUO_DAY}",
    ),
    *_forms(
        "day",
        _minguo_in_numbers,
        r"(?<![\w.$€£¥#/-])(?P<n>1[0-4]\d)(?P<s>[-/])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![/-]?\d|[.]\d|\w)",
    ),
    *_forms(
        "day",
        _compact_day,
        r"(?<![\d.,$€£¥#A-Za-z])(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?![\dA-Za-z]|[.,]\d)",
    ),
    *_forms(
        "day",
        _numeric,
        rf"{_BEFORE}(?P<a>\d{{1,2}})(?P<s>[-/.])(?P<b>\d{{1,2}})(?P=s)(?P<y>\d{{4}})(?!\w|[./-]\d)",
    ),
    *_forms("day", _two_digit_year, rf"{_BEFORE}(?P<a>\d\d?)/(?P<b>\d\d?)/(?P<c>\d\d)(?!\w|[./-]\d)"),
    *_forms(
        "month",
        _month,
        rf"\b{MONTH_GROUP}{_SEP}(?<!\w){_YEAR}(?!\s?-\s?\d)",
        rf"\b{MONTH_GROUP}{DASH}{LAST_MONTH_GROUP}{_SEP}(?<!\w){_YEAR}",
        rf"{_BEFORE}{_YEAR}{_SEP}(?<!\w){MONTH_GROUP}(?!\w)",
        rf"{_BEFORE}(?P<y>\d{{4}})-(?P<m>\d\d)(?!\w|[./-]\d)",
        rf"(?<!\d)(?P<y>{_CN_YEAR})\s{{0,2}}(?P<m>{CHINESE_UP_TO_99})\s{{0,2}}月份?",
        rf"(?<!\d)(?P<y>{_CN_YEAR})\s{{0,2}}(?P<m>{CHINESE_UP_TO_99})\s{{0,2}}月?份?{CHINESE_TO}(?P<m2>{CHINESE_UP_TO_99})\s{{0,2}}月份?",
    ),
    *_forms("month", _minguo, rf"{_MINGUO_YEAR}{_MINGUO_MONTH}份?"),
    *_forms("year", _minguo, rf"{_MINGUO_YEAR}度?"),
    *_forms(
        "quarter",
        _quarter,
        rf"\bq(?P<n>[1-4])(?:\s{{0,3}}(?:of|,|/)?\s{{0,3}}){_YEAR}",
        rf"{_BEFORE}(?P<y>\d{{4}})[\s,/-]{{0,2}}q(?P<n>[1-4])\b",
        rf"\b(?P<n>first|second|third|fourth|last|1st|2nd|3rd|4th)[\s-]quarter(?:\s(?:of|in)|,)?\s(?:the\syear\s)?{_YEAR}",
        rf"(?<!\d)(?P<y>{_CN_YEAR})度?的?\s{{0,2}}第?(?P<n>[1-4一二三四])\s{{0,2}}季度?",
    ),
    *_forms(
        "half",
        _half,
        rf"\bh(?P<n>[12])(?:\s{{0,3}}(?:of|,|/)?\s{{0,3}}){_YEAR}",
        rf"{_BEFORE}(?P<y>\d{{4}})[\s,/-]{{0,2}}h(?P<n>[12])\b",
        rf"\b(?P<n>first|second|last|1st|2nd)[\s-]half(?:\s(?:of|in)|,)?\s(?:the\syear\s)?{_YEAR}",
        rf"(?<!\d)(?P<y>{_CN_YEAR})度?的?\s{{0,2}}(?P<n>[上下前后])半年",
    ),
    *_forms(
        "season",
        _season,
        rf"\b(?P<n>spring|summer|autumn|fall|winter)(?:\s(?:of|in)|,)?\s{_YEAR}(?:[-/–]\d\d(?!\d))?",
        rf"(?<!\d)(?P<y>{_CN_YEAR})的?\s{{0,2}}(?P<n>[春夏秋冬])[季天]?",
    ),
    *_forms(
        "year",
        _whole_year,
        rf"(?<![\w.$€£¥#/〔[-])(?<!\d,)(?P<y>(?:1[89]|2[01])\d\d)(?![\w-]|[.,/:–]\d|['’]?s\b){_NOT_COUNTED}",
        rf"(?<!\d)(?P<y>{_CN_YEAR})度?",
    ),
    *_forms(
        "year",
        _years,
        r"(?<![\w.$€£¥#/-])(?P<y>(?:1[89]|2[01])\d\d)\s?[-–—/]\s?(?P<y2>\d{4}|\d\d)(?![\w-]|[.,/]\d)",
    ),
)


def windows(anchor: re.Pattern[str], text: str, reach: int = 90) -> Iterator[tuple[int, int]]:
    """The stretches of `text` within reach of an anchor, merged: forms are tried there only, for speed.

    reach  characters; no form matches further from its anchor
    """
    start = end = 0
    for match in anchor.finditer(text):
        if match.start() - reach > end and end:
            yield start, end
            start = match.start() - reach
        elif not end:
            start = max(0, match.start() - reach)
        end = min(len(text), match.end() + reach)
    if end:
        yield start, end
