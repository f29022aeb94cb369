"""Whether a record is a draft, approved or corrected, and which edition of a draft it is, in the words of clerks."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from ingest.dates import find_dates
from ingest.han_scripts import both_scripts
from ingest.meeting_title import title_of_file
from ingest.numerals import chinese_number
from ingest.records import Status

_OPENING = 2_000
_CLOSING = 1_000
_LAST_LINES = 8
_LINE = 160  # characters; a longer line is no signature

_APPROVED = "approved|adopted|confirmed|ratified"
_STATUS: tuple[tuple[Status, re.Pattern[str]], ...] = (
    (
        "corrected",
        re.compile(
            r"\b(?:corrected|revised|amended)\b(?=\W{0,3}(?:(?:\w+\s){0,2}(?:minutes|notes|version|record|copy|transcript)|\d|$))"
            r"|\b(?:corrigendum|erratum)\b|"
            + both_scripts(
                r"(?:更正|订正|修订|修正)(?:稿|版|本|件|后的?)?(?=[)）\]】\s]|$)|^(?:更正|订正)|更正(?:稿|版|启事|说明)"
            ),
            re.IGNORECASE,
        ),
    ),
    (
        "draft",
        re.compile(
            r"\b(?:to\sbe|not\syet|awaiting|pending|for)\s(?:approv|adopt|confirm|ratif)\w*(?!\s(?:of|by)\b)"
            r"|\b(?:draft|unapproved|unconfirmed|unratified|provisional)\b"
            r"(?!\s(?:bill|agenda|resolution|budget|law|plan|policy))"
            r"|\bsubject\sto\s(?:approv|confirm|ratif|amend)\w*"
            r"|\bv(?:er(?:sion)?)?\.?\s?0\.\d"
            + both_scripts(
                r"|草案$|草稿|初稿|修改稿|送审稿|报批稿|讨论稿|征求意见稿|未定稿|待审[定核议批]|未经?审[定核批]|[（(]稿[)）]"
            ),
            re.IGNORECASE,
        ),
    ),
    (
        "approved",
        re.compile(
            rf"\b(?:{_APPROVED}|final|signed)\b(?=\W{{0,3}}(?:(?:\w+\s){{0,2}}(?:minutes|notes|version|record|copy)|on\b|by\b|at\b|\d|$))"
            rf"|\b(?:{_APPROVED}|signed|agreed|accepted)\s(?:and\s\w+\s)?as\s(?:an?|the)\s(?:true|correct|accurate)\b"
            rf"|(?:minutes|notes)\s(?:{_APPROVED})\b"
            + both_scripts(r"|已?(?:审定|审核通过|定稿|正式稿|终稿)|\d日\s?印发"),
            re.IGNORECASE,
        ),
    ),
)
_STATUS_LINE = 90  # characters; of a longer line only the first half of that is looked at
_NOT_OWN = re.compile(
    r"\b(?:previous|last|prior|motion|moved|seconded|approval\sof|agenda|item)\b", re.IGNORECASE
)


def status_in(titles: Iterable[str]) -> Status | None:
    """Whether titles and title lines call the record a draft, approved or corrected."""
    for words in titles:
        words = re.sub(r"《[^》]*》", "", words)  # 《办法（修订草案）》 is what was spoken of
        words = words if len(words) <= _STATUS_LINE else words[: _STATUS_LINE // 2]
        if not _NOT_OWN.search(words):
            for status, form in _STATUS:
                if form.search(words):
                    return status
    return None


_STATUS_WORDS = re.compile(
    r"\b(?:un)?(?:draft|approved|adopted|confirmed|ratified|final|signed|corrected|revised|amended|provisional)\b"
    r"|\bv(?:er(?:sion)?)?\.?\s?\d+(?:\.\d+)*\b"
    + both_scripts(
        r"|(?:讨论|征求意见|未定|修[订正改]|更正|审定|送审|报批|正式|草|初|终)(?:稿|版|本)|草案|审定|定稿|更正|[（(]稿[)）]"
    ),
    re.IGNORECASE,
)


def without_status(words: str) -> str:
    """A title or sentence without the words that call a record a draft, approved or corrected.

    >>> without_status("DRAFT Minutes of the Parks Committee (unapproved)")
    ' Minutes of the Parks Committee ()'
    """
    return _STATUS_WORDS.sub("", words)


# What sentences, signatures and fields say -----------------------------------------------------------------

_OWN_STATUS = re.compile(
    r"\bthese\s(?:minutes|notes)\s(?:are|remain)\s(?:(?:still|in)\s)?(?:(?:a\s)?draft|unapproved|unconfirmed|subject\sto\s(?:approval|confirmation))",
    re.IGNORECASE,
)
_DRAFT_ALONE = re.compile(
    r"(?:\W*\b(?:draft|unapproved|unconfirmed|minutes|copy|version)\b)+\W*", re.IGNORECASE
)
_APPROVED_ON = re.compile(
    rf"\W*(?:minutes\s)?(?:{_APPROVED})(?:[\s:]+(?:by|at|on)\b[^.;]{{0,60}})?[\s:,]*$", re.IGNORECASE
)
_AS_RECORD = re.compile(
    rf"\W*(?:{_APPROVED}|signed|agreed|accepted)\s(?:and\s\w+\s)?as\s(?:an?|the)\s(?:true|correct|accurate)\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\W*signed\b(?P<by>.*)", re.IGNORECASE)
_BLANK = re.compile(r"[._…]{4,}|_{2,}")
_CHAIRS = r"chair(?:man|woman|person)?|mayor|president|convenor|convener"
_CHAIR = re.compile(rf"\b(?:{_CHAIRS})\b", re.IGNORECASE)
_NAMELESS = re.compile(rf"\b(?:{_CHAIRS}|date|name|by|the|on|of)\b", re.IGNORECASE)
_WRITER = re.compile(r"\b(?:clerk|secretary|minute[-\s]taker|recorder)\b", re.IGNORECASE)
_ISSUED = re.compile(both_scripts(r"签发人?\s?[:：]\s?[\u4e00-\u9fff]{2,4}|\d日\s?印发"))


def status_said(text: str) -> Status | None:
    """Whether a sentence near the beginning or the end says that the minutes are not approved yet, or a last line that
    they are: a signature, the day of approval.
    """
    if any(map(_OWN_STATUS.search, (text[:_OPENING], text[-_CLOSING:]))):
        return "draft"
    last = [line.strip("*# \t") for line in text[-_CLOSING:].split("\n") if line.strip()][-_LAST_LINES:]
    if any(map(_DRAFT_ALONE.fullmatch, last)):
        return "draft"
    return "approved" if any(map(_is_approval, last)) else None


def _is_approval(line: str) -> bool:
    if len(line) > _LINE or _BLANK.search(line):
        return False
    if _AS_RECORD.match(line) or _ISSUED.search(line):
        return True
    dates = [date for date in find_dates(line) if date.precision == "day"]
    if dates and _APPROVED_ON.fullmatch(line[: dates[0].start]) and len(line) - dates[-1].end <= 2:
        return True
    return bool((signed := _SIGNED.match(line)) and _is_signature(signed["by"], dated=bool(dates)))


def _is_signature(words: str, *, dated: bool) -> bool:
    """Whether what follows "Signed" has the name of who chaired, or a day, and not that of who wrote the minutes."""
    if _WRITER.search(words) and not _CHAIR.search(words):
        return False
    named = bool(re.search(r"\b[A-Z][\w.'’-]*", _NAMELESS.sub(" ", words)))
    return named and (dated or bool(_CHAIR.search(words)))


_FOLDER = re.compile(
    r"(?:the\s)?(?P<status>draft|unapproved|unconfirmed|approved|confirmed|adopted|ratified|signed|final|corrected)s?"
    r"(?:\s(?:minutes|records|copies|versions))?",
    re.IGNORECASE,
)


def status_of_folder(name: str) -> Status | None:
    """The status that the whole name of a folder states: "Drafts", "signed minutes", 定稿."""
    if found := _FOLDER.fullmatch(name.strip()):
        return status_in([f"{found['status']} minutes"])
    return status_in([name]) if re.fullmatch(r"[\u4e00-\u9fff]{2,6}", name) else None


def status_of_name(path: Path) -> Status | None:
    """The status that the name of a file states, or that of its folder: "2025-06-05 parks draft.md"."""
    return status_in([f"{title_of_file(path)} minutes"]) or status_of_folder(path.parent.name)


def status_named(value: str) -> Status | None:
    """The status a field states: "Draft", "已通过", "approved on 3 May"."""
    found = status_in([value])
    if found:
        return found
    return "approved" if re.search("通过|批准|approved|final", value, re.IGNORECASE) else None


# Editions ---------------------------------------------------------------------------------------------------

Edition = tuple[int, ...]

_NUMBERED = re.compile(
    r"\bv(?:er(?:sion)?)?\.?\s?(?P<version>\d{1,2}(?:\.\d{1,3})*)\b(?![/-])"
    r"|\b(?:draft|rev(?:ision)?)\.?\s?(?:no\.?\s?|number\s|#)?(?P<draft>\d{1,2})\b(?![/.:-]\d|\s(?:of\s)?[A-Z])"
    r"|\brev(?:ision)?\.?\s(?P<letter>[A-H])\b"
    r"|第(?P<han>[一二三四五六七八九十\d]{1,2})稿",
    re.IGNORECASE,
)
_STAGES = tuple(  # in the order in which minutes pass them
    re.compile(both_scripts(stage))
    for stage in ("初稿", "草稿", "讨论稿", "征求意见稿", "修改稿", "送审稿", "报批稿")
)


def edition_in(titles: Sequence[str]) -> Edition | None:
    """Which edition of its record a text is, to be compared with another's; None where no title says it.

    >>> edition_in(["Board minutes v0.10"]), edition_in(["Draft 2"]), edition_in(["Minutes"])
    ((0, 10), (2,), None)
    """
    for title in titles:
        if found := _NUMBERED.search(title):
            return _edition(found)
        stages = [place for place, stage in enumerate(_STAGES) if stage.search(title)]
        if stages:
            return (stages[-1],)
    return None


def _edition(found: re.Match[str]) -> Edition:
    if found["version"]:
        return tuple(map(int, found["version"].split(".")))
    if found["han"]:
        return (chinese_number(found["han"]) or 0,)
    return (int(found["draft"]) if found["draft"] else ord(found["letter"].upper()) - ord("A") + 1,)
