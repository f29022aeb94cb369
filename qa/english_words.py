"""The words English questions about meetings are made of, as pieces of patterns with names.

`pattern_of("what {AUX} {GROUP} {decide} {OF} {T}")` fills the names in and lets a marked adjunct stand at
every space: "what did the council, at its May meeting, decide on ...".
"""

import re

from qa.meetings import ADJUNCT, BODY, DATE, MEETING, SERIES
from qa.verbs import DECIDE, DISCUSS, MEETING_VERBS, REFUSE, SAY, THINK, VOTE

_GAP = rf"(?: ?,? ?{ADJUNCT}++,?(?: ?,? ?{ADJUNCT}++,?){{0,3}} ?| )"

_PEOPLE = (
    r"(?:meetings?|committees?|sub-?committee|council|board|commission|group|team|assembly|panel|cabinet"
    r"|task force"
    r"|working group|delegates|participants|attendees|councillors|councilors|councilmembers|commissioners"
    r"|trustees"
    r"|directors|supervisors|members?|people|everyone|everybody|staff|delegation|session|minutes|records?"
    r"|notes|they"
    r"|we|you|he|she|it|group ?mates?|team ?mates|speakers|body|public|company|house|transcript|authority"
    r"|parties"
    r"|officials|policymakers)"
)
_PIECES = {
    # who acts, no person named: "the committee", "members of the board", a marked body or meeting, "ABC"
    "GROUP": (
        r"(?:(?:(?:the|its|their|our|this|that|these|any|all|all of|most of|most|some|some of|other|each"
        r"|every|various)"
        rf"(?: the)? )?(?:{_PEOPLE}(?:'s)?(?: members?)?|[{MEETING}]++"
        rf"|[{BODY}{SERIES}]++(?:'s)?(?: members?)?"
        r"|(?-i:[A-Z][A-Z0-9]{1,7})(?= ))"
        rf"(?: (?:members|of (?:the )?(?:{_PEOPLE}|[{BODY}{SERIES}]++)))?)"
    ),
    "MEETINGS": rf"(?:meetings?|sessions?|[{MEETING}]++)",
    # what links the asking words and the topic
    "ABOUT": (
        r"(?:about|on|upon|regarding|concerning|with (?:respect|regards?) to|in (?:relation|regard|regards"
        r"|respect) (?:to|of)"
        r"|as (?:to|regards)|relating to|related to|around|over|re:?|in terms of|when it comes to"
        r"|in connection with"
        r"|(?:on|about) the (?:topic|subject|issue|matter|question) of|in the (?:matter|case) of|surrounding"
        r"|pertaining to|with)"
    ),
    "OF": r"(?:{ABOUT}|of|for|to|towards?|behind|against|in favou?r of|from|in)",
    # small words
    "WH": r"(?:what|which)",
    "BE": r"(?:is|was|are|were|be|been|being|has been|have been|had been|will be|would be|'s|'re|got)",
    "AUX": (
        r"(?:did|does|do|has|have|had|would|will|should|could|can|might|may|must|didn't|doesn't|don't|hasn't"
        r"|haven't"
        r"|couldn't|wouldn't|won't|can't|shouldn't)"
    ),
    "ADV": (
        r"(?:(?:also|actually|ever|finally|eventually|ultimately|formally|initially|then|just|really|only"
        r"|specifically"
        r"|first|last|generally|previously|already|recently|exactly|either|jointly|unanimously|mainly|still"
        r"|even"
        r"|together|collectively|subsequently|decide to|have to|need to|going to) ){0,3}"
    ),
    "ANY": r"(?:(?:the|any|their|a|an|its|all|all the|our|some|every|each|such) )?",
    "WHOSE": (
        r"(?:(?:(?:the|its|their|our) )?{GROUP}(?:'s|') |(?:the|any|their|a|an|its|all|all the|our|some"
        r"|every|each|such) )?"
    ),
    "WHATS": (
        r"(?:(?:what(?:'s| is| was| were| are| will be| would be| has been| have been)|whats)|(?:were|was"
        r"|are|is) there"
        r"|{SHOW})"
    ),
    "SHOW": (
        r"(?:(?:describe|outline|state|explain|summari[sz]e|give|list|show|find|provide|identify|recap|name"
        r"|get|report)"
        r"(?: me| us)?)"
    ),
    "LIST": r"(?:(?:list|show|find|give|get|name|identify|search for)(?: me| us)?)",
    "SUM_UP": (
        r"(?:(?:briefly )?(?:summari[sz]e|sum up|recap|outline|describe|review|condense"
        r"|explain)(?: (?:for )?(?:me|us))?"
        r"|(?:(?:write|give|provide|make|prepare|create|draft|produce)(?: me| us)? )?(?:a |an |the |me a "
        r"|us a )?"
        r"(?:short |brief |quick |concise |detailed )?(?:summary|overview|recap|outline|synopsis"
        r"|digest) (?:of|on|about|for))"
    ),
    # nouns that say what is asked for
    "DECISION": (
        r"(?:(?:(?:final|main|key|major|overall|general|formal|eventual) )?(?:decisions?|conclusions?"
        r"|outcomes?"
        r"|resolutions?|verdicts?|determinations?|agreements?|consensus|rulings?|dispositions?|action taken"
        r"|actions taken"
        r"|results?))"
    ),
    "VOTES": (
        r"(?:votes?|voting results?|voting|tally|vote count|vote tally|results? of the vot(?:e|ing)"
        r"|outcome of the vot(?:e|ing)|ballot|dissenters|roll call)"
    ),
    "VIEW": (
        r"(?:(?:(?:main|general|overall|initial|personal) )?(?:opinions?|views?|viewpoints?|positions?"
        r"|attitudes?|stances?"
        r"|thoughts?|take|perspectives?|reactions?|responses?|concerns?|suggestions?|ideas?|comments?"
        r"|remarks?"
        r"|recommendations?|feelings?|beliefs?|statements?|arguments?|explanations?|objections?|criticisms?"
        r"|points?"
        r"|feedback|answers?|reasons?|reasoning|contributions?|advice|impressions?|input))"
    ),
    "TALK": (
        r"(?:(?:(?:main|general|overall|whole|group|team|decision|key|entire|following"
        r"|brief) )?(?:discussions?|debates?"
        r"|conversations?|deliberations?|talks?|exchanges?|dialogue|considerations?|discussion points?"
        r"|main points?"
        r"|key points?|points|highlights|gist|content|contents|minutes|topics?|issues?))"
    ),
    "TASK": (
        r"(?:action items?|actions?|next steps?|deadlines?|due dates?|follow[- ]?ups?|follow-up actions?"
        r"|to-?dos?|tasks?"
        r"|assignments?|responsibilit(?:y|ies)|completion dates?|target dates?|timelines?(?! of)|action points?)"
    ),
    "PLAIN": (  # a noun after "what" that adds nothing to the topic: "what decisions", "which points"
        r"(?:(?:(?:kinds?|sorts?|types?) of )?(?:(?:final|main|key|specific|other|major|possible|formal"
        r"|further|general) )?"
        r"(?:decisions?|actions?|conclusions?|resolutions?|outcomes?|agreements?|consensus|measures?|steps?"
        r"|positions?"
        r"|stances?|views?|opinions?|thoughts|points?|issues?|topics?|matters?|things?|comments?|concerns?"
        r"|suggestions?"
        r"|recommendations?|ideas?|attitudes?|arguments?|remarks?|questions?|verdicts?|perspectives?"
        r"|reactions?|details?"
        r"|items?|else|decisions? and actions|motions?|information|statements?|approach|response"
        r"|contributions?"
        r"|reasons?|subjects?))"
    ),
    "MADE": (
        r"(?:(?:that )?(?:was |were |has been |been )?(?:reached|made|taken|drawn|adopted|given|recorded"
        r"|arrived at|noted"
        r"|passed|agreed|agreed upon|expressed|raised|had|held|stated|voiced|assigned|set|agreed on|come to"
        r"|issued"
        r"|announced))"
    ),
    "TOLD": (
        r"(?:{discuss}|stated|reported|suggested|proposed|explained|presented|noted|emphasi[sz]ed|stressed"
        r"|highlighted"
        r"|required|requested|recommended|announced|argued|claimed|pointed out|asked|told|added|demanded"
        r"|ordered"
        r"|underlined|clarified|described|on the agenda)"
    ),
    # verbs
    "decide": DECIDE,
    "refuse": REFUSE,
    "discuss": DISCUSS,
    "think": THINK,
    "say": SAY,
    "vote": VOTE,
    "met": MEETING_VERBS,
    # what is captured: a content noun after "what", the topic, or nothing but adjuncts up to the end
    "N": (
        r"(?P<n>(?!(?:has|have|had|is|was|are|were|did|does|do|been|will|would|can|could|should)\b)"
        r"[^?!;,]{2,80}?)"
    ),
    "T": r"(?P<t>.*)",
    "END": rf"(?P<end>[ ?.{ADJUNCT}]*)$",
    "DATE": rf"[{DATE}]",
}


def pattern_of(pattern: str) -> re.Pattern[str]:
    """A compiled pattern with the named pieces filled in; every space lets adjuncts stand there."""
    for _ in range(3):  # pieces are made of pieces
        pattern = re.sub(r"\{([A-Za-z_]+)\}", lambda match: _PIECES[match[1]], pattern)
    with_gaps = re.sub(r"\[[^\]]*\]| ", lambda match: _GAP if match[0] == " " else match[0], pattern)
    return re.compile(with_gaps, re.IGNORECASE)


def skip(marks: str, start: int, end: int, chars: str) -> int:
    """The first place from `start` on that is none of `chars`."""
    while start < end and marks[start] in chars:
        start += 1
    return start


def match_end(pattern: re.Pattern[str], marks: str, start: int, end: int) -> int:
    """Where a match at `start` ends; `start` itself without one."""
    match = pattern.match(marks, start, end)
    return match.end() if match else start
