"""Who is to act."""

import re

from ingest.register.deadlines import deadline

_NAME = r"[A-Z][\w.'’-]*(?:/[A-Z]\w*)*(?: [A-Z][\w.'’-]*){0,3}"
_ROLE = (
    r"(?:the |our |its )?"
    r"(?:(?:town|city|village|parish|county|deputy|assistant|vice|general|project|executive|finance) )*"
    r"(?:clerk|secretary|treasurer|manager|attorney|administrator|director|superintendent|engineer|officer"
    r"|chair(?:man|woman|person)?|mayor|staff|secretariat|editors?|committee|subcommittee|working group"
    r"|solicitor|architect|auditor|management|administration)"
)
_WHO = rf"(?P<who>{_NAME}(?:(?:, | and | & |, and ){_NAME}){{0,4}}|{_ROLE})"
_TO_DO = (
    r"(?:report|review|prepare|send|write|contact|follow|circulate|draft|investigate|provide|update|check"
    r"|arrange"
    r"|bring|submit|present|meet|organi[sz]e|liaise|obtain|publish|confirm|consider|schedule|create|file|add"
    r"|produce|distribute|email|call|find|ask|invite|ensure|complete|work|share|talk|speak|look|get"
    r"|coordinate"
    r"|finali[sz]e|revise|research|propose|post|open|set|develop|discuss|test|fix|come|make|put|take|explore"
    r"|collect|compile|seek|request|issue|approach|notify|inform|book|install|purchase|order|pay|advertise"
    r"|upload"
    r"|clarify|continue|attend|chair|lead|draw|monitor|advise|respond|gather|chase|consult|place|examine"
    r"|hold|return|visit|supply|implement|negotiate|appoint|hire|action|undertake|carry)"
)
_ASKED = r"(?:directed|instructed|requested|asked|tasked|charged|authori[sz]ed)"
_LABEL = r"(?i:^\W*(?:action(?: item| point)?s?|AI|todo|to do|task)\s*\d*\s*[:：–-]\s*)"
_HAN_ACTS = r"(?:牵头|负责|会同|落实|抓紧|尽快|办理|跟进|组织|研究|起草|于|在|来|按|根据)"
_HAN_DOES = r"(?:跟进|完成|整理|准备|联系|提交|组织|起草|落实|确认|汇总)"
_HAN_NAME = r"[\u4e00-\u9fff·]{2,4}"
_OWNERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b(?:owner|responsible|assigned to|assignee|lead|action by|who|by whom)\s*[:：]\s*){_WHO}",
        r"(?i:^\W*(?:action(?: item| point)?s?|AI))\s*[(\[]\s*(?P<who>[A-Z][^)\]]{0,60})\s*[)\]]",
        rf"{_LABEL}(?:[Tt]he )?{_WHO}(?: to | will | shall | is to | should |[:：])",
        rf"^\W*(?:\d+[.)] )?{_WHO}\s?(?: to {_TO_DO}\b| will | shall | is to | are to |[:：] )",
        rf"\b(?:{_ASKED}|directs|instructs|requests|delegated to|appointed) {_WHO} (?:to|with)\b",
        rf"{_WHO} (?:was|were) (?:\w+ly )?(?:{_ASKED}|assigned|delegated|appointed)\b",
        rf"{_WHO} (?:volunteered|offered|undertook|agreed) to\b",
        rf"{_WHO} (?:took an action|will|is to|are to) {_TO_DO}?",
        r"(?:由|请|责成|委托|指定)"
        rf"(?P<who>[^，。；：、（(\d]{{2,16}}?(?:、[^，。；：、\d]{{2,12}}?){{0,4}})(?:同志)?{_HAN_ACTS}",
        r"(?:责任(?:人|单位|部门)|牵头(?:单位|部门|人)?|负责人)[:：]\s*(?P<who>[^，。；：\s）)]{2,30})",
        r"(?:^[\W\d]*|[，。；：]\s*)(?P<who>[^\W\d][^，。；：]{1,15}?)(?:牵头|负责)(?!任)",
        rf"^[\W\d]*(?P<who>{_HAN_NAME}?(?:、{_HAN_NAME}?)*){_HAN_DOES}",
    )
)
_NOBODY = re.compile(
    r"^(?:It|This|That|There|The|These|Those|A|An|All|Motion|If|What|They|We|He|She|I|You|No|Any|Each|Our"
    r"|Decision"
    r"|Resolution|Resolved|RESOLVED|Conclusion|Outcome|Action|Note|Agreed)\b(?! [A-Z])"
)

_WHOLE_WHO = re.compile(rf"{_WHO}|[\u4e00-\u9fff·、]{{2,12}}")


def owner(text: str) -> str | None:
    """Who is to act, as written; None when the words name nobody.

    >>> owner("Staff was directed to report by May."), owner("由市住建局牵头，6月底前完成")
    ('Staff', '市住建局')
    """
    if text.startswith("|"):
        return next((cell for cell in _cells(text)[1:] if _WHOLE_WHO.fullmatch(cell)), None)
    for pattern in _OWNERS:
        match = pattern.search(text)
        if match and not _NOBODY.match(match["who"]):
            return match["who"].strip(" ：:、，.")
    return None


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


_ASSIGNMENT = re.compile(rf"^\W*(?:\d+[.)] )?{_WHO}(?: to| will| shall| is to| are to) {_TO_DO}\b")
_THINGS = re.compile(
    r"\b(?:Motion|Request|Proposal|Right|Introduction|Update|Changes?|Response|Resolution|Vote|Plan|Decision"
    r"|Agreement|Guide|Amendment|Need|Time|Access|Approach|Opportunity|Due|Prior|According|Next|Back|Thanks"
    r"|How"
    r"|What|Where|When|Want|Able|Going|Used|Try|Have|Has|Up|Opposed|Consensus|Authority|Ability|Yes|No|Way"
    r"|Easy"
    r"|Hard|Ready|Happy|Nothing|Something|Everyone|Council|Board|Committee|Meeting)$",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"^(?:[A-Z]{2,4}\b|(?:Mr|Ms|Mrs|Dr|Cllrs?|Councillors?|Prof|Sgt|Chief|Mayor)\b"
    rf"|(?:{_NAME}[ ,&]+(?:and )?){{1,4}}[A-Z]|(?i:{_ROLE}))"
)


def assigns(sentence: str) -> bool:
    """Whether a plain sentence is a note of who is to do what: "Clerk to write to the County".

    A single capitalised word before "to" may be anything; with a deadline it is taken for a name.
    """
    match = _ASSIGNMENT.match(sentence)
    if not match or len(sentence) > 400 or _THINGS.search(match["who"]) or _NOBODY.match(match["who"]):
        return False
    return bool(_PERSONAL.match(match["who"]) or deadline(sentence))
