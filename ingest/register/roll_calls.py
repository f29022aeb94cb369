"""Votes taken person by person: "Bean yes, Leek no", a table with a line for each member, 「李卫国投反对票」."""

import re
from collections.abc import Iterable, Iterator, Sequence

Sides = dict[str, tuple[str, ...]]

_SAYS = (
    r"(?:(?P<pro>yes|aye|yea|y|for|in favou?r|approve|赞成|同意|支持)|(?P<con>no|nay|n|against|opposed|反对|不同意)"
    r"|(?P<aside>abstain(?:ed|ing|s)?|abstention|present|not voting|弃权)|(?P<recused>recused?|回避)"
    r"|(?P<away>absent|excused|away|缺席|请假))"
)
_WORD = r"(?:Mr|Ms|Mrs|Dr|Cllr|Hon|[A-Z])\.|[A-Z][\w'’-]+"
_PERSON = rf"(?:{_WORD})(?: (?:{_WORD})){{0,3}}|[\u4e00-\u9fff·]{{2,4}}"
_CALLED = re.compile(
    rf"(?<![\w\u4e00-\u9fff])(?P<who>{_PERSON})(?:\s*[-–—:：=]\s*|,? (?=(?:aye|yea|nay)\b)| (?:voted |votes )?"
    rf"|\s?\()(?i:{_SAYS})\)?(?=\s*(?:[,;.，；。、\n]|$|and\b|with\b))"
)
_LEAST_CALLED = 2  # of a roll; "Motion: for." alone is none
_NO_PERSON = re.compile(
    r"(?:Motion|Vote|Votes|Roll|Result|Question|Carried|Resolution|Present|Ayes?|Nays?|Yes|No|Those|All|Any)\b"
)
_RULE_LINE = re.compile(r"[\s|:+-]*")
_HEADS = (
    (
        "pro",
        re.compile(r"\W*(?:for|ayes?|yeas?|yes|in favou?r|approve|赞成|同意|支持)(?:票)?\W*", re.IGNORECASE),
    ),
    ("con", re.compile(r"\W*(?:against|nays?|noes|no|opposed|反对|不同意)(?:票)?\W*", re.IGNORECASE)),
    (
        "aside",
        re.compile(r"\W*(?:abstain(?:ed|ing)?|abstentions?|弃权)(?:票)?\W*", re.IGNORECASE),
    ),
    ("recused", re.compile(r"\W*(?:recused?|回避)(?:票)?\W*", re.IGNORECASE)),
    ("away", re.compile(r"\W*(?:absent|excused|away|缺席|请假)\W*", re.IGNORECASE)),
)
_VOTE_HEAD = re.compile(r"\W*(?:votes?|voted|vote cast|表决(?:意见|结果)?|投票|意见)\W*", re.IGNORECASE)
_MARKED = re.compile(r"\W*(?:x|y|yes|v|1|✓|✔|√|●|•|是)\W*|[✓✔√●•☑]", re.IGNORECASE)


def called(text: str) -> Sides:
    """Who said what when a roll was called, by side: "pro", "con", "aside", "recused", "away"; empty where none was.

    >>> called("Roll call: Bean yes, Pea - aye, Leek no.")
    {'pro': ('Bean', 'Pea'), 'con': ('Leek',)}
    """
    calls = [(match["who"], _side(match)) for match in _CALLED.finditer(text)]
    calls = [(who, side) for who, side in calls if not _NO_PERSON.match(who)]
    return _by_side(calls) if len(calls) >= _LEAST_CALLED else {}


def tabled(text: str) -> Sides:
    """Who stood where in a table with a column for each side, of names or marks, or one for the vote."""
    lines = [line.lstrip("> ") for line in text.splitlines() if "|" in line]
    rows = [_cells(line) for line in lines if not _RULE_LINE.fullmatch(line)]
    if listed := _listed(rows):
        return listed
    if len(rows) < 1 + _LEAST_CALLED:
        return {}
    head, *people = rows
    columns = {
        place: side
        for place, cell in enumerate(head)
        if place
        for side, words in _HEADS
        if words.fullmatch(cell)
    }
    if len(set(columns.values())) > 1:
        marks = (
            (row[0], side)
            for row in people
            for place, side in columns.items()
            if place < len(row) and _MARKED.fullmatch(row[place])
        )
        return _by_side(marks)
    votes = [place for place, cell in enumerate(head) if place and _VOTE_HEAD.fullmatch(cell)]
    return _by_side(_said(people, votes[0])) if votes else {}


def _cells(line: str) -> list[str]:
    line = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip(" *_") for cell in line.split("|")]


def _listed(rows: Sequence[Sequence[str]]) -> Sides:
    """Who stands under the side at the head of each column, where every column has one: "|Yeas:|Nays:|Absent:|"."""
    heads = (
        [next((side for side, words in _HEADS if words.fullmatch(cell)), None) for cell in rows[0]]
        if rows
        else []
    )
    if not heads or None in heads or "pro" not in heads:
        return {}
    named = [
        (cell, side) for row in rows[1:] for cell, side in zip(row, heads, strict=False) if side and cell
    ]
    marks = [cell for cell, _ in named if _MARKED.fullmatch(cell) or not any(map(str.isalpha, cell))]
    return {} if marks else _by_side(named)


def _said(people: Sequence[Sequence[str]], place: int) -> Iterator[tuple[str, str]]:
    says = re.compile(rf"\W*{_SAYS}\W*", re.IGNORECASE)
    for row in people:
        match = says.fullmatch(row[place]) if place < len(row) else None
        if match:
            yield row[0], _side(match)


def _side(match: re.Match[str]) -> str:
    return next(side for side in ("pro", "con", "aside", "recused", "away") if match[side])


def _by_side(calls: Iterable[tuple[str, str]]) -> Sides:
    found: dict[str, list[str]] = {}
    for who, side in calls:
        if who and who not in found.setdefault(side, []):
            found[side].append(who)
    return {side: tuple(people) for side, people in found.items()}
