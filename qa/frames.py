"""The frames of English questions about meetings, as patterns, in the order they are tried.

Patterns run over marked text (`qa.meetings.mark`): a group of people may be a marked body or meeting, and every
space may hold marked adjuncts, so "what did the council decide [at its May meeting] about" reads like "what did
the council decide about".
"""

import re
from dataclasses import dataclass

from qa.answers import Intent
from qa.meetings import ADJUNCT, BODY, DATE, MEETING, SERIES
from qa.verbs import DECIDE, DISCUSS, MEETING_VERBS, SAY, THINK, VOTE

# The pieces of patterns; a space in a pattern lets adjuncts stand between the words --------------------------------

_A = ADJUNCT
_GAP = rf"(?: ?,? ?{_A}++,?(?: ?,? ?{_A}++,?){{0,3}} ?| )"
_GROUP_NOUN = (
    r"(?:meetings?|committees?|sub-?committee|council|board|commission|group|team|assembly|panel|cabinet|task force"
    r"|working group|delegates|participants|attendees|councillors|councilors|councilmembers|commissioners|trustees"
    r"|directors|supervisors|members?|people|everyone|everybody|staff|delegation|session|minutes|records?|notes|they"
    r"|we|you|he|she|it|group ?mates?|team ?mates|speakers|body|public|company|house|transcript)"
)
_GROUP = (
    rf"(?:(?:(?:the|its|their|our|this|that|these|any|all|all of|most of|most|some|some of|other|each|every|various)"
    rf"(?: the)? )?(?:{_GROUP_NOUN}(?:'s)?(?: members?)?|[{MEETING}]++|[{BODY}{SERIES}]++(?:'s)?(?: members?)?)"
    rf"(?: (?:members|of (?:the )?(?:{_GROUP_NOUN}|[{BODY}{SERIES}]++)))?)"
)
ABOUT = _ABOUT = (
    r"(?:about|on|upon|regarding|concerning|with (?:respect|regards?) to|in (?:relation|regard|regards|respect) (?:to|of)"
    r"|as (?:to|regards)|relating to|related to|around|over|re:?|in terms of|when it comes to|in connection with"
    r"|on the (?:topic|subject|issue|matter|question) of|about the (?:topic|subject|issue|matter|question) of"
    r"|in the (?:matter|case) of|surrounding|pertaining to|with)"
)
_OF = rf"(?:{_ABOUT}|of|for|to|towards?|behind|against|in favou?r of|from|in)"
_BE = r"(?:is|was|are|were|be|been|being|has been|have been|had been|will be|would be|'s|'re|got)"
_AUX = (
    r"(?:did|does|do|has|have|had|would|will|should|could|can|might|may|must|didn't|doesn't|don't|hasn't|haven't|couldn't"
    r"|wouldn't|won't|can't|shouldn't)"
)
_ADVERB = r"(?:(?:also|actually|ever|finally|eventually|ultimately|formally|initially|then|just|really|only|specifically|first|last|generally|previously|already|recently|exactly|either|jointly|unanimously|mainly|still|even|together|collectively|subsequently|decide to|have to|need to|going to) ){0,3}"

_DECISION_NOUN = (
    r"(?:(?:final|main|key|major|overall|general|formal|eventual|committee's|council's|board's) )?"
    r"(?:decisions?|conclusions?|outcomes?|resolutions?|verdicts?|determinations?|agreements?|consensus|rulings?"
    r"|decision made|dispositions?|action taken|actions taken|results?)"
)
_VOTE_NOUN = (
    r"(?:votes?|voting results?|voting|tally|vote count|vote tally|result of the vot(?:e|ing)|results of the vot(?:e|ing)"
    r"|outcome of the vot(?:e|ing)|ballot)"
)
_VIEW_NOUN = (
    r"(?:(?:main|general|overall|initial|personal) )?"
    r"(?:opinions?|views?|viewpoints?|positions?|attitudes?|stances?|thoughts?|take|perspectives?|reactions?"
    r"|responses?|concerns?|suggestions?|ideas?|comments?|remarks?|recommendations?|feelings?|beliefs?|statements?"
    r"|arguments?|explanations?|objections?|criticisms?|points?|feedback|answers?|reasons?|reasoning|contributions?"
    r"|advice|impressions?|input)"
)
_TALK_NOUN = (
    r"(?:(?:main|general|overall|whole|group|team|decision|key|entire|following|brief) )?"
    r"(?:discussions?|debates?|conversations?|deliberations?|talks?|exchanges?|dialogue|considerations?"
    r"|discussion points?|main points?|key points?|points|highlights|gist|content|contents|minutes|topics?|issues?)"
)
_TASK_NOUN = (
    r"(?:action items?|actions?|next steps?|deadlines?|due dates?|follow[- ]?ups?|follow-up actions?|to-?dos?|tasks?|assignments?"
    r"|responsibilit(?:y|ies)|completion dates?|target dates?|timelines?|action points?)"
)
_MADE = (
    r"(?:(?:that )?(?:was |were |has been |been )?(?:reached|made|taken|drawn|adopted|given|recorded|arrived at|noted"
    r"|passed|agreed|agreed upon|expressed|raised|had|held|stated|voiced|assigned|set|agreed on|come to|issued|announced))"
)
_PLAIN_NOUN = (
    r"(?:(?:kinds?|sorts?|types?) of )?(?:(?:final|main|key|specific|other|major|possible|formal|further|general) )?"
    r"(?:decisions?|actions?|conclusions?|resolutions?|outcomes?|agreements?|consensus|measures?|steps?|positions?|stances?"
    r"|views?|opinions?|thoughts|points?|issues?|topics?|matters?|things?|comments?|concerns?|suggestions?|recommendations?"
    r"|ideas?|attitudes?|arguments?|remarks?|questions?|verdicts?|perspectives?|reactions?|details?|items?|else"
    r"|decisions? and actions|motions?|information|statements?|approach|response|contributions?|reasons?|subjects?)"
)

_MACROS = {
    "GROUP": _GROUP, "ABOUT": _ABOUT, "OF": _OF, "BE": _BE, "AUX": _AUX, "ADV": _ADVERB,
    "DECISION": _DECISION_NOUN, "VOTES": _VOTE_NOUN, "VIEW": _VIEW_NOUN, "TALK": _TALK_NOUN, "TASK": _TASK_NOUN,
    "MADE": _MADE, "PLAIN": _PLAIN_NOUN, "decide": DECIDE, "discuss": DISCUSS, "think": THINK,
    "say": SAY, "vote": VOTE, "met": MEETING_VERBS,
    "MEETINGS": rf"(?:meetings?|sessions?|[{MEETING}]++)",
    "WHO": r"(?P<who>[^?!;:]{1,80}?)", "N": r"(?P<n>(?!(?:has|have|had|is|was|are|were|did|does|do|been|will|would|can|could|should)\b)[^?!;,]{2,80}?)", "T": r"(?P<t>.*)",
}  # fmt: skip


def pattern_of(pattern: str) -> re.Pattern[str]:
    """A pattern with its macros filled in; a space outside a class lets adjuncts stand there."""
    for name, value in _MACROS.items():
        pattern = pattern.replace("{" + name + "}", value)
    pattern = re.sub(r"\[[^\]]*\]|\(\?P<\w+>| ", lambda m: _GAP if m[0] == " " else m[0], pattern)
    return re.compile(pattern, re.IGNORECASE)


# Politeness before the question, afterthoughts behind it ----------------------------------------------------------

POLITE = re.compile(
    r"(?:(?:hi|hello|hey|dear \w+|good (?:morning|afternoon|evening))(?: (?:there|all|everyone|team))?[,.!]? "
    r"|(?:please|kindly|ok|okay|so|and|but|well|now|thanks|thank you|actually|quick question|question|sorry|excuse me)[,:.!]? "
    r"|(?:can|could|would|will|may|might) (?:you|i|we|someone|anybody|anyone)(?: (?:please|kindly|maybe|perhaps))? "
    r"(?=ask|tell|show|give|explain|find|list|summ|describe|outline|recap|provide|look|say|let|help|get|check|remind|know|see|have)"
    r"|(?:tell|show|inform|remind|give|ask|help) (?:me|us)(?: (?:know|find|understand|see))?(?: (?:again|please|all))? ?(?:,|about how|if|whether)? "
    r"(?=(?:what|which|who|whom|whose|when|where|why|how|if|whether|the|a|an|all|every|did|was|about|any|is|each)\b)"
    r"|(?:let me know|look up|find out|check|say|ask|know|explain|see|have a look at|get|provide(?: me| us)?(?: with)?|have)(?: (?:me|us|please))? "
    r"(?=(?:what|which|who|whom|whose|when|where|why|how|if|whether|a summary|an overview|the)\b)"
    r"|(?:do|does|did) (?:you|anyone|anybody|we) (?:happen to )?(?:know|remember|recall) "
    r"|(?:i|we)(?:'d| would)? (?:want|like|love|need|wish|have|am trying|'m trying|are trying)(?: to (?:know|find out|see|understand|learn|ask|hear|get|read))(?: about(?! the (?:issue|topic)))? "
    r"|(?:i'm|i am|we're|we are|i was|we were) (?:just )?(?:interested in|wondering(?: about)?|looking for|curious(?: about)?|trying to find(?: out)?) "
    r"|(?:is it|was it) (?:known|recorded|noted|documented|true) |(?:if|whether) |exactly )",
    re.IGNORECASE,
)
AFTERTHOUGHT = re.compile(
    r"(?:, ?(?:then|exactly|again|actually)|,? ?(?:please|thanks|thank you|pls|if (?:at all|any|so)|if you (?:can|could)|in (?:detail|short|brief|general|a few (?:words|sentences)|summary|total)|briefly|so far|to date|at all)"
    r"|,? and (?:why|how|how so|why not|what (?:for|else)|when|by whom|on what grounds|for what reasons?)"
    r"|,? and what (?:is|was|were|are) the (?:final |main )?(?:conclusions?|decisions?|outcomes?|results?|reasons?)(?: (?:of|about|on|in) (?:the|this|that|their) (?:discussions?|debates?|topic|matter|meeting))?"
    r"|,? and what (?:was|were) (?:decided|agreed|concluded|resolved)"
    r"|,? and what did (?:they|the \w+|it) (?:decide|conclude|agree)(?: on| upon)?)$",
    re.IGNORECASE,
)
ALSO_ABOUT = re.compile(
    r",? (?:(?:when|while|as|in|by|during) (?:they (?:were|are) |(?:the )?(?:team|group|committee|meeting) (?:was|were) )?"
    r"(?:discussing|talking about|talking|presenting|introducing|considering|reflecting on|discussion on|discussing about|proposing|evaluating|reviewing|debating|mentioning|speaking about|speaking of|describing|doing|explaining)"
    r"|(?:in|during) (?:the|their|his|her|this) (?:discussions?|presentations?|debates?|process|introduction|conversation|deliberations?) (?:of|about|on|over|around|regarding)) ",
    re.IGNORECASE,
)
LEADING_ALSO = re.compile(
    r"(?:(?:when|while|as|in) (?:\w+ing)(?: (?:about|on))?|(?:in|during|from|throughout) (?:the|their|this) (?:discussions?|presentations?|debates?|conversations?|deliberations?|process)"
    r" (?:of|about|on|over|around|regarding)) (?P<t>[^?]{1,160}?), (?=(?:what|which|who|when|where|why|how|did|was|were|is|summari)\b)",
    re.IGNORECASE,
)

# Frames in order: the first that matches wins -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Frame:
    intent: Intent
    pattern: re.Pattern[str]
    keeps: str = ""  # "n": a content noun before the verb belongs to the topic; "v": the verb does


def _frames(*rows: tuple[Intent, str] | tuple[Intent, str, str]) -> tuple[Frame, ...]:
    return tuple(Frame(row[0], pattern_of(row[1]), row[2] if len(row) > 2 else "") for row in rows)  # type: ignore[misc]


_I = Intent
_WH = r"(?:what|which)"
_WHATS = r"(?:(?:what(?:'s| is| was| were| are| will be| would be| has been| have been)|whats)|(?:were|was|are|is) there|describe|outline|state|explain|summari[sz]e|give(?: me| us)?|list|show(?: me| us)?|find|provide|identify|recap)"
_WHOSE = r"(?:(?:(?:the|its|their|our) )?{GROUP}(?:'s|') |(?:the|any|their|a|an|its|all|all the|our|some|every|each|such) )?"
_ANY = r"(?:(?:the|any|their|a|an|its|all|all the|our|some|every|each|such) )?"

FRAMES: tuple[Frame, ...] = _frames(
    # votes
    (_I.VOTE, r"(?:how|which way) {AUX} {GROUP} {vote}(?: {ABOUT}| for| against)? {T}"),
    (_I.VOTE, r"(?:how|which way) {AUX} {GROUP} {vote}(?!\w){T}"),
    (_I.VOTE, r"who(?: all| else)? (?P<v>(?:(?:has |had |have |also )?(?:vot\w+|dissent\w*|abstain\w*|oppos\w+|object\w*)))(?: (?:against|for|in favou?r(?: of)?|on|from|to|no on|yes on|no|yes|nay|aye|about|regarding))?(?!\w){T}"),
    (_I.VOTE, r"how many (?:(?:of )?(?:the )?\w+ )?(?:vot(?:ed|es)|dissent\w*|abstain\w*|abstentions)(?: (?:were there|were cast|were|against|for|in favou?r(?: of)?))?(?: (?:against|for|in favou?r(?: of)?|{ABOUT}))?(?!\w){T}"),
    (_I.VOTE, rf"{_WHATS} {_WHOSE}{{VOTES}}(?: (?:cast|taken|recorded))?(?: {{OF}} {{T}}|(?P<t2>[ ?{_A}]*)$)"),
    (_I.VOTE, r"(?:was|were|is|are) there (?:any )?(?P<t>(?:dissent\w*|abstentions?|opposing votes|votes against|no votes|objections?|opposition|nay votes|negative votes)\b.*)"),
    (_I.VOTE, r"(?:did|does|has|have) (?:anyone|anybody|any member|any \w+|someone|somebody|all members) (?P<v>vot\w+|dissent\w*|abstain\w*|oppos\w*|object\w*)(?: (?:against|for|in favou?r of|on|from|to))?(?!\w){T}"),
    (_I.VOTE, r"{VOTES} {ABOUT} {T}"),
    # actions
    (_I.ACTION, r"who(?: is|'s| was| were| are| will be| would be| has been| had been)? (?:(?:to be )?(?:responsible|accountable) for|in charge of|(?:assigned|tasked|asked|instructed|directed|appointed|charged|supposed|expected|due|going|designated)(?: (?:to|with|for))|responsible for|leading|to|assigned|working on|handling|taking care of|the (?:lead|owner|person) (?:for|of|on)) {T}"),
    (_I.ACTION, r"who (?:will|shall|should|must|has to|needs to|is going to|took on|takes on|would|agreed to|promised to|volunteered to|undertook to|committed to|leads|is leading) {T}"),
    (_I.ACTION, r"(?:by when|until when|by what (?:date|time)|by which date) (?:must|should|will|shall|does|do|is|are|has|have|was|were|would) (?P<t>.*?)(?: (?:to )?(?:have to )?be (?:finished|completed|done|submitted|delivered|ready|implemented|built|installed|reported|paid|in place))?$"),
    (_I.ACTION, r"when (?:is|are|was|were|must|should|shall|will|would) (?P<t>.{2,160}?)(?: due| to be (?:completed|finished|submitted|done|delivered|reported)| be (?:completed|finished|submitted|done|delivered|due))\b(?P<rest>.*)"),
    (_I.ACTION, rf"{_WHATS} {_ANY}(?:(?:next|follow-up|agreed|outstanding) )?{{TASK}}(?: {{MADE}})?(?: {{OF}} (?![{DATE}]){{T}}|(?P<t2>[ ?{_A}]*)$)"),
    (_I.ACTION, rf"{_WH} {{TASK}} (?:{{BE}}|{{AUX}} {{GROUP}}) (?:assigned|agreed|set|given|taken|identified|assign|agree|set|take|given to)(?: (?:for|{{ABOUT}}|to|{{OF}}))?(?!\w){{T}}"),
    (_I.ACTION, rf"{_ANY}{{TASK}} {{OF}} {{T}}"),
    # which meetings, how often, when
    (_I.COUNT, r"(?:in |at |during |across )?how many(?: of the)? (?:different |separate )?(?:{MEETINGS}|times|occasions)(?: {BE}| {AUX})?{T}"),
    (_I.COUNT, r"how (?:often|frequently|many times)(?: {BE}| {AUX})?(?!\w){T}"),
    (_I.MEETINGS, r"(?:(?:in|at|on|during|from) )?(?:what|which)(?: of the)?(?: (?:council|board|committee|other|past|previous))? (?:{MEETINGS}|dates?|occasions?|minutes)(?: {BE}| {AUX})?(?!\w){T}"),
    (_I.MEETINGS, r"(?:(?:list|show|find|give|get|name|identify|search(?: for)?)(?: me| us)? )?(?:all |every |all the |any |the )?(?:{MEETINGS}|minutes)(?: {BE})?(?: (?:where|in which|at which|that|which|when|during which|whose|with)(?: {BE}| {AUX}| {GROUP})?)(?!\w){T}"),
    (_I.MEETINGS, r"(?:(?:list|show|find|give|get|name|identify|search(?: for)?)(?: me| us)? )(?:all |every |all the |any |the )?(?:{MEETINGS}|minutes) {OF} {T}"),
    (_I.MEETINGS, r"(?:the )?{MEETINGS} (?:about|regarding|concerning|on|discussing|mentioning|covering) {T}"),
    (_I.WHEN, r"(?:when|(?:on|at|in) (?:what|which) (?:dates?|day|year|month)|what (?:date|day))(?: exactly)?(?: {BE}| {AUX})(?: the (?:last|first|only) time(?: that)?)?(?!\w){T}"),
    (_I.WHEN, r"when {T}"),
    (_I.WHEN, r"(?:the )?(?:last|first) time (?:that )?{T}"),
    # decisions
    (_I.DECISION, rf"{_WH} {{PLAIN}} {{AUX}} {{GROUP}} {{ADV}}(?:{{decide}}|make|made|reach|reached|take|taken|come to|arrive at|draw|issue|have|pass|adopt)(?: (?:to make|to take))?(?: {{OF}})?(?!\w){{T}}"),
    (_I.DECISION, r"what {AUX} {GROUP} {ADV}(?:{decide}|(?P<v>recommend)|do|done|vote to do|{vote}|(?:plan|decide|resolve|agree|choose|vote)(?:d|s|ed)? to do|conclude|come up with|have in mind)(?: {OF})?(?!\w){T}", "v"),
    (_I.DECISION, r"how {AUX} {GROUP} {ADV}(?:decide|rule|resolve|settle|respond|proceed|act)(?: {OF})?(?!\w){T}"),
    (_I.DECISION, rf"{_WHATS} {_WHOSE}{{DECISION}}(?:,? (?:and|or) (?:the )?(?:{{DECISION}}|{{TALK}}))?(?: {{MADE}})?(?: {{BE}} (?:made|reached|taken))?(?: of {_ANY}{{TALK}})?(?: {{OF}} {{T}}|(?P<t2>[ ?{_A}]*)$)"),
    (_I.DECISION, rf"(?:{_WH} (?:{{PLAIN}}|{{N}}) )?{{BE}} {{ADV}}(?:{{decide}}|(?:done|made|reached|taken|drawn))(?: (?:upon|on))?(?: by {{GROUP}})?(?: {{ABOUT}}| for| to| as)?(?!\w){{T}}", "n"),
    (_I.DECISION, r"what {BE} {ADV}(?:{decide}|done|settled)(?: (?:upon|on))?(?: by {GROUP})?(?: {ABOUT}| for| to| as)?(?!\w){T}"),
    (_I.DECISION, r"(?:did|has|have|does|had) {GROUP} {ADV}(?:{decide}|{vote}|reject\w*|make|reach|take)(?: (?:any |a |the )?(?:decisions?|action|conclusions?|agreement|consensus))?(?: {ABOUT}| to| that| for| upon| in favou?r of| against)?(?!\w){T}"),
    (_I.DECISION, r"(?:was|were|has|have|had|is|are) (?P<t>[^?]{1,200}?)(?: been)? {ADV}(?:{decide}|rejected|turned down|voted (?:on|down|through))\b(?P<rest>.*)"),
    (_I.DECISION, rf"(?:{{BE}} there |has there been |have there been )?{_WHOSE}{{DECISION}}(?: {{MADE}})? {{ABOUT}} {{T}}"),
    (_I.DECISION, rf"(?:(?:was|were|is|are) there |has there been ){_ANY}(?:decisions?|resolutions?|conclusions?|agreements?)(?: {{MADE}})?(?: {{OF}})?(?!\w){{T}}"),
    (_I.DECISION, rf"(?:the )?(?:decisions?|resolutions?|conclusions?) (?:of|from|at|in) {{GROUP}}(?: {{OF}})?(?!\w){{T}}"),
    (_I.DECISION, r"what (?:{GROUP} )(?:{decide})(?: {OF}| that)?(?!\w){T}"),
    (_I.DECISION, r"(?:what|how) (?:happened|became|came)(?: (?:to|of|with|about|regarding|concerning))(?!\w){T}"),
    (_I.SUMMARY, r"what (?:happened|happens|went on|was going on|took place)(?!\w){T}"),
    (_I.DECISION, r"{GROUP} {ADV}{decide}(?: {OF}| that)?(?!\w){T}"),
    # what was discussed
    (_I.SUMMARY, rf"(?:summari[sz]e|sum up|recap|outline|describe|review|condense|(?:(?:write|give|provide|make|prepare|create|draft|produce)(?: me| us)? )?(?:a |an |the |me a |us a )?(?:short |brief |quick |concise |detailed )?(?:summary|overview|recap|outline|synopsis|digest) (?:of|on|about|for))(?: (?:for )?(?:me|us))?(?: up)? (?:(?:{_ANY}(?:(?:group|team|committee|council|board|meeting|members|group members|participants)(?:'s|s')? )?{{TALK}}(?:,? (?:and|or) (?:the )?(?:{{DECISION}}|{{TALK}}|{{VIEW}}))?(?: {{MADE}})?|(?:the |their )?(?:group|team|committee|council|board|meeting|members|participants)(?:'s|s')? {{VIEW}}(?: (?:and|or) {{VIEW}})?)(?: {{OF}} {{T}}|(?P<t2>[ ?.{_A}]*)$)|what {{BE}} {{ADV}}(?:{{discuss}}|{{say}})(?: {{OF}})?(?P<t3>\b.*)|what {{GROUP}} (?:{{discuss}}|{{say}})(?: {{OF}})?(?P<t4>\b.*))"),
    (_I.SUMMARY, rf"{_WHATS} {_WHOSE}{{TALK}}(?: {{MADE}})?(?: (?:covered|discussed|addressed))?(?: {{OF}} {{T}}|(?P<t2>[ ?.{_A}]*)$)"),
    (_I.SUMMARY, rf"(?:{_WH} (?:{{PLAIN}}|{{N}}) )?{{BE}} {{ADV}}(?:{{discuss}}|stated|reported|suggested|proposed|explained|presented|noted|on the agenda)(?: {{OF}})?(?: by {{GROUP}})?(?: {{ABOUT}})?(?!\w){{T}}", "n"),
    (_I.SUMMARY, r"what {BE} {ADV}(?:{discuss}|stated|reported|suggested|proposed|explained|presented|noted|on the agenda)(?: by {GROUP})?(?: {OF})?(?!\w){T}"),
    (_I.SUMMARY, rf"{_WH}(?: {{PLAIN}}|(?: {{N}}))? {{AUX}} {{GROUP}} {{ADV}}(?:{{discuss}})(?: {{OF}})?(?!\w){{T}}", "n"),
    (_I.OPINION, rf"{_WH}(?: {{PLAIN}}|(?: {{N}}))? {{AUX}} {{GROUP}} {{ADV}}(?:{{think}}|suggest|propose|argue|recommend|{{say}})(?: (?:of|about|on|regarding|towards?|that|to do|{{ABOUT}}))?(?!\w){{T}}", "n"),
    (_I.OPINION, r"how {AUX} {GROUP} {ADV}(?:think|feel|view|see|react|respond)(?: {OF})?(?!\w){T}"),
    (_I.OPINION, rf"(?:{_WHATS} )(?:the |their )?(?:{{GROUP}}(?:'s|s')? )?{{VIEW}}(?: {{MADE}})? {{OF}} {{T}}"),
    (_I.OPINION, r"(?:their|the (?:group|team|committee|council|board|members|meeting)(?:'s|s')) {VIEW} {OF} {T}"),
    (_I.SUMMARY, rf"(?:{{BE}} there |has there been )?{_ANY}(?:discussions?|debates?|talk|mention) {{OF}} {{T}}"),
    (_I.SUMMARY, r"(?:did|does|do|has|have) {GROUP} (?:also |ever )?(?:{discuss}|include|contain)(?: (?:anything|something))?(?: {OF})?(?!\w){T}"),
    (_I.SUMMARY, r"(?:(?:(?:show|give|find|tell|get)(?: me| us)? )?(?:everything|all|anything)(?: (?:there is|said|recorded|known|you have|you know))? (?:about|on|regarding|concerning|from)|what about|how about|anything (?:said |new )?(?:about|on)|tell me about|(?:everything|all) about|about|talk about|info(?:rmation)? (?:on|about)|minutes (?:on|about)|details (?:on|of|about)) {T}"),
    (_I.SUMMARY, r"(?:was|were|has|have|had) (?P<t>[^?]{1,200}?)(?: been)? {ADV}(?:discussed|mentioned|raised|debated|addressed|brought up|talked about|considered|reviewed|covered)\b(?P<rest>.*)"),
    (_I.SUMMARY, rf"(?:summari[sz]e|sum up|recap|outline|condense|(?:(?:write|give|provide|make|prepare)(?: me| us)? )?(?:a |an |the |me a |us a )?(?:short |brief |quick )?(?:summary|overview|recap|outline) (?:of|on|about|for)) {{T}}"),
    # somebody the records do not know by that name
    (_I.OPINION, r"(?:what|why|how) {AUX} (?P<n>[^?!;,]{2,60}?) {ADV}(?:say|think|suggest|propose|argue|mention|state|report|explain|recommend|claim|respond|comment|feel|believe)(?: {OF}| to)?(?!\w){T}", "n"),
    # who
    (_I.WHO, r"who(?:m)?(?: all| else)?(?: {BE} (?!there))? (?P<t>(?:the )?(?:present\b|absent|attend\w*|presid\w+|chair\w*|in attendance|in the chair|speak\w*|spoke|present\w*|propos\w+|mov\w+|second\w+|introduc\w+|rais\w+|lead|led|mayor|secretary|president|treasurer|guests?|participants?|members?).*)"),
    (_I.WHO, r"who(?:m|se)?\b(?: (?:did|does|do|is|was|are|were|'s|has|have|had) )?{T}"),
)
FACT = pattern_of(
    r"(?:(?:how (?:much|many|long|far|big|large|well|soon)|how come|for what reasons?|in what ways?|to what extent|what|which|where|why|how|who|whom|whose)\b(?:'s|'re)?"
    r"(?: (?:{BE}|{AUX}|are|is))?(?: there)?|(?:{AUX}|is|was|are|were)\b(?: there)?(?: any)?|there (?:is|was|were|are)|explain|describe|list|show|find|search(?: for)?|look for|give|name)(?!\w){T}"
)  # fmt: skip
