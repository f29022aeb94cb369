"""Whether a record is the notice that a meeting was cancelled: it was then not held, and counts as no meeting."""

import re
from collections.abc import Sequence

from ingest.records import Meeting

_CALLED_OFF = r"(?:cancell?ed|called\soff)"
# The whole of a title or line: "NOTICE OF CANCELLATION", "Meeting cancelled", 关于取消例会的通知.
_TITLE = re.compile(
    rf"\W*(?:(?:public\s)?notice\sof\s(?:the\s)?cancell?ation|cancell?ation\s(?:notice|of\s(?:the\s|a\s)?[\w\s]{{0,60}}meeting)"
    rf"|(?:[^.\n]{{0,80}}\bmeeting\W{{1,3}})?{_CALLED_OFF})\b[^.\n]{{0,60}}"
    r"|[^。\n]{0,60}(?:取消[^。\n]{0,30}会议?的?(?:通知|公告)|会议?(?:已|因故)?取消)[^。\n]{0,20}",
    re.IGNORECASE,
)
# A sentence that says it of the meeting of the record.
_SENTENCE = re.compile(
    rf"\b(?:the|this|our|tonight['’]s|today['’]s)\s[^.\n]{{0,80}}\bmeeting\b[^.\n]{{0,120}}"
    rf"\b(?:is|was|has\sbeen|had\sto\sbe|will\sbe|stands)\s(?:hereby\s)?{_CALLED_OFF}\b"
    r"|\b(?:the|this)\s[^.\n]{0,80}\bmeeting\b[^.\n]{0,120}\b(?:was\snot\sheld|will\snot\s(?:be\sheld|take\splace)|did\snot\stake\splace)\b"
    r"|(?:原定|定于)[^。\n]{0,60}会议?[^。\n]{0,30}(?:取消|不再召开|不召开)",
    re.IGNORECASE,
)
_HEAD = 8  # lines of a record in which its notice stands
_LONGEST = 3_000  # characters of a notice; minutes that tell of one are longer, or tell who was there


def is_cancelled(meeting: Meeting, text: str, lines: Sequence[str]) -> bool:
    """Whether the record only says that its meeting was cancelled: short, nobody was there, and its head says so.

    >>> notice = ["Reed Board", "NOTICE OF CANCELLATION", "The meeting scheduled for 6 May 2031 is cancelled."]
    >>> is_cancelled(Meeting("Reed Board"), "", notice)
    True
    >>> is_cancelled(Meeting("Reed Board", attendees=("Asta Holm",)), "", notice)
    False
    """
    if meeting.attendees or meeting.chair or len(text) > _LONGEST:
        return False
    head = lines[:_HEAD]
    return any(_TITLE.fullmatch(line.lstrip("# ").rstrip()) for line in (meeting.title, *head)) or any(
        _SENTENCE.search(line) for line in head
    )
