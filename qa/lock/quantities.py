"""Numbers, amounts, percentages, dates, times and codes of a text as values that compare, English and Chinese.

二〇二三年 is 2023, 3亿 is 300,000,000, "three-quarters of a percent" is 0.75 per cent, "twelve" is 12. A claim
may write a quantity otherwise than its record; it may not change it.
"""

import itertools
import re
from dataclasses import replace
from fractions import Fraction

from qa.lock.moments import codes, dates, times
from qa.lock.numbers import chinese, english
from qa.lock.values import Quantity, Role, agree

__all__ = ["Quantity", "agree", "quantities"]


def quantities(text: str) -> list[Quantity]:
    """Every quantity of `text`, in order, not overlapping; dates first, then times, codes and numbers.

    >>> [(q.kind, str(q.value)) for q in quantities("3亿元 or two thirds, 1-1/4 per cent, twelve")]
    [('number', '300000000'), ('number', '2/3'), ('percent', '5/4'), ('number', '12')]
    """
    taken = bytearray(len(text))
    found: list[Quantity] = []
    for reader in (dates, times, codes, chinese, english):
        for quantity in reader(text):
            if taken.find(1, quantity.start, quantity.end) < 0:
                taken[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
                found.append(quantity)
    return _with_units(text, [_with_role(text, one) for one in sorted(found, key=lambda q: q.start)])


# Currencies -------------------------------------------------------------------------------------------------

_CURRENCIES = {
    "yuan": r"yuan|renminbi|rmb|cny|人民币|元(?!旦|宵|月)",
    "dollar": r"(?:US |Canadian |Australian )?dollars?|usd|美元",
    "euro": r"euros?|eur|欧元",
    "pound": r"pounds?(?: sterling)?|gbp|英镑",
    "yen": r"yen|jpy|日元",
    "hkd": r"hkd|港元|港币",
}
_CURRENCY_AFTER = re.compile(
    r"\s?(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _CURRENCIES.items()) + r")(?![A-Za-z])",
    re.IGNORECASE,
)
_CURRENCY_BEFORE = re.compile(
    r"(?:(?P<yuan>[¥￥]|RMB|CNY)|(?P<dollar>(?:US)?\$|USD)|(?P<euro>€|EUR)|(?P<pound>£|GBP))\s?$"
)
_GOES_ON = re.compile(r"\s*(?:[,.;，。；)）]|to\b|or\b|and\b|$)")


def _with_unit(text: str, quantity: Quantity, before: "Quantity | None") -> Quantity:
    """The sum with its currency, which it takes from the sum before it where it has none ("71 million, ...")."""
    if quantity.kind != "number":
        return quantity
    if match := _CURRENCY_AFTER.match(text, quantity.end):
        return replace(quantity, end=match.end(), unit=match.lastgroup or "")
    if match := _CURRENCY_BEFORE.search(text[max(0, quantity.start - 4) : quantity.start]):
        return replace(quantity, start=quantity.start - len(match[0]), unit=match.lastgroup or "")
    scaled = isinstance(quantity.value, Fraction) and quantity.value >= 10_000
    if scaled and before is not None and before.unit and _GOES_ON.match(text, quantity.end):
        return replace(quantity, unit=before.unit)
    return quantity


def _with_units(text: str, found: list[Quantity]) -> list[Quantity]:
    sums: list[Quantity] = []
    for quantity in found:
        sums.append(_with_unit(text, quantity, sums[-1] if sums else None))
    for number, (one, other) in enumerate(itertools.pairwise(sums)):
        if one.role == "from" and other.role == "to" and other.unit and not one.unit:
            sums[number] = replace(one, unit=other.unit)
    return sums


# Roles ------------------------------------------------------------------------------------------------------

_FROM = re.compile(r"(?:\bfrom|由|从|自)\s*(?:[$€£¥￥])?\s*$", re.IGNORECASE)
_TO = re.compile(
    r"(?:\bto|\buntil|\band|至|到|升至|降至|增至|调整为|[-–—~～])\s*(?:[$€£¥￥])?\s*$", re.IGNORECASE
)
_TO_ALONE = re.compile(
    r"(?:\b(?:risen|rise|rises|rose|fallen|fall|falls|fell|increased?s?|reduced?s?|up|down|dropped|cut|raised?s?"
    r"|lowered|grown|grew|went|adjusted|changed?|revised) to|升至|降至|增至|减至|调整为|提高到|降到"
    r"|升到)\s*[$€£¥￥]?\s*$",
    re.IGNORECASE,
)
_OPENED = re.compile(r"(?:\bfrom|\bbetween|由|从|自)\s*(?:[^,.;，。；]|[.,](?=\d)){0,40}$", re.IGNORECASE)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
_BEGINS = r"begin(?:s|ning)?|begun|began|start(?:s|ing|ed)?|commenc\w+|effective|effect|force"
_DATE_WORDS: tuple[tuple[Role, str], ...] = (
    (
        "by",
        r"\b(?:by|before|no later than|not later than|due on|due|due by|ahead of|prior to)"
        r"(?: the end of| end of)?",
    ),
    ("until", r"\b(?:until|till|up to|through)|截至|截止到?"),
    ("after", r"\b(?:after|following)"),
    ("from", rf"\b(?:from|since|as of|as from|with effect from|(?:{_BEGINS})(?: (?:on|from|in))?)|自|从"),
    ("to", r"\bto|延至|至|到|延长到"),
    ("on", r"\bon"),
)
_DATE_ROLES = tuple(
    (role, re.compile(rf"(?:{words})\s*(?:the\s+)?{_WEEKDAY}$", re.IGNORECASE)) for role, words in _DATE_WORDS
)
_HAN_AFTER_DATE: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("by", re.compile(r"(?:底|末|中旬|上旬)?(?:之?前|以前)")),
    ("from", re.compile(r"(?:起|开始|以来)")),
    ("after", re.compile(r"(?:之后|以后|后)")),
)


def _with_role(text: str, quantity: Quantity) -> Quantity:
    """Marks the ends of "from 1.9 to 2.15 billion yuan" and of "由41%升至78%", and "by", "from", "until" of a date."""
    head = text[max(0, quantity.start - 32) : quantity.start]
    if quantity.kind in ("date", "time"):
        for role, words in _HAN_AFTER_DATE:
            if words.match(text, quantity.end):
                return replace(quantity, role=role)
        for role, words in _DATE_ROLES:
            if words.search(head):
                return replace(quantity, role=role)
    elif quantity.kind in ("number", "percent"):
        if _FROM.search(head):
            return replace(quantity, role="from")
        if _TO_ALONE.search(head) or (
            _TO.search(head) and _OPENED.search(text[max(0, quantity.start - 48) : quantity.start])
        ):
            return replace(quantity, role="to")
    return quantity
