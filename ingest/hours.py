"""The hour of the day a text names: "7:30 p.m.", "19:05", 「下午3时」."""

import re

_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.]\d{2})?\s?(?P<half>[ap])\.?m\b"
    r"|\b(?P<of24>[01]?\d|2[0-3])[:：][0-5]\d\b"
    r"|(?P<part>上午|中午|下午|晚上|晚)\s?(?P<han>\d{1,2})\s?[时時点點:：]",
    re.IGNORECASE,
)


def first_hour(text: str) -> int | None:
    """The first hour of the day a text names, 0 to 23.

    >>> [first_hour(text) for text in ("at 7:30 p.m.", "began at 19:05", "下午3时召开", "in room 7")]
    [19, 19, 15, None]
    """
    if not (found := _CLOCK.search(text)):
        return None
    hour = int(found["hour"] or found["of24"] or found["han"])
    later = (found["half"] or "").lower() == "p" or found["part"] in ("下午", "晚上", "晚")
    early = (found["half"] or "").lower() == "a" and hour == 12
    return 0 if early else hour + 12 if later and hour < 12 else hour
