"""What sentences of English minutes record, tried in this order; a negated outcome first."""

from ingest.records import DecisionKind as Kind
from ingest.register.english_terms import (
    ANYONE,
    APPROVE,
    APPROVED,
    ASSIGNED,
    BETWEEN,
    BODY,
    COUNCIL,
    DEFER,
    DEFERRED,
    IT_WAS,
    LATER_DAY,
    MOTION,
    MOVERS,
    NOTED,
    REJECT,
    REJECTED,
    SO,
    STRESSED,
    WAS,
    did,
    rule,
)

_SHOULD = r"[^.;]{1,90}? (?:should|shall|would be|will be)"
_AGREEMENT = r"(?:consensus|agreement|decision|conclusion|position)"
_REACHED = r"(?:reached|made|taken|achieved|found)"

NEGATED = (
    rule(
        "not-approved",
        Kind.REJECTED,
        "approved adopted accepted agreed carried passed supported granted endorsed",
        rf"(?:{WAS}|\b(?:have|has)) not (?:been )?(?:unanimously )?"
        r"(?:approved|adopted|accepted|agreed|carried|passed|supported|granted|endorsed)\b",
    ),
    rule(
        "did-not-approve",
        Kind.REJECTED,
        "did could does do failed unable declined refused voted decided agreed resolved opted chose ruled",
        rf"{ANYONE}{BETWEEN} (?:(?:did not|could not|does not|do not|failed to|was unable to|were unable to"
        rf"|declined to|refused to) (?:(?:{APPROVE})(?! that)|agree (?:to|with|on))"
        r"|(?:voted|decided|agreed|resolved|opted|chose) not to [a-z]+|(?:voted|decided|ruled) against)\b",
    ),
    rule(
        "motion-failed",
        Kind.REJECTED,
        "did not failed fails defeated lost rejected negatived denied died dies",
        rf"{MOTION} (?:to [^.;]{{1,200}}? |(?:made )?by {MOVERS} )?{SO}(?:did not (?:carry|pass)"
        r"|not (?:carried|passed|approved|adopted)|failed|fails|defeated|lost|rejected|negatived|denied"
        r"|died|dies)\b",
    ),
    rule(
        "no-consensus",
        Kind.UNDECIDED,
        "consensus agreement decision conclusion action position",
        r"\b(?:could not|did not|failed to|unable to|not able to) (?:yet )?(?:reach|come to|achieve|find) "
        rf"(?:a |an |any )?(?:\w+ )?{_AGREEMENT}\b",
        r"\b(?:no|not (?:reach|have|achieve|yet have)(?: a| any)?|without(?: reaching)? (?:a|any)|lack of) "
        rf"(?:{_AGREEMENT}|action)(?: (?:was|were|has been|could be|is)(?: \w+)? {_REACHED}| {_REACHED})",
        rf"^\W*no {_AGREEMENT}\b(?! (?:is|was) (?:needed|required))",
        rf"\b{_AGREEMENT} (?:was|has|is) not (?:been )?(?:yet )?{_REACHED}",
    ),
    rule(
        "left-open",
        Kind.UNDECIDED,
        "open undecided unresolved unsettled outstanding decided settled",
        r"\b(?:remain(?:s|ed)?|left)(?: still)?"
        r" (?:open(?= *(?:[.;,]|$|for (?:now|the time|a later)|until|pending))|undecided|unresolved|unsettled)\b",
        r"\b(?:is|was)(?: still)? (?:undecided|unresolved|unsettled)\b",
        r"\b(?:has|have|was|were|is|are) (?:not yet|still not|yet to)(?: been| be)?(?: finally)? (?:decided"
        r"|settled|resolved)\b",
    ),
)

OUTCOMES = (
    rule(
        "withdrawn",
        Kind.WITHDRAWN,
        "withdrawn withdrew",
        rf"{WAS} (?P<verb>withdrawn)\b(?! from (?:the )?(?:account|reserve|fund|bank))",
        rf"{MOTION} {SO}withdrawn\b",
        r"\b(?:(?-i:[A-Z])\S+|applicants?|mover|petitioners?|proposers?|he|she|they)(?: then| later| has| have)*"
        r" (?P<verb_>withdrew|withdrawn) (?:the|his|her|their|its|an?) [^.;]{0,60}?"
        r"\b(?:motion|amendment|proposal|application|request|petition|item|bid|resolution|objection|nomination|plan)\b",
    ),
    rule(
        "motion-deferred",
        Kind.DEFERRED,
        "tabled postponed deferred referred continued held",
        rf"{MOTION} {SO}(?:tabled|postponed|deferred|referred|continued|held over)\b",
    ),
    rule(
        "put-to-later-day",
        Kind.DEFERRED,
        "move moved put push pushed shift shifted reschedule rescheduled delay delayed postpone postponed defer",
        rf"(?P<verb>\b(?:agreed|decided|resolved|voted) to|{WAS}|\b(?:is|are|has been|have been)) {LATER_DAY}",
    ),
    rule(
        "motion-carried",
        Kind.APPROVED,
        "carried carries passed passes adopted agreed approved",
        rf"{MOTION} (?:to [^.;]{{1,200}}? |(?:made )?by {MOVERS} |on [^.;]{{1,80}}? )?{SO}"
        r"(?:carried|carries|passed|passes|adopted|agreed(?: to)?|approved)\b",
    ),
    rule(
        "carried-by",
        Kind.APPROVED,
        "carried passed approved adopted agreed elected",
        r"(?:^|[,;.:)–-] ?|\bseconded\b.* and )unanimously (?:carried|approved|adopted|passed|agreed"
        r"|elected)\b",
        r"(?:^|[,;.:)] ?|\band (?:was |were |it was )?|\b(?:it|was|were) )(?:carried|passed|approved"
        r"|adopted|agreed)(?:,| was)? (?:unanimously|nem\.? ?con|\(?\d+\s?(?:-|–|to)\s?\d+"
        r"|by (?:a |an )?(?:unanimous |majority |roll[- ]call |voice |\w+ )?"
        r"(?:vote|majority|consensus|acclamation|show of hands|consent))",
    ),
    rule(
        "unanimous-consent",
        Kind.APPROVED,
        "objection objections",
        r"\b(?:there being|hearing|with|seeing) no (?:further )?objections?\b.*"
        r"\b(?:approved|adopted|accepted|carried|so ordered|passed)\b",
    ),
    rule(
        "resolved",
        Kind.DECIDED,
        "resolved resolve",
        r"(?:^|[;:.] ?"
        r"|\band )(?:now,? therefore,? )?(?:be it )?(?:further )?(?:it was )?(?:unanimously )?(?:duly )?"
        r"resolved?,?(?: unanimously| further| nem\.? ?con\.?)?:?,? (?:that|to|by)\b",
        rf"{IT_WAS} resolved\b",
    ),
    rule(
        "bare-approved",
        Kind.APPROVED,
        "approved adopted ratified accepted authorised authorized appointed elected",
        r"^\W*(?:unanimously )?(?P<verb>approved|adopted|ratified|accepted|authori[sz]ed|appointed|elected)"
        r" (?:(?:the|a|an|all|motion|minutes|budget|unanimously)\b|as (?!of)|by (?:consensus|unanimous"
        r"|vote)|\d"
        r"|(?-i:[A-Z]\w))",
    ),
    rule(
        "bare-rejected",
        Kind.REJECTED,
        "rejected denied",
        r"^\W*(?P<verb>rejected|denied) (?:the|a|an|all|by)\b",
    ),
    rule(
        "bare-deferred",
        Kind.DEFERRED,
        "deferred postponed tabled delayed shelved",
        r"^\W*(?P<verb>deferred|postponed|tabled|delayed|shelved) (?:the|a|an|all|to|until|for|pending)\b",
    ),
    rule(
        "bare-agreed",
        Kind.AGREED,
        "agreed decided voted",
        r"^\W*(?:unanimously )?(?P<verb>agreed|decided|voted) (?:to|that|on|unanimously|in favou?r)\b",
    ),
    rule(
        "all-agreed",
        Kind.AGREED,
        "agreed agreement favour favor approved carried resolved passed adopted elected appointed",
        r"\b(?:all|everyone|all members|all present|all councillors|it was all)(?: were"
        rf"| was)? (?:in agreement|agreed(?! that)|agreed that {_SHOULD}|(?:in|voted in) favou?r)\b",
        r"\bseconded[^.;]{0,80}\b(?:and|;|,) (?:was |were |all |it was |unanimously |so )*"
        r"(?:agreed|approved|carried|resolved|passed|adopted|elected|appointed)\b",
    ),
    rule(
        "it-was-deferred",
        Kind.DEFERRED,
        "agreed decided resolved determined",
        rf"{IT_WAS} (?:agreed|decided|resolved|determined) (?:to|that [^.;]{{1,100}}? (?:should |would "
        rf"|will )?"
        rf"(?:be|shall be))(?: \w+ly)? (?:{DEFER}|deferred|postponed|tabled|adjourned|revisited|continued)\b",
    ),
    rule(
        "it-was-decided",
        Kind.DECIDED,
        "decided determined ordered ruled",
        rf"{IT_WAS} (?P<verb>decided|determined|ordered|ruled)\b",
    ),
    rule("it-was-agreed", Kind.AGREED, "agreed recommended", rf"{IT_WAS} (?P<verb>agreed|recommended)\b"),
    rule("it-was-concluded", Kind.CONCLUDED, "concluded", rf"{IT_WAS} (?P<verb>concluded)\b"),
    rule(
        "vote-to",
        Kind.DECIDED,
        "voted",
        rf"{ANYONE}{BETWEEN} (?P<verb>voted)(?: \w+ly| by [\w ]{{1,30}}|,? \(?\d+\s?(?:-|–|to"
        rf"|:)\s?\d+\)?(?:-\d+)?,?| in favou?r)*,? (?:to|for|of|on|in favou?r)\b",
    ),
    did(
        "body-deferred",
        Kind.DEFERRED,
        ANYONE,
        rf"(?:decided|agreed|resolved|voted|chose) to (?:\w+ly )?(?:{DEFER})|{DEFERRED}",
    ),
    did(
        "body-rejected",
        Kind.REJECTED,
        ANYONE,
        rf"(?:decided|agreed|resolved|voted|chose) to (?:{REJECT})|{REJECTED}",
    ),
    did("body-approved", Kind.APPROVED, ANYONE, APPROVED),
    did(
        "body-decided",
        Kind.DECIDED,
        ANYONE,
        r"decided|resolved(?= (?:to|that)\b)|determined(?= (?:to|that)\b)|opted|chose|elected to|settled on"
        r"|ruled|made (?:a|the|its) (?:final )?decision|took (?:a|the|its) decision|recommended",
    ),
    did(
        "body-agreed",
        Kind.AGREED,
        ANYONE,
        r"(?:(?:came to|reached) (?:a |an |the )?(?:\w+ )?(?:consensus|agreement|decision)|agreed)"
        rf"(?: \w+ly| in principle)?(?= (?:to|upon|unanimously|by)\b| that {_SHOULD}\b)",
    ),
    did("body-agreed", Kind.AGREED, BODY, r"agreed(?= (?:that|on|with)\b)"),
    *(
        rule(
            f"then-{name}",
            kind,
            "noted received considered discussed reviewed heard",
            rf"{COUNCIL}{BETWEEN} (?:noted|received|considered|discussed|reviewed"
            rf"|heard) [^.;]{{1,140}}?,? and "
            rf"(?:\w+ly )?(?:{verbs})\b",
        )
        for name, kind, verbs in (
            ("deferred", Kind.DEFERRED, DEFERRED),
            ("rejected", Kind.REJECTED, REJECTED),
            ("approved", Kind.APPROVED, APPROVED),
            ("agreed", Kind.AGREED, r"agreed (?:to|that|on)|decided (?:to|that|on)|resolved (?:to|that)"),
        )
    ),
    did(
        "body-concluded",
        Kind.CONCLUDED,
        COUNCIL,
        r"concluded(?= that\b)|reached the conclusion|came to the conclusion",
    ),
    rule(
        "consensus",
        Kind.AGREED,
        "consensus agreement decision compromise",
        r"\b(?:consensus|agreement|decision|compromise)(?: \w+)? (?:was|has been|were)(?: \w+ly)? "
        r"(?:reached|achieved|made|taken|found)\b",
        r"\b(?:reached|reaching|came to) (?:a |an )?(?:\w+ )?(?:consensus|agreement) (?:to|on|that|about"
        r"|for)\b",
    ),
    did(
        "directed",
        Kind.ASSIGNED,
        COUNCIL,
        ASSIGNED,
        r" (?!about|whether|if |for clarification|why|how|what|when|questions?|by |toward|at )"
        r"[^.;]{0,80}?\b(?:to|that|for|with)\b",
    ),
    rule(
        "was-directed",
        Kind.ASSIGNED,
        "directed instructed asked tasked requested assigned delegated charged authorised authorized"
        " mandated required",
        r"\b(?:staff|clerk|secretary|treasurer|manager|attorney|officer|director|chair\w*|superintendent"
        r"|engineer|administrator|administration|solicitor|secretariat|planner|mayor|subcommittee|committee"
        r"|(?-i:[A-Z][a-z]+ [A-Z][a-z]+|(?:Mr|Ms|Mrs|Dr|Cllr|Councillor)\.? [A-Z]\w+)) (?:was"
        r"|were) (?:\w+ly )?"
        r"(?:directed|instructed|asked|tasked|requested|assigned|delegated|charged|authori[sz]ed"
        r"|mandated) (?:to|with)\b",
        rf"{IT_WAS} (?:directed|instructed|requested|required) that\b",
    ),
    rule(
        "volunteered",
        Kind.ASSIGNED,
        "volunteered offered undertook took has will agreed",
        r"\b(?P<owner>(?-i:[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})) (?:volunteered to|offered to|undertook to"
        r"|took an action|has an action|will take an action|(?:has |have )?agreed to (?:take|write|draft"
        r"|review"
        r"|prepare|contact|report|look|follow|investigate|chair|lead|circulate|send|provide|speak|arrange"
        r"|check|work|bring|share|create|file|update|organi[sz]e))\b",
    ),
    did(
        "directive",
        Kind.DECIDED,
        BODY,
        r"seeks|directs|authori[sz]es|instructs|requests|resolves|approves|adopts|declares|determines|orders"
        r"|recommends|ratifies|endorses|accepts|appoints",
    ),
    rule(
        "passive-deferred",
        Kind.DEFERRED,
        "deferred postponed tabled held laid put delayed shelved pushed rescheduled referred carried continued removed"
        " pulled",
        rf"{WAS} (?P<verb>deferred|postponed|tabled|held over|laid over|put (?:off|back|on hold)|delayed|shelved"
        r"|pushed back|rescheduled|referred (?:back )?to"
        rf"|carried (?:over|forward)|continued (?:to|until)|removed from the agenda|pulled from)\b",
    ),
    rule(
        "passive-rejected",
        Kind.REJECTED,
        "rejected denied defeated declined turned dismissed refused disapproved vetoed negatived",
        rf"{WAS} (?P<verb>rejected|denied|defeated|declined|turned down|dismissed|refused|disapproved|vetoed"
        r"|negatived)\b",
    ),
    rule(
        "passive-approved",
        Kind.APPROVED,
        "approved adopted accepted ratified confirmed endorsed carried passed elected reelected"
        " appointed reappointed opted rescinded awarded granted authorised authorized agreed"
        " signed taken moved nominated",
        rf"{WAS} (?P<verb>approved|adopted|accepted|ratified|confirmed|endorsed|carried|passed|elected"
        rf"|re-?elected"
        r"|appointed|re-?appointed|co-opted|rescinded|awarded|granted|authori[sz]ed|signed as|taken as read"
        r"|nominated"
        r"|agreed(?! (?:by|with|upon) (?:all )?(?:parties))|moved, seconded and (?:approved|carried)"
        r"|unanimously approved)\b",
    ),
    rule(
        "item-approved",
        Kind.APPROVED,
        "approved adopted accepted ratified agreed",
        r"^\W*(?:\w+ ){0,3}?(?:agenda|minutes|notes|budget|accounts|schedule|report|calendar|payments?"
        r"|bills|invoices)(?: \w+){0,2} (?:as (?:presented|amended|circulated|corrected) )?"
        r"(?P<verb>approved|adopted|accepted|ratified|agreed)(?: unanimously| as \w+| by \w+)*\W*$",
    ),
    did("noted", Kind.NOTED, COUNCIL, NOTED, r"(?! by\b)"),
    rule(
        "passive-noted",
        Kind.NOTED,
        "noted received acknowledged placed",
        r"\b(?:reports?|correspondence|letter|update|minutes|accounts|information|apologies|contents|petition"
        r"|communications?|statement|presentation|memo|resignation|declarations?|budget|audit)\b[^.;]{0,80} "
        r"(?:was|were) (?:\w+ly )?(?P<verb>noted|received(?: and (?:filed|noted))?|acknowledged"
        r"|placed on file)\b",
    ),
)

EMPHASES = (
    did("emphasised", Kind.EMPHASISED, COUNCIL, STRESSED),
    rule(
        "was-emphasised",
        Kind.EMPHASISED,
        "emphasised emphasized stressed highlighted underlined underscored reiterated",
        rf"{IT_WAS} (?:emphasi[sz]ed|stressed|highlighted|underlined|underscored|reiterated)\b",
        r"\b(?:was|were)(?: \w+ly| also| further| again)* (?:emphasi[sz]ed|stressed|highlighted|underscored"
        r"|underlined)\b(?! (?:by|in)\b)",
    ),
    rule(
        "urged-to",
        Kind.EMPHASISED,
        "urged encouraged called exhorted reminded required call",
        r"\b(?:was|were)(?: \w+ly| also| further| again)* (?:urged|encouraged|called (?:on|upon)|exhorted"
        r"|reminded|required) to\b",
        r"\bwith a call (?:to|for)\b",
    ),
)
