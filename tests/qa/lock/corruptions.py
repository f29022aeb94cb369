# ruff: noqa: E501  (a rule to a line reads better)
"""Sentences of a record made false by rule: what a lying model would write.

Each rule changes one thing that matters and says nothing of whether the lock will see it.
"""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from qa.lock.evidence import NumberedPassage
from qa.lock.quantities import Quantity, quantities

Rule = Callable[[str, NumberedPassage], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Lie:
    """A false sentence, the rule that made it, and the passages it cites."""

    rule: str
    text: str
    cites: tuple[NumberedPassage, ...]


_NO_NAMES = set(
    "Councillor Councillors Mayor Deputy Director Bureau District Executive Secretary City Librarian Clerk".split()
)
_MONTHS = "January February March April May June July August September October November December".split()
_OUTCOMES = [
    (r"\bapproved\b", "rejected"), (r"\bapproved\b", "deferred"), (r"\brejected\b", "approved"), (r"\bdeferred\b", "approved"),
    (r"\bdeferred\b", "rejected"), (r"\bagreed\b", "refused"), (r"\bnoted\b", "approved"), (r"\bcarried\b", "lost"),
    (r"\blost\b", "carried"), (r"\babolished\b", "introduced"), (r"\baccepted\b", "declined"), (r"\bin favour\b", "against"),
    (r"\bagainst\b", "in favour"), (r"\bsupports?\b", "opposes"), (r"\boppose\b", "support"), (r"\bstressed\b", "rejected"),
    (r"\bincrease\b", "decrease"), (r"\brisen\b", "fallen"), (r"\bfell\b", "rose"), (r"\bfewer\b", "more"),
    ("同意", "不同意"), ("批准", "否决"), ("原则通过", "否决"), ("暂缓", "批准"), ("不同意", "同意"), ("决定", "暂缓"),
    ("增长", "下降"), ("升至", "降至"), ("降至", "升至"), ("延长", "缩短"), ("增加", "减少"),
]  # fmt: skip
_NEGATIONS = [
    (r"\b(is|are|was|were|be|should|may|would|could|must|will)\b(?! not)", r"\1 not"),
    (r"\b(is|are|was|were|be|should|may|would|must|will|could) not\b", r"\1"),
    (r"\bNo\b (\w+)", r"Every \1"),
    (r"\bno (\w+)", r"every \1"),
    (r"\bnobody\b", "everybody"),
    (r"\bnot one\b", "everyone"),
    ("不得", "可以"), ("必须", "不必"), ("要", "不要"), ("由(?=市)", "不由"), ("同意", "没有同意"), ("优先", "不得"), ("没有", "有"),
]  # fmt: skip
_HEDGES = [
    r"^[A-Z][\w ]{3,40}? (?:said|warned|answered|replied|noted|explained|recalled|observed|suggested|doubted) that ",
    r"^The meeting stressed that ",
    r"^会议强调，",
    r"^会议认为，",
    r"^[\u4e00-\u9fff]{2,3}(?:提出|建议|认为|表示|汇报)，?",
]
_UNITS = [(r"\byuan\b", "dollars"), (r"\bper cent\b", "million"), (r"\bkilometres\b", "metres"), (r"亿元", "万元"), (r"万元", "亿元"),
          ("户", "人"), ("公里", "米"), (r"\bmonths?\b", "years"), (r"\bdays?\b", "weeks"), (r"\bhouseholds?\b", "companies")]  # fmt: skip


def changed_number(text: str, passage: NumberedPassage) -> Iterator[str]:
    for one in quantities(text):
        if one.kind in ("number", "percent", "ordinal") and re.search(r"\d", one.of(text)):
            digits = re.search(r"\d[\d,.]*\d|\d", one.of(text))
            assert digits
            first, last = one.start + digits.start(), one.start + digits.end()
            more = digits[0] + ("1" if "." in digits[0] else "0")
            for other in (_next_digit(digits[0], 0), _next_digit(digits[0], -1), more):
                if float(other.replace(",", "")) != float(digits[0].replace(",", "")):
                    yield text[:first] + other + text[last:]


def _next_digit(digits: str, place: int) -> str:
    place = place % len(digits)
    return digits[:place] + str(int(digits[place]) % 9 + 1) + digits[place + 1 :]


def changed_date(text: str, passage: NumberedPassage) -> Iterator[str]:
    for number, month in enumerate(_MONTHS):
        if re.search(rf"\b{month}\b", text) and re.search(rf"\d {month}\b|{month} \d", text):
            yield text.replace(month, _MONTHS[(number + 5) % 12])
    for match in re.finditer(r"\b(20\d\d)\b|(\d+)月|(\d+)日", text):
        digits = next(group for group in match.groups() if group)
        place = match.start() + match[0].index(digits)
        yield text[:place] + str(int(digits) + 1) + text[place + len(digits) :]


def swapped_name(text: str, passage: NumberedPassage) -> Iterator[str]:
    people = sorted(_people(passage))
    for name in people:
        if re.search(rf"(?<!\w){name}(?!\w)", text) if name.isascii() else name in text:
            others = [
                other
                for other in people
                if other != name and other not in text and other.isascii() == name.isascii()
            ]
            for other in others[:: max(1, len(others) // 3)][:3]:
                yield text.replace(name, other)


def _people(passage: NumberedPassage) -> set[str]:
    han = {name for name in passage.people if not name.isascii()}
    given = {name.title() for name in passage.people if name.isascii() and len(name) > 2}
    return han | {
        name for name in given if re.search(rf"\b{name}\b", passage.record.text) and name not in _NO_NAMES
    }


def negated(text: str, passage: NumberedPassage) -> Iterator[str]:
    yield from _replaced(text, _NEGATIONS)


def swapped_outcome(text: str, passage: NumberedPassage) -> Iterator[str]:
    yield from _replaced(text, _OUTCOMES)


def changed_unit(text: str, passage: NumberedPassage) -> Iterator[str]:
    yield from _replaced(text, _UNITS)


def _replaced(text: str, table: Sequence[tuple[str, str]]) -> Iterator[str]:
    for pattern, other in table:
        changed = re.sub(pattern, other, text, count=1)
        if changed != text:
            yield changed


def dropped_hedge(text: str, passage: NumberedPassage) -> Iterator[str]:
    """What somebody said, proposed or stressed, as if it were so."""
    for pattern in _HEDGES:
        changed = re.sub(pattern, "", text)
        if changed != text:
            yield changed[0].upper() + changed[1:]


def exchanged_quantities(text: str, passage: NumberedPassage) -> Iterator[str]:
    """Two quantities of a sentence change places."""
    found = [one for one in quantities(text) if one.kind in ("number", "percent", "date", "time")]
    for one, other in itertools.pairwise(found):
        if (
            one.kind == other.kind
            and one.value != other.value
            and one.end <= other.start
            and not _listed(text, one, other)
        ):
            yield (
                text[: one.start] + other.of(text) + text[one.end : other.start] + one.of(text) + text[other.end :]
            )  # fmt: skip


def _listed(text: str, one: Quantity, other: Quantity) -> bool:
    """ "lines 4 and 11": the order says nothing."""
    return bool(re.fullmatch(r"\s*(?:and|,|、|和)\s*", text[one.end : other.start]))


def borrowed_quantity(text: str, passage: NumberedPassage) -> Iterator[str]:
    """A quantity of the sentence becomes another of the same kind from the same passage: merged facts."""
    others = [(q, unit.reading.text) for unit in passage.units for q in quantities(unit.reading.text)]
    for one in quantities(text):
        fitting = [q.of(said) for q, said in others if q.kind == one.kind and q.value != one.value]
        fitting = [words for words in dict.fromkeys(fitting) if words not in text]
        for words in fitting[:2]:
            yield text[: one.start] + words + text[one.end :]


def merged_facts(text: str, passage: NumberedPassage) -> Iterator[str]:
    """The beginning of this sentence with the end of another of the passage."""
    for unit in passage.units:
        other = " ".join(unit.reading.text.split())
        if other == text or len(other) < 30 or len(text) < 30 or text[-1] not in ".。":
            continue
        if re.match(r"会议(?:认为|强调|指出)，", text) and re.match(r"会议(?:认为|强调|指出)，", other):
            continue  # the meeting did say that
        if re.match(r"(?:them|it|this|that)\b", other.split(" of ", 1)[-1]):
            continue
        for joint in (" of ", " for ", " to ", " at ", " from ", " was ", " were ", "，"):
            if joint in text and joint in other:
                merged = text.split(joint)[0] + joint + other.split(joint, 1)[1]
                if _is_false(merged, text.split(joint)[0] + joint, passage):
                    yield merged
                break


_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|must|may|said|approved|agreed|decided|noted|asked|moved)\b|[，]"
)


def _is_false(merged: str, head: str, passage: NumberedPassage) -> bool:
    """Whether joining two sentences said something new: no words of the record as they stand, no mere phrase."""
    said = " ".join(passage.record.text.split())
    return merged.rstrip(".。") not in said and bool(_FINITE.search(head))


RULES: dict[str, Rule] = {
    "changed number": changed_number,
    "changed date": changed_date,
    "swapped name": swapped_name,
    "negated": negated,
    "swapped outcome": swapped_outcome,
    "changed unit": changed_unit,
    "dropped hedge": dropped_hedge,
    "exchanged quantities": exchanged_quantities,
    "borrowed quantity": borrowed_quantity,
    "merged facts": merged_facts,
}


def lies(text: str, passage: NumberedPassage, others: Sequence[NumberedPassage]) -> Iterator[Lie]:
    """Every false sentence the rules make of a true one, and the true one with a foreign citation number."""
    for name, rule in RULES.items():
        for lie in dict.fromkeys(rule(text, passage)):
            if lie != text:
                yield Lie(name, lie, (passage,))
    for other in others:
        yield Lie("foreign citation", text, (other,))
    words = text.split()
    if len(words) > 6:
        altered = [*words[:3], words[4], words[3], *words[5:]]
        yield Lie("almost a quote", f"The record says “{' '.join(altered)}”", (passage,))


_LIST_MARK = re.compile(
    r"^(?:[（(][一二三四五六七八九十]{1,2}[)）]|\d{1,2}[.)]\s|[一二三四五六七八九十]{1,2}、)\s*"
)


def plain(text: str) -> str:
    """A sentence of a record on one line, without the mark of its list."""
    return _LIST_MARK.sub("", " ".join(text.split()).replace("**", ""))
