"""By when something is to be done, as written: "by 30 June", "within 30 days", 「6月底前」, 「下周五之前」."""

import re

from ingest.date_forms import CHINESE_UP_TO_99
from ingest.date_forms import MONTH as MONTH_NAME

MONTH = rf"(?i:{MONTH_NAME})(?![a-z])"
_WEEKDAY = r"(?i:mon|tues|wednes|thurs|fri|satur|sun)day"
_STRETCH = r"(?:week|month|quarter|year|season|term|summer|autumn|winter|spring|day|business)"
_PART = (
    rf"(?:the )?(?:end|middle|beginning|close) of (?:{MONTH}(?:,? \d{{4}})?"
    rf"|\d{{4}}|(?:(?:the|this|next|our|its) )?(?:[\w-]+ )?{_STRETCH}\b|(?:the )?[\w-]+)"
)
DAY = (
    r"(?:\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}(?:/\d{2,4})?"
    rf"|(?:{_WEEKDAY},? )?(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}(?:,? \d{{4}})?"
    rf"|(?:{_WEEKDAY},? )?{MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?)"
)
"""A pattern of a day in English."""
_WHEN = (
    rf"(?:{_PART}|{DAY}"
    rf"|(?:{_WEEKDAY},? )?{MONTH}(?:,? \d{{4}})?"
    rf"|(?:next |this )?(?:{_WEEKDAY}|week|month|quarter|year)\b"
    r"|(?:the |our )?(?:next|following|subsequent|\w+) (?:\w+ )?meeting\b|tomorrow|year[- ]end"
    r"|close of business|noon\b)"
)

_HAN_YEAR = r"(?:\d{4}\s?年|今年|本年|明年)"
HAN_DAY = rf"{_HAN_YEAR}?\s?(?<![第个\d]){CHINESE_UP_TO_99}\s?月(?:份)?\s?{CHINESE_UP_TO_99}\s?[日号]"
"""A pattern of a day in Chinese."""
_HAN_MONTH = rf"{_HAN_YEAR}?\s?(?<![第个\d]){CHINESE_UP_TO_99}\s?月(?:份)?(?:\s?[上中下]旬|底|末)?"
HAN_END = (
    r"(?:(?:\d{4}|[今本当明])?年(?:[底末终内])|(?:\d{4}年|今年|明年)?(?:上半年|下半年)"
    r"|(?<![个\d])(?:本|当|下个?|次)?月(?:[底末内])"
    r"|(?:\d{4}年|今年|明年)?(?:本|第?[一二三四1-4])季度(?:[底末内])?"
    r"|(?:本|这|下下?)?个?(?:周|星期)(?:[一二三四五六日天末内])|春节|国庆(?:节)?|汛期)"
)
HAN_WHEN = rf"(?:{HAN_DAY}|{_HAN_MONTH}|{HAN_END})"
_BEFORE = r"(?:之|以)?前"
HAN_BEFORE = rf"{HAN_WHEN}{_BEFORE}"
HAN_DONE = (
    r"(?:全面|全部|基本)?(?:完成|提交|报|上报|落实|办结|将|把|形成|拨付|建成|完工|竣工|到位|交付|启动|投用|整改"
    r"|出台|印发)"
)
"""A pattern of what is said to be done in time."""
_HAN_LIMIT = r"(?:时限|期限|截止(?:时间|日期))[:：为是]?\s?"
_PUTS_OFF = (
    r"\b(?:defer|postpon|adjourn|continu|delay|reschedul|mov|push|shelv|tabl|put (?:off|back)|h[eo]ld over"
    r"|la(?:id|y) over"
    r"|carr(?:y|ied) (?:over|forward)|bring back|brought back|come back|referred|revisit)\w*"
)
_HAN_PUTS_OFF = r"(?:推|延[期后至到]|顺延|改期|改至|调整|暂缓|缓议|搁置|留待)"
_DEADLINES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:due(?: by| on)?|deadline|target(?: date)?|by when|when)\s*[:：]?\s*(?P<when>{_WHEN})",
        rf"\b(?P<when>(?:no later than|not later than|on or before|by|before|prior to) {_WHEN})",
        r"\b(?P<when>within (?:the next )?(?:\d+|\w+) (?:working |business |calendar )?(?:days?|weeks?"
        r"|months?))\b",
        rf"\b(?P<when>(?:at|to|for|in time for) (?:the|our|its) (?:next|following"
        rf"|{MONTH}) (?:\w+ )?meeting)\b",
        rf"(?P<when>{HAN_BEFORE})",
        rf"(?P<when>{HAN_END}){HAN_DONE}",
        rf"{_HAN_LIMIT}(?P<when>{HAN_WHEN})",
        r"(?P<when>[\d一二三四五六七八九十两]+个?(?:工作)?(?:日|天|周|月)(?:之)?内)",
        r"(?P<when>下次(?:会议|常务会议|例会)(?:之)?前?)",
    )
)
_PUT_OFF = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_PUTS_OFF}(?:(?! from )[^.;])*? (?P<when>(?:to|until|till|for|at) (?:[\w'’-]+ ){{0,7}}?{DAY})",
        rf"{_PUTS_OFF}[^.;]*? from [^.;]*? (?P<when>(?:to|until|till) (?:[\w'’-]+ ){{0,4}}?{DAY})",
        rf"{_PUTS_OFF}[^.;]*? (?P<when>(?:to|until|till|at) (?:the |its |our |their |a )?"
        rf"(?:next|following|{MONTH}|spring|summer|autumn|fall|winter)(?: \w+)? (?:meeting|session))",
        rf"{_PUTS_OFF}[^.;]*? (?P<when>(?:to|until|till) (?:the (?:[\w-]+ )?(?:meeting|session) (?:in|of) )?"
        rf"{MONTH}(?:,? \d{{4}})?)(?! ?\d)",
        rf"{_HAN_PUTS_OFF}[^。；]{{0,40}}?(?:至|到|于|在)\s?(?P<when>{HAN_WHEN}[^，。；]{{0,8}}?(?:会议?|会上)?)(?!起|前)",
        rf"{_HAN_PUTS_OFF}[^。；]{{0,40}}?(?:提交|列入|留待|待|报)\s?(?P<when>{HAN_WHEN}[^，。；]{{0,10}}?会议?)",
    )
)
_CLOSING = re.compile(
    rf"(?:[(（\[,，;；|]|\s[–—-]|[:：])\s*(?P<when>{DAY}|{HAN_WHEN})\s*[)）\]]?\s*[.。；;]?$", re.IGNORECASE
)
_WHOLE = re.compile(rf"(?:by |before |due )?{_WHEN}|{HAN_WHEN}{_BEFORE}?", re.IGNORECASE)


def deadline(text: str) -> str | None:
    """By when, as written ("by June", "within 30 days", "6月底前"); None when no time is set."""
    if text.startswith("|"):
        return next((cell for cell in _cells(text)[1:] if is_time(cell)), None)
    for pattern in _DEADLINES:
        if match := pattern.search(text):
            return match["when"].strip(" .")
    return None


def deadline_of_task(text: str) -> str | None:
    """By when a task is to be done: a day that stands alone at its end counts too.

    >>> deadline_of_task("Ann Lee - obtain quotes - 14 May 2025"), deadline_of_task("Clerk to write (5 May).")
    ('14 May 2025', '5 May')
    """
    closing = None if (set_there := deadline(text)) else _CLOSING.search(text)
    return closing["when"] if closing else set_there


def put_off_to(text: str) -> str | None:
    """To when a matter is put off, as written; None when the words do not say.

    >>> put_off_to("The lease was deferred to its meeting of 8 April 2025."), put_off_to("推迟至5月20日会议再议")
    ('to its meeting of 8 April 2025', '5月20日会议')
    """
    found = (pattern.search(text) for pattern in _PUT_OFF)
    return next((match["when"].strip(" .") for match in found if match), None)


def deadlines(text: str) -> list[str]:
    """Every time that is set, as written, in the order of the text; of a row of a table the first.

    >>> deadlines("Complete berth 3 by 31 October 2024 and the others by 30 June 2025.")
    ['by 31 October 2024', 'by 30 June 2025']
    """
    if text.startswith("|"):
        return [first for first in (deadline(text),) if first]
    found: dict[int, str] = {}
    for pattern in _DEADLINES:
        for match in pattern.finditer(text):
            if not any(start <= match.start("when") < start + len(when) for start, when in found.items()):
                found[match.start("when")] = match["when"].strip(" .")
    return [when for _, when in sorted(found.items())]


def is_time(cell: str) -> bool:
    """Whether the words are a time and nothing else, as in the cell of a table.

    >>> is_time("14 May 2025"), is_time("6月底前"), is_time("Finance Office")
    (True, True, False)
    """
    return _WHOLE.fullmatch(cell) is not None


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]
