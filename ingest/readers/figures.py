"""Whole numbers as lists show them: Roman, letters, Chinese."""


def in_figures(number: int, kind: str) -> str:
    """A number as Word's number format `kind` shows it.

    >>> in_figures(4, "lowerRoman"), in_figures(28, "upperLetter"), in_figures(12, "chineseCounting")
    ('iv', 'BB', '十二')
    """
    if kind == "none":
        return ""
    if kind in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        roman = _roman(number)
        return roman if kind == "upperRoman" else roman.lower()
    if kind in ("upperLetter", "lowerLetter") and 0 < number < 800:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if kind == "upperLetter" else letter.lower()
    if kind in _CHINESE and 0 < number < 100:
        return _chinese(number)
    if kind == "ideographTraditional" and 0 < number <= 10:
        return "甲乙丙丁戊己庚辛壬癸"[number - 1]
    if kind.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(0x2460 + number - 1)
    return f"{number:02}" if kind == "decimalZero" else str(number)


_CHINESE = frozenset({
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital",
})  # fmt: skip


def _chinese(number: int) -> str:
    figures = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else figures[tens]) + ("十" if tens else "") + (figures[ones] if ones else "")


def _roman(number: int) -> str:
    values = (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")
    roman = ""
    for value, sign in (*values, (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        roman += sign * (number // value)
        number %= value
    return roman
