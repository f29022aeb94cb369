"""Headings in text whose format marks none: numbered items, capitals, bold lines, 一、 and （一）.

A line is a heading by what it looks like and by what stands around it: the numbers of its kind go on, text
follows it, and it is no list, no chatter in capitals, no running header. What a file format marks as a
heading is taken as it is.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ingest.dates import find_dates
from ingest.label_shapes import shape_of
from ingest.labels import label_of
from ingest.lines import Line, bare
from ingest.numerals import CHINESE_NUMERALS, chinese_number
from ingest.records import Heading, Span
from ingest.stated import field_of


class Headline(NamedTuple):
    """A heading in a text: its line (its first sentence, where text runs on after it) and its words.

    line    range of the whole
    title   range of the words, without number and markup
    level   1 is the highest
    number  as written, None when there is none
    """

    line: Span
    title: Span
    level: int
    number: str | None


class _Candidate(NamedTuple):
    place: int  # of its line among the lines
    kind: str
    rank: int  # the lower, the higher its level
    line: Span
    title: Span
    number: str | None
    value: int | None  # the number read


_CN = f"[{CHINESE_NUMERALS}]{{1,4}}"
_NUMBERED: tuple[tuple[str, int, str], ...] = (  # kind, rank, what stands before the title
    ("item", 10, r"(?:agenda\s+)?item\s+(?:no\.?\s*)?\d{1,3}(?:\.\d{1,2}|[a-z]\b)?(?:\s*[:.)–—-]\s*|\s+|$)"),
    (
        "item",
        10,
        r"(?:part|section|chapter|annex|appendix|schedule)\s+(?:\d{1,3}|[ivx]{1,5}|[a-h])\b\s*[:.)–—-]?\s*",
    ),
    ("item", 10, rf"第\s?(?:{_CN}|\d{{1,3}})\s?(?:项|部分|章|节|个?议题)(?:议程|议题)?\s*[：:、.．]?\s*"),
    ("item", 10, rf"(?:议题|议程|事项)\s?(?:{_CN}|\d{{1,3}})\s*[：:、.．]\s*"),
    ("一、", 11, rf"{_CN}\s?[、.．]\s*"),
    ("I.", 12, r"(?-i:[IVX]{1,6})[.)]\s+"),
    ("（一）", 30, rf"[（(]{_CN}[）)]\s*、?\s*"),
    ("1.1.1", 37, r"\d{1,2}\.\d{1,2}\.\d{1,2}\.?\s+"),
    ("1.1", 36, r"\d{1,2}(?:\.(?:\d{1,2}|[a-z]|[ivx]{1,4})){1,3}[.)]?\s+(?!\d)"),
    ("1.", 35, r"\d{1,3}(?:[.)．]\s+|[、．]\s*|\s{2,}|\t)(?!\d)"),
    ("A.", 38, r"(?-i:[A-Z])[.)]\s+"),
)
_NUMBER_FORMS = tuple((kind, rank, re.compile(form, re.IGNORECASE)) for kind, rank, form in _NUMBERED)
_RUNS_ON = ("一、", "（一）", "item")  # their heading may be the first sentence of a paragraph
_GAP = 4  # items of an agenda that may be left out of its minutes
_EDGES = " \t:：-–—、．"  # around a number
_HASH = re.compile(r"(#{1,6})\s+(?=\S)")
_UNDERLINE = re.compile(r"(=|-){3,}$")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{2,120}?)(?<=\S)\1:?$")
_MOST = 120  # width of a heading line, Chinese characters counting double
_FIRST_SENTENCE = re.compile(r"[^。；\n]{2,80}[。；]?|[^.\n]{2,120}\.?")
_STOPS = tuple(".;,:!?。；，：！？…、")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_AGENDA = re.compile(
    r"(?:call(?:ed)? to order|commencement|roll call|opening|welcome|introductions?|attendance|apologies"
    r"|approval of|adoption of"
    r"|minutes of|matters arising|declarations? of|conflicts? of interest"
    r"|public (?:comments?|hearings?|forum|participation|input|questions)"
    r"|(?:old|new|unfinished|any other|other) business"
    r"|(?:\w+ ){0,3}reports?|consent (?:agenda|calendar)|announcements?|correspondence|communications"
    r"|(?:executive|closed) session|action items|next meeting|date of (?:the )?next|adjourn(?:ment|ed)"
    r"|clos(?:e|ing|ure)"
    r"|resolutions?|motions?|decisions?|conclusions?|agenda|summary of|staff (?:review|report))\b",
    re.IGNORECASE,
)


def given_headings(text: str, headings: Sequence[Heading]) -> list[Headline]:
    """The headings a file format marks, number and title told apart; those without words are left out."""
    out = []
    for heading in headings:
        written = heading.of(text)
        begin, end = _inner(written)
        number, start = _told_apart(written[begin:end])
        title = Span(heading.start + begin + start, heading.start + end)
        if written[begin:end].strip("# "):
            out.append(Headline(Span(heading.start, heading.end), title, heading.level, number))
    return out


def find_headings(text: str, lines: Sequence[Line], *, listed: Sequence[Span] = ()) -> list[Headline]:
    """The headings among `lines`, in order, levels 1, 2, ... by the rank of their kinds.

    listed  lists of people and other stated fields: no headings are in them
    """
    taken = {span.start for span in listed}
    candidates = [
        found
        for place, line in enumerate(lines)
        if line.start not in taken and (found := _candidate(lines, place))
    ]
    kept = [
        candidate
        for kind in dict.fromkeys(candidate.kind for candidate in candidates)
        for candidate in _plausible(kind, [c for c in candidates if c.kind == kind], lines)
    ]
    return _levelled(sorted(kept, key=lambda candidate: candidate.place))


def _inner(written: str) -> tuple[int, int]:
    """Where a heading's words stand in its line: without #, underline, emphasis and closing #."""
    first = written.split("\n", 1)[0]
    mark = _HASH.match(first.lstrip())
    begin = len(first) - len(first.lstrip()) + (mark.end() if mark else 0)
    emphasis = re.match(r"[*_\s]*", first[begin:])
    begin += emphasis.end() if emphasis else 0
    end = len(first.rstrip(" \t*_:#" if mark else " \t*_:"))
    return begin, max(begin, end)


def _told_apart(words: str) -> tuple[str | None, int]:
    """The number a heading begins with, as written, and where its title begins."""
    _, _, start = _number(words)
    number = words[:start].strip(_EDGES) or None
    return number, start + len(words[start:]) - len(words[start:].lstrip("*_ "))


def _number(words: str) -> tuple[str, int, int]:
    """Kind, rank and length of the number a heading begins with; length 0 when it has none."""
    for kind, rank, form in _NUMBER_FORMS:
        if match := form.match(words):
            return kind, rank, match.end() if match.end() < len(words) else 0
    return "", 0, 0


# Candidates: what looks like a heading ----------------------------------------------------------------------


def _candidate(lines: Sequence[Line], place: int) -> _Candidate | None:
    line = lines[place]
    if mark := _HASH.match(line.text):
        return _marked(line, place, "#", len(mark[1]))
    if line.text[0] in "|>-•·" or (line.text[0] == "#" and not line.text[1:2].isspace()):
        return None
    if place + 1 < len(lines) and not line.before_blank and _width(line.text) <= _MOST:
        rule = _UNDERLINE.match(lines[place + 1].text)
        if rule and line.after_blank and not label_of(line.text):
            return _marked(line, place, "#", 1 if rule[1] == "=" else 2)
    bold = _BOLD.match(line.text)
    begin, end = bare(line.text) if bold else (0, len(line.text))
    kind, rank, start = _number(line.text[begin : min(end, begin + 60)])
    if start:
        return _numbered(line, place, begin, end, kind, rank, start)
    if _width(line.text) > _MOST or _is_label(line.text):
        return None
    if bold and not field_of(bold[2]) and not bold[2].endswith(_STOPS[:3]):
        return _marked(line, place, "bold", 20)
    if line.text.endswith(_STOPS) or not line.after_blank:
        return None
    if _is_capitals(line.text):
        return _marked(line, place, "capitals", 15)
    if _is_plain(line.text):
        return _marked(line, place, "plain", 40)
    return None


def _marked(line: Line, place: int, kind: str, rank: int) -> _Candidate:
    begin, end = _inner(line.text)
    number, start = _told_apart(line.text[begin:end])
    title = Span(line.start + begin + start, line.start + end)
    return _Candidate(place, kind, rank, Span(line.start, line.end), title, number, None)


def _numbered(
    line: Line, place: int, begin: int, end: int, kind: str, rank: int, start: int
) -> _Candidate | None:
    words = line.text[begin + start : end]
    number = line.text[begin : begin + start].strip(_EDGES) or None
    first = line.start + begin + start
    if _width(line.text) <= _MOST and not words.endswith((*".;,!?。；，！？", "：", ":")):
        return _Candidate(
            place,
            kind,
            rank,
            Span(line.start, line.end),
            Span(first, line.start + end),
            number,
            _value(number),
        )
    sentence = _FIRST_SENTENCE.match(words)
    if kind not in _RUNS_ON or not sentence or not _HAN.match(words):
        return None
    stop = len(sentence[0].rstrip("。；"))
    return _Candidate(
        place,
        kind,
        rank,
        Span(line.start, first + sentence.end()),
        Span(first, first + stop),
        number,
        _value(number),
    )


def _value(number: str | None) -> int | None:
    digits = re.findall(rf"\d+|[{CHINESE_NUMERALS}]+", number or "")
    if digits:
        return chinese_number(digits[-1])
    letters = (number or "").strip(".()（） ")
    if re.fullmatch(r"[IVX]+", letters):
        values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in letters]
        return sum(-v if after > v else v for v, after in zip(values, [*values[1:], 0], strict=True))
    return ord(letters) - ord("A") + 1 if re.fullmatch(r"[A-Z]", letters) else None


def _width(text: str) -> int:
    return len(text) if len(text) > _MOST else len(text) + len(_HAN.findall(text))


def _is_label(text: str) -> bool:
    """Whether a line begins with a speaker or states a field: neither is a heading."""
    label = label_of(text)
    return bool(label and (shape_of(label.text) or field_of(label.text))) or bool(field_of(text))


def _is_capitals(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    if len(letters) < 6 or not text[0].isupper() or any(c.islower() for c in letters) or _HAN.search(text):
        return False
    return (text.upper() != text.lower() and len(text.split()) >= 2) or bool(_AGENDA.match(text))


def _is_plain(text: str) -> bool:
    """A short line of words, in title case or in Chinese, without a verb's full stop."""
    if _HAN.match(text):
        return len(text) <= 25 and not re.search(r"[，。；：！？,;:!?()（）\d]", text)
    words = re.findall(r"[\w'’-]+", text)
    if not (1 <= len(words) <= 10 and text[0].isupper() and len(text) <= 80) or re.search(
        r"[.;:!?|@\t]", text
    ):
        return False
    long_words = [word for word in words if len(word) > 3 and word not in ("from", "with", "into", "under")]
    return bool(_AGENDA.match(text)) or all(word[0].isupper() for word in (long_words or words))


_TITLE = re.compile(r"(?:minutes|report|agenda|summary) of", re.IGNORECASE)


# What is plausible in its surroundings ----------------------------------------------------------------------


def _plausible(kind: str, candidates: list[_Candidate], lines: Sequence[Line]) -> list[_Candidate]:
    if kind in ("#", "item"):
        return candidates
    if kind in ("一、", "（一）", "I."):
        return _in_sequence(candidates, lines)
    if kind in ("1.", "1.1", "1.1.1", "A."):
        stand = [
            c for c in candidates if lines[c.place].after_blank or _follows_heading(c, candidates, lines)
        ]
        return _with_text_between(_in_sequence(stand, lines), lines)
    repeated = Counter(lines[c.place].text for c in candidates)
    own = [c for c in candidates if repeated[lines[c.place].text] <= 2 and _opens_text(c, candidates, lines)]
    return _standing_out(kind, own, lines)


def _follows_heading(candidate: _Candidate, candidates: Sequence[_Candidate], lines: Sequence[Line]) -> bool:
    """Whether it stands first, or right below a line in capitals and is not the first line of a list there."""
    if candidate.place == 0:
        return True
    listed = any(other.place == candidate.place + 1 for other in candidates)
    return _is_capitals(lines[candidate.place - 1].text) and not listed


def _in_sequence(candidates: list[_Candidate], lines: Sequence[Line]) -> list[_Candidate]:
    """Those whose numbers go on: each 1, or one more than the last kept of its kind; at least two in all."""
    kept: list[_Candidate] = []
    for candidate in candidates:
        last = kept[-1].value if kept else 0
        goes_on = candidate.value is not None and last is not None and 0 < candidate.value - last <= _GAP
        if goes_on or candidate.value == 1:
            kept.append(candidate)
    return kept if len(kept) >= 2 else []


def _with_text_between(candidates: list[_Candidate], lines: Sequence[Line]) -> list[_Candidate]:
    """None of them where they follow one another like a list; headings have text below them."""
    places = {candidate.place for candidate in candidates}
    bodied = [
        c
        for c in candidates
        if c.place + 1 < len(lines) and c.place + 1 not in places and lines[c.place].before_blank
    ] or [c for c in candidates if c.place + 1 < len(lines) and c.place + 1 not in places]
    return candidates if len(bodied) * 2 >= len(candidates) else []


def _opens_text(candidate: _Candidate, candidates: Sequence[_Candidate], lines: Sequence[Line]) -> bool:
    """Whether body text follows, and the line is not of the title block at the very top."""
    text = lines[candidate.place].text
    dates = find_dates(text)
    if dates and sum(date.end - date.start for date in dates) * 2 >= len(text):
        return False
    words = _words_of(text)
    if _in_title_block(candidate.place, lines) and (not _AGENDA.match(words) or _TITLE.match(words)):
        return False
    following = lines[candidate.place + 1 : candidate.place + 2]
    if not following:
        return False
    if candidate.kind == "capitals":
        return not _is_capitals(following[0].text) or lines[candidate.place].before_blank
    return True


def _in_title_block(place: int, lines: Sequence[Line]) -> bool:
    """Whether only short lines without a full stop stand above a line near the top."""
    return place < 4 and not any(
        line.text.endswith(_STOPS) or _width(line.text) > _MOST for line in lines[:place]
    )


def _words_of(text: str) -> str:
    """A line without the emphasis around it."""
    begin, end = bare(text)
    return text[begin:end]


def _standing_out(kind: str, candidates: list[_Candidate], lines: Sequence[Line]) -> list[_Candidate]:
    """Capitals, bold and plain lines: agenda words at once, others when several head longer text."""
    if kind == "bold":
        return candidates
    agenda = [c for c in candidates if _AGENDA.match(lines[c.place].text)]
    heads = _heads_text if kind == "capitals" else _heads_paragraph
    heading = [c for c in candidates if c not in set(agenda) and heads(c, lines)]
    enough = len(agenda) + len(heading) >= (2 if kind == "capitals" else 3)
    few = len(candidates) * 2 <= len(lines) + 2
    return sorted([*agenda, *(heading if enough and few else [])], key=lambda c: c.place)


def _heads_text(candidate: _Candidate, lines: Sequence[Line]) -> bool:
    """Whether a sentence stands below, or another line in capitals that heads it in turn."""
    below = lines[candidate.place + 1].text
    return _is_capitals(below) or (len(below) >= 25 and below.upper() != below)


def _heads_paragraph(candidate: _Candidate, lines: Sequence[Line]) -> bool:
    return _width(lines[candidate.place + 1].text) >= 100 or len(lines[candidate.place + 1].text) > _MOST


# Levels -----------------------------------------------------------------------------------------------------


def _levelled(candidates: list[_Candidate]) -> list[Headline]:
    """Levels of marked headings as marked, the kinds below them by rank."""
    marked = [candidate.rank for candidate in candidates if candidate.kind == "#"]
    ranks = sorted({candidate.rank for candidate in candidates if candidate.kind != "#"})
    below = max(marked, default=0)
    return [
        Headline(
            c.line, c.title, c.rank if c.kind == "#" else below + 1 + bisect_left(ranks, c.rank), c.number
        )
        for c in candidates
    ]
