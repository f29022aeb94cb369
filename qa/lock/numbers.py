"""Numbers and per cents in a text, in digits and in words, English and Chinese, with the words that bound them."""

import re
from collections.abc import Iterator
from fractions import Fraction

from ingest.numerals import CHINESE_NUMERALS, chinese_number, english_number
from qa.lock.values import Bound, Kind, Quantity

_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SCALES |= {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_UNICODE_FRACTIONS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3)}
_UNICODE_FRACTIONS |= {"⅔": Fraction(2, 3), "⅛": Fraction(1, 8), "⅜": Fraction(3, 8), "⅝": Fraction(5, 8)}
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
_SMALL = "|".join(sorted(_UNITS.split(), key=len, reverse=True))
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8}
_PARTS |= {"tenth": 10, "hundredth": 100}
_PART = "half|halves|(?:third|quarter|fourth|fifth|sixth|eighth|tenth|hundredth)s?"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"hundred|thousand|million|billion|trillion"
_WORDS = rf"(?:an?[ -](?={_SCALE}))?\b(?:{_SMALL}|dozen|{_SCALE})\b(?:(?:[ -]|,? and )(?:{_SMALL}|{_SCALE}|dozen)\b)*"
_PERCENT = re.compile(
    r"\s?(?P<points>basis points?\b|bps?\b)"
    r"|[\s-]?(?P<percent>(?:of (?:a|one) )?(?:percent(?:age)?(?: points?)?\b|per cent(?:age)?\b|[%％]|pct\b))"
    r"|\s?个?百分点",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"(?:(?P<mixed>\d+)[- ])?(?<![\d/.])(?P<top>\d+)/(?P<bottom>\d+)(?![\d/])"
    rf"|(?P<whole>\d+)?(?P<sign>[{''.join(_UNICODE_FRACTIONS)}])"
    rf"|\b(?P<count>an?|{_SMALL})[ -](?P<part>{_PART})\b(?! (?:of )?(?:meeting|session|reading))"
    rf"|\b(?P<units>{_SMALL}|\d+) and (?:a|one)[ -](?P<rest>half|quarter|third)(?:[ -](?P<scale3>{_SCALE}))?\b"
    rf"|\b(?P<nth>(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[ -])?(?:first|second|third|fourth|fifth"
    r"|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth"
    r"|eighteenth|nineteenth|twentieth|thirtieth|fortieth|fiftieth))\b"
    rf"|\b(?P<ratio>{_SMALL}|\d+) (?:out of|in every|of every) (?P<base>(?:{_SMALL}|\d+))\b(?! (?:per ?cent|percent))"
    rf"|(?<![A-Za-z0-9_.,/])(?P<digits>{_DIGITS})(?P<ordinal>\s?(?:st|nd|rd|th)\b)?"
    rf"(?:[ -]?(?P<scale>(?:{_SCALE}|bn|mn|tn|[mkMK])\b(?! per)))?"
    rf"|(?P<words>{_WORDS})(?: (?P<point>point (?:{_SMALL})(?: (?:{_SMALL}))*)(?: (?P<scale2>{_SCALE}))?)?"
    rf"|\b(?P<half>half)\b",
    re.IGNORECASE,
)
_NOT_COUNTED = re.compile(r"one (?:of|another|by one)\b|ones?'s", re.IGNORECASE)
_MOST = r"\b(?:up to|at most|(?:no|not) more than|not exceed(?:ing)?|not above|(?:a )?maximum|max\.?)"
_BOUND_WORDS: tuple[tuple[Bound, str], ...] = (
    ("most", rf"{_MOST}|不超过|不得超过|至多|最多|不高于"),
    (
        "least",
        r"\b(?:at least|(?:no|not) (?:fewer|less) than|(?:a )?minimum|not below)|至少|不少于|不低于|最少",
    ),
    (
        "more",
        r"\b(?:more than|over|above|exceed(?:s|ed|ing)?|upwards of|in excess of|beyond)|超过|多于|逾|超",
    ),
    ("less", r"\b(?:fewer than|less than|under|below)|不到|不足|少于|低于|未满"),
)
_BETWEEN = r"\s*(?:of |a total of )?(?:[$€£¥￥]|(?:US|HK|RMB|CNY|EUR|USD)\$?)?\s*$"
_BOUNDS = tuple((bound, re.compile(f"(?:{words}){_BETWEEN}", re.IGNORECASE)) for bound, words in _BOUND_WORDS)
_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|nearly|almost|some|an estimated|estimated at)|大约|大概|约|近)\s*$",
    re.IGNORECASE,
)
_AFTER: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (
        "least",
        re.compile(r" or (?:more|over|above)\b|(?:周岁|岁|元|人|户|个)?(?:及以上|以上)", re.IGNORECASE),
    ),
    (
        "most",
        re.compile(
            r" or (?:fewer|less|under|below)\b|(?:周岁|岁|元|人|户|个)?(?:及以下|以下|以内)", re.IGNORECASE
        ),
    ),
)


def english(text: str) -> Iterator[Quantity]:
    for match in _NUMBER.finditer(text):
        if _NOT_COUNTED.match(text, match.start()):
            continue
        value = _value(match)
        if value is None:
            continue
        kind: Kind = "ordinal" if match["ordinal"] or match["nth"] else "number"
        yield _bounded(text, match.start(), match.end(), kind, value)


def _value(match: re.Match[str]) -> Fraction | None:
    if match["top"]:
        return Fraction(int(match["mixed"] or 0)) + _quotient(int(match["top"]), int(match["bottom"]))
    if match["sign"]:
        return Fraction(int(match["whole"] or 0)) + _UNICODE_FRACTIONS[match["sign"]]
    if match["part"]:
        part = match["part"].lower()
        return Fraction(_small(match["count"]), _PARTS.get(part) or _PARTS[part.removesuffix("s")])
    if match["units"]:
        whole = _small(match["units"]) + Fraction(1, _PARTS[match["rest"].lower()])
        return whole * _SCALES.get((match["scale3"] or "").lower(), 1)
    if match["ratio"]:
        return _quotient(_small(match["ratio"]), _small(match["base"]))
    if match["digits"]:
        scale = match["scale"] or _scale_of_range(match)
        return Fraction(match["digits"].replace(",", "")) * _SCALES.get(scale.lower(), 1)
    if match["words"]:
        return _spelled(match["words"], match["point"], match["scale2"])
    if match["half"]:
        return Fraction(1, 2)
    number = english_number(match["nth"])
    return None if number is None else Fraction(number)


_RANGE_SCALE = re.compile(
    rf"\s?(?:to|[-–])\s?(?:{_DIGITS})[ -]?(?P<scale>{_SCALE}|bn|mn|tn)\b", re.IGNORECASE
)


def _scale_of_range(match: re.Match[str]) -> str:
    """The scale that stands only after the second number: "1.9 to 2.15 billion"."""
    closing = _RANGE_SCALE.match(match.string, match.end())
    return closing["scale"] if closing and not match["ordinal"] else ""


def _quotient(top: int, bottom: int) -> Fraction:
    return Fraction(top, bottom) if bottom else Fraction(top)


def _small(word: str) -> int:
    if word.lower() in ("a", "an"):
        return 1
    return int(word) if word.isdecimal() else _SMALL_VALUES[word.lower()]


_SMALL_VALUES = dict(zip(_UNITS.split(), [*range(20), *range(20, 100, 10)], strict=True)) | {"dozen": 12}


def _spelled(words: str, point: str | None, scale: str | None) -> Fraction:
    """ "two hundred and fourteen thousand", "one point five million"."""
    total, below = Fraction(0), Fraction(0)
    for word in re.split(r"[\s,-]+", words.lower()):
        if word in _SCALES and word != "hundred":
            total, below = total + (below or Fraction(1)) * _SCALES[word], Fraction(0)
        elif word in ("hundred", "dozen"):
            below = (below or Fraction(1)) * (100 if word == "hundred" else 12)
        elif word in _SMALL_VALUES:
            below += _SMALL_VALUES[word]
    number = total + below
    if point:
        digits = "".join(str(_SMALL_VALUES[word]) for word in point.lower().split()[1:])
        number += Fraction(f"0.{digits}")
    return number * _SCALES[scale.lower()] if scale else number


_HAN_DIGITS = CHINESE_NUMERALS.replace("万", "")
_HAN_NUMBER = re.compile(
    rf"百分之(?P<hundredths>[{_HAN_DIGITS}]+(?:点[{_HAN_DIGITS}]+)?|{_DIGITS})"
    rf"|(?P<bottom>[{_HAN_DIGITS}]+)分之(?P<top>[{_HAN_DIGITS}]+)"
    rf"|(?P<nth>第)(?P<rank>\d+|[{CHINESE_NUMERALS}]+)"
    rf"|(?<![\d.,])(?P<digits>{_DIGITS})(?P<scale>[百千]?[万亿]+|[百千])(?P<more>[多余])?"
    rf"|(?P<tenths>[{_HAN_DIGITS}]|\d)成(?![立为员果本就功])"
    rf"|(?P<han>[{CHINESE_NUMERALS}]*亿?[{CHINESE_NUMERALS}]+(?:点[{_HAN_DIGITS}]+)?亿?)(?P<more2>[多余])?(?:(?P<scale2>万|亿)(?!一))?"
)
_HAN_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_HAN_WORDS = re.compile(
    "统一|一致|一律|一些|一般|一定|一旦|一起|一样|一并|一次性|一线|(?<![一二三四五六七八九十百千])万一|十分|百姓|千家万户|第三方|三方|四处|八方|一体|一直|唯一|一切"
    "|一道|一批|一方面|进一步|一步|三令五申|千方百计|万无一失|一票否决|之一|一下|一贯|一味|一经|一刀切|一把手|百分点|百分比|百分数|一带|一路|一揽子"
)


def chinese(text: str) -> Iterator[Quantity]:
    idioms = [match.span() for match in _HAN_WORDS.finditer(text)]
    for match in _HAN_NUMBER.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in idioms):
            continue
        value = _han_value(match)
        if value is None:
            continue
        kind: Kind = (
            "ordinal" if match["nth"] else "percent" if match["hundredths"] or match["tenths"] else "number"
        )
        more: Bound = "more" if match["more"] or match["more2"] else ""
        yield _bounded(text, match.start(), match.end(), kind, value, more)


def _han_value(match: re.Match[str]) -> Fraction | None:
    if match["hundredths"]:
        return _han(match["hundredths"])
    if match["bottom"]:
        top, bottom = chinese_number(match["top"]), chinese_number(match["bottom"])
        return Fraction(top, bottom) if top is not None and bottom else None
    if match["nth"]:
        return _han(match["rank"])
    if match["digits"]:
        value = Fraction(match["digits"].replace(",", ""))
        for sign in match["scale"]:
            value *= _HAN_SCALES[sign]
        return value
    if match["tenths"]:
        tenths = chinese_number(match["tenths"])
        return None if tenths is None else Fraction(tenths * 10)
    number = _han(match["han"])
    return None if number is None else number * _HAN_SCALES.get(match["scale2"] or "", 1)


_SPOKEN = re.compile(r"(.*[百佰千仟万])([一二三四五六七八九])")
_HAN_BELOW = {"百": "十", "佰": "十", "千": "百", "仟": "百", "万": "千"}


def _han(text: str) -> Fraction | None:
    """ "一百零五", "二点五", "三亿五千万", "45.5"."""
    if re.fullmatch(_DIGITS, text):
        return Fraction(text.replace(",", ""))
    whole, _, decimals = text.rstrip("亿").partition("点")
    if spoken := _SPOKEN.fullmatch(whole):  # 三百三 is 330, 两千六 is 2,600
        whole = spoken[1] + spoken[2] + _HAN_BELOW[spoken[1][-1]]
    high, han, low = whole.rpartition("亿")
    upper = chinese_number(high) if han else 0
    lower = chinese_number(low) if low else 0
    if upper is None or lower is None:
        return None
    value = Fraction(upper * 10**8 + lower)
    if decimals:
        digits = [chinese_number(digit) for digit in decimals]
        if any(digit is None or digit > 9 for digit in digits):
            return None
        value += Fraction("0." + "".join(map(str, digits)))
    return value * 10**8 if text.endswith("亿") else value


def _bounded(text: str, start: int, end: int, kind: Kind, value: Fraction, bound: Bound = "") -> Quantity:
    """The number with the words around it that bound it, which belong to it."""
    if percent := _PERCENT.match(text, end):
        kind, end = "percent", percent.end()
        value = value / 100 if percent["points"] else value
    head = text[max(0, start - 28) : start]
    if about := _ABOUT.search(head):
        start -= len(head) - about.start()
        head = head[: about.start()]
    for name, words in _BOUNDS:
        if match := words.search(head):
            return Quantity(start - (len(head) - match.start()), end, kind, value, name)
    for name, words in _AFTER:
        if match := words.match(text, end):
            return Quantity(start, match.end(), kind, value, name)
    return Quantity(start, end, kind, value, bound)
