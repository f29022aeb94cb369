"""What a sentence records, in English: of written minutes, or of speech.

A rule's pattern finds words such as "the Board approved"; guards then ask whether the sentence says that
this meeting did so.
"""

import re

from ingest.records import DecisionKind as Kind
from ingest.register.english_guards import HEDGED, happened
from ingest.register.english_minutes import EMPHASES, NEGATED, OUTCOMES
from ingest.register.english_speech import SPOKEN, settles
from ingest.register.rules import Finding, first_finding

_WRITTEN = (*NEGATED, *OUTCOMES, *EMPHASES)


def find(sentence: str, spoken: bool = False) -> Finding | None:
    """What a plain English sentence records, None when nothing; `spoken` when it is someone's speech."""
    if HEDGED.search(sentence):
        return None
    if spoken:
        return first_finding(SPOKEN, sentence, lambda rule, words, match: settles(words, match))
    return first_finding(_WRITTEN, sentence, happened)


_REFINED = (
    (
        Kind.REJECTED,
        r"not (?:yet )?(?:approved|adopted|accepted|agreed|to (?:pursue|adopt|advance|proceed|accept))"
        r"|rejected|denied"
        r"|defeated|declined|voted down|failed|will not (?:advance|proceed|be (?:adopted|pursued))",
    ),
    (
        Kind.DEFERRED,
        r"no (?:consensus|agreement|decision|conclusion|resolution)|consensus (?:was )?(?:deferred|not)"
        r"|not (?:reached|resolved|decided)"
        r"|without (?:a )?(?:consensus|conclusion)|deferred?|postponed?|tabled|continued|to be continued"
        r"|revisit"
        r"|(?:come|bring) back|withdrawn|did not (?:reach|advance|achieve)|to be (?:decided|discussed"
        r"|determined)"
        r"|no (?:advancement|progression|progress)|not (?:yet )?advanced|undecided|pending|on hold"
        r"|held over|discuss again",
    ),
    (
        Kind.APPROVED,
        r"approved?|adopt(?:ed)?|accept(?:ed)?|ratif(?:y|ied)|endorsed?|carried|passed|authori[sz]ed?"
        r"|appointed|elected",
    ),
    (Kind.AGREED, r"consensus|agreed|agreement|agree"),
    (Kind.NOTED, r"(?<!\w )noted"),
)
_REFINED_PATTERNS = tuple((kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _REFINED)


def refined(words: str) -> Kind | None:
    """The kind of outcome that an announced text speaks of in its first words, None when it does not say.

    >>> refined("Postponed until May; no consensus yet.")
    <DecisionKind.DEFERRED: 'deferred'>
    """
    opening = words[:160]
    found = [(match.start(), kind) for kind, cue in _REFINED_PATTERNS if (match := cue.search(opening))]
    return min(found, key=lambda pair: pair[0])[1] if found else None
