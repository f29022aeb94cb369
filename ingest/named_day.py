"""A day as one place states it, and the day the name of a file and its folders states.

2012-05/may-21.md, 20070918.txt, 2012/05/21.md and 2023-08-26-notice.txt each name one.
"""

import datetime
import re
from dataclasses import dataclass
from pathlib import Path

from ingest.dates import DayMonth, find_dates, find_day_months


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or the days of a meeting of several, and where it was read."""

    first: datetime.date
    last: datetime.date
    origin: str
    words: str


def first_day(text: str, origin: str) -> Day | None:
    """The first date in `text` that names a day, or days."""
    days = [mention for mention in find_dates(text) if mention.precision == "day"]
    if not days:
        return None
    return Day(days[0].first, days[0].last, origin, days[0].text)


def completed(text: str, origin: str, year: int | None) -> Day | None:
    """A day and month with the year that stands elsewhere."""
    mention = next((mention for mention in find_day_months(text) if mention.day), None)
    if not mention or not year:
        return None
    return with_year(mention, year, origin)


def with_year(mention: DayMonth, year: int, origin: str) -> Day | None:
    try:
        first = datetime.date(year, mention.month, mention.day or 1)
    except ValueError:  # 29 February of another year
        return None
    last = first.replace(day=mention.last_day) if mention.last_day else first
    return Day(first, last, origin, mention.text)


def day_in_path(path: Path | None) -> Day | None:
    """2012-05/may-21.md, 20070918.txt, 2012/05/21.md, 2023-08-26-notice.txt, 2024/December/2/part-1.html."""
    if path is None:
        return None
    stem, *folders = names_of(path)
    if day := first_day(stem, "file name"):
        return day
    known = [mention for folder in folders for mention in find_dates(folder)]
    year = next((mention.first.year for mention in known), None)
    month = next((mention.first.month for mention in known if mention.precision in ("month", "day")), None)
    if month is None and year and len(folders) > 1:
        number = re.fullmatch(r"(0?[1-9]|1[0-2])", folders[0].strip())
        month = int(number[1]) if number else None
    if year and (day := completed(stem, "file name", year)):
        return _near(day, month)
    number = re.match(r"\s*(\d{1,2})(?:st|nd|rd|th)?(?!\d)", stem)
    if year and month and number and 1 <= int(number[1]) <= 31:
        return with_year(DayMonth(0, 0, month, int(number[1]), number[0]), year, "file name")
    return _in_folders(stem, folders)


def _in_folders(stem: str, folders: list[str]) -> Day | None:
    """2024/December/2/part-1.html and 2024/12/2/part-1.html: folders within each other that spell out a day."""
    nested = [name.strip() for name in (*reversed(folders), stem)]
    days = (first_day(joint.join(nested), "file name") for joint in (" ", "-"))
    return next(filter(None, days), None)


def _near(day: Day, month: int | None) -> Day:
    """A January file in a December folder is of the next year."""
    if month is None or abs(day.first.month - month) <= 6:
        return day
    years = 1 if month > day.first.month else -1
    return Day(_shifted(day.first, years), _shifted(day.last, years), day.origin, day.words)


def _shifted(day: datetime.date, years: int) -> datetime.date:
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def names_of(path: Path) -> list[str]:
    """The stem and up to three folders above it, innermost first, letters and digits set apart."""
    names = [path.name.removesuffix(path.suffix), *reversed(path.parts[:-1][-3:])]
    return [_apart(name) for name in names]


def _apart(name: str) -> str:
    spaced = re.sub(r"(?<=[A-Za-z])(?=\d{4})|(?<=\d{4})(?=[A-Za-z])", " ", name.replace("_", " "))
    spaced = re.sub(r"(?<=[a-z]{3})(?=\d)|(?<=\d\d)(?=[A-Z][a-z]{3})", " ", spaced)
    return re.sub(r"(?<=\d)-(?=[A-Za-z])|(?<=[A-Za-z])-(?=\d)", " ", spaced)
