"""The words English rules are made of: who decides, what they do, and how clerks put it."""

import re

from ingest.records import DecisionKind
from ingest.register.rules import Rule, cues_of

# A body speaks with one voice; people may agree on a view without deciding anything.
_BODY = (
    r"(?:committee|council|board|commission|panel|assembly|cabinet|meeting|conference|congress|parliament"
    r"|senate"
    r"|house|court|authority|executive|sub-?committee|working group|task force|task group|caucus|plenary"
    r"|forum"
    r"|consortium|trustees|directors|governors|commissioners|councillors|councilors|councilmembers|aldermen"
    r"|selectmen|selectboard|supervisors|shareholders|stockholders|tribunal|senators|jury|synod|vestry"
    r"|society|association|federation)"
)
_PEOPLE = (
    r"(?:members(?: present)?|participants|delegates|attendees|all present|those present|everyone|we|group"
    r"|team|owners|residents)"
)
_OF = (
    r"(?: of (?:the )?(?-i:[A-Z])[\w'’-]*(?: (?:and |of |the |for )?(?-i:[A-Z])[\w'’-]*){0,4})?"
    r"(?: \((?-i:[A-Z]+)\))?"
)
_ACRONYM = r"(?-i:(?:(?<=[Tt]he )|(?<![\w.] )(?<!\w))[A-Z]{2,6}\d{0,3})"
COUNCIL = rf"\b{_BODY}{_OF}"
BODY = rf"(?:\b{_BODY}{_OF}|{_ACRONYM})"
ANYONE = rf"(?:\b{_BODY}{_OF}|\b{_PEOPLE}|{_ACRONYM})"

# What may stand between the body and its verb: "the Board, after a debate, also unanimously approved".
_ASIDE = (
    r"(?:,? (?:in|for|at|with|until|by|on|under|after|following|having|upon|pursuant to"
    r"|through) [^,;:]{1,70}?,?| ?,[^,;:]{1,90},)?"
)
_ADVERB = (
    r"(?:,? (?:unanimously|also|then|therefore|formally|subsequently|thus|accordingly|further|jointly"
    r"|generally"
    r"|broadly|hereby|today|now|finally|provisionally|again|all|both|thereupon|consequently|in principle"
    r"|has|have"
    r"|by consensus|by unanimous (?:vote|consent)|without objection|in turn|concurrently|duly|officially"
    r"|informally|previously|first),?){0,3}"
)
BETWEEN = _ASIDE + _ADVERB

APPROVED = (
    r"approved|adopted|ratified|confirmed|endorsed|authori[sz]ed|accepted|passed|enacted|granted|awarded"
    r"|appointed"
    r"|re-?appointed|elected|re-?elected|selected|designated|nominated|co-opted|amended|reaffirmed|affirmed"
    r"|rescinded|repealed|sanctioned|certified|waived|allocated|appropriated|signed off on"
    r"|established(?= (?:a|an|the)\b)|declared(?= (?:a|an|the) )"
)
APPROVE = (
    r"approve|adopt|ratify|confirm|endorse|authori[sz]e|accept|pass|enact|grant|award|appoint|elect|support"
    r"|amend|recommend"
)
REJECTED = (
    r"rejected|denied|declined|defeated|refused|turned down|disapproved|dismissed|overturned|vetoed|overruled"
    r"|opposed"
)
REJECT = r"reject|deny|decline|refuse|disapprove|dismiss|oppose|not|take no action"
DEFERRED = (
    r"deferred|postponed|tabled|remanded|held over|adjourned consideration|laid over|put off|delayed|shelved"
    r"|pushed back|put back"
    r"|referred (?:the|this|it|that|these|back|a|an|all|both|item|bill)"
    r"|continued (?:the |this |its )?(?:public )?(?:item|hearing|matter|consideration|application|case|it)"
    r"|continued [^.;]{1,60}? to (?:the next|a (?:later|future|date)|a special)"
)
DEFER = (
    r"defer|postpone|table|continue|hold over|adjourn consideration|refer|remand|revisit|delay|come back to"
    r"|lay over|wait|put off|put back|push back|shelve"
)
_MONTH = (
    r"(?:(?:jan|febr)uary|march|april|may|june|july|august|(?:septem|octo|novem|decem)ber|spring|summer|autumn|fall"
    r"|winter|(?:19|20)\d\d|next (?:\w+day|week|month|year|spring|summer|autumn|fall|winter))"
)
LATER_DAY = (  # "move the opening from 1 May to 3 July"; that it is later, `english` makes sure of
    r"(?:(?:mov|push|shift|delay|postpon|defer|reschedul)(?:ed|e)?|put)(?: back| off)?\b(?:(?! to )[^.;]){0,120}?"
    r" (?:to|until|till) (?:(?:about|early|late|mid|the end of|the|a later day in)[ -])*(?:\w+day,? )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?{_MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?:,? \d{{4}})?"
    r"(?=\s*(?:[.;,:)]|$|(?:and|because|so|when|as|at|owing|due|since|pending|for|by|after|in|with)\b))"
)
NOTED = r"noted|received|took note|acknowledged|accepted the report|heard and noted"
ASSIGNED = (
    r"directed|instructed|requested|asked|tasked|charged|assigned|invited|mandated|delegated|commissioned"
    r"|called (?:on|upon)|required(?= (?!that\b|all\b)[^.;]{1,60}? to\b)"
)
STRESSED = (
    r"stressed|emphasi[sz]ed|highlighted|underlined|underscored|urged|called for|insisted|reiterated"
    r"|called attention to|encouraged|demanded|required(?= (?:that|all))"
)

MOTION = (
    r"\b(?:the |this |said |main |original |amended |substitute )*"
    r"(?:motion|amendment|resolution|ordinance|bylaw|by-law|bill|item|proposal)"
)
MOVERS = r"(?:[^.;]|\b(?:Mr|Ms|Mrs|Dr|Cllr|Hon|[A-Z])\.){1,80}?"
SO = (
    r"(?:(?:was|were|is|are|has been|have been|be) )?"
    r"(?:then |thus |therefore |also |hereby |duly |declared |put to (?:the|a) vote and )?(?:unanimously )?"
)
WAS = (
    r"\b(?:was|were|is hereby|are hereby|stands?|stood)(?: \w+ly| then| thus| therefore| also| not| hereby"
    r"| again| duly| subsequently| proposed, seconded and| moved, seconded and| moved and seconded and)?"
)
IT_WAS = (
    r"\bit (?:was|has been|is)(?: \w+ly| then| further| also| thus| therefore| proposed,? seconded,? and"
    r"| moved,? seconded,? and| moved and seconded and)*"
)

_COMMON = cues_of("to the that a an it this its is and of or with in on for by not no re at be all were was")


def rule(name: str, kind: DecisionKind, cues: str, *patterns: str) -> Rule:
    """A rule that finds any of the patterns; `cues` are the words of which one must stand there."""
    pattern = re.compile("|".join(patterns), re.IGNORECASE)
    return Rule(f"en.{name}", kind, pattern, cues_of(cues) - _COMMON)


def did(name: str, kind: DecisionKind, who: str, verbs: str, after: str = "") -> Rule:
    """A rule for who decides and what they did: "the Board, after a debate, unanimously approved"."""
    return rule(name, kind, verbs, rf"{who}{BETWEEN} (?:\w+ed,? and )?(?P<verb>{verbs})\b{after}")
