"""Series and bodies that a question names by their kind: "executive meeting", 「常务会议」, "the last council meeting".

One body's meetings may be recorded in both languages, under one count; a kind names them in both.
"""

import re
from collections.abc import Iterable

from qa.calendar import Calendar

_SAME_KIND = (
    ("executive", "常务"),
    ("plenary", "full", "全体"),
    ("extraordinary", "临时"),
    ("emergency", "紧急"),
    ("joint", "联席"),
    ("annual", "年度"),
    ("enlarged", "扩大"),
)


def series_of_kind(kinds: Iterable[str], calendar: Calendar) -> tuple[str, ...]:
    """The series that all of these words for a kind name; none where there are no words, or every series is named."""
    wanted = [next((same for same in _SAME_KIND if kind in same), (kind,)) for kind in kinds]
    if not wanted:
        return ()
    everyone = calendar.kept("series", lambda: sorted({m.series for m in calendar.meetings if m.series}))
    named = tuple(
        series for series in everyone if all(any(word in series.lower() for word in same) for same in wanted)
    )
    return named if len(named) < len(everyone) else ()


def bodies_of_kind(kinds: Iterable[str], calendar: Calendar) -> tuple[str, ...]:
    """The bodies that are of one of these kinds by name: "council" for "Elmford Town Council", 「理事会」."""
    wanted = "|".join(re.escape(kind) for kind in kinds)
    if not wanted:
        return ()
    kind_of_body = re.compile(rf"(?<![^\W\u3400-\u9fff])(?:{wanted})(?=$| of | for | ?[(（])", re.IGNORECASE)
    return tuple(body for body in calendar.bodies if kind_of_body.search(body))
