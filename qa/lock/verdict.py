"""From a sentence and the passages it cites to a verdict: supported by these spans, or not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.records import Span
from ingest.words import language_of
from qa.lock.agreement import speaks_for_itself, stances_agree
from qa.lock.alignment import Alignment, align
from qa.lock.evidence import NumberedPassage, Unit, context_keys, windows
from qa.lock.frame import meeting_frame, titles_hold
from qa.lock.heads import enters_at_the_start, heads_kept
from qa.lock.quantities import agree, quantities
from qa.lock.reading import LIST_MARK, Reading, joined, read
from qa.lock.speakers import BODIES, runs, speakers_agree
from qa.lock.stances import OUTCOMES, Stance
from qa.render import tidy

LEAST_WORDS = 3  # words, names, quantities and stances a claim must have in its evidence
INDEPENDENT = 4  # words that a clause must have to stand on a passage of its own
LONGEST = 800  # characters of a sentence that is checked
LEAST_VERBATIM = 12  # characters of a sentence that counts when it is repeated word for word

SETTLING = frozenset({Stance.APPROVE, Stance.AGREE, Stance.DECIDE, Stance.NOTE})
"""Stances a line above a list may have without changing what its items say."""

_ADDRESSES = re.compile(
    r"\b(?:I|you|your|yours|please|click|visit)\b|https?:|www\.|!\[|\]\(|<[a-z/!]|[\w.]+@[\w.]+\.\w|您|请(?:点击|访问|输入)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“([^”]{8,})”|\"([^\"]{8,})\"|[「『《]([^」』》]{3,})[」』》]|‘([^‘’]{12,})’")
_PARTS = re.compile(r"[;；]\s*|[,，]\s*(?:and|while|whereas|but|and also)\s+|\s+while\s+|\s+whereas\s+")
_LEADING = re.compile(
    r"\s*(?:(?:in addition|additionally|furthermore|moreover|also|finally|first(?:ly)?|second(?:ly)?"
    r"|third(?:ly)?|then|overall"
    r"|in summary|specifically|meanwhile|at the same time|however),\s+|(?:此外|另外|同时|最后|首先|其次)[，,]\s*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A span of a passage that a claim stands on."""

    passage: NumberedPassage
    span: Span


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the lock says of a sentence.

    stands   where it stands, in the order of the passages; empty: unsupported
    foreign  it is in another language than its passages and cannot be checked word by word, but every quantity and
             outcome in it stands there; still unsupported
    """

    stands: tuple[Standing, ...] = ()
    foreign: bool = False

    @property
    def supported(self) -> bool:
        return bool(self.stands)


def verify(sentence: str, passages: Sequence[NumberedPassage]) -> Verdict:
    """The verdict on a sentence without its citation numbers, over the passages it cites and no others."""
    sentence = _LEADING.sub("", sentence.strip(), count=1)
    if (
        not passages
        or len(sentence) > LONGEST
        or _ADDRESSES.search(_QUOTED.sub("", sentence))
        or sentence.endswith(("?", "？"))
    ):
        return Verdict()
    chinese = language_of(sentence) == "zh"
    known = [passage for passage in passages if (language_of(passage.text) == "zh") is chinese]
    if not known:
        return Verdict(foreign=any(_could_say(sentence, passage) for passage in passages))
    if not _quotes_stand(sentence, known):
        return Verdict()
    if whole := _verbatim(sentence, known):
        return Verdict(whole)
    if _labelled(sentence, known):
        return Verdict()
    if whole := _stand(sentence, known):
        return Verdict(whole)
    parts = [part.strip() for part in _PARTS.split(sentence) if part.strip()]
    if len(parts) < 2 or not all(_independent(part, known) for part in parts):
        return Verdict()
    stands = [_stand(part, known, whole=True) for part in parts]
    return Verdict(_merged(stands)) if all(stands) else Verdict()


def _states(sentence: str) -> bool:
    """Whether a sentence states something: no question, nobody addressed, no link or markup."""
    return not sentence.endswith(("?", "？")) and not _ADDRESSES.search(_QUOTED.sub("", sentence))


def _verbatim(sentence: str, passages: Sequence[NumberedPassage]) -> tuple[Standing, ...]:
    """Where a sentence stands word for word as a sentence of its own, its speaker's label aside."""
    wanted = _plain(sentence)
    if len(wanted) < LEAST_VERBATIM:
        return ()
    for passage in passages:
        for unit in passage.units:
            said, speaker = unit.reading.text, unit.speaker or ""
            own = said.removeprefix(f"{speaker}: ").removeprefix(f"{speaker}：")
            if wanted in (_plain(said), _plain(own)) and _means_itself(unit):
                return (Standing(passage, Span(unit.start, unit.end)),)
    return ()


def _means_itself(unit: Unit) -> bool:
    """Whether no line above a list says of its items that they were only proposed, or rejected."""
    return unit.lead is None or all(
        token.mark is None or token.mark.stance in SETTLING for token in unit.lead.tokens
    )


def _labelled(sentence: str, passages: Sequence[NumberedPassage]) -> bool:
    """Whether a sentence begins with a speaker's label, which only a sentence of that speaker's own may."""
    label = re.match(r"([^:：,，]{2,40})[:：]", sentence)
    said = label[1] if label else ""
    return any(
        name in said if not name.isascii() else name in said.casefold().split()
        for p in passages
        for name in p.people
    )


def _plain(text: str) -> str:
    """Without the signs of lists and emphasis, white space evened out."""
    return " ".join(tidy(LIST_MARK.sub("", text, count=1)).split()).rstrip(".。")


def _independent(part: str, passages: Sequence[NumberedPassage]) -> bool:
    """Whether a part of a sentence says enough to be checked by itself."""
    reading = read(part.rstrip(".。"), passages[0].people)
    content = [token for token in reading.tokens if token.kind in ("word", "name")]
    verb = any(token.mark and token.mark.stance in OUTCOMES for token in reading.tokens)
    return len(content) >= INDEPENDENT - verb


def _merged(stands: Sequence[tuple[Standing, ...]]) -> tuple[Standing, ...]:
    return tuple(dict.fromkeys(standing for part in stands for standing in part))


def _stand(
    sentence: str, passages: Sequence[NumberedPassage], *, whole: bool = False
) -> tuple[Standing, ...]:
    """Where a sentence stands in the first of the passages that bears it out; `whole`: from a sentence's beginning."""
    for passage in passages:
        framed = meeting_frame(sentence, passage.record)
        if framed is None:
            continue
        claim = joined(read(framed, passage.people))
        for window in windows(passage.units):
            if (used := _borne_out(claim, window, passage, whole=whole)) is not None:
                return tuple(Standing(passage, span) for span in _spans(used))
    return ()


def _borne_out(
    claim: Reading, window: Sequence[Unit], passage: NumberedPassage, *, whole: bool
) -> list[Unit] | None:
    """The units of a window that a claim takes its words from, when they bear it out."""
    people, held = passage.people, passage.record.date
    voice = _voice(window)
    context = context_keys(passage) | voice
    tokens = [
        t for t in claim.tokens if t.kind != "mark" and not titles_hold(t, claim, passage.record, people)
    ]
    alignment = align(tokens, window, context, people, held)
    if alignment is None:
        return None
    placed = [place for place in alignment.places if place is not None]
    if len(placed) + sum(token.kind == "mark" for token in claim.tokens) < LEAST_WORDS:
        return None
    used = sorted({place.unit for place in placed})
    if used != list(range(len(window))) and len(window) == 1:
        return None
    if (
        not enters_at_the_start(alignment, window, first=whole)
        or not _enough_repeated(alignment, window, voice)
        or not _borrowed_names_stand(alignment, claim, voice, passage)
    ):
        return None
    checks = (
        stances_agree(claim, alignment, window)
        and heads_kept(claim, alignment, window)
        and speakers_agree(claim, alignment, window, people)
        and speaks_for_itself(claim, alignment, window)
    )
    return [window[number] for number in used] if checks else None


def _voice(window: Sequence[Unit]) -> frozenset[str]:
    """The name of the one who speaks in all of a window, in words."""
    speakers = {unit.speaker for unit in window}
    speaker = speakers.pop() if len(speakers) == 1 else None
    return frozenset(re.findall(r"[\w'’-]+", speaker.casefold())) if speaker else frozenset()


def _enough_repeated(alignment: Alignment, window: Sequence[Unit], voice: frozenset[str]) -> bool:
    """Whether a clause that borrows words from the heading repeats its evidence, and so says no other thing of it."""
    pairs = list(zip(alignment.tokens, alignment.places, strict=True))
    for clause in {token.clause for token, place in pairs if place is None and token.key not in voice}:
        placed = [place for token, place in pairs if place is not None and token.clause == clause]
        touched = {(place.unit, place.token.clause) for place in placed}
        own = [
            (number, token)
            for number in {place.unit for place in placed}
            for token in window[number].reading.tokens
            if token.mark is None and (number, token.clause) in touched
        ]
        told = {(place.unit, place.token.start) for place in placed}
        if not own or any((number, token.start) not in told for number, token in own):
            return False
    return True


def _borrowed_names_stand(
    alignment: Alignment, claim: Reading, voice: frozenset[str], passage: NumberedPassage
) -> bool:
    """Whether names that only the heading has stand there together, or are the speaker's."""
    borrowed = {
        token.start
        for token, place in zip(alignment.tokens, alignment.places, strict=True)
        if place is None and token.kind == "name"
    }
    context = " ".join(passage.context.casefold().split())
    for run in runs(claim):
        if not any(run.start <= start < run.end for start in borrowed):
            continue
        said = " ".join(claim.text[run.start : run.end].casefold().split())
        if said not in context and not run.keys <= BODIES and not run.keys <= voice:
            return False
    return True


def _quotes_stand(claim: str, passages: Sequence[NumberedPassage]) -> bool:
    """Whether everything the claim puts in quotation marks stands in one of the passages to the letter."""
    texts = [" ".join(passage.text.split()) for passage in passages]
    quotes = [next(filter(None, match.groups())) for match in _QUOTED.finditer(claim)]
    plain = [" ".join(quote.split()).rstrip(".,;，。；") for quote in quotes]
    return all(any(quote in text for text in texts) for quote in plain)


def _spans(units: Sequence[Unit]) -> Iterator[Span]:
    """The units as spans, neighbours as one."""
    start, end = units[0].start, units[0].end
    for unit in units[1:]:
        if unit.start - end > 3:
            yield Span(start, end)
            start = unit.start
        end = unit.end
    yield Span(start, end)


def _could_say(sentence: str, passage: NumberedPassage) -> bool:
    """Whether a sentence in another language has only quantities and outcomes that stand in one window."""
    claimed = quantities(sentence)
    wanted = {
        t.mark.stance for t in read(sentence).tokens if t.mark and t.mark.stance in OUTCOMES | {Stance.NOT}
    }
    if not claimed:
        return False
    held = passage.record.date
    for window in windows(passage.units):
        stated = [token for unit in window for token in unit.reading.tokens]
        offers = {stance for token in stated if token.mark for stance in token.mark.offers}
        numbers = [token.quantity for token in stated if token.quantity]
        if wanted <= offers and all(any(agree(one, other, held) for other in numbers) for one in claimed):
            return True
    return False
