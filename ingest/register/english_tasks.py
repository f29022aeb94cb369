"""Whom an English sentence charges with what: "The Water Bureau must report by 30 June", "Clerk to write"."""

import re
from collections.abc import Collection, Iterable

from ingest.register.deadlines import DAY, deadline, deadline_of_task
from ingest.register.rules import Charge

_FIRST, _MORE = r"[A-Z][\w.'’-]*(?:/[A-Z]\w*)*", r"(?: (?:of (?:the )?)?[A-Z][\w.'’-]*)"
_NAME = rf"{_FIRST}{_MORE}{{0,4}}"
_ROLE = (
    r"(?:the |our |its )?"
    r"(?:(?:town|city|village|parish|county|deputy|assistant|vice|general|project|executive|finance) )*"
    r"(?:clerk|secretary|treasurer|manager|attorney|administrator|director|superintendent|engineer|officers?"
    r"|chair(?:man|woman|person)?|mayor|staff|secretariat|editors?|committee|subcommittee|working group"
    r"|solicitor|architect|auditor|management|administration|department|bureau|office|contractor|consultant"
    r"|surveyor|caretaker|accountant|librarian|planner|landlord|trustees)"
)
WHO = rf"(?P<who>{_NAME}(?:(?:, | and | & |, and ){_NAME}){{0,4}}|{_ROLE})"
"""A pattern of one or more people, offices or bodies, in the group "who"; not to be compiled with IGNORECASE."""
TO_DO = (
    r"(?:report|review|prepare|send|write|contact|follow|circulate|draft|investigate|provide|update|check"
    r"|arrange|bring|submit|present|meet|organi[sz]e|liaise|obtain|publish|confirm|consider|schedule|create"
    r"|file|add|produce|distribute|email|call|find|ask|invite|ensure|complete|work|share|talk|speak|look|get"
    r"|coordinate|finali[sz]e|revise|research|propose|post|open|set|develop|discuss|test|fix|come|make|put"
    r"|take|explore|collect|compile|seek|request|issue|approach|notify|inform|book|install|purchase|order|pay"
    r"|advertise|upload|clarify|continue|attend|chair|lead|draw|monitor|advise|respond|gather|chase|consult"
    r"|place|examine|hold|return|visit|supply|implement|negotiate|appoint|hire|action|undertake|carry|finish"
    r"|release|repair|replace|deliver|conclude|resolve|remove|clean|clear|buy|sell|sign|apply|audit|survey"
    r"|inspect|dredge|repaint|paint|build|launch|start|begin|close|transfer|recruit|train|translate|scan|print)"
)
"""A pattern of verbs that tasks begin with."""
ASKED = r"(?:directed|instructed|requested|asked|tasked|charged|authori[sz]ed|required|called (?:up)?on)"
"""A pattern of how a meeting gives somebody a task."""
_ASKS = rf"(?:{ASKED}|directs|instructs|requests|asks|requires|calls on)"

_DUTY = (
    r"(?: to| will| shall| must| should| is to| are to| (?:has|have|needs?|is|are|was|were) (?:(?!not\b)\w+ )?to"
    rf"| (?:is|are|was|were) (?:\w+ly )?{ASKED} to)"
)
_CHARGE = re.compile(
    rf"(?:^\W*(?:\d+[.)] )?|(?<=, )|(?<=; )|\band |\bwhile |\b{_ASKS}(?: that)? |\bthat )"
    rf"(?P<begins>)(?:[Tt]he )?{WHO}{_DUTY} {TO_DO}\b"
)
_APART = re.compile(r"(?:[,;]|\band|\bwhile)\s*$")


def charges(sentence: str) -> list[Charge]:
    """The parts of a sentence that each give somebody of their own something to do by a day, in order.

    >>> [one.who for one in charges("Ms Lane is to write by 5 May, and Mr Orr is to get three quotes by 9 May.")]
    ['Ms Lane', 'Mr Orr']
    """
    found = [match for match in _CHARGE.finditer(sentence) if _may_act(match["who"])]
    begins: list[re.Match[str]] = []
    for match, end in zip(found, [*(m.start("begins") for m in found[1:]), len(sentence)], strict=False):
        timed = deadline(sentence[match.start("begins") : end]) is not None
        apart = not begins or _APART.search(sentence[: match.start("begins")])
        if timed and apart:
            begins.append(match)
    starts = [match.start("begins") for match in begins]
    ends = [*starts[1:], len(sentence)][: len(starts)]
    return [
        Charge(start, end, match["who"], True) for match, start, end in zip(begins, starts, ends, strict=True)
    ]


_ASSIGNMENT = re.compile(rf"^\W*(?:\d+[.)] )?{WHO}(?: to| will| shall| is to| are to) (?:{TO_DO}|do)\b")
_APART_NAMES = re.compile(r",? and |, | & ")
_LISTED = re.compile(rf"^\W*(?:\d+[.)] )?{WHO}(?:[:：]| [–—-]) (?:to )?(?P<verb>(?i:{TO_DO}))\b")
_NAMED = re.compile(  # whatever follows, a day closes it: "PN: three quotes, due 14 May"
    rf"^\W*(?:\d+[.)] )?(?P<who>[A-Z]{{2,4}}|{_FIRST}{_MORE}{{1,4}}|(?i:{_ROLE}))(?:[:：]| [–—-]) "
    rf"[^.?!]*[,;(–—-] ?(?:due|by|before|no later than)?:? ?(?:by )?{DAY}\)?\.?$"
)
_THINGS = re.compile(
    r"\b(?:Motion|Request|Proposal|Right|Introduction|Update|Changes?|Response|Resolution|Vote|Plan|Decision"
    r"|Agreement|Guide|Amendment|Need|Time|Access|Approach|Opportunity|Due|Prior|According|Next|Back|Thanks"
    r"|How|What|Where|When|Want|Able|Going|Used|Try|Have|Has|Up|Opposed|Consensus|Authority|Ability|Yes|No"
    r"|Way|Easy|Hard|Ready|Happy|Nothing|Something|Everyone|Council|Board|Committee|Meeting)$",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"^(?:It|This|That|There|The|These|Those|A|An|All|Motion|If|What|They|We|He|She|I|You|No|Any|Each|Our"
    r"|Decision|Resolution|Resolved|RESOLVED|Conclusion|Outcome|Action|ACTION|Note|Agreed)\b(?! [A-Z])"
)
_PERSONAL = re.compile(
    r"^(?:[A-Z]{2,4}\b|(?:Mr|Ms|Mrs|Dr|Cllrs?|Councillors?|Prof|Sgt|Chief|Mayor)\b"
    rf"|(?:{_NAME}[ ,&]+(?:and )?){{1,4}}[A-Z]|(?i:{_ROLE}))"
)


def assigns(sentence: str, people: Collection[str] = ()) -> bool:
    """Whether a plain sentence is a note of who is to do what: "Clerk to write to the County".

    A single capitalised word before "to" may be anything; with a deadline it is taken for a name, and where one of the
    `people` of the meeting goes by it: "Rory will look into the mowing". So is what stands
    before a colon or a dash: "Ann Lee: obtain quotes, due 5 May".
    """
    if len(sentence) > 400:
        return False
    if (match := _ASSIGNMENT.match(sentence)) and not _is_nobody(match["who"]):
        known = all(name in people for name in _APART_NAMES.split(match["who"]))
        return bool(known or _PERSONAL.match(match["who"]) or deadline(sentence))
    return doer(sentence) is not None and deadline_of_task(sentence) is not None


def names_of(people: Iterable[str]) -> frozenset[str]:
    """What people go by in minutes: the whole name, the first, the last.

    >>> sorted(names_of(["Ann Lee"]))
    ['Ann', 'Ann Lee', 'Lee']
    """
    split = (name.split() for name in people)
    return frozenset(part for words in split if words for part in (" ".join(words), words[0], words[-1]))


def doer(line: str) -> str | None:
    """Who is to act, where a line of a list begins with them and goes on with what: "Ann Lee: obtain quotes"."""
    listed = _LISTED.match(line)
    if listed and listed["verb"][0].isupper() and listed["who"].isalpha() and not listed["who"].isupper():
        listed = None  # "Ann: Call them by 6 May" may be speech
    match = listed or _ASSIGNMENT.match(line) or _NAMED.match(line)
    return None if match is None or _is_nobody(match["who"]) else match["who"]


def is_person(who: str) -> bool:
    """Whether what a pattern took for somebody may be one."""
    return not _NOBODY.match(who)


def _may_act(who: str) -> bool:
    """Whether a name, if perhaps one that ends in a thing, is of somebody: "Parks Committee", not "Plan"."""
    return is_person(who) and not _THINGS.fullmatch(who)


def _is_nobody(who: str) -> bool:
    return bool(_THINGS.search(who) or _NOBODY.match(who))
