"""English questions around somebody: "What did Ms. Lee say about ...", "Ms. Lee's view on ...".

A name is looked for only where the frame has a place for one, as the longest run of words there that the
calendar's people know; a name anywhere else belongs to the topic ("the letter from Smith").
"""

import re
from dataclasses import dataclass, field, replace

from qa.answers import Intent
from qa.calendar import Calendar
from qa.english_words import pattern_of
from qa.meetings import ADJUNCT, Marked
from qa.people import People, who_is
from qa.reading import Range
from qa.verbs import PLAIN_SAYING


@dataclass(frozen=True, slots=True)
class Head:
    """A matched frame: where it stands in front, the ranges of topic, and what it says."""

    intent: Intent
    head: Range
    topic: list[Range]
    people: People = field(default_factory=People)
    who: Range | None = None  # where the person is named
    spare: Range | None = None  # words that make the topic when nothing better does: "voted against"


_VIEW = (
    r"(?:opinions?|views?|viewpoints?|positions?|attitudes?|stances?|thoughts?|take|perspectives?|reactions?"
    r"|responses?"
    r"|concerns?|suggestions?|ideas?|comments?|remarks?|recommendations?|feelings?|statements?|arguments?"
    r"|explanations?"
    r"|objections?|criticisms?|points?|feedback|answers?|reasons?|reasoning|contributions?|advice"
    r"|impressions?|input"
    r"|assessment|evaluation|desires?|expectations?|worries|vote)"
)
_SHOW = r"(?:(?:summari[sz]e|sum up|recap|describe|outline|explain|list|show|find|give)(?: me| us)?)"
_ASKING = rf"(?:what(?:'s| is| was| were| are)|what'?re|how (?:is|was|were)|{_SHOW})"
_FRAMES = tuple(
    (kind, intent, pattern_of(pattern))
    for kind, intent, pattern in (
        # when did WHO say, in which meetings did WHO mention, how often did WHO mention
        ("verb", Intent.WHEN, r"(?:when|(?:on|in) {WH} (?:date|day|year|month)) {AUX} (?P<after>.*)"),
        ("verb", Intent.MEETINGS, r"(?:(?:in|at|during) )?{WH} {MEETINGS} {AUX} (?P<after>.*)"),
        (
            "verb",
            Intent.COUNT,
            r"(?:how (?:often|many times|frequently)|in how many {MEETINGS}) {AUX} (?P<after>.*)",
        ),
        # what did WHO say about, why did WHO oppose, did WHO support
        (
            "verb",
            Intent.OPINION,
            r"(?:{WH}(?: {PLAIN}| {N})?|why|how|where|who|in what ways?|for what reasons?"
            r"|to what extent) {AUX}"
            r" (?P<after>.*)",
        ),
        ("verb", Intent.OPINION, r"{AUX} (?P<after>.*)"),
        # what WHO said about
        (
            "verb",
            Intent.OPINION,
            rf"(?:{_SHOW} )?(?:what|why|how|that|whether|if|everything|all|anything)(?: that)? (?P<after>.*)",
        ),
        # WHO's view on; the views of WHO on; was WHO in favour of; WHO on
        ("view", Intent.OPINION, rf"(?:{_ASKING} )?(?P<after>.*)"),
        (
            "of",
            Intent.OPINION,
            rf"(?:{_ASKING} )?(?:the |any )?{_VIEW} (?:of|by|from|expressed by|given by) (?P<after>.*)",
        ),
        ("of", Intent.OPINION, r"(?:what|{WH} {PLAIN}) {BE} {say} by (?P<after>.*)"),
        ("of", Intent.OPINION, r"(?:{BE} there )?(?:anything|something) (?:from|by) (?P<after>.*)"),
        ("was", Intent.OPINION, r"(?:is|was|were|are) (?P<after>.*)"),
        ("on", Intent.OPINION, r"(?P<after>.*)"),
    )
)
_AFTER_VERB = pattern_of(
    r" {ADV}(?P<verb>{say}|take|adopt|voice)\b(?: (?:to do|to say))?(?: {OF})?(?P<t>\b.*|$)"
)
_AFTER_VIEW = pattern_of(
    rf"'s? (?:\w+ )?{_VIEW}(?: (?:and|or) {_VIEW})?(?: (?:when asked )?{{OF}}(?P<t> .*)|(?P<t2> ?)$)"
)
_AFTER_OF = pattern_of(r" {OF}(?P<t> .*)")
_AFTER_WAS = pattern_of(
    r" (?:in favou?r of|opposed to|against|for|supportive of|concerned about|worried about)(?P<t> .*)"
)
_AFTER_ON = pattern_of(r" (?:on|about|re|regarding):? (?P<t>.*)")
_AFTER_COLON = pattern_of(r": ?(?P<t>.*)")
BY_WHO = re.compile(rf"[ ,](?:by|from) (?P<who>[^?,{ADJUNCT}]{{1,60}}?)(?= ?{ADJUNCT}*+$)", re.IGNORECASE)


def person_frame(marked: Marked, start: int, end: int, calendar: Calendar) -> Head | None:
    """The frame, where it is one around somebody the calendar knows."""
    known: dict[int, tuple[People, int] | None] = {}
    for kind, intent, pattern in _FRAMES:
        match = pattern.match(marked.marks, start, end)
        if not match:
            continue
        after = match.start("after")
        if after not in known:
            known[after] = _somebody(marked, after, end, calendar)
        found = known[after]
        head = found and _around(kind, match, marked, *found, end)
        if head:
            intent = head.intent if intent is Intent.OPINION else intent
            return replace(head, intent=intent, who=(after, found[1]) if found else None)
    return None


def _somebody(marked: Marked, start: int, end: int, calendar: Calendar) -> tuple[People, int] | None:
    """The longest run of words from `start` that names somebody, and where it ends."""
    ends = [
        m.start() for m in re.finditer(r"(?=['’]s? |[ ,:?]|$)", marked.marks[start : min(end, start + 90)])
    ][:14]
    for size in reversed(ends):
        words = marked.text[start : start + size]
        if size and ADJUNCT not in marked.marks[start : start + size]:
            people = who_is(words, calendar)
            if people and not words.endswith((",", ":", "?", " and", " or")):
                return people, start + len(re.sub(r"'s?$", "", words))
    return None


def _around(
    kind: str, match: re.Match[str], marked: Marked, people: People, stop: int, end: int
) -> Head | None:
    """The frame once the person is known, if the words after the name fit it."""
    marks, start = marked.marks, match.start()
    noun = [match.span("n")] if match.groupdict().get("n") else []
    if kind == "verb":
        said = _AFTER_VERB.match(marks, stop, end)
        if not said:
            return None
        votes = said["verb"].lower().startswith("vot")
        if not votes and not re.fullmatch(PLAIN_SAYING, said["verb"], re.IGNORECASE):
            verb = said.start("verb")
            return Head(Intent.OPINION, (start, verb), [*noun, (verb, end)], people)
        for_reasons = re.match(r"why|for what|how come", marks[start:], re.IGNORECASE)
        intent = Intent.VOTE if votes and not for_reasons else Intent.OPINION
        return Head(intent, (start, said.start("t")), [*noun, said.span("t")], people)
    after = {"view": _AFTER_VIEW, "of": _AFTER_OF, "was": _AFTER_WAS, "on": _AFTER_ON}[kind]
    found = after.match(marks, stop, end) or (kind == "on" and _AFTER_COLON.match(marks, stop, end)) or None
    if not found:
        return None
    group = "t" if found["t"] is not None else "t2"
    return Head(Intent.OPINION, (start, found.start(group)), [found.span(group)], people)
