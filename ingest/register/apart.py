"""Entries put together with what they rest on elsewhere: the vote beside a result, who moved it, an election's ballot.

A result ("Amendment 2 was therefore accepted.") and the count above or below it are one entry, with both places; so are
an election and the sentences that nominate who was elected and count the ballot.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.records import Decision, DecisionKind, Span, Tally
from ingest.register.movers import movers
from ingest.register.rules import plain
from ingest.register.votes import sides_apart, tally, together
from ingest.sentences import sentences

BARE = 80  # characters of a labelled result that says no more than how it went, at most
BEFORE = 900  # characters before an election in which its nomination and ballot stand, at most

_VOTES = frozenset({"en.votes", "zh.votes"})
_OUTCOMES = frozenset(
    {
        *(DecisionKind.APPROVED, DecisionKind.AGREED, DecisionKind.DECIDED, DecisionKind.REJECTED),
        *(DecisionKind.DEFERRED, DecisionKind.WITHDRAWN),
    }
)
_OF_ONE = _OUTCOMES | {DecisionKind.VOTE}
_NOTHING = re.compile(r"[\W_]*")
_RESULT = re.compile(
    r"\b(?:motion|resolution|amendment|ordinance|vote)s?\b[^.;:]{0,30}?\b(?:(?P<APPROVED>carried|carries|passed|approved|adopted)"
    r"|(?P<REJECTED>failed|defeated|lost))\b",
    re.IGNORECASE,
)
_ELECTED = re.compile(
    r"(?P<who>(?:[A-Z][\w'’-]+ ?){2,4}) (?:was|were|is) (?:\w+ )?(?:elected|appointed|chosen)\b"
)
_BALLOT = r"\b(\d{1,4})(?: [a-z]+)? voted for "


def put_together(text: str, found: Sequence[Decision]) -> list[Decision]:
    """The entries, each with the vote beside it and who moved it; what counted the vote is an entry no more."""
    whole: list[Decision] = []
    for entry in found:
        if whole and (one := _as_one(text, whole[-1], entry)):
            whole[-1] = one
        else:
            whole.append(entry)
    edges = [0, *(_last(entry) for entry in whole)]
    return [_moved(text, entry, edge) for entry, edge in zip(whole, edges, strict=False)]


def _last(entry: Decision) -> int:
    return max(span.end for span in (entry, *entry.spans))


def _as_one(text: str, before: Decision, entry: Decision) -> Decision | None:
    """Two neighbours as one entry, where they are motion, vote and result of one thing; None where they are not."""
    if entry.spans or not _NOTHING.fullmatch(text, _last(before), entry.start):
        return None
    own = any(movers(_as_lines(entry.of(text))))
    if own or not ({before.rule, entry.rule} & _VOTES) or not {before.kind, entry.kind} <= _OF_ONE:
        return None
    if before.kind in _OUTCOMES and entry.kind in _OUTCOMES:
        return None  # each settles something
    if any(one.rule.endswith("-label") and one.end - one.start > BARE for one in (before, entry)):
        return None  # "RESOLVED: that ..." says by itself what was settled
    kind = before.kind if before.kind in _OUTCOMES else entry.kind
    told = entry if before.rule in _VOTES and kind in _OUTCOMES and not _moves(text, before) else before
    spans = (*(before.spans or (Span(before.start, before.end),)), Span(entry.start, entry.end))
    return replace(told, kind=kind, spans=spans) if _agree(text, before, entry) else None


def _moves(text: str, entry: Decision) -> bool:
    """Whether the entry tells of the motion, not only of its vote."""
    return any(movers(_as_lines(entry.of(text)))) or entry.end - entry.start > 200


def _agree(text: str, before: Decision, entry: Decision) -> bool:
    """Whether two reports can be of one vote: no side has other numbers in them."""
    one, other = (tally(sides_apart(said.of(text))) for said in (before, entry))
    return one is None or other is None or together(one, other) is not None


def _moved(text: str, entry: Decision, edge: int) -> Decision:
    """The entry with mover, seconder and outcome that its own words state; those of an election from before it."""
    words = _as_lines(entry.of(text))
    mover, seconder = (entry.mover, entry.seconder) if entry.mover else movers(words)
    if entry.kind is DecisionKind.ASSIGNED and not entry.mover:
        mover = seconder = None
    entry = replace(entry, mover=mover, seconder=seconder, kind=_kind(entry, words, mover))
    elected = _ELECTED.search(plain(words)) if mover is None and entry.kind in _OUTCOMES else None
    return _nominated(text, entry, elected["who"].strip(), edge) if elected else entry


def _kind(entry: Decision, words: str, mover: str | None) -> DecisionKind:
    """What came of a motion that stands as a vote: its stated result; carried where all who voted were for it."""
    if entry.kind is not DecisionKind.VOTE or entry.rule not in _VOTES:
        return entry.kind
    if (result := _RESULT.search(words)) and result.lastgroup:
        return DecisionKind[result.lastgroup]
    vote = tally(words) if mover else None
    carried = vote is not None and (vote.in_favour or 0) > 1 and not vote.against
    return DecisionKind.APPROVED if carried else entry.kind


def _nominated(text: str, entry: Decision, who: str, edge: int) -> Decision:
    """An election with the sentence right before that nominates who was elected, and the one that counts the ballot."""
    start = max(edge, entry.start - BEFORE)
    about = [one for one in sentences(text, start, entry.start) if who in one.of(text)]
    nominating = [one for one in about if movers(plain(one.of(text)))[0]]
    if not nominating:
        return entry
    mover, seconder = movers(plain(nominating[-1].of(text)))
    ballots = (re.search(_BALLOT + re.escape(who), plain(one.of(text))) for one in about)
    count = next((int(ballot[1]) for ballot in ballots if ballot), None)
    rests = sorted({(one.start, one.end) for one in about} | {(entry.start, entry.end)})
    return replace(
        entry,
        mover=mover,
        seconder=seconder,
        spans=tuple(Span(*one) for one in rests),
        tally=None if count is None else Tally(in_favour=count),
    )


def _as_lines(words: str) -> str:
    return "\n".join(plain(line) for line in words.splitlines())
