"""What stands before the colon at the beginning of a line, with its markup and its time taken off.

What it may be a label of (a speaker, a field of the record) is told by `label_shapes`.
"""

import re
from dataclasses import dataclass

from ingest.lines import bare

_MOST = 200  # characters; no label is longer


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a line, in characters of that line.

    text      the label without markup and colon, white space made single
    end       where what it labels begins
    seconds   a time that stands beside it, in seconds
    """

    text: str
    end: int
    seconds: float | None = None


_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_DAY = r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}),?\s{1,2}"
_TIME_BEFORE = re.compile(rf"[\[(（【<]?(?:{_DAY})?({_TIME})[\])）】>]?[\s\-–—]{{0,3}}+(?=\D)")
_TIME_AFTER = re.compile(rf"[\s,]{{0,3}}[\[(（【<]?({_TIME})[\])）】>]?$")
_TIME_ALONE = re.compile(rf"\s{{1,8}}[\[(（【<]?({_TIME})[\])）】>]?$")
_COLON = re.compile(r"[:：](?!//)")


def label_of(line: str) -> Label | None:
    """The label `line` begins with, or None; "Name 00:12" alone on a line is one too.

    >>> label_of("**The Chair (Mr. Lee):** Order."), label_of("see http://example.org")
    (Label(text='The Chair (Mr. Lee)', end=25, seconds=None), None)
    """
    head = line[: _MOST + 40]
    begin, _ = bare(head)
    seconds = None
    if time := _TIME_BEFORE.match(head, begin):
        seconds, begin = _seconds(time[1]), time.end()
        begin += bare(head[begin:])[0]
    for colon in _COLON.finditer(head, begin):
        if colon.start() - begin > _MOST:
            return None
        if colon[0] == ":" and _between_digits(head, colon.start()):
            continue
        return _label(head, begin, colon, seconds)
    alone = _TIME_ALONE.search(head) if len(line) < 80 else None
    if alone and alone.start() > begin:
        return Label(_clean(head[begin : alone.start()]), len(line), _seconds(alone[1]))
    return None


_BRACKETED = re.compile(r"[(\[]([A-Z][\w.'’ -]{0,38}\w)[)\]]:?\s{1,2}(?=\S)")


def bracketed_label_of(line: str) -> Label | None:
    """What `line` begins with in brackets, as transcripts name who speaks; None where it begins otherwise.

    >>> bracketed_label_of("(SPEAKER 2) Good morning."), bracketed_label_of("(a) the budget")
    (Label(text='SPEAKER 2', end=12, seconds=None), None)
    """
    label = _BRACKETED.match(line)
    return Label(label[1], label.end()) if label else None


_DASHED = re.compile(
    r"((?:(?:Mr|Mrs|Ms|Dr|Hon|Cllr|Councill?or|Chair|Mayor)\.?\s)?[A-ZÀ-Þ][\w'’.-]+(?:\s[A-ZÀ-Þ][\w'’.-]*){1,2})\s{1,2}[-–—]\s"
)


def dashed_label_of(line: str) -> Label | None:
    """A name that a dash sets off at the beginning of a line, as some minutes do instead of a colon.

    >>> dashed_label_of("Ann Bell - the roof leaks")
    Label(text='Ann Bell', end=11, seconds=None)
    """
    match = _DASHED.match(line)
    return Label(match[1], match.end()) if match else None


def _label(head: str, begin: int, colon: re.Match[str], seconds: float | None) -> Label | None:
    after = head[colon.end() : colon.end() + 1]
    if colon[0] == ":" and after and after.isascii() and (after.isalnum() or after in "/:=\\"):
        return None
    written = head[begin : colon.start()]
    if time := _TIME_AFTER.search(written):
        seconds, written = _seconds(time[1]), written[: time.start()]
    text = _clean(written)
    if not text:
        return None
    end = colon.end()
    while end < len(head) and head[end] in "*_ \t":
        end += 1
    return Label(text, end, seconds)


def _clean(written: str) -> str:
    return " ".join(written.replace("*", " ").replace("`", " ").strip("_ \t[]【】").split())


def _between_digits(head: str, place: int) -> bool:
    return head[place - 1 : place].isdigit() and head[place + 1 : place + 2].isdigit()


def _seconds(time: str) -> float:
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total
