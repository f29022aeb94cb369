"""Who is to act, and by when."""

import re

_NAME = r"[A-Z][\w.'’-]*(?:/[A-Z]\w*)*(?: [A-Z][\w.'’-]*){0,3}"
_ROLE = (
    r"(?:the |our |its )?(?:(?:town|city|village|parish|county|deputy|assistant|vice|general|project"
    r"|executive|finance) )*"
    r"(?:clerk|secretary|treasurer|manager|attorney|administrator|director|superintendent|engineer|officer"
    r"|chair(?:man|woman|person)?"
    r"|mayor|staff|secretariat|editors?|committee|subcommittee|working group|solicitor|architect|auditor"
    r"|management|administration)"
)
_WHO = rf"(?:{_NAME}(?:(?:, | and | & |, and ){_NAME}){{0,4}}|{_ROLE})"
_VERB = (
    r"(?:report|review|prepare|send|write|contact|follow|circulate|draft|investigate|provide|update|check"
    r"|arrange|bring|submit"
    r"|present|meet|organi[sz]e|liaise|obtain|publish|confirm|consider|schedule|create|file|add|produce"
    r"|distribute|email|call"
    r"|find|ask|invite|ensure|complete|work|share|talk|speak|look|get|coordinate|finali[sz]e|revise"
    r"|research|propose|post|open"
    r"|set|develop|discuss|test|fix|come|make|put|take|explore|collect|compile|seek|request|issue|approach"
    r"|notify|inform|book"
    r"|install|purchase|order|pay|advertise|upload|clarify|continue|attend|chair|lead|draw|monitor|advise"
    r"|respond|gather|chase)"
)
_OWNERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b(?:owner|responsible|assigned to|assignee|lead|action by|who"
        rf"|by whom)\s*[:：]\s*)(?P<who>{_WHO})",
        r"(?i:^\W*(?:action(?: item| point)?s?|AI))\s*[(\[]\s*(?P<who>[A-Z][^)\]]{0,60})\s*[)\]]",
        rf"(?i:^\W*(?:action(?: item| point)?s?|AI|todo|to do"
        rf"|task)\s*\d*\s*[:：–-]\s*)(?P<who>{_WHO})(?: to | will | shall | is to | should |[:：])",
        rf"^\W*(?:\d+[.)] )?(?P<who>{_WHO})\s?(?: to {_VERB}\b| will | shall | is to | are to | agreed to "
        rf"| volunteered to | offered to | undertook to |[:：] )",
        rf"\b(?:directed|instructed|requested|asked|tasked|charged|directs|instructs|requests|authori[sz]ed"
        rf"|delegated to|appointed) (?P<who>{_WHO}) (?:to|with)\b",
        rf"(?P<who>{_WHO}) (?:was|were) (?:\w+ly )?(?:directed|instructed|requested|asked|tasked|charged"
        rf"|assigned|authori[sz]ed|delegated|appointed)\b",
        rf"(?P<who>{_WHO}) (?:volunteered|offered|undertook|agreed|took an action|will|is to"
        rf"|are to) (?:to )?{_VERB}?",
        r"(?:由|请|责成|委托|指定"
        r"|安排)(?P<who>[^，。；：、（(]{2,16}?(?:、[^，。；：、]{2,12}?){0,4})(?:同志)?(?:牵头|负责|会同"
        r"|落实|抓紧|尽快|办理|跟进|组织|研究|起草|于|在|来|按|根据)",
        r"(?:责任(?:人|单位|部门)|牵头(?:单位|部门|人)?|负责人)[:：]\s*(?P<who>[^，。；：\s）)]{2,30})",
        r"(?:^|[，。；：])\s*(?P<who>[^，。；：]{2,16}?)(?:牵头|负责)(?!任)",
    )
)
_NOBODY = re.compile(
    r"^(?:It|This|That|There|The|These|Those|A|An|All|Motion|If|What|They|We|He|She|I|You|No|Any|Each|Our)\b"
)

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WHEN = (
    rf"(?:(?:the )?(?:end|middle|beginning|close) of (?:the )?[\w ]{{2,20}}|\d{{4}}-\d\d-\d\d"
    rf"|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?"
    rf"|(?:{_DAY},? )?(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? \d{{4}})?"
    rf"|(?:{_DAY},? )?{_MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,? \d{{4}})?|(?:next |this )?(?:{_DAY}"
    rf"|week|month|quarter|year)\b"
    r"|(?:the |our )?(?:next|following|subsequent|\w+) (?:\w+ )?meeting\b|tomorrow|year[- ]end"
    r"|close of business|noon\b)"
)
_DEADLINES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:due|deadline|target(?: date)?|by when|when)\s*[:：]\s*(?P<when>{_WHEN})",
        rf"\b(?P<when>(?:no later than|not later than|on or before|by|before|prior to) {_WHEN})",
        r"\b(?P<when>within (?:the next )?(?:\d+|\w+) (?:working |business |calendar )?(?:days?|weeks?"
        r"|months?))\b",
        rf"\b(?P<when>(?:at|to|for|in time for) (?:the|our|its) (?:next|following"
        rf"|{_MONTH}) (?:\w+ )?meeting)\b",
        r"(?:于|在|至迟于)?(?P<when>(?:\d{4}\s?年)?\s?\d{1,2}\s?月(?:份)?(?:\s?\d{1,2}\s?[日号]|底|上旬"
        r"|中旬|下旬|末)?(?:之)?(?:以)?前)",
        r"(?P<when>(?:今年|明年|\d{4}年)?(?:年底|年内|月底|本月底|下月底|季度末|本周[一二三四五六日末内]?"
        r"|下周[一二三四五六日内]?|春节|国庆|节)(?:之)?前?)(?:完成|提交|报|上报|落实|办结|将|把|形成)",
        r"(?P<when>[\d一二三四五六七八九十两]+个?(?:工作)?(?:日|天|周|月)(?:之)?内)",
        r"(?P<when>下次(?:会议|常务会议|例会)(?:之)?前?)",
    )
)


def owner(text: str) -> str | None:
    """Who is to act, as written; None when the words name nobody."""
    for pattern in _OWNERS:
        match = pattern.search(text)
        if match and not _NOBODY.match(match["who"]):
            return match["who"].strip(" ：:、，")
    return None


def deadline(text: str) -> str | None:
    """By when, as written ("by June", "within 30 days", "6月底前"); None when no time is set."""
    for pattern in _DEADLINES:
        if match := pattern.search(text):
            return match["when"].strip()
    return None


ASSIGNMENT = re.compile(rf"^\W*(?:\d+[.)] )?(?P<who>{_WHO}) to (?P<verb>{_VERB})\b")
_THINGS = re.compile(
    r"\b(?:Motion|Request|Proposal|Right|Introduction|Update|Changes?|Response|Resolution|Vote|Plan"
    r"|Decision|Agreement|Guide"
    r"|Amendment|Need|Time|Access|Approach|Opportunity|Due|Prior|According|Next|Back|Thanks|How|What|Where"
    r"|When|Want|Able|Going"
    r"|Used|Try|Have|Has|Up|Opposed|Consensus|Authority|Ability|Yes|No|Way|Easy|Hard|Ready|Happy|Nothing"
    r"|Something|Everyone)$"
)


_PERSONAL = re.compile(
    r"^(?:[A-Z]{2,4}\b|(?:Mr|Ms|Mrs|Dr|Cllr|Cllrs|Councillor|Prof|Sgt|Chief|Mayor)\b"
    rf"|(?:{_NAME}[ ,&]+(?:and )?){{1,4}}[A-Z]|(?i:{_ROLE}))"
)


def assigns(sentence: str) -> bool:
    """Whether a plain sentence is a note of who is to do what: "Clerk to write to the County".

    A single capitalised word before "to" may be anything; with a deadline it is taken for a name.
    """
    match = ASSIGNMENT.match(sentence)
    if not match or len(sentence) > 400 or _THINGS.search(match["who"]) or _NOBODY.match(match["who"]):
        return False
    return bool(_PERSONAL.match(match["who"]) or deadline(sentence))
