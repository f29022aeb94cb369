"""Motions whose parts stand on lines of their own: who moved and seconded, what was moved, the roll, the result.

> Moved by P. Lee
> Seconded by A. Orr
That the following actions be taken:
a) the audit report BE RECEIVED; and
b) staff BE DIRECTED to report back.
> Motion Passed (5 to 1)

The lines that name mover and seconder stand above what is moved, or below it. What a motion lists is an entry each; all
rest on the same result.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.lines import Line, lines
from ingest.records import Decision, DecisionKind, Span
from ingest.register.headings import trimmed
from ingest.register.movers import movers
from ingest.register.rules import plain

LONGEST = 6000  # characters from the names of mover and seconder to the result, at most
_LABELLED = re.compile(r"\W*(?:motion|resolution|proposal)\s?[:：]\s?\S", re.IGNORECASE)
_LABELLED_ABOVE = (
    12  # lines of what was moved, where a label opens it: "Motion: that Rule 9 read", and the rule below
)
_GOES_ON = re.compile(
    r"[^#|](?:\S+\s){7,}.*[:：]\W*"
)  # a sentence, no label, that goes on in the next paragraph
_ABOVE = 4  # lines of one paragraph or list that are what was moved, where the names stand below it

_LABEL = (
    r"(?:(?:moved|proposed|nominated|introduced|(?:motion )?made|seconded|motion)(?: by)?|mover|proposer|seconder"
    r"|动议人?|提议人?|附议人?|和议人?)"
)
_NAMES = re.compile(  # a line of nothing but names of mover and seconder
    rf"\W*(?:{_LABEL}\s*(?:[:：]|(?<=by)|(?<=ed )(?=(?-i:[A-Z])))\s*(?:councillor |cllr\.? |alderman |mayor )?"
    r"[\w.'’() -]{0,40}?[\s,;|/]*){1,2}\W*",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\W*(?:the )?(?:(?:motion|resolution|amendment|vote|question|recommendation)s?\W+)?"
    r"(?:was |is |were |therefore |be )*"
    r"(?:(?P<APPROVED>passed|carried|approved|adopted|agreed(?: to)?|accepted|elected)"
    r"|(?P<REJECTED>failed|defeated|lost|rejected|not (?:carried|passed|approved|adopted))"
    r"|(?P<WITHDRAWN>withdrawn)|(?P<DEFERRED>deferred|tabled|postponed))"
    r"(?: (?:unanimously|nem\.? ?con\.?|on division|as amended"
    r"|by (?:a )?(?:majority|voice vote|acclamation|consensus)|with \w+ abstentions?))*"
    r"\W*(?:\d{1,3}\s?(?:to|-|–|/|:)\s?\d{1,3}(?:\s?(?:to|-|–|/|:)\s?\d{1,3})?)?\W*",
    re.IGNORECASE,
)
_SETTLES = re.compile(r"\b(?:elected|carried|passed unanimously|all (?:agreed?|in favou?r))\b", re.IGNORECASE)
_OPENS = re.compile(r"\W*(?:that\b|to [a-z]+\b|be it\b|resolved\b|whereas\b|the motion\b)", re.IGNORECASE)
_ITEM = re.compile(r"[^\S\n]*[(（]?(?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})[)）.]\s+(?=\S)")
_ROLL = re.compile(
    r"\W*(?:vote\b|(?:yeas?|ayes?|nays?|noes|for|against|in favou?r|abst\w+|absent|recused?)\b[^\n]{0,12}[:：])",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"\W*that\b[^.]{0,200}\bfollowing (?:actions?|recommendations?|motions?)\b[^.]*:\W*$", re.IGNORECASE
)
_BE = re.compile(r"\bBE [A-Z]{4,}\b")
_ASIDE = re.compile(r"\W*(?:it being (?:further )?noted|additional votes?\b)", re.IGNORECASE)
_KINDS = (
    (
        DecisionKind.ASSIGNED,
        re.compile(
            r"(?:^|\bthat |, |\) )(?:the )?(?P<who>[A-Z][\w.'’&-]*(?:,? (?:and |of |the |for )*[A-Z][\w.'’&-]*){0,6}"
            r"|(?:city |town )?"
            r"(?:staff|clerk|administration)) (?P<be>BE|be|is|are) (?:hereby )?"
            r"(?i:directed|requested|instructed|asked|authori[sz]ed|required) to\b"
        ),
    ),
    (DecisionKind.NOTED, re.compile(r"\b(?P<be>(?i:be (?:received|noted)))\b")),
    (
        DecisionKind.DEFERRED,
        re.compile(r"\b(?P<be>(?i:be (?:deferred|tabled|postponed|referred|laid over|held)))\b"),
    ),
    (DecisionKind.REJECTED, re.compile(r"\b(?P<be>(?i:be (?:denied|refused|rejected)))\b")),
    (DecisionKind.WITHDRAWN, re.compile(r"\b(?P<be>(?i:be withdrawn))\b")),
    (
        DecisionKind.APPROVED,
        re.compile(r"\b(?P<be>(?i:be (?:approved|adopted|amended|accepted|appointed|adjourned)))\b"),
    ),
)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A motion by its parts: lines of names, what was moved, the vote and its result where they are stated."""

    names: Span
    moved: tuple[Span, ...]
    roll: Span | None = None
    result: Span | None = None
    kind: DecisionKind | None = None


def read_motions(text: str) -> Iterator[Decision]:
    """An entry for each thing that was moved on lines of its own, in order."""
    every = [line for line in lines(text) if line.text.strip()]
    place = 0
    while place < len(every):
        names, after = _names(every, place)
        if names is None:
            if _LISTS.match(every[place].text):
                yield from _listed(text, every, place)
            place += 1
            continue
        parts = _below(text, every, names, after) or _above(every, names, place, after)
        if parts:
            yield from _entries(text, parts)
        place = after


def _listed(text: str, every: Sequence[Line], place: int) -> Iterator[Decision]:
    """The actions that are listed under a line which says that they are taken, where nobody is named as mover."""
    if place and _NAMES.fullmatch(every[place - 1].text):
        return
    for line in every[place + 1 :]:
        if not _ITEM.match(line.text):
            return
        if _BE.search(line.text):
            kind, owner = _settled(plain(line.text), DecisionKind.APPROVED)
            yield Decision(line.start, line.end, kind, "en.motion-lines", owner=owner)


def only_names(words: str) -> bool:
    """Whether words are only the names of mover and seconder: "Moved by Ann Lee, seconded by Bo Orr"."""
    return _NAMES.fullmatch(words) is not None


def _names(every: Sequence[Line], place: int) -> tuple[Span | None, int]:
    """The lines from `place` on that name mover and seconder, and the place after them."""
    end = place
    while end < len(every) and end < place + 2 and _NAMES.fullmatch(every[end].text):
        end += 1
    if end == place:
        return None, place
    mover, _ = movers("\n".join(plain(line.text) for line in every[place:end]))
    return (Span(every[place].start, every[end - 1].end) if mover else None), end


def _below(text: str, every: Sequence[Line], names: Span, after: int) -> _Parts | None:
    """What stands below the names, up to the result; None where nothing is moved there."""
    if after == len(every) or not _OPENS.match(every[after].text) or every[after].start - names.end > 40:
        return None
    moved: list[Span] = []
    roll: list[Line] = []
    for place in range(after, len(every)):
        line = every[place]
        if line.end - names.start > LONGEST or _NAMES.fullmatch(line.text) or line.text.startswith("#"):
            break
        if result := _RESULT.fullmatch(line.text):
            last = _roll_below(every, place)
            rolled = Span(roll[0].start, roll[-1].end) if roll else last
            return _Parts(names, tuple(moved), rolled, Span(line.start, line.end), _kind_named(result))
        if roll or _ROLL.match(line.text):
            roll.append(line)
        elif _ASIDE.match(line.text) or not any(map(str.isalnum, line.text)):
            continue
        else:
            moved.append(Span(line.start, line.end))
    return None


def _roll_below(every: Sequence[Line], place: int) -> Span | None:
    """The lines of a roll right below a result."""
    end = place + 1
    while end < len(every) and _ROLL.match(every[end].text):
        end += 1
    return Span(every[place + 1].start, every[end - 1].end) if end > place + 1 else None


def _above(every: Sequence[Line], names: Span, place: int, after: int) -> _Parts | None:
    """What stands right above the names, where they or the line below them say what came of it."""
    start = place
    while start > 0 and place - start < _ABOVE and not every[start].text.startswith(("#", "```")):
        start -= 1
        if every[start].after_blank or every[start].text.lstrip().startswith("*"):
            break
    start = _labelled_above(every, place, start)
    if start == place or _NAMES.fullmatch(every[start].text) or every[start].text.startswith(("#", "```")):
        return None
    moved = (Span(every[start].start, every[place - 1].end),)
    following = every[after] if after < len(every) and every[after].start - names.end < 40 else None
    if following and len(following.text) < 120 and _SETTLES.search(following.text):
        return _Parts(names, moved, None, Span(following.start, following.end), DecisionKind.APPROVED)
    if following and (result := _RESULT.fullmatch(following.text)):
        return _Parts(names, moved, None, Span(following.start, following.end), _kind_named(result))
    return _Parts(names, moved) if all(movers(plain_lines(every[place:after]))) else None


def _labelled_above(every: Sequence[Line], place: int, otherwise: int) -> int:
    """The place of the label that opens what was moved above the names at `place`, where one does."""
    for above in range(place - 1, max(-1, place - 1 - _LABELLED_ABOVE), -1):
        line = every[above]
        if line.text.startswith("#") or _NAMES.fullmatch(line.text) or _RESULT.fullmatch(line.text):
            break
        if _LABELLED.match(line.text):
            return above
    while otherwise and _GOES_ON.fullmatch(every[otherwise - 1].text):
        otherwise -= 1
    return otherwise


def plain_lines(found: Sequence[Line]) -> str:
    """Lines as rules read them, each still a line of its own."""
    return "\n".join(plain(line.text) for line in found)


def _kind_named(result: re.Match[str]) -> DecisionKind:
    return next(DecisionKind[name] for name, said in result.groupdict().items() if said)


def _entries(text: str, parts: _Parts) -> Iterator[Decision]:
    """An entry for each item of what was moved, or one for the whole."""
    listed = [span for span in parts.moved if _ITEM.match(span.of(text))]
    whole = [Span(parts.moved[0].start, parts.moved[-1].end)] if parts.moved else []
    mover, seconder = movers("\n".join(plain(line) for line in parts.names.of(text).splitlines()))
    for span in listed if len(listed) > 1 else whole:
        if own := trimmed(text, span.start, span.end):
            kind, owner = _settled(plain(own.of(text)), parts.kind)
            rests = [part for part in (parts.names, own, parts.roll, parts.result) if part]
            spans = tuple(sorted(rests, key=lambda one: (one.start, one.end)))
            yield Decision(
                own.start,
                own.end,
                kind,
                "en.motion-lines",
                owner=owner,
                mover=mover,
                seconder=seconder,
                spans=spans,
            )


def _settled(words: str, result: DecisionKind | None) -> tuple[DecisionKind, str | None]:
    """What became of what was moved, and who is to act on it."""
    if result is None:
        return DecisionKind.VOTE, None
    if result is not DecisionKind.APPROVED:
        return result, None
    found = [
        (match.start("be"), kind, match.groupdict().get("who"))
        for kind, form in _KINDS
        if (match := form.search(words))
    ]
    _, kind, owner = min(found, default=(0, DecisionKind.APPROVED, None), key=lambda one: one[0])
    return kind, owner  # what is said first is moved; the rest may be in what it is about
