"""Sums of money, as written."""

import re

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:[- ]?(?:hundred |thousand |million|billion|trillion|thousand|bn|mn|[mkMKB]\b))?"
_CODE = r"USD|US\$|EUR|GBP|RMB|CNY|HKD|JPY|CAD|AUD|NZD|CHF|SGD|INR"
_UNIT = (
    r"dollars?|euros?|pounds(?: sterling)?|yuan|renminbi|yen|francs?|rupees?|won|rand|USD|EUR|GBP|RMB|CNY|HKD"
)
_HAN_UNIT = r"(?:美元|欧元|英镑|日元|港元|港币|澳元|加元|元(?:人民币)?)"
_MONEY = re.compile(
    rf"(?:(?:US|AU|NZ|HK|CA|S|A|C|R)?[$£€¥￥]|\b(?:{_CODE}))\s?(?:{_NUMBER}){_SCALE}"
    rf"|\b(?:{_NUMBER}){_SCALE}\s(?:US |Canadian |Australian )?(?:{_UNIT})\b|(?:人民币\s?)?(?:\d[\d,.]*"
    rf"|[一二三四五六七八九十百千零〇两]+)\s?[多余]?[百千]?[万亿]{{0,2}}[多余]?{_HAN_UNIT}",
)


def amounts(text: str) -> tuple[str, ...]:
    """The sums of money in `text`, in order, as written.

    >>> amounts("a grant of $1.2 million and 3,000 euros; 补助3000万元")
    ('$1.2 million', '3,000 euros', '3000万元')
    """
    return tuple(match[0].strip() for match in _MONEY.finditer(text))
