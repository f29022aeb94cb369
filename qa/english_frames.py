"""The frames of English questions about meetings, in the order they are tried.

A frame gives the intent and captures the topic: `n` is a noun after "what" that says more than "decision" or
"point" does and so belongs to the topic, `t` the topic itself, `rest` what follows a passive, `end` adjuncts
only, and `v` words that make the topic when there is no better one ("voted against").
"""

import re
from dataclasses import dataclass
from functools import cache

from qa.answers import Intent
from qa.english_words import pattern_of


@dataclass(frozen=True, slots=True)
class Frame:
    """A way to ask; `with_verb`: the captured verb belongs to the topic ("recommend a fence")."""

    intent: Intent
    pattern: re.Pattern[str]
    with_verb: bool = False


_VOTES: tuple[str, ...] = (
    r"(?:how|which way) {AUX} {GROUP} {vote}(?: {ABOUT}| for| against)? {T}",
    r"(?:how|which way) {AUX} {GROUP} {vote}(?!\w){T}",
    r"(?:who(?: all| else| was it that)?|which \w+|(?:{SHOW} )?(?:all |the |those )*(?:members?|people"
    r"|persons|councillors|names"
    r"|ones|those|everyone)(?: of {GROUP})? (?:who|that))"
    r" (?P<v>(?:has |had |have |also )?(?:vot(?:ed|es?|ing)|dissent\w*|abstain\w*|oppos\w+|object\w*))"
    r"(?: (?:when|because|against|for|in favou?r(?: of)?|on|from|to|no on|yes on|no|yes|nay|aye|about"
    r"|regarding))?(?!\w){T}",
    r"how many (?:(?:of )?(?:the )?\w+ )?(?P<v>vot(?:ed|es)|dissent\w*|abstain\w*|abstentions)"
    r"(?: (?:were there|were cast|were))?(?: (?:against|for|in favou?r(?: of)?|{ABOUT}))?(?!\w){T}",
    r"{WHATS} {WHOSE}{VOTES}(?: (?:cast|taken|recorded))?(?: {OF} {T}|{END})",
    r"(?:was|were|is|are) there (?:any |a |an )?(?P<t>(?:dissent\w*|abstentions?|opposing votes?"
    r"|votes? against|no votes"
    r"|objections?|opposition|nay votes|negative votes)\b.*)",
    r"(?:was|were) (?P<t>(?:the |this |their )?(?:vote|decision|motion|resolution|action)s? (?:on .{1,80} )?"
    r"(?:unanimous\w*|carried|contested)\b.*)",
    r"(?:was|were|is|are|has|have) (?P<t>[^?]{2,120}?)(?: been)? (?:carried |passed |approved |adopted |agreed"
    r" |accepted |decided )?(?:unanimously|unanimous|by a majority|by how (?:many votes|much))(?: (?:carried"
    r"|passed|approved|adopted|agreed|accepted))?{END}",
    r"(?:did|does|has|have) (?:anyone|anybody|any member|any \w+|someone|somebody|all members|every\w*)"
    r" (?P<v>vot\w+|dissent\w*|abstain\w*|oppos\w*|object\w*)(?: (?:against|for|in favou?r of|on|from"
    r"|to))?(?!\w){T}",
    r"how {AUX} (?P<n>[^?!;,]{2,60}?) {vote} (?:on|for|against) {T}",
    r"{VOTES} {ABOUT} {T}",
    r"{VOTES}{END}",
)
_ACTIONS: tuple[str, ...] = (
    r"who(?: is|'s| was| were| are| will be| would be| has been| had been)? (?:(?:to be )?(?:responsible"
    r"|accountable) for"
    r"|in charge of|(?:assigned|tasked|asked|instructed|directed|appointed|charged|supposed|expected|due"
    r"|going|designated)"
    r"(?: (?:to|with|for))|responsible for|leading|to|assigned|working on|handling|taking care of"
    r"|the (?:lead|owner|person) (?:for|of|on)) {T}",
    r"who (?:will|shall|should|must|has to|needs to|is going to|took on|takes on|would|agreed to|promised to"
    r"|volunteered to"
    r"|undertook to|committed to|leads|is leading) {T}",
    r"(?:by when|until when|by what (?:date|time)|by which date) (?:must|should|will|shall|does|do|is|are"
    r"|has|have|was|were"
    r"|would) (?P<t>.*?)(?: (?:to )?(?:have to )?be (?:finished|completed|done|submitted|delivered|ready"
    r"|implemented|built"
    r"|installed|reported|paid|in place))?$",
    r"when (?:is|are|was|were|must|should|shall|will|would) (?P<t>.{2,160}?)(?: due| to be (?:completed"
    r"|finished|submitted"
    r"|done|delivered|reported)| be (?:completed?|finished|submitted|done|delivered|due|ready"
    r"|in place))\b(?P<rest>.*)",
    r"{WHATS} {ANY}(?:(?:next|follow-up|agreed|outstanding) )?{TASK}(?: {MADE})?(?: {OF} (?!{DATE}){T}"
    r"|{END})",
    r"{WH} {TASK} (?:{BE}|{AUX} {GROUP}) (?:assigned|agreed|set|given|taken|identified|assign|agree|set|take"
    r"|given to)"
    r"(?: (?:for|{ABOUT}|to|{OF}))?(?!\w){T}",
    r"{WH} {TASK} (?:came|come|resulted|emerged|followed)(?: out)?(?: (?:of|from) {ANY}(?:{TALK}"
    r"|{MEETINGS}))?"
    r"(?: {OF})?(?!\w){T}",
    r"what (?:(?:must|shall|should) (?P<n>(?:(?!about|with|on|of|for)[\w'-]+ ){1,5}?)|(?:is|are) (?:the )?"
    r"(?P<m>(?-i:[A-Z])[\w'-]+ (?:(?!about|with|on|of|for)[\w'-]+ ){0,4}?)(?:supposed |expected )?to )do"
    r" (?:about|with|on|for) {T}",
    r"{ANY}{TASK} {OF} (?!{DATE}){T}",
    r"what (?:{TASK}|jobs?|duties) {AUX} (?P<t>[^?]{2,80}?) (?:have|got|face|been given|been assigned){END}",
    r"what (?:must|shall|should) (?P<t>(?:the )?(?-i:[A-Z])[\w' -]{2,60}?) do{END}",
    r"what (?:has|have|was|were) (?P<t>[^?]{2,80}?) (?:been )?(?:told|asked|instructed|required|ordered|directed)"
    r" to do{END}",
)
_COUNTS: tuple[str, ...] = (
    r"(?:in |at |during |across )?how many(?: of the)? (?:different |separate )?(?:{MEETINGS}|times"
    r"|occasions)"
    r"(?: {BE}| {AUX})?{T}",
    r"how (?:often|frequently|many times)"
    r"(?! (?:will|must|should|shall|do|does|is|are|can|may|would)\b(?!.{0,80}\b(?:discuss|mention|rais|talk|debat"
    r"|consider|come up|comes up|address|meet)))(?: {BE}| {AUX})?(?!\w){T}",
)
_MEETINGS: tuple[str, ...] = (
    r"(?:(?:in|at|on|during|from) )?{WH}(?: of the)?(?: (?:council|board|committee|other|past|previous))?"
    r" (?:{MEETINGS}|dates|occasions?|minutes)(?: {BE}| {AUX})?(?!\w){T}",
    r"which (?={met}){T}",
    r"(?:{LIST} )?(?:all |every |all the |any |the )?(?:{MEETINGS}|minutes)(?: {BE})?"
    r" (?:where|in which|at which|that|which|when|during which|whose)(?: {BE}| {AUX}| {GROUP})?(?!\w){T}",
    r"{LIST} (?:all |every |all the |any |the )?(?:{MEETINGS}|minutes) {OF} {T}",
    r"(?:(?:{LIST}|what(?:'s| is)) )?(?:the |a )?(?:timeline|chronology|history) of {T}",
    r"(?:the )?{MEETINGS} (?:about|regarding|concerning|on|discussing|mentioning|covering) {T}",
)
_DATES: tuple[str, ...] = (
    r"(?:when|(?:on|at|in) {WH} (?:dates?|day|year|month)|what (?:date|day|year|month))(?: exactly)?(?: {BE}"
    r"| {AUX})"
    r"(?: the (?:last|first|only) time(?: that)?)?(?!\w){T}",
    r"when {T}",
    r"(?:the )?(?:last|first) time (?:that )?{T}",
)
_DECISIONS: tuple[str, ...] = (
    r"{WH} {PLAIN} {AUX} {GROUP} {ADV}(?:{decide}|make|made|reach|reached|take|taken|arrive at|draw|issue"
    r"|have|pass)"
    r"(?: (?:to make|to take))?(?: {OF})?(?!\w){T}",
    r"what {AUX} {GROUP} {ADV}(?:{decide}|do|done|{vote}|(?:plan|vote)(?:ed|s)? to do|conclude"
    r"|have in mind)(?: to do)?"
    r"(?: {OF})?(?!\w){T}",
    r"{WH}(?: {PLAIN}| {N})? {AUX} {GROUP} {ADV}{refuse}(?!\w){T}",
    r"(?:how|where|which way) {AUX} {GROUP} {ADV}(?:{decide}|rule|respond|proceed|act|go|handle"
    r"|deal with)(?: {OF})?(?!\w){T}",
    r"(?:(?:at|to|by|on|for|in|with) )?{WH} {N} {AUX} {GROUP} {ADV}{decide}(?: {OF})?(?!\w){T}",
    r"{WHATS} {WHOSE}{DECISION}(?:,? (?:and|or) (?:the )?(?:{DECISION}|{TALK}))?(?: {MADE})?(?: {BE} (?:made"
    r"|reached|taken))?"
    r"(?: of {ANY}{TALK})?(?: {OF} {T}|{END})",
    r"what(?:'s| is| has| have| had| was| did| does)?(?: been)? chang(?:ed?|ing)(?: {OF}| with) {T}",
    r"{WH} {PLAIN} {OF} (?P<t>.{2,200}?) {BE} {ADV}(?:made|taken|reached|adopted|passed|drawn)\b(?P<rest>.*)",
    r"{WH} (?:{PLAIN}|{N}) {BE} {ADV}(?:{decide}|done|made|reached|taken|drawn)(?: (?:upon"
    r"|on))?(?: by {GROUP})?"
    r"(?: {ABOUT}| for| to| as)?(?!\w){T}",
    r"what(?: {BE}|'s) {ADV}(?:{decide}|done|settled)(?: (?:upon|on))?(?: by {GROUP})?(?: {ABOUT}| for| to"
    r"| as)?(?!\w){T}",
    r"what(?: {BE}|'s) (?P<t>(?:the|a|an|this|that|our|their|its) [^?]{2,120}?) {ADV}(?:set|decided|adopted|approved"
    r"|agreed|fixed|chosen|selected|established|determined|passed|settled|allocated|granted|awarded)"
    r"(?: (?:upon|on))?(?: by {GROUP})?(?: for this)?{END}",
    r"how (?:was|were|is|has|have) (?P<t>[^?]{1,200}?)(?: been)? {ADV}(?:{decide}|resolved|dealt with"
    r"|handled|concluded)"
    r"\b(?P<rest>.*)",
    r"(?:what|which)(?: has| have)? (?:came|come|resulted|emerged|followed)(?: out)?"
    r"(?: (?:of|from) {ANY}(?:{TALK}|{MEETINGS}))?(?: {OF})?(?!\w){T}",
    r"(?:is|was|were|has|have|had|are)(?: there)?(?: been)? (?:anything|something|any|a|an|the)? ?(?:final )?"
    r"(?:decisions?|resolutions?|conclusions?|agreements?|action|anything)?(?: been)? (?:decided|made|taken"
    r"|reached|agreed"
    r"|resolved|concluded|approved|adopted|done)(?: (?:by {GROUP}))?(?: {OF})(?!\w){T}",
    r"(?:did|has|have|does|had) {GROUP} {ADV}(?:{decide}|{vote}|reject\w*|make|made|reach|reached|take|taken"
    r"|come to)"
    r"(?: (?:any |a |the )?(?:final )?(?:decisions?|action|conclusions?|agreement|consensus|resolution"
    r"|position))"
    r"?(?: {ABOUT}| to| that| for| upon| in favou?r of| against)?(?!\w){T}",
    r"(?:was|were|has|have|had|is|are) (?P<t>[^?]{1,200}?)(?: been)? {ADV}(?:{decide}|rejected|turned down"
    r"|voted (?:on|down|through))\b(?P<rest>.*)",
    r"(?:{BE} there |has there been |have there been )?{WHOSE}{DECISION}(?: {MADE})? {ABOUT} {T}",
    r"{WHOSE}{DECISION}{END}",
    r"{WH} {DECISION} {BE}(?: there)?{END}",
    r"(?P<t>(?!(?:what|which|who|when|how|why|where|did|was|were|is|are)\b)[^?:]{2,80}?)"
    r" (?:decisions?|resolutions?){END}",
    r"(?:(?:was|were|is|are) there |has there been ){ANY}(?:decisions?|resolutions?|conclusions?"
    r"|agreements?)(?: {MADE})?"
    r"(?: {OF})?(?!\w){T}",
    r"(?:the )?(?:decisions?|resolutions?|conclusions?) (?:of|from|at|in) {GROUP}(?: {OF})?(?!\w){T}",
    r"(?:what )?{GROUP} {ADV}{decide}(?: {OF}| that)?(?!\w){T}",
    r"(?:what|how)(?: has| have)? (?:happened|happens|became|come|came) (?:to|of|with|about|regarding"
    r"|concerning)(?!\w){T}",
)
_REASONS: tuple[str, ...] = (
    r"why {AUX} {GROUP} {ADV}(?P<v>{decide}|reject|oppose|support|want|refuse|delay|plan|recommend|propose"
    r"|raise|cut|keep)"
    r"(?!\w){T}",
)
_SUMMARIES: tuple[str, ...] = (
    r"{SUM_UP} {WHOSE}{TALK}(?:,? (?:and|or) (?:the )?(?:{DECISION}|{TALK}|{VIEW}))?(?: {MADE})?(?: {OF} {T}"
    r"|{END})",
    r"{SUM_UP} what {BE} {ADV}(?:{discuss}|{say})(?: {OF})?(?!\w){T}",
    r"{SUM_UP} what {GROUP} (?:{discuss}|{say})(?: {OF})?(?!\w){T}",
    r"{WHATS} {WHOSE}{TALK}(?: {MADE})?(?: (?:covered|discussed|addressed))?(?: {OF} {T}|{END})",
    r"(?:{WH} (?:{PLAIN}|{N}) )?{BE} {ADV}{TOLD}(?: {OF})?(?: by {GROUP})?(?: {ABOUT})?(?!\w){T}",
    r"what(?: {BE}|'s) {ADV}(?:{TOLD}|new|the latest|the news|the update)(?: by {GROUP})?(?: {OF})?(?!\w){T}",
    r"{WH}(?: {PLAIN}|(?: {N}))? {AUX} {GROUP} {ADV}{discuss}(?: {OF})?(?!\w){T}",
    r"{WH}(?: {PLAIN}|(?: {N}))? {AUX} {GROUP} {ADV}(?:stress|emphasi[sz]e|highlight|underline|point out"
    r"|state|report"
    r"|announce|require|request|ask|call|urge|learn)(?: {OF})?(?!\w){T}",
    r"what {BE} {MEETINGS} about{END}",
    r"what(?: has| have)? (?:happened|happens|went on|was going on|took place|occurred)(?!\w){T}",
)
_OPINIONS: tuple[str, ...] = (
    r"{WH}(?: {PLAIN}|(?: {N}))? {AUX} {GROUP} {ADV}(?:{think}|suggest|propose|argue|recommend|{say})"
    r"(?: (?:of|about|on|regarding|towards?|that|to do|{ABOUT}))?(?!\w){T}",
    r"how {AUX} {GROUP} {ADV}(?:think|feel|view|see|react|respond)(?: {OF})?(?!\w){T}",
    r"{WHATS} {WHOSE}{VIEW}(?:,? (?:and|or) {VIEW})?(?: {MADE})? {OF} {T}",
    r"{WHOSE}{VIEW} {OF} {T}",
)
_MORE_SUMMARIES: tuple[str, ...] = (
    r"(?:{BE} there |has there been )?{ANY}(?:discussions?|debates?|talk|mention) {OF} {T}",
    r"(?:did|does|do|has|have) {GROUP} (?:also |ever )?(?:{discuss}|include|contain)(?: (?:anything"
    r"|something))?(?: {OF})?"
    r"(?!\w){T}",
    r"(?:(?:{SHOW}|tell(?: me| us)?) )?(?:everything|all|anything|something)"
    r"(?: (?:there is|said|new|recorded|known|you have|you know))? (?:about|on|regarding|concerning"
    r"|from) {T}",
    r"(?:what about|how about|tell me about|about|talk about|info(?:rmation)? (?:on|about)|minutes (?:on"
    r"|about)"
    r"|details (?:on|of|about)) {T}",
    r"(?:was|were|has|have|had) (?P<t>[^?]{1,200}?)(?: been)? {ADV}(?:discussed|mentioned|raised|debated"
    r"|addressed"
    r"|brought up|talked about|considered|reviewed|covered)\b(?P<rest>.*)",
    r"(?!describe|review|explain){SUM_UP} {T}",
    r"(?:(?:give|write|make|provide|prepare)(?: me| us)? )?(?:a |an |the )?(?:brief |short "
    r"|quick )?(?:summari[sz]e|sum up"
    r"|recap|summary|overview|minutes)(?: it| that| this)?{END}",
)
# Somebody the records do not know by that name, and who did what.
_UNKNOWN_BODY: tuple[str, ...] = (
    r"(?:what|how) {AUX} (?P<n>[^?!;,]{2,60}?) {ADV}{decide}(?: {OF})?(?!\w){T}",
)
_UNKNOWN: tuple[str, ...] = (
    r"(?:what|why|how) {AUX} (?P<n>[^?!;,]{2,60}?) {ADV}(?:say|think|suggest|propose|argue|mention|state"
    r"|report|explain"
    r"|recommend|claim|respond|comment|feel|believe)(?: {OF}| to)?(?!\w){T}",
)
_PERSONS: tuple[str, ...] = (
    r"who(?:m|se)?\b(?: all| else)?(?: (?:did|does|do|is|was|are|were|'s|has|have|had) )?{T}",
)


@cache
def frames() -> tuple[Frame, ...]:
    """All frames in order, made when the first question is read: compiling them takes half a second."""
    return tuple(
        Frame(intent, pattern_of(pattern), with_verb=patterns is _REASONS)
        for intent, patterns in (
            (Intent.VOTE, _VOTES),
            (Intent.ACTION, _ACTIONS),
            (Intent.COUNT, _COUNTS),
            (Intent.MEETINGS, _MEETINGS),
            (Intent.WHEN, _DATES),
            (Intent.DECISION, _DECISIONS),
            (Intent.FACT, _REASONS),
            (Intent.SUMMARY, _SUMMARIES),
            (Intent.OPINION, _OPINIONS),
            (Intent.SUMMARY, _MORE_SUMMARIES),
            (Intent.DECISION, _UNKNOWN_BODY),
            (Intent.OPINION, _UNKNOWN),
            (Intent.WHO, _PERSONS),
        )
        for pattern in patterns
    )


FACT = pattern_of(
    r"(?:(?:how (?:much|many|long|far|big|large|well|soon|\w+ly)|how come|for what reasons?|in what ways?"
    r"|to what extent|(?:for|in|on|at|to|by|with|from|of|under) (?:what|which)|what|which"
    r"|where|why|how|who|whom|whose)\b(?:'s|'re)?(?: (?:{BE}|{AUX}|are|is))?(?: there)?|(?:{AUX}|is|was|are"
    r"|were)\b(?: there)?"
    r"(?: any)?|there (?:is|was|were|are)|explain|describe|list|show(?: me| us)?|find|search(?: for)?"
    r"|look for|give|name)"
    r"(?!\w){T}"
)
