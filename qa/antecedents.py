"""What a sentence needs beside it to say who: the one before that names "she", the one after that elects a nominee."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.records import Span
from qa.picking import Pick

_ELECTED = (
    r"(?:elected|appointed|chosen|selected|confirmed|approved|agreed|accepted|named|re-?elected|carried)"
)
_BY_PRONOUN = re.compile(
    rf"\b(?:he|she|they|this|the (?:nominee|candidate|applicant|nomination|proposal))\b[^.;]{{0,40}}?\b{_ELECTED}\b"
    rf"|^\W*(?:\w+ ){{0,4}}(?:duly |unanimously )?{_ELECTED} (?:unanimously|unopposed|by acclamation)"
    r"|^[^，。；]{0,12}(?:[他她其]|该同志|此人|上述人选)[^。；]{0,12}(?:当选|通过|同意|担任)|^(?:全体|一致|表决)[^。；]{0,10}通过",
    re.IGNORECASE,
)
_NOMINATED = re.compile(r"\b(?:nominat\w+|proposed|put forward)\b|提名|推荐", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Cllr|Councill?or|Trustee)\b\.? [A-Z]|(?<=\w )[A-Z][a-z]+ [A-Z][a-z]+"
)


def with_antecedents(picks: Sequence[Pick]) -> list[Pick]:
    """The picks, one that says of "her" that she was elected with the sentence that names her, and a nomination with
    the election it came to.
    """
    together: list[Pick] = []
    for one in map(_whole, picks):
        if not any(_within(one, other) for other in together):
            together = [other for other in together if not _within(other, one)] + [one]
    return together


def _whole(one: Pick) -> Pick:
    passage = one.candidate.passage
    text = passage.record_text
    said = [s for s in passage.sentences if s.of(text).strip()]
    place = next((i for i, sentence in enumerate(said) if one.start < sentence.end), None)
    if place is None or one.decision is not None:
        return one
    words = one.of(text)
    before, after = said[place - 1 : place], said[place + 1 : place + 2]
    if _BY_PRONOUN.search(words) and not _NAMED.search(words) and before and _adjoin(text, before[0], one):
        start = before[0].start + len(before[0].of(text)) - len(before[0].of(text).lstrip())
        return replace(one, start=start)
    if _NOMINATED.search(words) and after and _BY_PRONOUN.search(after[0].of(text).strip()):
        return replace(one, end=after[0].start + len(after[0].of(text).rstrip()))
    return one


def _adjoin(text: str, before: Span, one: Pick) -> bool:
    """Whether both stand in one paragraph."""
    return "\n\n" not in text[before.start : one.start].strip()


def _within(one: Pick, other: Pick) -> bool:
    same = one.candidate.passage.record_id == other.candidate.passage.record_id
    return same and other.start <= one.start and one.end <= other.end
