"""Numbers written as words: Chinese numerals and English cardinals and ordinals.

Meetings are counted in words ("the Thirty-second Meeting", "第三十二次会议") and Chinese dates are written in
them ("二〇二三年八月"); dates, sessions and questions all read them here.
"""

import re

_DIGITS = {
    **dict.fromkeys("〇零○◯", 0),
    **dict.fromkeys("一壹", 1),
    **dict.fromkeys("二贰貳两兩", 2),
    **dict.fromkeys("三叁參叄", 3),
    **dict.fromkeys("四肆", 4),
    **dict.fromkeys("五伍", 5),
    **dict.fromkeys("六陆陸", 6),
    **dict.fromkeys("七柒", 7),
    **dict.fromkeys("八捌", 8),
    **dict.fromkeys("九玖", 9),
}
CHINESE_DIGITS = "".join(_DIGITS) + "0０OＯo"
"""Every character a Chinese number written digit by digit may have, with what stands in it for the zero (二O二六)."""
_ZEROS = str.maketrans("0０OＯo", "〇〇〇〇〇")
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS_IN_ONE = {"廿": 20, "卅": 30}
CHINESE_NUMERALS = "".join((*_DIGITS, *_UNITS, *_TENS_IN_ONE, "万萬"))
"""Every character a Chinese numeral may consist of, for use inside `[...]`."""

_CARDINAL_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_CARDINALS = {word: number for number, word in enumerate(_CARDINAL_WORDS.split())}
_TENS = {word: 10 * number for number, word in enumerate(_TENS_WORDS.split(), start=2)}
_ORDINALS = {word: number for number, word in enumerate(_ORDINAL_WORDS.split(), start=1)}
_ORDINALS |= {word[:-1] + "ieth": number for word, number in _TENS.items()}

ENGLISH_ORDINAL = (
    r"(?:\d{1,4}\s?(?:st|nd|rd|th)\b"
    r"|\b(?:(?:one|two|three|four|five|six|seven|eight|nine|a)[ -]hundred(?:[ -]and)?[ -])?"
    rf"(?:(?:{'|'.join(_TENS)})[ -])?(?:{'|'.join(_ORDINALS)}|hundredth)\b)"
)
"""Pattern, to be compiled with IGNORECASE, of an ordinal that `english_number` reads: "32nd", "ninth"."""


def chinese_number(text: str) -> int | None:
    """The number `text` writes in Chinese numerals or in digits of any width; None when it writes none.

    >>> [chinese_number(text) for text in ("三十二", "二〇二三", "一百零五", "３２", "会议")]
    [32, 2023, 105, 32, None]
    >>> [chinese_number(text) for text in ("二O二六", "二０二六", "OK")]
    [2026, 2026, None]
    """
    text = text.strip().removeprefix("第")
    if text.isdecimal():
        return int(text) if len(text) <= 18 else None
    if any(character in _DIGITS for character in text):
        text = text.translate(_ZEROS)
    if not text or len(text) > 18 or any(character not in CHINESE_NUMERALS for character in text):
        return None
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    high, man, low = text.replace("萬", "万").rpartition("万")
    if man:
        ten_thousands = _below_ten_thousand(high)
        rest = _below_ten_thousand(low) if low else 0
        return None if ten_thousands is None or rest is None else ten_thousands * 10_000 + rest
    return _below_ten_thousand(text)


def _below_ten_thousand(text: str) -> int | None:
    """Reads "三千零五十二"; units must fall from left to right."""
    total, digit, last_unit = 0, None, 10_000
    for character in text:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
        elif character in _TENS_IN_ONE:
            if digit or last_unit <= 10:
                return None
            total, last_unit = total + _TENS_IN_ONE[character], 10
        elif character in _UNITS:
            unit = _UNITS[character]
            if unit >= last_unit:
                return None
            total, digit, last_unit = total + unit * (digit or 1), None, unit
        else:
            return None
    return total + (digit or 0) if text else None


def english_number(text: str) -> int | None:
    """The number `text` writes as an English ordinal or cardinal, in words or digits; None if it writes none.

    >>> [english_number(text) for text in ("thirty-second", "32nd", "Ninth", "twelve", "meeting")]
    [32, 32, 9, 12, None]
    """
    text = text.strip().lower()
    digits = re.fullmatch(r"(\d{1,9})\s?(?:st|nd|rd|th)?", text)
    if digits:
        return int(digits[1])
    words = [word for word in re.split(r"[\s-]+", text) if word != "and"]
    if not words or len(words) > 5:
        return None
    return _words_to_number(words)


def _words_to_number(words: list[str]) -> int | None:
    total = 0
    if len(words) >= 2 and words[1] in ("hundred", "hundredth"):
        hundreds = 1 if words[0] == "a" else _CARDINALS.get(words[0])
        if not hundreds or hundreds > 9:
            return None
        total, words = 100 * hundreds, words[2:]
    elif words[0] in ("hundred", "hundredth"):
        total, words = 100, words[1:]
    if words and words[0] in _TENS:
        total, words = total + _TENS[words[0]], words[1:]
        if words and (_CARDINALS | _ORDINALS).get(words[0], 10) > 9:
            return None
    if not words:
        return total or None
    last = (_CARDINALS | _ORDINALS).get(words[0])
    return None if last is None or len(words) > 1 else total + last
