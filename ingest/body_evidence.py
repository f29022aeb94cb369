"""The body that met, weighed from every place that names one: what is stated, titles, opening words, the file's name.

Each name counts what its kind of place was found to be worth, more where it is built on the noun of a body, and more
for each other place that names the same body, in full or in short. A title that names none by such a noun may still
say who met: what is left of it without day, hour and words for the meeting ("Harbour PTA general meeting, 3 May").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.body_names import BODY_NOUN, cased, same_body
from ingest.dates import find_dates, find_day_months
from ingest.han_scripts import both_scripts
from ingest.lang import vocabulary
from ingest.lines import bare
from ingest.meeting_name import is_han_body
from ingest.numerals import CHINESE_NUMERALS
from ingest.words import has_han

WEIGHTS = {
    "stated": 6.0,
    "heading": 3.0,
    "front matter": 3.2,
    "opening": 2.6,
    "file name": 2.0,
    "rest of title": 1.0,
}
"""What a place that names a body counts; chosen by what is lost without each, as bodies are too few to fit them on."""

_NOUN = 1.5  # more for a name built on the noun of a body
_AGREES = 0.6  # more for each other kind of place that names the same body
_LONE = -1.0  # for one word, which may be any


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a body, the kind of place it was read in, and the origin that is told of it."""

    place: str
    origin: str
    name: str


def weighed(found: Sequence[Named]) -> Named | None:
    """The name that most evidence weighs for, the first where two weigh the same."""
    return max(found, key=lambda one: _weight(one, found), default=None)


def _weight(one: Named, found: Sequence[Named]) -> float:
    agreeing = {other.place for other in found if other.place != one.place and _agree(one.name, other.name)}
    alone = not has_han(one.name) and len(one.name.split()) == 1 and one.place != "stated"
    return WEIGHTS[one.place] + _NOUN * _has_noun(one.name) + _AGREES * len(agreeing) + _LONE * alone


def _has_noun(name: str) -> bool:
    return is_han_body(name) if has_han(name) else bool(BODY_NOUN.search(name))


def _agree(one: str, other: str) -> bool:
    return one.casefold() in other.casefold() or other.casefold() in one.casefold() or same_body(one, other)


# What is left of a title ------------------------------------------------------------------------------------

_TIME = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?\b|\b\d{1,2}\s?[ap]\.?m\b\.?|(?:GMT|UTC)[+-]?\d*",
    re.I,
)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)", re.I)
_TOKEN = re.compile(r"[^\s|:：•·]+")
_HAN_FURNITURE = both_scripts("(?:会议纪要|会议记录|会议纪录|纪要|会议记录|逐字稿|记录|纪录|通知|公告)$")
_MOST = 8  # words
_LEAST_HAN = 4


def rest_of_title(title: str) -> str | None:
    """A title without its day and the words for the meeting; None where nothing is left, or a sentence.

    >>> rest_of_title("Minutes of Harbour PTA general meeting held 3 May 2024"), rest_of_title("Agenda 2015-01-20")
    ('Harbour PTA', None)
    """
    begin, end = bare(title)
    plain = _without_days(title[begin:end].lstrip("# "))
    if has_han(plain):
        return _rest_in_chinese(plain)
    words = _TOKEN.findall(plain)
    known = vocabulary("meeting")["furniture"] | vocabulary("meeting")["kind"]
    is_furniture = [
        word.strip("()[],.;–—-#'\"*_").casefold() in known
        or not any(map(str.isalpha, word))
        or _ORDINAL.fullmatch(word) is not None
        for word in words
    ]
    start = next((n for n, furniture in enumerate(is_furniture) if not furniture), len(words))
    stop = next(
        (n for n in range(start, len(words)) if is_furniture[n] and not _joins(words, is_furniture, n)),
        len(words),
    )
    name = " ".join(words[start:stop]).strip(" ,.;–—-()'\"*_")
    strong = vocabulary("meeting")["strong"]
    told = any(word.strip("()[],.;–—-#'\"*_").casefold() in strong for word in words)
    told = told and name.casefold() not in vocabulary("meeting")["adjective"]
    sound = name and told and len(name.split()) <= _MOST and any(letter.isupper() for letter in name)
    return cased(name) if sound else None


def _joins(words: Sequence[str], is_furniture: Sequence[bool], place: int) -> bool:
    """Whether a word like "of" or "the" stands between words of a name."""
    joining = vocabulary("meeting")["joining"]
    after = next((n for n in range(place, len(words)) if words[n].casefold() not in joining), len(words))
    return after > place and after < len(words) and not is_furniture[after] and words[after][:1].isupper()


def _without_days(words: str) -> str:
    for mention in reversed([*find_dates(words)]):
        words = f"{words[: mention.start]} | {words[mention.end :]}"
    for mention in reversed(find_day_months(words)):
        words = f"{words[: mention.start]} | {words[mention.end :]}" if mention.day else words
    return _TIME.sub(" ", words)


def _rest_in_chinese(plain: str) -> str | None:
    words = re.sub(r"\([^()]*\)|（[^（）]*）|〔[^〔〕]*〕\d*号?|[|｜]", " ", plain)
    words = re.sub(_HAN_FURNITURE, "", " ".join(words.split()).strip(" -_:："))
    sound = _LEAST_HAN <= len(words) <= 40 and re.search(both_scripts("会"), plain)
    return words if sound and not re.search("[。，；]|^(?:关于|關於)|的$", words) else None


# Chinese names in full --------------------------------------------------------------------------------------

_OF_A_PLACE = re.compile(
    both_scripts(
        rf"(?:第?[\d{CHINESE_NUMERALS}]{{1,3}}届)?(?P<level>[市县区省镇乡])(?P<organ>人民政府|政府|政协|人大|委)$"
    )
)
_PLACE = both_scripts(
    "(?<![\u4e00-\u9fff])(?P<place>(?![\u4e00-\u9fff]{1,2}届)[\u4e00-\u9fff]{2,3})(?:{level}|日报|发布|晚报|新闻网)"
)
_FULL_NAMES = {"政府": "人民政府"}


def in_full(name: str, head: Sequence[str]) -> str:
    """A Chinese authority named without its place, 市政府, by the place that the head of the record names.

    >>> in_full("十五届市政府", ["市政府第38次常务会议", "来源：青岚日报"]), in_full("市政府", ["纪要"])
    ('青岚市人民政府', '市政府')
    """
    short = _OF_A_PLACE.fullmatch(name)
    if not short:
        return name
    places = (re.search(_PLACE.replace("{level}", short["level"]), line) for line in head)
    place = next((match["place"] for match in places if match), None)
    organ = _FULL_NAMES.get(short["organ"], short["organ"])
    return f"{place}{short['level']}{organ}" if place else name
