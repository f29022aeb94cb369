"""What spoken English settles for the meeting: a chair declares, a group says that it has decided.

Somebody's "I agree" or "okay, agreed" settles nothing, and most talk of decisions is about other ones;
so these rules want the present meeting in so many words, and let nothing hedged pass.
"""

import re

from ingest.records import DecisionKind as Kind
from ingest.register.english_terms import rule
from ingest.register.rules import Rule

_LEAD = (
    r"(?:^|[.:,;] ?)(?:so|okay|ok|yeah|alright|all right|right|well|then)(?: ,|,)? "
    r"(?:um ,? |uh ,? |then |i think |i guess )*"
)
_OPENING = (
    r"^(?:[^:]{1,60}: )?(?:(?:so|okay|ok|yeah|alright|all right|right|well|then|um|uh|and)(?: ,|,)? )+"
    r"(?:i think |i guess )?"
)
_WE_WILL = (
    r"(?:let's|let 's|let’s|we'll|we 'll|we’ll|we will|we 're gonna|we're gonna|we're going to"
    r"|we 're going to|we are going to)"
)
_MATTER = r"\b(?:motion|amendment|resolution|bill|clause)\b[^.;?]{0,60}?"

COMMITMENT = "spoken-commitment"
# What is done once the meeting is over; "I'll present", "I'll start", "let me check" are done there and then.
_AFTERWARDS = (
    r"(?:e-?mail|mail|send|write|draft|prepare|circulate|contact|arrange|organi[sz]e|schedule|submit|upload|publish|book"
    r"|invite|update|modify|fix|finali[sz]e|create|set up|follow up|get back|reach out|liaise|coordinate"
    r"|talk (?:to|with)|look into|find out|ask (?!you)|forward|order|install|file|register|ping|chase)"
)

SPOKEN = (
    rule(
        "spoken-motion",
        Kind.APPROVED,
        "carried carries passed passes adopted agreed approved",
        r"\b(?:motion|amendment|resolution|minutes|agenda|bill|clause)\b[^.;?]{0,60}?\b(?:is|are|was|were"
        r"|has been"
        r"|have been|stands)(?: now| hereby| therefore| unanimously)? (?P<verb>carried|passed|adopted"
        r"|agreed to|approved)(?=[.,;!]| unanimously| by | on division| as |$)",
        r"\bmotion (?:carried|carries|passes|passed|agreed to)\b",
        r"\bdeclare the (?:motion|amendment|\w+) (?:carried|adopted|passed)",
    ),
    rule(
        "spoken-motion-failed",
        Kind.REJECTED,
        "defeated lost rejected negatived fails failed",
        rf"{_MATTER}\b(?:is|was|has been)(?: now| hereby)? (?:defeated|lost|rejected|negatived)\b",
        r"\bmotion (?:fails|failed|negatived)\b",
        r"\bdeclare the (?:motion|amendment) (?:defeated|lost)",
    ),
    rule(
        "spoken-decided",
        Kind.DECIDED,
        "decided agreed agree decision settled approve adopt resolve decide",
        r"\bwe(?: have|'ve|’ve| 've)(?: now| just| all| already| finally)? (?:decided|agreed)(?: now"
        r"| today)? (?:to|that|on|for|not|against|we)\b",
        rf"{_OPENING}we (?:decided|agreed|agree)(?: then| now| here| today)? (?:to|that|on|for|not"
        rf"|against)\b",
        rf"{_LEAD}(?:the|our|that's the|that's our|that 's the) (?:final )?decision (?:is|will be)\b",
        r"\b(?:it's|it is|that's|that is|that 's) (?:been )?(?:decided|settled) then\b",
        r"\bwe (?:hereby|unanimously|formally) (?:agree|approve|adopt|resolve|decide)",
    ),
    rule(
        "spoken-lets-go",
        Kind.DECIDED,
        "go stick settle decide opt",
        rf"{_LEAD}{_WE_WILL}(?: just| all)? (?:go with|go for|stick with|stick to|settle on|settle for"
        rf"|decide on"
        r"|opt for)\b(?! (?:it|lunch|coffee|a (?:break|walk)|the (?:next|\w+ ?presentations?|(?:the )?lunch)"
        r"|dinner))",
    ),
    rule(
        "spoken-deferred",
        Kind.DEFERRED,
        "put defer postpone table hold leave push",
        rf"(?:^|[.:,;] ?)(?:so|okay|ok|right|well|then|and)?,? ?{_WE_WILL}(?: just| have to)? (?:put (?:that"
        rf"|this|it)(?: one| item)? off"
        r"|(?:defer|postpone|table) (?:that|this|it|the)|hold (?:that|this|it) over"
        r"|(?:leave|push) (?:that|this|it) (?:until|till|to) (?:the )?next)\b",
    ),
    rule(
        "spoken-consensus",
        Kind.AGREED,
        "consensus consent agreement",
        r"\b(?:we|you)(?: do| now)? (?:have|'ve got|’ve got|have got)(?: a| now| full| rough| clear"
        r"| unanimous)* (?:consensus|unanimous consent|agreement)\b(?! (?:process|seeking))",
        r"\b(?:sounds like|that's|we've reached|we have reached|i am hearing|i'm hearing"
        r"|i hear) (?:a )?consensus\b",
        r"\bconsensus (?:is |has been |was )(?:reached|achieved)\b",
    ),
    rule(
        "spoken-action",
        Kind.ASSIGNED,
        "action volunteer",
        r"\b(?:i'll|i’ll|i will|we'll|we’ll|we will|let me) (?:take (?:that|this|it"
        r"|an?)(?: on)?(?: as)?(?: an?)? action|volunteer)\b",
        r"\baction item (?:for|on) (?-i:[A-Z])\w+ (?:is|to)\b",
    ),
    rule(
        COMMITMENT,
        Kind.ASSIGNED,
        "",
        rf"\b(?:i'll|i ’ll|i’ll|i 'll|i will|i'm going to|i am going to)"
        rf"(?: also| then| just| simply| definitely| quickly)* {_AFTERWARDS}\b",
        rf"\blet me(?: just| then)? {_AFTERWARDS}\b(?!.{{0,30}}\b(?:screen|slides?|now)\b)",
    ),
)

NEAR = 120  # characters before the match in which a hedge takes its force

_HEDGED = re.compile(
    r"\b(?:if|whether|should we|could we|can we|do we|did we|when|once|until|unless|maybe|perhaps|would|might"
    r"|don't think|not sure|last (?:meeting|time|week|year|month)|previous(?:ly)?|before|earlier|ago|already"
    r"|i thought|remember|asking for|seeking|ask for|looking for|assum\w+|make sure|ensure|hope|want"
    r"|sure that"
    r"|like to|whenever|yesterday|saying|because of|that we|which we|what we|because we|where we|as we"
    r"|why we|how we"
    r"|since we|after|let's discuss)\b",
    re.IGNORECASE,
)


def settles(rule: Rule, sentence: str, match: re.Match[str]) -> bool:
    """Whether the words around the match leave it a statement of this meeting; what is put off waits for something."""
    return rule.kind is Kind.DEFERRED or not _HEDGED.search(
        sentence[max(0, match.start() - NEAR) : match.end() + 20]
    )
