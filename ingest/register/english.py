"""What a sentence records, in English: of written minutes, or of speech.

A rule's pattern finds words such as "the Board approved"; guards then ask whether the sentence says that
this meeting did so.
"""

import re

from ingest.records import DecisionKind as Kind
from ingest.register.english_guards import HEDGED, happened
from ingest.register.english_minutes import EMPHASES, NEGATED, OUTCOMES
from ingest.register.english_speech import SPOKEN, settles
from ingest.register.english_tasks import charges
from ingest.register.rules import Finding, Rule, first_finding, puts_off

_WRITTEN = (*NEGATED, *OUTCOMES, *EMPHASES)


def find(sentence: str, spoken: bool = False) -> Finding | None:
    """What a plain English sentence records, None when nothing; `spoken` when it is someone's speech."""
    if HEDGED.search(sentence):
        return None
    if spoken:
        return first_finding(SPOKEN, sentence, settles)
    found = first_finding(_WRITTEN, sentence, _recorded)
    expected = found is None or found.kind in (Kind.EMPHASISED, Kind.NOTED)
    return CHARGED if expected and charges(sentence) else found


CHARGED = Finding("en.charged", Kind.ASSIGNED)


def _recorded(rule: Rule, sentence: str, match: re.Match[str]) -> bool:
    later = rule.name != "en.put-to-later-day" or puts_off(match[0], _NOT_PUT_OFF)
    return later and happened(rule, sentence, match)


_NOT_PUT_OFF = re.compile(
    r"\b(?:forward|earlier|ahead|advance|sooner|deadline|term|time limit)\b", re.IGNORECASE
)
_REFINED = (
    (
        Kind.REJECTED,
        r"not (?:yet )?(?:approved|adopted|accepted|agreed|to (?:pursue|adopt|advance|proceed|accept))"
        r"|rejected|denied"
        r"|defeated|declined|voted down|failed|will not (?:advance|proceed|be (?:adopted|pursued))",
    ),
    (
        Kind.UNDECIDED,
        r"no (?:consensus|agreement|decision|conclusion|resolution)|consensus (?:was )?not"
        r"|not (?:yet )?(?:reached|resolved|decided)|without (?:a )?(?:consensus|conclusion)"
        r"|did not (?:reach|achieve)|undecided|unresolved|to be (?:decided|determined)",
    ),
    (Kind.WITHDRAWN, r"withdrawn"),
    (
        Kind.DEFERRED,
        r"consensus (?:was )?deferred|deferred?|postponed?|tabled|continued|to be continued|revisit"
        r"|(?:come|bring) back|did not advance|to be discussed|put off|delayed|shelved"
        r"|no (?:advancement|progression|progress)|not (?:yet )?advanced|pending|on hold"
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
