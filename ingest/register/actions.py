"""Who is to act, and by when."""

import re

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

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WHEN = (
    r"(?:(?:the )?(?:end|middle|beginning|close) of (?:the )?[\w ]{2,20}|\d{4}-\d\d-\d\d"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?"
    rf"|(?:{_DAY},? )?(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? \d{{4}})?"
    rf"|(?:{_DAY},? )?{_MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,? \d{{4}})?"
    rf"|(?:next |this )?(?:{_DAY}|week|month|quarter|year)\b"
    r"|(?:the |our )?(?:next|following|subsequent|\w+) (?:\w+ )?meeting\b|tomorrow|year[- ]end"
    r"|close of business|noon\b)"
)
_DEADLINES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:due(?: by| on)?|deadline|target(?: date)?|by when|when)\s*[:：]?\s*(?P<when>{_WHEN})",
        rf"\b(?P<when>(?:no later than|not later than|on or before|by|before|prior to) {_WHEN})",
        r"\b(?P<when>within (?:the next )?(?:\d+|\w+) (?:working |business |calendar )?(?:days?|weeks?"
        r"|months?))\b",
        rf"\b(?P<when>(?:at|to|for|in time for) (?:the|our|its) (?:next|following"
        rf"|{_MONTH}) (?:\w+ )?meeting)\b",
        r"(?P<when>(?:\d{4}\s?年)?\s?\d{1,2}\s?月(?:份)?(?:\s?\d{1,2}\s?[日号]|底|上旬|中旬|下旬"
        r"|末)?(?:之)?(?:以)?前)",
        r"(?P<when>(?:今年|明年|\d{4}年)?(?:年底|年内|月底|本月底|下月底|季度末|本周[一二三四五六日末内]?"
        r"|下周[一二三四五六日内]?|春节|国庆|节)(?:之)?前?)(?:完成|提交|报|上报|落实|办结|将|把|形成)",
        r"(?P<when>[\d一二三四五六七八九十两]+个?(?:工作)?(?:日|天|周|月)(?:之)?内)",
        r"(?P<when>下次(?:会议|常务会议|例会)(?:之)?前?)",
    )
)
_WHOLE_WHO = re.compile(rf"{_WHO}|[\u4e00-\u9fff·、]{{2,12}}")
_WHOLE_WHEN = re.compile(rf"{_WHEN}|(?:\d{{4}}年)?\d{{1,2}}月(?:\d{{1,2}}日|底)?前?", re.IGNORECASE)


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


def deadline(text: str) -> str | None:
    """By when, as written ("by June", "within 30 days", "6月底前"); None when no time is set."""
    if text.startswith("|"):
        return next((cell for cell in _cells(text)[1:] if _WHOLE_WHEN.fullmatch(cell)), None)
    for pattern in _DEADLINES:
        if match := pattern.search(text):
            return match["when"].strip(" .")
    return None


def deadlines(text: str) -> list[str]:
    """Every time that is set, as written, in the order of the text; of a row of a table the first.

    >>> deadlines("Complete berth 3 by 31 October 2024 and the others by 30 June 2025.")
    ['by 31 October 2024', 'by 30 June 2025']
    """
    if text.startswith("|"):
        return [first for first in (deadline(text),) if first]
    found: dict[int, str] = {}
    for pattern in _DEADLINES:
        for match in pattern.finditer(text):
            if not any(start <= match.start("when") < start + len(when) for start, when in found.items()):
                found[match.start("when")] = match["when"].strip(" .")
    return [when for _, when in sorted(found.items())]


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
