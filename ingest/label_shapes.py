"""Whether a label at the beginning of a line can name a speaker, told by its shape.

A record is full of colons ("Note: ...", "Action: ...", "Venue: ..."). A speaker's label is a name, an
office, a numbered voice or initials; the words that name parts of a record are none of them. Whether a label
of uncertain shape is a speaker is for `turns` to decide, from how often it comes back.
"""

import re
from typing import Literal

from ingest.han_scripts import both_scripts
from ingest.label_words import HAN_OFFICE, HAN_THINGS, SURNAMES, THINGS

Shape = Literal["titled", "office", "numbered", "initials", "name", "word"]

_TITLE = re.compile(
    r"(?:The\s)?(?:(?:Rt\.?|Right)\s)?(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Hon|Honou?rable|Sir|Dame|Lord|Lady|Baroness|Baron"
    r"|Rev|Reverend|Councill?or|Councilm[ae]n|Councilwoman|Councilmember|Cllr|Cr|Senator|Sen|Representative|Rep|Congressman"
    r"|Congresswoman|Assemblym[ae]n|Alderman|Alderwoman|Ald|Commissioner|Trustee|Supervisor|Mayor|Deputy\sMayor|Vice\sMayor|Governor"
    r"|Minister|Secretary|Judge|Justice|Ambassador|General|Gen|Colonel|Col|Captain|Capt|Major|Chief|M|Mme|Monsieur"
    r"|Madame?|Director|President|Vice\sPresident|Chair|Vice[-\s]Chair|Chairman|Chairwoman|Chairperson|Speaker"
    r"|Member|Delegate|Attorney|Superintendent|Officer|Inspector)\b\.?\s(?=\(?[A-ZÀ-Þ])"
)
_OFFICE_WORDS = (
    r"(?:Chair|Chairman|Chairwoman|Chairperson|Convenor|Convener|Speaker|President|Clerk|Secretary|Mayor|Moderator"
    r"|Facilitator|Treasurer|Rapporteur|Witness|Interpreter|Operator|Presiding\sOfficer|Governor|Commissioner|Minister"
    r"|Director|Superintendent|Manager|Solicitor|Attorney|Counsel|Registrar|Ombudsman|Auditor|Host|Interviewer"
    r"|Interviewee|Narrator|Audience(?:\sMember)?|Principal|Provost|Dean|Judge|Court|Prosecutor|Member|Delegate)"
)
_OFFICE = re.compile(
    rf"(?:(?:An?|The|Our|Madam|Mr\.?|Mister)\s)?(?:(?:Acting|Deputy|Vice|Co|Assistant|Interim|Honorary|Executive|General|Joint"
    rf"|Town|City|County|Village|Borough|Parish|Committee|Project|Finance)[-\s]){{0,2}}{_OFFICE_WORDS}"
    r"(?:\s(?:of|for|to)\s[^,;.]{1,60}|\s(?-i:[A-Z][\w'’.-]*(?:\s[A-Z][\w’.-]*){0,2}))?$",
    re.IGNORECASE,
)
_CROWD = re.compile(
    r"(?:An|Some|Several|A|All)\s(?:hon\.?\s)?(?:members?|voices?|senators?|delegates?|speakers?)\b", re.I
)
_NUMBERED = re.compile(
    r"(?:(?:speaker|participant|person|voice|respondent|attendee|member|interviewer|unknown speaker|guest"
    r"|student|panell?ist)[\s_#-]{0,2}(?:\d{1,3}|(?-i:[A-Z])\b)"
    r"|unknown|unidentified(?:\s\w+)?|inaudible speaker"
    + both_scripts(
        r"|(?:发言人|说话人|讲话人|发言者|参会人|与会者|参会者|嘉宾|主讲人|听众|观众|委员|代表|成员|学员|老师)\s?[\dA-Z一二三四五六七八九十]{1,3})$"
    ),
    re.IGNORECASE,
)
_INITIALS = re.compile(
    r"[A-Z]{2,5}\d?(?:(?:\s?[/,&+]\s?|\s(?:and|for)\s)[A-Z]{2,5}(?![a-z]))*(?:\s?[/,&]\s?(?:etc|all)\.?)?$"
)
_QUESTION_OR_ANSWER = re.compile(r"(?:Q|A|问|答)\d{0,2}$")
_WORD = r"(?:(?:[A-ZÀ-ÞŁŚŠŽČĆ]|[dlo]['’][A-ZÀ-Þ])['’]?[\w'’.\-]*|\d{1,2}|\"\w+\")"
_PARTICLE = (
    r"(?:de|del|della|der|den|di|da|do|dos|du|van|von|vom|la|le|el|al|bin|ibn|ben|bint|y|e|ter|ten|zu"
    r"|of|and|for|the|&)"
)
_NAME = re.compile(
    rf"{_WORD}(?:\s(?:{_PARTICLE}\s){{0,2}}{_WORD}){{0,5}},?(?:\s(?:Jr|Sr|II|III|MP|MLA|AM|MSP|MS|QC|KC|PhD|MD)\.?)?$"
)
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{1,2}·?[\u4e00-\u9fff·]{1,10}$")
_HAN_SPEAKER = re.compile(
    rf"(?:[\u4e00-\u9fff]{{1,4}}{HAN_OFFICE}"
    + both_scripts("|主持人|主持|记者|旁白|司仪|众人|全体|主席|会议主席|法官|翻译|提问者?|听众|观众)$")
)
_HAN_CAPACITY = both_scripts(
    r"(?:代表|业主|居民|村民|住户|家长|学生|教师|民警|干警|干事|网格员|志愿者|楼长|商户|经营户|记者|专家|负责人|工作人员|队员|委员|党员)"
)
_HAN_IN_CAPACITY = re.compile(  # 物业经理钱伟, 居民代表马玉珍, 社区民警小丁
    rf"(?P<capacity>[\u4e00-\u9fff\d]{{0,8}}(?:{HAN_OFFICE}|{_HAN_CAPACITY}))"
    r"(?P<name>(?:[小老](?P<called>[\u4e00-\u9fff])|(?P<surname>[\u4e00-\u9fff])[\u4e00-\u9fff]{1,2}))$"
)

_HAN_AFFILIATION = re.compile(  # whom somebody speaks for: 市水务局, 业主代表
    both_scripts(
        r"(?:[局委办部厅院处科所站室村社队]|委员会|公司|集团|银行|中心|协会|商会|学会|联合会|基金会|大学|中学|小学|学校|医院"
        r"|街道|社区|政府)$"
    )
    + rf"|(?:{HAN_OFFICE}|{_HAN_CAPACITY})$"
)


def capacity_and_name(label: str) -> tuple[str, str]:
    """What somebody speaks as, and their name; the first is empty where a Chinese label is a name alone, or English.

    >>> capacity_and_name("居民代表马玉珍"), capacity_and_name("罗秀兰")
    (('居民代表', '马玉珍'), ('', '罗秀兰'))
    """
    found = _HAN_IN_CAPACITY.match(label)
    if found and (found["called"] or found["surname"]) in SURNAMES:
        return found["capacity"], found["name"]
    return "", label


def shape_of(label: str) -> Shape | None:
    """The shape of a speaker's label, or None when it cannot be one.

    titled    a title and a name, or an office with the name in brackets: a speaker wherever it stands
    office    "The Chair", "主持人": a speaker, or the field of that name
    numbered  "Speaker 2", "发言人1", "An hon. member"
    initials  "AB", "AB/CD";  name  "Li Jun", "张三";  word  one capitalised word, "Q"

    >>> [shape_of(label) for label in ("Mr. Lee", "AB/CD", "Li Jun", "Action", "Speaker 2", "as follows")]
    ['titled', 'initials', 'name', None, 'numbered', None]
    """
    base = _without_brackets(label)
    if base is None or not base or (base[-1] in ".;!?。；！？" and not re.search(r"\b\w{1,3}\.$", base)):
        return None
    if _HAN_START.match(base):
        return _han_shape(base, label[len(base) :].strip(" ()（）"))
    if _NUMBERED.match(base) or _CROWD.match(base):
        return "numbered"
    if _names_a_thing(base):
        return None
    cased = base.title() + label[len(base) :] if base.isupper() else label  # MS. BELL (Mill Trust)
    if _TITLE.match(cased) and (_NAME.match(base) or _OFFICE.match(base)):
        return "titled"
    if _OFFICE.match(base):
        return "titled" if base != label and _NAME_IN_BRACKETS.search(label) else "office"
    if _QUESTION_OR_ANSWER.match(base):
        return "word"
    if _INITIALS.match(base):
        return "initials"
    if _NAME.match(base):
        return "name" if " " in base or base != label else "word"
    return None


_HAN_START = re.compile(r"[\u4e00-\u9fff]")
_NAME_IN_BRACKETS = re.compile(r"\([^()]*[A-Z][a-z]")


def _without_brackets(label: str) -> str | None:
    """The label up to the brackets at its end; None when brackets do not match or do not end it."""
    cut = min((place for place in (label.find("("), label.find("（")) if place >= 0), default=-1)
    if cut < 0:
        return None if ")" in label or "）" in label else label
    opened = sum(label.count(mark) for mark in "(（")
    closed = sum(label.count(mark) for mark in ")）")
    return label[:cut].strip() if opened == closed and label[-1] in ")）" else None


def _names_a_thing(base: str) -> bool:
    """Whether its first or last word is a part of a record."""
    words = [word.strip(".,'’\"-#").lower() for word in base.split()]
    return any(word in THINGS for word in (words[0], words[-1])) or sum(w in THINGS for w in words) > 1


def _han_shape(base: str, in_brackets: str) -> Shape | None:
    if _NUMBERED.match(base):
        return "numbered"
    if _HAN_SPEAKER.match(base):
        return "office" if (len(base) <= 3 and base[0] not in SURNAMES) or base == "会议主席" else "titled"
    if HAN_THINGS.fullmatch(base):
        return None
    if capacity_and_name(base)[0]:
        return "titled"
    if _QUESTION_OR_ANSWER.match(base):
        return "word"
    if _HAN_NAME.match(base) and (base[0] in SURNAMES or "·" in base) and (len(base) <= 4 or "·" in base):
        return "titled" if _HAN_AFFILIATION.search(in_brackets) else "name"
    return "word" if re.fullmatch(r"[\u4e00-\u9fff]{2,6}\s?[\dA-Z]{1,2}", base) else None


def names_a_part(label: str) -> bool:
    """Whether a label names a part of the record that nobody speaks: "Conclusion", "Action items", "决议"."""
    base = _without_brackets(label) or label
    return bool(HAN_THINGS.fullmatch(base)) or (
        base[:1].isupper() and _names_a_thing(base) and len(base) < 40
    )
