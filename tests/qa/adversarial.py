"""What makes a careless pattern try every way to split it: short pieces, repeated, with an end that does not fit.

Run as a module it tries every pattern that `qa` compiles, or reads whole questions made so, and prints what took
longer than it may; `test_patterns` runs it apart, as a pattern that hangs cannot be stopped from outside its thread.
"""

import importlib
import pkgutil
import re
import signal
import sys
from collections.abc import Callable, Iterator

import qa
from qa.meetings import BODY, DATE, QUOTE, SERIES
from qa.question import read_question
from tests.qa.calendars import city, town

PIECES = (
    *("a", "A", "1", " ", ", ", "-", ".", "?", "(", '"', "'", ":", "/", "*", "\n", "é", "a-", "A. ", "12, "),
    *(
        "the ",
        "of the ",
        "and ",
        "to ",
        "who said that ",
        "Ann Lee and ",
        "O'Neil ",
        "3 May 2024 ",
        "2024-05-03 ",
    ),
    *(
        "since 3 May 2024 until ",
        "the last ",
        "12th and ",
        "the Library Board of ",
        "at the meeting ",
        "what did ",
    ),
    *("not ", "on ", "$1,000 ", "session 12 "),
    *("2024年1月、", "2024年3月5日至", "3月", "至", "和", "第", "第3次", "次", "十", "会"),
    *("的", "上", "对", "谁", "什么", "李军说", "市政府", "委员会", "上次", "去年", "《", "，", "决定"),
    *(BODY, DATE, QUOTE, SERIES, f"{DATE}和", f"{DATE}{BODY}"),
)
TAILS = ("", "\0")
LONG = (
    *(
        "2024年1月、",
        "2024年3月5日至",
        "市政府",
        "第3次会议",
        "谁说",
        "的",
        "since 3 May 2024 until ",
        "of the ",
    ),
    *("who said that ", "Ann Lee and ", "the Library Board of ", "12th and 13th ", "(", "a"),
)
MOST_SECONDS = 0.5  # of the processor for one pattern and one string; almost all take a thousandth of it
MOST_READING = 10.0  # of the processor for one question of the greatest length


class _TooLong(Exception):
    pass


def main(which: str) -> None:
    """Prints a line for each pattern, or question, that took too long."""
    signal.signal(signal.SIGVTALRM, _give_up)
    for too_long in {"patterns": _patterns, "questions": _questions}[which]():
        print(too_long, flush=True)


def _give_up(*_: object) -> None:
    raise _TooLong


def _ends(work: Callable[[], object], seconds: float) -> bool:
    """Whether something ends within so many seconds of the processor."""
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        work()
    except _TooLong:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return True


def _patterns() -> Iterator[str]:
    for name, pattern in _compiled():
        slow = next((s for s in _strings() if not _fits(pattern, s)), None)
        if slow is not None:
            yield f"{name}: {slow[:12]!r} x {len(slow)}"


def _fits(pattern: re.Pattern[str], text: str) -> bool:
    return _ends(lambda: (pattern.search(text), pattern.fullmatch(text)), MOST_SECONDS)


def _strings() -> Iterator[str]:
    return (piece * 40 + tail for piece in PIECES for tail in TAILS)


def _questions() -> Iterator[str]:
    for calendar in (town(), city()):
        for piece in LONG:
            text = (piece * 4000)[:4000]
            if not _ends(lambda text=text, calendar=calendar: read_question(text, calendar), MOST_READING):
                yield repr(piece)


def _compiled() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern that a module of `qa` holds, also within tuples and tables, and where."""
    found: dict[re.Pattern[str], str] = {}
    for module in pkgutil.walk_packages(qa.__path__, "qa."):
        if not module.name.startswith("qa.chat"):  # which reads no words
            for name, value in vars(importlib.import_module(module.name)).items():
                for pattern in _within(value, 4):
                    found.setdefault(pattern, f"{module.name}.{name}")
    return ((where, pattern) for pattern, where in found.items())


def _within(value: object, deep: int) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif deep and isinstance(value, dict):
        yield from (one for part in value.items() for one in _within(part, deep - 1))
    elif deep and isinstance(value, list | tuple | set | frozenset):
        yield from (one for part in value for one in _within(part, deep - 1))
    elif deep and not isinstance(value, type):
        names = getattr(type(value), "__dataclass_fields__", ())
        yield from (one for name in names for one in _within(getattr(value, name, None), deep - 1))


if __name__ == "__main__":
    main(sys.argv[1])
