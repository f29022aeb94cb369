"""Findings put together: a motion with its result and its vote, a directive with what it quotes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.records import Decision, DecisionKind, Span
from ingest.register.headings import trimmed
from ingest.register.moved import only_names
from ingest.register.movers import movers
from ingest.register.reading import SECONDED, Sentence

STRESSED = 500  # characters of what a meeting goes on to stress, taken as one
QUOTED = 2000  # characters of a quoted directive that is taken whole
MOTION = 900  # characters from a motion to its result, at most

_VOTES = frozenset({"en.votes", "zh.votes"})
_OF_A_MOTION = _VOTES | {
    "en.motion-carried",
    "en.motion-failed",
    "en.motion-deferred",
    "en.carried-by",
    "en.result",
    "zh.result",
}
_RESULTS = frozenset({"en.result", "zh.result"})
_SETTLED = frozenset(set(DecisionKind) - {DecisionKind.EMPHASISED, DecisionKind.ASSIGNED, DecisionKind.NOTED})
_MOVED = re.compile(
    r"\b(?:motion|seconded|second by|proposed|resolution|ordinance|(?:was|it was|be) moved"
    r"|moves? (?:to|that)|moved,? (?:to (?!the)|that|and|by|for|approval|adoption|seconded))\b|议案|提案",
    re.IGNORECASE,
)
_OWN_MOTION = re.compile(r"\b(?:moved|seconded|motion (?:to|by|that|was made|made))\b", re.IGNORECASE)
_SECONDED = re.compile(
    r"\W*(?:proposed|moved|seconded|carried|all in favou?r|motion carried)\b", re.IGNORECASE
)
_OPENS_MOTION = re.compile(
    r"\W*(?:motion\W*(?:\([^)]*\)|(?:by|to|that|made|was made|of)\b)|(?:it was )?moved\b)", re.IGNORECASE
)
# What a motion is for, and what becomes of the matter once it is carried.
_OPENS_MOTION_OF = re.compile(  # "Brandt moved to table", "The motion to deny"
    r"\W*(?:(?:[aA]|[tT]he|[oO]n|[uU]pon)\s)?(?:[mM]otion\b|(?:it\swas\s)?moved\b"
    r"|(?:[A-Z][\w'’.-]*,?\s){1,6}(?:then\s)?(?:moved|made\sa\smotion)\b)"
)
_FOR = (
    (
        DecisionKind.DEFERRED,
        re.compile(
            r"\bto (?:table|postpone|defer|lay over|carry over|hold over|refer"
            r"|continue (?:the |this |its )?(?:public )?"
            r"(?:item|hearing|matter|consideration|application|case|it|discussion))\b"
            r"|\bthat\b[^.;]{0,80}? be (?:tabled|postponed|deferred|laid over|carried over)\b",
            re.IGNORECASE,
        ),
    ),
    (
        DecisionKind.REJECTED,
        re.compile(
            r"\bto (?:deny|reject|refuse|decline|turn down|disapprove)\b"
            r"|\bthat\b[^.;]{0,80}? be (?:denied|rejected|refused|declined)\b",
            re.IGNORECASE,
        ),
    ),
    (
        DecisionKind.WITHDRAWN,
        re.compile(r"\bto withdraw\b|\bthat\b[^.;]{0,80}? be withdrawn\b", re.IGNORECASE),
    ),
    (DecisionKind.UNDECIDED, re.compile(r"\bto reconsider\b", re.IGNORECASE)),
)
_TO_DO = re.compile(r"\bto [a-z]+")
_MOVED_FOR = 300  # characters of a motion in which it says what it is for
_STRESSED_ON = re.compile(
    r"(?:要|必须|坚持|坚决|切实|进一步|加强|加快|强化|确保|同时|各\S{1,8}要|[一二三四五六七八九][是要]|全力"
    r"|严格|持续|深入|统筹|全面)"
)
_BARE_HAN = re.compile(  # 「会议一致赞成。」: of what stands before it
    r"(?:会议|大会|大家|全体[^，。]{0,4}|与会[^，。]{0,6})?(?:对此)?[，,]?(?:均|都|经表决|举手表决)?(?:表示)?一致(?:表决)?"
    r"(?:赞成|同意|通过)[。！]?"
)
_QUOTATION = re.compile(r"[:：]\s*([\"“])")


def joined(text: str, before: Sequence[Sentence], current: Sequence[Sentence]) -> Iterator[Decision]:
    """A decision for each finding of `current`; a result takes its motion along, from `before` if need be."""
    run = [*before, *current]
    last: Decision | None = None
    for place in range(len(before), len(run)):
        if run[place].finding is None or (last and run[place].start < last.end):
            continue
        decision = _decision(text, run, place)
        if decision is None:
            continue
        if last and (whole := _one_vote(text, last, decision)):
            last = whole
            continue
        if last and last.end > decision.start and decision.rule == SECONDED:
            continue  # what is told in between says more than that it was seconded
        if last and last.end <= decision.start:
            yield last
        last = decision
    if last:
        yield last


def _one_vote(text: str, last: Decision, decision: Decision) -> Decision | None:
    """The two as one where the second only counts, lists or states the vote that the first reports."""
    if last.rule == SECONDED and decision.rule in _OF_A_MOTION and decision.start <= last.start:
        return decision
    if text[last.end : decision.start].strip():
        return None
    if last.kind is decision.kind is DecisionKind.DEFERRED and last.rule in _OF_A_MOTION:
        return replace(last, end=decision.end)  # "Motion to defer carried. RESOLVED: that it be deferred"
    told = last.rule == SECONDED and _SECONDED.match(decision.of(text))  # "Carried: Ann yes, Bo no"
    if decision.rule not in _OF_A_MOTION and not told:
        return None
    if _OPENS_MOTION.match(decision.of(text)):
        return None
    if last.rule in _VOTES or last.rule == SECONDED:
        return replace(last, end=decision.end, kind=_kind(text, last, decision.kind), rule=decision.rule)
    counts = decision.rule in _VOTES or _SECONDED.match(decision.of(text))
    if counts and last.kind in _SETTLED and last.rule != "en.directive" and last.end - last.start < 400:
        return replace(last, end=decision.end)
    return None


def _decision(text: str, run: Sequence[Sentence], place: int) -> Decision | None:
    """The decision at a finding, widened to its motion, its quotation, or what it goes on to stress."""
    sentence, finding = run[place], run[place].finding
    if finding is None:
        return None
    start, end = sentence.start, _quotation_end(text, sentence.start, sentence.end)
    if finding.rule == SECONDED:
        motion = sentence if movers(sentence.words)[0] else _motion_before(text, run, place, False)
        if motion is None or motion.heading or not movers(motion.words)[0] or only_names(motion.words):
            return None  # nobody moved it here, or nothing
        start = motion.start
    elif finding.kind is DecisionKind.APPROVED and (made := _made_before(run, place)):
        start = made.start
    elif finding.rule in _OF_A_MOTION and not _OWN_MOTION.search(sentence.words):
        motion = _motion_before(text, run, place, finding.rule in _RESULTS)
        if motion is None and finding.rule in _RESULTS:
            return None
        start = start if motion is None or motion.heading else motion.start
    if place and finding.rule == "zh.unanimous" and _BARE_HAN.fullmatch(sentence.words):
        start = run[place - 1].start
    if finding.rule.startswith("zh.emphasised"):
        end = _stressed_end(run, place)
    span = trimmed(text, start, end)
    kind = _kind(text, span, finding.kind) if span and finding.rule in _OF_A_MOTION else finding.kind
    return Decision(span.start, span.end, kind, finding.rule) if span else None


_NAMES_MOTION = re.compile(r"\W*(?:the\s)?motion\s(?P<what>to\s\w+)\b", re.IGNORECASE)


def _made_before(run: Sequence[Sentence], place: int) -> Sentence | None:
    """The sentence right before in which the motion was made whose result is told by its name: "moved to table"."""
    named = _NAMES_MOTION.match(run[place].words)
    told = run[place - 1].finding if place else None
    if not named or not place or (told and told.rule != SECONDED):
        return None
    before = run[place - 1].words.lower()
    return run[place - 1] if re.search(rf"\bmove[ds]\b.*\b{named['what'].lower()}\b", before) else None


def _kind(text: str, motion: Span, kind: DecisionKind) -> DecisionKind:
    """What a result settles: a motion to table that is carried puts the matter off, one that is lost does nothing."""
    said = motion.of(text)[:_MOVED_FOR]
    if kind not in (DecisionKind.APPROVED, DecisionKind.REJECTED) or not _OPENS_MOTION_OF.match(said):
        return kind
    found = [(match.start(), settled) for settled, form in _FOR if (match := form.search(said))]
    if not found or ((first := _TO_DO.search(said)) and first.start() < min(found)[0]):
        return kind  # it was moved to do something else, whatever that is about
    # what becomes of "the motion to defer" that was made elsewhere stands there too
    made_elsewhere = said.lstrip().lower().startswith("the motion")
    return DecisionKind.VOTE if kind is DecisionKind.REJECTED or made_elsewhere else min(found)[1]


def _motion_before(text: str, run: Sequence[Sentence], place: int, anything: bool) -> Sentence | None:
    """The motion whose result or vote stands at `place`: within three sentences before, no outcome between.

    A bare result ("Approved.") may answer `anything` that stands right before it.
    """
    found: Sentence | None = None
    for sentence in reversed(run[max(0, place - 3) : place]):
        told = sentence.finding
        settled = told is not None and told.kind in _SETTLED and told.rule != SECONDED
        if run[place].end - sentence.start > MOTION or settled or (found and sentence.heading):
            break
        if _MOVED.search(sentence.words) or any(movers(sentence.words)):
            found = sentence
        elif found:
            break
    if found is None and anything and place:
        before = run[place - 1]
        asked = before.words.endswith(("?", "？"))
        same_block = "\n\n" not in text[before.end - 2 : before.end]
        return before if len(before.words) < 400 and (asked or same_block) else run[place]
    return found


def _stressed_end(run: Sequence[Sentence], place: int) -> int:
    """Where the sentences end that go on with what the one at `place` stresses."""
    end = run[place].end
    for following in run[place + 1 :]:
        assigns = following.finding is not None and following.finding.kind is DecisionKind.ASSIGNED
        if assigns or following.end - run[place].start > STRESSED or not _STRESSED_ON.match(following.words):
            break
        end = following.end
    return end


def _quotation_end(text: str, start: int, end: int) -> int:
    """The end of the quotation that opens after a colon in the range, if it closes soon; else `end`."""
    opened = _QUOTATION.search(text, start, end)
    if not opened:
        return end
    closing = text.find("”" if opened[1] == "“" else '"', opened.end(), start + QUOTED)
    return max(end, closing + 1)
