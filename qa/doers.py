"""Who did, does or will do something: what a question asks to have been done, and words that say by whom.

A record says it by another verb than the question as often as by the same: who "gets" a contract is told by an award,
who "carries out" a work by an appointment, who "became" something by an election.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.words import stem

SOMEBODY = re.compile(
    r"(?-i:[A-Z][\w'’-]+)|\b(?:clerk|council|board|county|city|district|bureau|department"
    r"|committee|trust|government|company|owner"
    r"|residents?|contractor|supplier|state|ministry|agency|donations?|funds?)\b"
    r"|局|委|办|政府|公司|单位|企业|财政|银行|部门|街道|社区|中心|[\u3400-\u9fff]{2,4}(?=负责|承担|牵头|出资|提出)",
    re.IGNORECASE,
)


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


# Verbs that say the same of who did something: what nobody is given to do, and works that somebody may be given.
_OF_OWN = tuple(
    _stems(words)
    for words in (
        "pay pays paid fund funded funds finance financed bear borne bears cover covers covered "
        "subsidise subsidised grant granted charge",
        "propose proposed suggest suggested move moved recommend recommended ask asked request requested want wanted",
        "own owns owned belong belongs",
        "speak spoke say said talk report reported present presented explain explained",
    )
)
_WORKS = tuple(
    _stems(words)
    for words in (
        "build built construct constructed erect erected install installed lay laid",
        "run runs operate operates operated manage manages managed lead leads led head heads headed oversee",
        "buy bought purchase purchased acquire acquired order ordered",
        "write wrote written draft drafted prepare prepared draw drew drawn compile compiled",
        "repair repaired repairs fix fixed mend mended restore restored",
        "check checks checked inspect inspected supervise supervised monitor monitored audit",
    )
)
_GOT = _stems(  # asked of a contract, a post or a task: told by giving it to somebody
    "win won get gets got receive received receives secure secured land landed obtain obtained take took award awarded "
    "choose chose chosen select selected appoint appointed elect elected hire hired engage engaged employ employed "
    "commission commissioned contract contracted give given make made name named nominate nominated become became "
    "pick picked assign assigned task tasked entrust entrusted designate designated replace replaced succeed succeeded "
    "do does doing done carry carried undertake undertaken perform performed handle handles implement execute deliver"
)
_GIVEN_TO = (
    r"(?:awarded|appointed|elected|selected|chosen|hired|engaged|named|commissioned|contracted|entrusted|designated"
    r"|nominated|assigned|won|wins|given|secured|re-?elected|co-?opted|accepted|succeeds|takes over|took over)"
)
_GIVES = (
    rf"(?:{_GIVEN_TO}|awards?|appoints?|elects?|selects?|ch(?:ose|ooses?)|hires?|engages?|gives?|gave"
    r"|goes|go|went|let)"
)
_NAME = r"(?-i:(?!The\b|It\b|This\b|That\b)[A-Z][\w.'’&-]*(?: (?:[A-Z&][\w.'’&-]*|of|and))*)"
_TOLD = re.compile(
    rf"\b{_GIVES}\b[^.;]*?\b(?:to|by|with)\b\s+(?!\d)"  # "award the contract for the roof to Hallam"
    rf"|{_NAME} (?:(?:has|have|had|was|were|is|are|be|been|being|will|duly|unanimously|then|therefore|declared) )*"
    rf"{_GIVEN_TO}\b"  # "Greenleaf Catering was selected"
    rf"|\b{_GIVES} (?:as (?:\w+ ){{1,4}})?(?:the )?{_NAME}"  # "appointed Brightline Electrical"
    rf"|\b(?:he|she|they) (?:was|were|is|are) (?:\w+ ){{0,2}}{_GIVEN_TO}\b",  # "she was declared elected"
    re.IGNORECASE,
)
_HAN_SAME = (
    ("付", "出资", "承担", "支付", "掏钱", "买单", "负担", "出钱", "补贴", "列支", "资金由"),
    ("管", "负责", "管理", "盯", "监管", "牵头", "落实"),
    ("提出", "提议", "建议", "主张"),
)
_HAN_GOT = (  # what is asked of a post, a contract or a work, and what tells to whom it was given
    (
        re.compile(r"选|任|聘|当|接|提名"),
        re.compile(r"任命|聘[任请用]|当选|选举|推[选举]|选[为出]|[担出接]任|提名"),
    ),
    (
        re.compile(r"[中得拿获修供]|施工|建|承|做|干|实施|执行"),
        re.compile(
            r"中标|承[建包接办担]|施工单位|建设单位|实施单位|交由|交给|委托|发包|选定|确定[^，。；]{2,20}为"
            r"|由[^，。；]{2,20}(?:实施|施工|执行|建设|维修|修[建复]|供)"
        ),
    ),
)
_PARTY = (
    r"(?:company|firm|contractor|builder|supplier|provider|bidder|consultant|caterer|architect|organi[sz]ation|agency"
    r"|candidate|nominee|applicant|person|member|councillor|council member|director|department|bureau|office)"
)
_WHO = re.compile(
    rf"\b(?:who(?:m)?|(?:which|what) {_PARTY})\b (?:(?:will|would|shall|should|must|has|have|had|is|was|are|were|did"
    r"|does|do|to|going|been|be|it|that|also|actually) )*"
    r"(?P<verb>[a-z]+)",
    re.IGNORECASE,
)
_HAN_WHO = re.compile(
    r"(?:由|是|归|让)?(?:谁|哪个(?:部门|单位|局)|哪家(?:单位|公司|企业)|哪位)(?:来|去|要|将|会)?"
    r"(?P<verb>[\u3400-\u9fff]{1,2})|(?P<before>[\u3400-\u9fff]{2})的?是谁"
)
_IN_CHARGE_ASKED = re.compile(
    r"\bwho(?:m|se)?\b.{0,24}\b(?:responsib(?:le|ility)|in charge|accountable|tasked|assigned|the (?:lead|owner))\b"
    r"|(?:谁|哪个(?:部门|单位|局)|哪家单位)(?:来|去)?(?:负责|牵头)|(?:负责人|责任[人单]位?|牵头单位)(?:是谁|是哪)",
    re.IGNORECASE,
)
_IN_CHARGE = re.compile(
    r"\b(?:in charge|responsib\w+|leads?|led by|head(?:s|ed by)|tasked|assigned|accountable|overseen by|managed by)\b"
    r"|\baction\W|\b(?:(?:is|are|agreed|undertook|asked|instructed) to|will|shall|must|should) [a-z]"
    r"|^\W*(?-i:(?:[A-Z][\w.'’-]* ){1,4}to [a-z]+)"
    r"|负责|牵头|落实|承办|责任|由[^，。；]{2,20}(?:实施|执行|办理|完成|提交)",
    re.IGNORECASE,
)
_NO_DOING = _stems(
    "the a an in at on of present there responsible chair chaired attended absent against for mayor chairman member "
    "members"
)


@dataclass(frozen=True, slots=True)
class Doing:
    """What somebody is asked to have done: whether words say by whom, and the verbs that say nothing of the matter."""

    told: Callable[[str], bool]
    verbs: frozenset[str] = frozenset()


def doing_asked(text: str) -> Doing | None:
    """What a question asks the doer of; None without a verb of doing ("Who is the librarian?").

    >>> doing_asked("Who got the roof contract?").told("The contract for the roof was awarded to Hallam & Sons.")
    True
    """
    if _IN_CHARGE_ASKED.search(text):
        return Doing(lambda said: _IN_CHARGE.search(said) is not None and SOMEBODY.search(said) is not None)
    if found := _WHO.search(text):
        verb = stem(found["verb"].casefold())
        if verb in _NO_DOING or not found["verb"].islower():
            return None
        return _english(verb)
    if found := _HAN_WHO.search(text):
        return _chinese(found["verb"] or found["before"])
    return None


def _english(verb: str) -> Doing:
    same = next((kind for kind in (*_OF_OWN, *_WORKS) if verb in kind), frozenset({verb}))
    if verb in _GOT:
        return Doing(lambda said: _TOLD.search(said) is not None, _GOT)
    if same in _OF_OWN:
        return Doing(lambda said: _does(said, same), same)
    return Doing(lambda said: _does(said, same) or _TOLD.search(said) is not None, same)


def _chinese(asked: str) -> Doing:
    same = next((kind for kind in _HAN_SAME if any(word in asked for word in kind)), (asked,))
    given = next((said for verbs, said in _HAN_GOT if verbs.search(asked)), None)

    def told(said: str) -> bool:
        named = any(word in said for word in same) and SOMEBODY.search(said) is not None
        return named or (given is not None and given.search(said) is not None)

    return Doing(told)


def _does(said: str, verbs: frozenset[str]) -> bool:
    named = SOMEBODY.search(said) is not None
    return named and any(stem(word) in verbs for word in re.findall(r"[a-z]+", said.casefold()))
