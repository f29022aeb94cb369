"""Fields a record states as such, in front matter ("date: 2024-03-12") or in lines ("Present: ...").

Both use the same words, so both are read by the same table.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from ingest.access_words import GROUP_KEYS
from ingest.attendance import is_office
from ingest.attendance_labels import Role, role_of
from ingest.han_scripts import traditional
from ingest.label_shapes import names_a_part, shape_of
from ingest.labels import Label, label_of
from ingest.lang import vocabulary
from ingest.lines import Line, bare, covered
from ingest.numerals import CHINESE_NUMERALS
from ingest.records import Span

_LABELS = {
    "title": "title|meeting title|会议名称|标题",
    "body": (
        "body|committee|council|board|organisation|organization|organiser|organizer|group|commission"
        "|panel|meeting of|name of committee|会议主体|机构|组织机构"
    ),
    "date": (
        "date|meeting date|date of meeting|date of the meeting|date and time|date & time|date/time"
        "|time and date|day|held|held on|meeting held|when|日期|时间|会议日期|会议时间|召开时间"
        "|开会时间"
    ),
    "end_date": "end date|end-date|end_date|until|结束日期",
    "session": (
        "session|meeting no|meeting number|session no|session number|number of meeting|meeting #|届次"
        "|会次|期次"
    ),
    "series": "series|meeting type|type of meeting|kind of meeting|会议类型|会议类别",
    "place": (
        "place|location|venue|where|place of meeting|meeting place|meeting location|地点|会议地点|开会地点"
    ),
    "chair": "chair",
    "attendees": "attendees",
    "absent": "absent",
    "others": "others",
    "number": (
        "number|reference|ref|ref no|our ref|document number|document no|doc no|paper no|paper number"
        "|minute no|document|文号|编号|发文字号|发文号"
    ),
    "status": "status|state|minutes status|状态|文件状态",
    "access": GROUP_KEYS,
    "language": "language|lang|语言",
}
FIELDS = {
    form: field
    for field, labels in _LABELS.items()
    for label in labels.split("|")
    for form in (label, traditional(label))
}
"""The field of a meeting each label names, labels in lower case; those of people are read word by word."""

_OF_ROLES = {
    Role.PRESENT: "attendees",
    Role.MAYBE: "others",
    Role.ABSENT: "absent",
    Role.GUESTS: "others",
    Role.CHAIR: "chair",
}
_MAYBE = "in attendance"  # a field only until it is known whether the record lists those present apart

LISTS = frozenset({"attendees", "absent", "others", "access"})
"""Fields that hold several values."""

_REACH = 8_000  # characters from the beginning in which labelled lines are sought
_HEAD = 2_000  # and in which those are that hold one value
_CLOSE = 1_500  # and from the end
_MOST_LINES = 80  # of one list
_HEAD_LINE = 100  # characters of a line that states a field in its middle
_TABBED = re.compile(r"([^\t|｜]{2,40}?)(?:\s*[|｜\t]\s*|\s{2,}|\u3000+)(\S.*)$")


@dataclass(frozen=True, slots=True)
class Stated(Span):
    """A field as the record states it: the range and the words of its value."""

    field: str
    value: str


_ITEM = re.compile(rf"[{CHINESE_NUMERALS}]{{1,3}}[、.．]\s*")  # 一、时间：...


def field_of(label: str) -> str | None:
    """The field of a meeting a label or a front-matter key names.

    >>> field_of("Members Present (7)"), field_of("会议地点"), field_of("meeting_date"), field_of("Motion")
    ('attendees', 'place', 'date', None)
    """
    key = re.sub(r"[(（].*", "", _ITEM.sub("", label)).strip(" .*_:：-").lower()
    key = " ".join(key.replace("_", " ").split())
    role = role_of(key)
    return FIELDS.get(key) or FIELDS.get(key.replace(" ", "")) or (_OF_ROLES[role] if role else None)


def known_labels() -> list[str]:
    """Every label that names a field, for telling which of them a misspelt one may mean."""
    people = vocabulary("attendance")
    return [
        *FIELDS,
        *sorted(word for name in ("chair", "present", "absent", "guests") for word in people[name]),
    ]


def _field_named(label: str) -> str | None:
    """The field a label of a line names; lists of people also where the name of a body comes first."""
    role = role_of(_ITEM.sub("", label), of_a_body=True)
    if role is Role.MAYBE:
        return _MAYBE
    return field_of(label) or (_OF_ROLES[role] if role else None)


def labelled(text: str, lines: Sequence[Line]) -> list[Stated]:
    """The labelled fields near the beginning and the end, in order; lists may take several lines."""
    begin = lines[0].start if lines else 0
    first = [line for line in lines if line.start < begin + _REACH]
    last = [line for line in lines[len(first) :] if line.start >= len(text) - _CLOSE]
    people = [stated for stated in _labelled(last) if stated.field in _PEOPLE]
    signatures = [place for place, line in enumerate(first) if _SIGNATURE.match(line.text)]
    below = [Span(first[place].start, first[min(place + 2, len(first) - 1)].end) for place in signatures]
    found = [
        stated
        for stated in _labelled(first)
        if stated.field in _PEOPLE
        or (_is_sound(stated, begin) and not (stated.field == "date" and covered(stated.start, below)))
    ]
    return _decided([*found, *people])


def _decided(found: Sequence[Stated]) -> list[Stated]:
    """The fields, "in attendance" those present, or the others where the record lists those present apart."""
    apart = any(stated.field == "attendees" for stated in found)
    field = "others" if apart else "attendees"
    return [replace(stated, field=field) if stated.field == _MAYBE else stated for stated in found]


_PEOPLE = {"chair", "others", "absent", "attendees", _MAYBE}
_LISTED = LISTS | {_MAYBE}
_SIGNATURE = re.compile(  # a date on such a line, or on one of the two below it, is that of signing
    r"\W*(?:signed|(?:\w+['’]s\s)?signature)\b|\W*签[字名发]", re.IGNORECASE
)


def _is_sound(stated: Stated, begin: int) -> bool:
    """Whether a single value stands in the head of the record and looks like one."""
    value = stated.value
    if stated.start > begin + _HEAD or len(value) > 160 or "://" in value:
        return False
    if stated.field == "number":
        return len(value) <= 60 and any(character.isdigit() for character in value)
    if stated.field in ("body", "series"):
        return len(value) <= 80 and not value[0].islower() and value[-1] not in ".。;；"
    return True


def _labelled(lines: Sequence[Line]) -> Iterator[Stated]:
    for place, line in enumerate(lines):
        found = _field_line(line)
        if not found:
            yield from _beside(line) if len(line.text) <= _HEAD_LINE else ()
            continue
        field, start = found
        if beside := _beside(line, (field, start)):
            yield from beside
        elif start < line.end:
            yield from _with_more(lines, place, field, start)
        elif field in _LISTED and not _is_one_of_many(lines, place):
            listed = list(_listed(lines[place + 1 : place + 1 + _MOST_LINES]))
            yield from (Stated(begin, end, field, value) for begin, end, value in listed)
        elif place + 1 < len(lines) and not line.before_blank and not _field_line(lines[place + 1]):
            after = lines[place + 1]
            if len(after.text) <= 200:
                yield Stated(after.start, after.end, field, after.text)


_MARK = re.compile(r"(?:\d{1,2}[.)]|[-*+•])\s")


def _is_one_of_many(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is an item of a list that goes on beside it, as of an agenda, and so names nothing below it."""
    line, after = lines[place], lines[min(place + 1, len(lines) - 1)]
    mark, next_mark = _MARK.match(line.text), _MARK.match(after.text)
    return bool(
        mark
        and next_mark
        and line.text[0].isdigit() == after.text[0].isdigit()
        and after.indent <= line.indent
    )


def _field_line(line: Line) -> tuple[str, int] | None:
    """The field a line states, and where its value begins: at the line's end when it follows below."""
    begin, end = bare(line.text)
    heading = re.match(r"#{1,6}\s+|\|\s*", line.text[begin:end])
    begin += heading.end() if heading else 0
    label = label_of(line.text[begin:])
    if label and (field := _field_named(label.text)):
        return field, min(line.start + begin + label.end, line.end)
    if len(line.text) > 300:
        return None
    if field := _field_named(line.text[begin:end]):
        alone = field in _LISTED and field != "access" and len(line.text[begin:end]) > 4
        return (field, line.end) if alone or _is_han(line.text) else None
    tabbed = _TABBED.match(line.text, begin)
    if tabbed and (field := _field_named(tabbed[1])):
        return field, line.start + tabbed.start(2)
    return None


_LABEL_BESIDE = re.compile(
    r"(?:(?<=[\s；;])([\u4e00-\u9fff\uf900-\ufaff]{2,6})\s?[：:]|(?<=\s\s|\|\s|.\t)([A-Z][A-Za-z ]{1,20}):\s)\s*"
)

_LABEL_OF_NEXT_SENTENCE = re.compile(
    r"(?:[。；;.]\s*([\u4e00-\u9fff\uf900-\ufaff]{2,6})\s?[：:]|[.;]\s{1,3}([A-Z][A-Za-z ()\d-]{1,40}):\s)\s*"
)


def _beside(line: Line, first: tuple[str | None, int] | None = None) -> list[Stated]:
    """The fields of a line that states others within: 时间：1月8日 地点：会议室 主持：何平.

    A field it begins with ends at the label of a next sentence too: "Present: Bell, Chen. Absent: Diaz."

    first  the field it begins with, if it does, and where its value begins; empty where it states no other
    """
    field, start = first or (None, line.start)
    labels = list(_LABEL_BESIDE.finditer(line.text, start - line.start))
    sentences = list(_LABEL_OF_NEXT_SENTENCE.finditer(line.text, start - line.start)) if first else []
    begun = {m.end() for m in sentences}
    labels = sorted([*sentences, *(m for m in labels if m.end() not in begun)], key=re.Match.start)
    fields = [field, *(_field_beside(m[1] or m[2], field) for m in labels)]
    ended = field in _PEOPLE and any(
        names_a_part(normalize("NFKC", m[1])) for m in labels if m[1]
    )  # 主席：管一政  記錄：...
    if not any(fields[1:]) and not (sentences and field in _LISTED) and not ended:
        return []
    begins = [start - line.start, *(m.end() for m in labels)]
    ends = [*(m.start() for m in labels), len(line.text)]
    out = []
    for field, begin, end in zip(fields, begins, ends, strict=True):
        value = line.text[begin:end].rstrip(" \t\u3000|；;,，")
        if field and value:
            out.append(Stated(line.start + begin, line.start + begin + len(value), field, value))
    return out


def _field_beside(label: str, first: str | None) -> str | None:
    """The field a label within a line names; beside a list of people, an office is of the others there."""
    office = first in _PEOPLE and shape_of(label) == "office"
    return _field_named(label) or ("others" if office else None)


def _is_han(text: str) -> bool:
    return "\u4e00" <= text.strip(" #*")[:1] <= "\u9fff"


def _with_more(lines: Sequence[Line], place: int, field: str, start: int) -> Iterator[Stated]:
    """The value on the label's own line, and for a list the lines it goes on to."""
    line = lines[place]
    value = line.text[start - line.start :]
    _, end = bare(value)
    value = value[:end].strip(" |")
    if not value:
        return
    yield Stated(start, start + len(value), field, value)
    if line.text[0] == "|":  # the next row states something else
        return
    if field in _LISTED and (value[-1] in _GOES_ON or (not line.before_blank and _goes_on(value))):
        for begin, stop, more in _listed(lines[place + 1 : place + 1 + _MOST_LINES]):
            yield Stated(begin, stop, field, more)


_GOES_ON = ",;，；、"


def _goes_on(value: str) -> bool:
    return value[-1] in _GOES_ON or value.endswith(" and") or not re.search(r"[.。]$", value)


def _listed(lines: Sequence[Line]) -> Iterator[tuple[int, int, str]]:
    """The lines of a list of people below its label: up to a blank line, a heading or another label."""
    for number, line in enumerate(lines):
        if number and line.after_blank and not re.match(r"[-*•]\s", line.text):
            return
        label = label_of(line.text)
        if (
            line.text[0] == "#"
            or _field_line(line)
            or (label and (names_a_part(label.text) or _labels_something(line.text, label)))
            or len(line.text) > 600
            or re.match(r"[-=_]{3,}$", line.text)
        ):
            return
        if line.text[0] == "|":
            if person := _in_table(line.text):
                yield line.start, line.end, person
            continue
        begin, end = bare(line.text)
        if number and line.text[begin:end][-1:] in ".。" and len(line.text) > 120:
            return
        yield line.start + begin, line.start + end, line.text[begin:end].strip(" |")


def _labels_something(text: str, label: Label) -> bool:
    """Whether a label in a list of people is neither an office nor whom they are of: "Protokoll: Ann"."""
    value = text[label.end :].strip(" *_")
    return not is_office(label.text) and len(re.split(r"[,;]", value)[0].split()) < 2 and not _is_han(value)


def _in_table(row: str) -> str | None:
    """The name in the first cell of a table's row, with the initials that stand in the second."""
    name, *others = [cell.strip(" *_") for cell in row.strip("| \t").split("|")]
    if re.fullmatch(r"[-: ]*|(?:\w+ )?names?", name, re.IGNORECASE):
        return None
    return f"{name} ({others[0]})" if others and re.fullmatch(r"[A-Z][A-Za-z]{1,4}", others[0]) else name


def from_front_matter(fields: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Front matter by the fields it names; other keys are left out, the first key of a field wins."""
    out: dict[str, list[str]] = {}
    keys: dict[str, str] = {}
    for key, value in fields:
        field = field_of(key)
        if field and keys.setdefault(field, key) == key:
            out.setdefault(field, []).append(value)
    return out
