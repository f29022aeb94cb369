"""Bytes to text: which encoding, what could not be decoded, newlines as Python's text mode gives them.

A byte order mark decides; then strict UTF-8 without NULs. Everything else is judged over the whole file: each
candidate decodes it and the one under which the text is most probable wins, in bits under a small fixed model
(`_cost`): common Chinese characters are cheap, rare ones dear; accented letters next to ASCII letters are
cheap, rows of them dear; a byte that cannot be decoded costs more than any character. UTF-8 with a few bad
bytes wins this way over Latin-1, and Latin-1 over GB18030 for German, without special cases.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.errors import NotText

_MARKS = (  # longest first: the UTF-32 mark begins with the UTF-16 one
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
    "gb18030": "GB18030",
    "big5hkscs": "Big5",
    "cp1252": "Latin-1 (Windows-1252)",
}
# In the order of preference when two cost the same.
_CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "cp1252", "utf-16-le", "utf-16-be")

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # ESC stays out: terminal logs carry it
_POOR = 14.0  # bits per character above which a reading is not believed
_POOR_OF_MANY = (
    10.2  # the same for many characters: Chinese has 8.4 to 9.7, Korean taken for it 10.6 and more
)
_MANY = 60
_WINDOW = 16 * 1024  # bytes; even, so that UTF-16 stays in step
_WHOLE = 16 * _WINDOW  # files up to this size are judged whole
_RESERVE = {"utf-16-le": 16.0, "utf-16-be": 16.0}  # bits: without a byte order mark UTF-16 is seldom
# Encodings only charset-normalizer can tell apart.
_FURTHER = (
    "gb18030",
    "big5",
    "cp932",
    "euc_jp",
    "cp949",
    "cp1251",
    "koi8_r",
    "cp1253",
    "cp1250",
    "iso8859_2",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "cp874",
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file, or the telling parts of a large one, under one encoding; cost in bits per byte."""

    encoding: str
    text: str
    cost: float


def decode(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """The text of `data` and notes about how it was read; newlines `\\n`, no byte order mark.

    The same bytes give the same text always. Raises NotText where the bytes are no text in any encoding.
    """
    data, padding = _without_padding(data)
    encoding, marked = _encoding_of(data)
    data = data[marked:]
    text = data.decode(encoding or "utf-8", "replace")
    if encoding is None or _is_binary(text):
        raise NotText(
            path, "it looks like binary data, not text; save the minutes in it as text, DOCX or PDF"
        )
    notes = (*padding, *_notes(data, encoding, text))
    return _newlines(text), notes


def _encoding_of(data: bytes) -> tuple[str | None, int]:
    """The encoding, None where none fits, and the length of its byte order mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    if b"\0" not in data and _is_strict(data, "utf-8"):
        return "utf-8", 0
    return _most_probable(data), 0


def _is_strict(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _most_probable(data: bytes) -> str | None:
    windows = list(_telling(data))
    readings = [_reading(windows, encoding) for encoding in _CANDIDATES]
    best = min(readings, key=lambda reading: reading.cost)  # the first of equals
    if best.encoding == "utf-8" or not _is_poor(best.text):
        return best.encoding
    return _second_opinion(data) or (None if _is_noise(best.text) else best.encoding)


def _telling(data: bytes) -> Iterator[bytes]:
    """The whole file, or of a large one 16 windows of 16 KiB with bytes that are not ASCII, evenly spread."""
    if len(data) <= _WHOLE:
        yield data
        return
    windows = [data[start : start + _WINDOW] for start in range(0, len(data), _WINDOW)]
    telling = [window for window in windows if not window.isascii() or b"\0" in window]
    stride = max(1, -(-len(telling) // (_WHOLE // _WINDOW)))
    yield from telling[::stride]


def _reading(windows: list[bytes], encoding: str) -> _Reading:
    if not encoding.startswith("utf-16") and len(windows) > 1:
        windows = [_from_character_start(window) for window in windows]
    text = "".join(window.decode(encoding, "replace") for window in windows)
    size = sum(map(len, windows))
    return _Reading(encoding, text, (_cost(text) + _RESERVE.get(encoding, 0.0)) / max(size, 1))


def _from_character_start(window: bytes) -> bytes:
    """A window from its first byte on that surely begins a character, whatever the encoding."""
    sure = re.search(rb"[\n -/]", window)
    return window[sure.start() :] if sure else window


def _second_opinion(data: bytes) -> str | None:
    """What charset-normalizer says, for scripts no candidate knows: Cyrillic, Greek, Japanese, Korean ..."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 4 * _WHOLE], cp_isolation=list(_FURTHER)).best()
    return best.encoding if best and _is_strict(data, best.encoding) else None


# The commonest characters of meeting records and of Chinese at large, in both scripts.
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行"
    "学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外"
    "天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情"
    "者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角"
    "期根论运农指几九区强放决西被干做必战先回则任取据处理府议纪要席列市县省委员会务审批决定同意通过报告讨论研究项目财预算"
    "這個國時來們對會發動過說產種後學經進著電裡實體機當點從業應開還條關間樣與線內數變沒結問義無係軍總設長統較將組見計別"
    "運農區強決戰則據處議紀務審報討論項財預購單證請參見會議紀錄討論決議員長備註續約議案動議點開門聽證廳處機關"
)
_CHINESE_MARKS = frozenset("，。、；：？！“”‘’（）《》【】—…　·〔〕「」『』")
_LOWER = frozenset("àâäáãåæçèéêëìíîïñòóôöõøœùúûüýßšžğışłńśćźżčřěůőűğ")
_UPPER = frozenset("ÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜÝŠŽ")
_WESTERN_MARKS = frozenset("‘’“”–—…•€£¢¥§°·«»©®™½¼¾²³±×¿¡\xa0\xad´")
# Two Western high characters in a row, at least one of them no lower-case letter.
_HIGH_ROW = re.compile(
    "[\x80-\xde\u2010-\u2122](?=[\x80-\u02ff\u2010-\u2122])|[\xdf-\u02ff](?=[\x80-\xde\u2010-\u2122])"
)
# A Chinese character and a lower-case ASCII letter without a space between them.
_MIXED_WORD = re.compile("[a-z](?=[\u3400-\u9fff])|[\u3400-\u9fff](?=[a-z])")


def _cost(text: str) -> float:
    """Bits to say `text` under the fixed model: each character by itself, and neighbours that seldom meet."""
    bits = sum(_bits(char) * count for char, count in Counter(text).items())
    return bits + 5.0 * len(_HIGH_ROW.findall(text)) + 8.0 * len(_MIXED_WORD.findall(text))


@cache
def _bits(char: str) -> float:
    """Bits of one character: roughly -log2 of its share in records of the languages it belongs to."""
    code = ord(char)
    if code < 0x80:
        return _ascii_bits(char)
    if char == _REPLACEMENT:
        return 24.0
    if char in _FREQUENT or char in _CHINESE_MARKS:
        return 7.5
    if 0x3400 <= code < 0xA000 or 0x20000 <= code < 0x32000:
        return 11.0 if _is_common_chinese(char) else 19.0
    if char in _LOWER or char in _WESTERN_MARKS:
        return 9.0
    if char in _UPPER:
        return 12.0
    if 0xFF00 <= code < 0xFF60:  # full-width letters and digits
        return 11.0
    if 0x2460 <= code < 0x2474 or 0x3000 <= code < 0x3040:  # circled numbers, CJK marks
        return 13.0
    if 0xA0 <= code < 0x250:  # dearer than a byte that cannot be decoded
        return 26.0
    if code < 0xA0 or 0xE000 <= code < 0xF900 or not char.isprintable():
        return 22.0
    return 17.0


def _ascii_bits(char: str) -> float:
    if char in "\n\r\t" or char.islower() or char == " ":
        return 5.0
    return 7.0 if char.isprintable() else 20.0


def _is_common_chinese(char: str) -> bool:
    """Whether a character stands in the first level of GB 2312 or of Big5: those in everyday use."""
    simplified = char.encode("gb2312", "ignore")
    if simplified and 0xB0 <= simplified[0] <= 0xD7:
        return True
    traditional = char.encode("big5", "ignore")
    return bool(traditional) and 0xA4 <= traditional[0] <= 0xC6


def _is_poor(text: str) -> bool:
    """Whether the characters outside ASCII are mostly strange ones; the more there are, the surer this is."""
    high = Counter(char for char in text if char >= "\x80")
    total = high.total()
    bits = sum(_bits(char) * count for char, count in high.items())
    return total > 0 and bits / total > (_POOR if total < _MANY else _POOR_OF_MANY)


def _is_noise(text: str) -> bool:
    """Whether the whole text is mostly strange characters: then it is no text."""
    return len(text) >= 8 and _cost(text) / len(text) > _POOR


def _without_padding(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The data without a tail of NULs, as a crash or a fixed-size record leaves it."""
    kept = data.rstrip(b"\0")
    if b"\0" in kept or not _is_strict(
        kept, "utf-8"
    ):  # UTF-16 and UTF-32 end in up to three NULs of their own
        whole = data[: len(kept) + -len(kept) % 4]
        kept = whole if len(data) - len(whole) >= 8 else data
    cut = len(data) - len(kept)
    return kept, (f"{cut} NUL byte{'s' if cut > 1 else ''} at its end were left out.",) if cut else ()


def _is_binary(text: str) -> bool:
    """Text has hardly any control characters; data has them everywhere."""
    bad = text.count(_REPLACEMENT) + text.count("\0") + len(_CONTROLS.findall(text))
    return bad >= 3 and bad > 0.05 * len(text)


def _notes(data: bytes, encoding: str, text: str) -> tuple[str, ...]:
    name = _NAMES.get(encoding, encoding)
    notes = () if encoding == "utf-8" else (f"It was read as {name}.",)
    return notes + _losses(data, encoding, name, text)


def _losses(data: bytes, encoding: str, name: str, text: str) -> tuple[str, ...]:
    if _is_strict(data, encoding):
        return ()
    line = text.count("\n", 0, text.index(_REPLACEMENT)) + 1
    if encoding == "utf-8":
        count, what = len(re.findall("[\udc80-\udcff]", data.decode("utf-8", "surrogateescape"))), "byte"
    else:
        count, what = text.count(_REPLACEMENT), "place"
    lost = f"1 {what} could" if count == 1 else f"{count} {what}s could"
    stands = "stands" if count == 1 else "stand"
    return (f"{lost} not be decoded as {name} and {stands} as U+FFFD, the first on line {line}.",)


def _newlines(text: str) -> str:
    """Newlines as Python's text mode gives them: `\\r\\n` and `\\r` become `\\n`, nothing else does."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
