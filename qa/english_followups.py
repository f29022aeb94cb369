"""How an English question shows that it goes on from before: openers, pronouns, what it leaves out.

What counts is grammar, never a topic: a conjunction or "what about" in front, a phrase without a verb, a pronoun
whose antecedent does not stand in the question itself, an object left out ("who voted against?"), or a time
counted from another one ("the year before").
"""

import re

from ingest.numerals import ENGLISH_ORDINAL, english_number
from qa.answers import Intent
from qa.bodies import find_bodies
from qa.calendar import Calendar
from qa.english_shifts import shifted
from qa.english_words import pattern_of
from qa.people import who_is
from qa.turns import STAND_IN, Clues, Refers, Words
from qa.verbs import MEETING_VERBS, SAY
from qa.wording import clean, quotations

_IT = STAND_IN["en"]


def _of(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_FILLER = _of(
    r"(?:ok(?:ay)?|well|right|so|now|hm+|oh|ah|i see|great|good|fine|thanks|thank you|thx|sorry|please|yes"
    r"|no|sure|got it"
    r"|interesting|hi|hello)(?: then)?(?:[,.!:;]| -+)? (?=\S)"
)
_OPENER = _of(
    r"(?:and|but|or|plus|also|then|next|and then|likewise|similarly)(?:,| -+)? (?=\S)"
    r"|(?:(?:what|how) )?(?:about|of)(?: with)? (?=\S)"
    r"|(?:anything|something|any word|any news|more) (?:on|about) (?=\S)"
    r"|(?:the )?same (?:question|thing|again|query)?,? ?(?:again )?(?:for|about|on|in|with|but(?: for| in| "
    r"on| with)?)?:? (?=\S)"
    r"|(?:is|was) (?:it|that) the same (?:for|in|with|at) (?=\S)|(?:compare|compared)(?: (?:it|that"
    r"|this))? (?:with|to) (?=\S)"
    r"|(?:let'?s )?(?:switch(?:ing)?|turn(?:ing)?|mov(?:e|ing)(?: on)?|go) (?:on )?to (?=\S)"
    r"|(?:only|just)(?: show(?: me)?)?(?: the| those)? (?:ones|meetings|decisions|entries)(?: from| of| in| on)? (?=\S)"
    r"|(?:only|just|instead|rather|make (?:it|that)|i (?:mean|meant))(?:,| for| in| on| of| from)? (?=\S)"
    r"|as for (?=[^,]+$)"
)
_CLOSER = _of(
    r",? (?:then|too|as well|instead|either|though|also|rather|only|please|again|in the end|eventually|ultimately"
    r"|finally|at last)$"
)
_SAYS_NO_MORE = frozenset(("please", "again", "in the end", "eventually", "ultimately", "finally", "at last"))
_ASKS = _of(
    r"(?:(?:at|by|in|on|for|to|from|with|of|about|under|until|since) )?(?:what|which|who|whom|whose|when"
    r"|where|why|how)(?:'s|'re|'d)?\b"
    r"|(?:did|does|do|has|have|had|was|were|is|are|will|would|should|could|can|may|might|must|didn't|wasn't"
    r"|weren't|isn't"
    r"|aren't|hasn't|haven't|hadn't|won't|doesn't|don't)\b"
    r"|(?:summari[sz]e|list|show|tell|give|find|explain|describe|outline|recap|name|identify|compare|search|sum up"
    r"|elaborate|expand|quote|cite|i|we|you|there)\b"
)
_MORE = _of(
    r"(?:is|was|were|are)? ?(?:there )?(?:anything|something|what|who|nothing|where|more|any)(?: other)? "
    r"?(?:else|more|further|other)?"
    r"(?: (?:decisions?|points?|things?|details?|to (?:add|report|say|know)|on (?:record|file)|that))?(?: "
    r"(?:on|about|to|regarding) (?P<it>"
    rf"it|this|that|them|{_IT}))?"
    r"|(?:any(?:thing)?|some) (?:more|others?)(?: (?:decisions?|details?|information|points?))?|what "
    r"else(?: is there)?|more|others?|is that (?:all|it|everything)|go on|continue|keep going"
)
_NOT_MORE = _of(r"(?:what|who|where|any|anything|something|nothing|is|was|were|are|there| )+")
_DETAILS = _of(
    r"(?:(?:can|could|would) you )?(?:please )?(?:(?:tell|give|show) (?:me|us) )?(?:some |a (?:bit|little) "
    r"|any )?(?:more|further|additional)"
    r"(?: (?:details?|information|background|context))?(?: (?:on|about) (?:it|this|that|them))?"
    r"|(?:elaborate|expand|details?|explain|in (?:more|greater) detail|go into (?:more )?detail|say more"
    r"|summari[sz]e|sum up)"
    r"(?: (?:(?:on|about|upon) )?(?:it|this|that|them))?(?: (?:in (?:more )?detail|further|again))?"
)

# What pronouns and their like refer to -----------------------------------------------------------

_EDGE = r"(?=$|[ ,?.!;:')])"
_THAT_MEETING = _of(
    r"(?:(?:at|in|during|from|of|on|for|by|to) )?(?:that|this|the same|the said|those|these) (?:very "
    r"|particular |last )?"
    rf"(?:meetings?|sessions?|sittings?|hearings?|occasion|day|date){_EDGE}"
    rf"|(?<!is )(?<!was )(?<!are )(?<!were )(?<!been )(?<!be )\bthere(?=$)|(?:(?<=said )|(?<=decided )|(?<=agreed )"
    r"|(?<=discussed )|(?<=approved )|(?<=happened )|(?<=present )|(?<=adopted )|(?<=resolved )|(?<=raised "
    r"))there(?= )|\b(?:at|around) (?:the|that) (?:same )?time{_EDGE}|back then{_EDGE}|\bon the same "
    r"day{_EDGE}"
    r"|(?<= )then(?=$)"
)
_MEETING_ITSELF = _of(
    r"\b(?P<the>the (?:meeting|session|sitting|hearing))\b(?!'s| (?:of|on|in|at|about|minutes|that|decid|discuss))"
)
_HOLDING = _of(
    r"\b(?:chair\w*|attend\w*|present|absent|presid\w*|held|hold|take place|took place|conven\w*|adjourn\w*"
    r"|clos\w+|open\w*|begin|began|start\w*"
    r"|last(?:ed)?|apologi\w+|quorum|minutes|who was (?:at|in)|participa\w+)\b"
)
_PERSON = _of(
    r"\b(?P<s>he|she)\b(?!')|\b(?P<o>him)\b|\b(?P<her>her|his|hers)\b|\b(?:that|this|the same) "
    r"(?P<who>person|speaker|member|councill?or"
    r"|official|man|woman|delegate|one)\b"
)
_GENERIC = (
    r"(?:plan|proposal|motion|measure|bill|law|scheme|project|polic(?:y|ies)|item|matter|issue|topic"
    r"|subject|question|idea|programme"
    r"|program|initiative|regulation|rule|change|amendment|agreement|contract|request|application"
    r"|recommendation|suggestion"
    r"|resolution|ordinance|by-?law|document|report|decision|undertaking|arrangement|thing|one|approval"
    r"|outcome|ruling|step|move)s?"
)
_DEMONSTRATIVE = _of(
    rf"\b(?:this|that|these|those|such an?|such|the same|said|the said) {_GENERIC}\b(?! (?:that|which|to|of"
    rf"|for|on|in|about) )"
)
_DEFINITE = _of(
    rf"\bthe {_GENERIC}(?=$|[ ,?.!'])(?! (?:of|for|on|in|about|to|that|which|regarding|concerning|against"
    rf"|from|by|at|with|number|no)\b)"
    r"(?=$|[,?.!']| (?:was|were|is|are|be|been|has|have|had|will|would|should|could|can|did|does|do|cost"
    r"|pass|passed|go|come|take|took|"
    r"start|begin|end|run|mean|include|say|said|made|taken|and why|and who|and when|already|ever|finally"
    r"|yet|now|still|approved|adopted|rejected"
    r"|implemented|carried|deferred|postponed|apply|applies|affect|affects|need|needs)\b)"
)
_PRONOUN = _of(
    r"\b(?:it|them|those|these|itself)\b(?!'ll)|\b(?:its)\b(?= \w)|\b(?:this|that)\b(?=$|[,?.!;]| (?:was"
    r"|were|is|are|be|been|has|had|have|will|would|did"
    r"|does|do|cost|mean|means|happen|happened|come|came|go|went|pass|passed|work|works|take|took|start"
    r"|begin|apply|affect|approved|decided|agreed|adopted"
    r"|rejected|discussed|carried|deferred|raised|mentioned|funded|paid|implemented|change|and)\b)"
)
_ASKED_NOUN = _of(
    r"(?:what|which) (?:was|is|were|are) the (?:final |eventual )?\w+"
)  # "what was the decision?"
_NOUN_THAT = _of(
    r"\b(?:say|said|says|agree|agreed|decide|decided|think|thought|believe|believed|is|was|note|noted|true|clear) $"
)
_THEY_PASSIVE = _of(r"\b(?P<aux>was|were|are|been|being|is) (?P<they>they)\b")
_GROUP = _of(
    r"\b(?:did|do|does|have|has|had|will|would|should|could|can) (?P<g>they|it|we)(?= )|\b(?P<g2>they)(?= (?:\w+ )?"
    rf"{MEETING_VERBS}\b)"
)
_GROUP_VERB = pattern_of(rf" {{ADV}}(?:{MEETING_VERBS}|{SAY})\b(?P<rest>.*)")
_EXPLETIVE = _of(
    r"\bit(?: \w+){0,4}? (?:that|to|whether|if|for \w+(?: \w+)? to) (?!(?:be )?\w+$)\w+"
    r"|\b(?:is|was) it (?:true|right|correct|possible|known|clear|because|about|how|why|who|when|where)\b"
    r"|\bhow (?:is|was) it that\b"
)
_CLAUSE = _of(
    r",? (?:and|or|but) (?:who|what|when|where|why|how|which|by|did|does|was|were|is|are|has|have|should"
    r"|will|if|they|it)\b|, (?:who|what|when|where|why|how|which|did|was|because|since|so)\b"
    r"|\b(?:because|(?<!looks )(?<!look )after|if|when|while|before"
    r"|unless|although|whether|until|where|that)\b(?= )|[;:] "
)
_SMALL = frozenset(
    "what which who whom whose when where why how did does do has have had was were is are will would "
    "should could can be been the a an of on in at "
    "for to about with by from and or any all there they we you he she it not also else ever".split()
)
_BALLOT = _of(
    r"(?:who(?: all| else)?|(?:was|is|were) (?:there )?(?:anyone|anybody|someone|everyone|they all|all)"
    r"|did (?:anyone|anybody|everyone|everybody|someone|they all)"
    r"|how many(?: (?:members|people|councill?ors|votes?|of them))?|which (?:members|councill?ors|ones)"
    r"|any(?:one|body)?)"
    r"(?: (?:was|were|is|are|stood|spoke|came out|argued|stand|speak|voted|vote))*"
    r" (?:against|opposed?(?: to)?|in favou?r(?: of)?|for|support(?:ed|s|ing)?|back(?:ed|s|ing)?"
    r"|reject(?:ed)?|endorsed?|objections?|object(?:ed|ing)?(?: to)?"
    r"|disagree(?:d|ing)?(?: with)?|abstain(?:ed|ing)?(?: from| on)?|abstentions?|dissent(?:ed|ing)?(?: "
    r"from)?|oppos(?:ing|ition)(?: to)?|not in favou?r(?: of)?|(?:yes|no))"
    rf"(?: (?:to|on|for|against))?(?: {_IT})?"
    rf"|(?:was|is) (?:{_IT} |the (?:vote|decision) |this |they )?(?:passed |approved |adopted |carried "
    rf"|decided )?(?:unanimous(?:ly)?|contested|close)"
    rf"|how (?:was|were|has|did) (?:{_IT}|they|the vote|everyone|the (?:members|councill?ors)) (?:vot\w+|go"
    rf"|split)(?: on(?: {_IT})?)?"
    rf"|(?:what was )?the (?:vote|voting|tally|split|count|margin)(?: (?:like|on {_IT}))?|votes?|against"
    rf"|by what margin|by how many votes"
    rf"|did {_IT} (?:pass|carry) unanimously"
    rf"|how (?:close|clear|tight|narrow) (?:was|is) (?:{_IT}|it|the (?:vote|result|margin))"
)  # fmt: skip
_WHERE_ONE_STANDS = _of(
    r"(?:where|how) (?:does|did|do|is|was) (?P<who>(?:the )?[\w.'-]+(?: [\w.'-]+){0,3}) (?:stand|stood|come down|feel)"
    r"(?: on (?:it|this|that))?"
    r"|(?:has|have|had|did) (?P<who2>(?:the )?[\w.'-]+(?: [\w.'-]+){0,2}?) (?:ever |since |later )?"
    r"(?:chang(?:e|ed) (?:his|her|their) (?:mind|view|position|tune)|come round|came round|backtrack(?:ed)?"
    r"|relent(?:ed)?)"
    r"(?: since| later| after(?:wards)?)?"
)
_COSTS = _of(
    r"what (?:will|would|does|did|is) (?P<it>it|that|this) (?:going to )?(?:set (?:us|them|the \w+) back"
    r"|come to|run to|amount to)"
)
_BROUGHT = _of(
    r"(?:remind me )?what (?:did )?(?P<t>the (?:year|quarter|month|meeting|session) (?:before|after|earlier|later)"
    r"(?: that)?) (?:bring|brought|see|saw|have|had|decided?|look(?:ed)? like|sa(?:y|id))"
)
_BESIDE = _of(r" (?:right )?(?:next to|beside|near|behind|opposite|in front of) (?:it|that|them)$")
_ACTION = _of(
    r"(?:what are |what were )?(?:the )?next steps?|what(?:'s| is| happens| comes) next"
    r"|by when|until when|by (?:what|which) (?:date|day|time)|whose (?:job|task|responsibility)(?: (?:is"
    r"|was) (?:it|that|this|" + _IT + r"))?"
    r"|who(?:'s| is| was| will be)? (?:responsible|accountable|in charge|to do (?:so|it|that|"
    + _IT
    + r")|doing "
    + _IT
    + r")(?: (?:for|of) "
    + _IT
    + r")?"
    + r"|who (?:looks after|takes care of|handles|deals with|sees to|carries out|will run|runs) "
    + _IT
    + r"|who (?:has|have|had|needs?|is supposed) to (?:do|carry out|handle|see to|take care of|deal with|look after) "
    + _IT
)
_RAISED = _of(
    rf"(?:has|have|had|did|was|were) {_IT}(?: (?:ever|since|later|been|subsequently|afterwards?|then))* "
    r"(?:(?:come|came|brought) (?:up|back)|raised|discussed|mentioned|return(?:ed)?|revisited|reopened|reconsidered"
    r"|on the agenda)(?: again)?(?: (?:in|at|during|before|after) .{2,24})?"
)
_PASSED = _of(
    rf"(?:is|are) {_IT} (?:still )?(?:in force|in effect|valid|in place|current|binding)(?: (?:today|now|still))?"
    rf"|(?:was|is) (?:{_IT}|that|this|it) the (?:final|last) (?:word|say|decision)(?: on {_IT})?"
    rf"|(?:did|has|had) {_IT} (?:ever |finally |already )?(?:pass(?:ed)?|go(?:ne)? through|get (?:approved"
    rf"|passed|adopted)|been (?:approved|passed|adopted|agreed))"
    rf"|(?:has|have|was|were|had) {_IT}(?: (?:ever|since|later|been|subsequently|afterwards?|then))* "
    rf"(?:changed|amended|revised|altered|modified|rescinded"
    r"|repealed|revoked|reversed|overturned|withdrawn|cancelled|canceled|postponed|extended|replaced)"
    rf"|(?:what|which way) (?:did {_IT} go|was the (?:final )?(?:decision|outcome|result|conclusion))"
)
_AGREES = _of(
    r"(?:did|does|do|would) (?!(?:it|they|that|this|he|she|anyone|anybody|everyone|everybody|someone|all)\b)"
    r"(?P<who>(?:the )?[\w.'-]+(?: [\w.'-]+){0,3}) (?:agree|disagree|concur|go along|side)"
    r"(?: with (?:him|her|them|that|this|it))?"
)
_NTH = _of(
    rf"(?:for |at |in |on )?(?:the |no\.? ?|number |#)?(?P<n>{ENGLISH_ORDINAL}|\d{{1,3}}(?:st|nd|rd|th))(?: one)?"
)
_ONE = _of(r"\b(?P<order>last|latest|most recent|newest|first|earliest|very first|second|third) one\b")


def read_english_clues(text: str, calendar: Calendar, speaker: str | None) -> Clues:
    """The clues of a question; `speaker` is whoever "she" would be."""
    wording = clean(text)
    words = Words.of(wording.clean, wording.offsets)
    asked = words.text.endswith("?")
    words = words.stripped(" ?!.,;:…")
    words, _ = _peeled(words, _FILLER)
    if more := _wants_more(words.text):
        return more
    words, opened = _peeled(words, _OPENER)
    words, closed = _closed(words)
    if _DETAILS.fullmatch(words.text):
        return Clues("", (), opened=True, refers=frozenset({Refers.TOPIC}), intent=Intent.SUMMARY)
    words = _one_meeting(_plainly(words))
    if nth := _NTH.fullmatch(words.text):
        return Clues("", (), True, True, session=english_number(re.sub(r"\D+$", "", nth["n"]) or nth["n"]))
    words = _reaction(words)
    asks = bool(_ASKS.match(words.text))
    words, shift = shifted(words, opened or not asks, asks)
    words, refers = _referring(words, calendar, speaker)
    rest = words.stripped(" ,;:?!.")
    additive = bool(
        re.search(r"\b(?:else|also|as well|too|besides|another|other)\b", rest.text, re.IGNORECASE)
    ) or (closed and asks)
    return Clues(
        rest.text,
        rest.offsets,
        opened=opened or closed,
        fragment=not asks,
        asked=asked,
        refers=frozenset(refers),
        shift=shift,
        additive=additive and asks,
        intent=_intent(rest.text),
    )


def _peeled(words: Words, pattern: re.Pattern[str]) -> tuple[Words, bool]:
    """The words without what the pattern matches in front, as often as it does, and whether it did."""
    found = False
    for _ in range(4):
        match = pattern.match(words.text)
        if not match or not match.end():
            break
        words, found = words.cut(0, match.end()).stripped(" ,"), True
    return words, found


def _closed(words: Words) -> tuple[Words, bool]:
    match = _CLOSER.search(words.text)
    if not match:
        return words, False
    goes_on = match[0].strip(" ,").lower() not in _SAYS_NO_MORE
    return words.cut(match.start(), match.end()).stripped(" ,"), goes_on


def _wants_more(text: str) -> Clues | None:
    """ "anything else?", "what else?", "more?": the same again, beyond what was said."""
    text = re.sub(r"^(?:and|but|so) ", "", text, flags=re.IGNORECASE)
    if _MORE.fullmatch(text) and not _NOT_MORE.fullmatch(text + " "):
        return Clues("", (), opened=True, refers=frozenset({Refers.TOPIC}), more=True)
    return None


def _one_meeting(words: Words) -> Words:
    """ "the latest one" as "the latest meeting"."""
    match = _ONE.search(words.text)
    return words.replace(match.end() - 3, match.end(), "meeting") if match else words


def _plainly(words: Words) -> Words:
    """Turns of phrase as what they ask: "what will it set us back", "what the year before brought"."""
    if costs := _COSTS.fullmatch(words.text):
        return words.replace(0, len(words.text), f"how much will {costs['it']} cost")
    if brought := _BROUGHT.fullmatch(words.text):
        end = words.cut(brought.end("t"), len(words.text))
        return end.cut(0, brought.start("t"))
    beside = _BESIDE.search(words.text)
    return words.cut(*beside.span()) if beside else words


def _reaction(words: Words) -> Words:
    """ "did Tom agree with her?" as what Tom said about it: what he agreed with is the matter of before."""
    match = _AGREES.fullmatch(words.text) or _WHERE_ONE_STANDS.fullmatch(words.text)
    if not match:
        return words
    start, end = match.span("who") if match["who"] else match.span("who2")
    tail = words.replace(end, len(words.text), " say about it")
    return tail.replace(0, start, "what did ")


def _referring(words: Words, calendar: Calendar, speaker: str | None) -> tuple[Words, set[Refers]]:
    """The words with what refers back cut or replaced, and what it refers to."""
    refers: set[Refers] = set()
    if match := _THAT_MEETING.search(words.text):
        words = words.cut(*match.span())
        refers.add(Refers.MEETING)
    elif (match := _MEETING_ITSELF.search(words.text)) and _HOLDING.search(words.text):
        refers.add(Refers.MEETING)
    words, found = _persons(words, calendar, speaker)
    refers |= found
    words, found = _topics(words, calendar)
    return words, refers | found


def _persons(words: Words, calendar: Calendar, speaker: str | None) -> tuple[Words, set[Refers]]:
    """ "she" by the name it stands for, where nobody in the question is meant."""
    match = _PERSON.search(words.text)
    if not match or _names_somebody(words.text[: match.start()], calendar):
        return words, set()
    named = speaker if speaker and who_is(speaker, calendar).speakers == (speaker,) else None
    possessive = (
        bool(match["her"])
        and bool(re.match(r" \w", words.text[match.end() :]))
        and match["her"].lower() != "hers"
    )
    new = (f"{named}'s" if named else "their") if possessive else (named or "they")
    return words.replace(*match.span(), new), {Refers.PERSON}


def _names_somebody(text: str, calendar: Calendar) -> bool:
    runs = re.findall(r"(?:[A-Z][\w.'-]*)(?: [A-Z][\w.'-]*)*", text)
    offices = re.findall(r"\bthe (?=(\w+)(?: (\w+))?)", text)
    phrases = [*runs, *(one for one, _ in offices), *(f"{one} {two}" for one, two in offices)]
    return any(who_is(phrase, calendar) for phrase in phrases)


def _topics(words: Words, calendar: Calendar) -> tuple[Words, set[Refers]]:
    """Every reference to a topic of before as STAND_IN; "they" who decide are the group that met."""
    refers: set[Refers] = set()
    passive = _THEY_PASSIVE.search(words.text)
    if passive:
        words = words.replace(*passive.span("they"), _IT)
        refers.add(Refers.TOPIC)
    elif (group := _GROUP.search(words.text)) and _is_group(words.text, group):
        refers.add(Refers.GROUP)
    for pattern in (_DEMONSTRATIVE, _DEFINITE, _PRONOUN):
        for match in reversed(list(pattern.finditer(words.text))):
            if _refers_back(words.text, match, calendar):
                new = f"{_IT}'s" if match[0].lower() == "its" else _IT
                words = words.replace(*match.span(), new)
                refers.add(Refers.TOPIC)
    return words, refers


def _is_group(text: str, group: re.Match[str]) -> bool:
    """ "did they decide", and "did it discuss the roof": whoever met; "did it pass" is said of a matter."""
    name = "g" if group["g"] else "g2"
    if group[name].lower() != "it":
        return group[name].lower() == "they"
    if re.match(
        r" (?:ever |also |even )?(?:come|came|go|get|pass)\b", text[group.end(name) :], re.IGNORECASE
    ):
        return False
    said = _GROUP_VERB.match(text, group.end(name))
    return bool(said and re.search(r"\w{3,}", said["rest"]))


def _refers_back(text: str, match: re.Match[str], calendar: Calendar) -> bool:
    """Whether a pronoun has no antecedent in the question itself and is none of grammar's own ("is it true that")."""
    word = match[0].lower()
    if _ASKED_NOUN.fullmatch(text) and word.startswith("the "):
        return False
    if any(span.start < match.end() and match.start() < span.end for span in quotations(text)):
        return False
    if word == "it" and any(e.start() <= match.start() < e.end() for e in _EXPLETIVE.finditer(text)):
        return False
    if word == "it" and any(
        g.span("g") == match.span() and _is_group(text, g) for g in _GROUP.finditer(text)
    ):
        return False
    if (
        word == "that"
        and _NOUN_THAT.search(text[: match.start()])
        and not re.match(r"$|[,?.!]", text[match.end() :])
    ):
        return False
    if word == "its" and (
        find_bodies(text[: match.start()], calendar)
        or re.search(r"\b(?:council|board|committee)\b", text[: match.start()])
    ):
        return False
    clauses = [c.start() for c in _CLAUSE.finditer(text, 0, match.start())]
    return not any(_has_content(text[:start]) for start in clauses[-1:])


def _has_content(text: str) -> bool:
    """Whether a piece of a question names something a later pronoun can mean."""
    said = re.compile(rf"{MEETING_VERBS}|{SAY}", re.IGNORECASE)
    return any(
        word.lower() not in _SMALL and not said.fullmatch(word) and word != _IT
        for word in re.findall(r"[\w'-]+", text)
    )


def _intent(rest: str) -> Intent | None:
    for pattern, intent in (
        (_BALLOT, Intent.VOTE),
        (_ACTION, Intent.ACTION),
        (_PASSED, Intent.DECISION),
        (_RAISED, Intent.MEETINGS),
    ):
        if pattern.fullmatch(rest):
            return intent
    return None
