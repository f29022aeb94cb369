"""The fact a question is for (who, when, where, why, how much) and whether words give one of that kind.

`qa.picking` prefers sentences that do; where none on the matter does, the answer says first that the records do not
state it. Whether words give a fact is judged by its form: a time, an amount, a place, a word that gives a reason, and
for "who" what is asked to have been done (`qa.doers`). A reason may be there without a word for one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from qa.answers import Intent, Question
from qa.doers import doing_asked

FactKind = Literal["who", "when", "where", "why", "how_much"]

_NUMBER_WORDS = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty"
    r"|thirty|forty|fifty|sixty|dozen"
    r"|hundred|thousand|million|half|none|no"
)
FIGURE = re.compile(
    rf"\d|[〇一二两三四五六七八九十百千万亿]{{2,}}|\b(?:{_NUMBER_WORDS})\b",
    re.IGNORECASE,
)
TIME = re.compile(
    r"\b(?:19|20)\d\d\b|\d{1,2}\s?[月日号]|\d{4}年|\b(?:January|February|March|April|May"
    r"|June|July|August|September|October"
    r"|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|spring"
    r"|summer|autumn|winter|week|month"
    r"|tomorrow|immediately)\b|\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\b|[一二三四五六七八九十]{1,3}[月日]"
    r"|下周|下个?月|明年|年底|当天|立即",
)
MONEY = re.compile(
    r"[$£€¥]\s?\d|\b\d[\d,.]*\s?(?:(?:thousand|million|billion|m|bn|k)\s)?(?:yuan|dollars?"
    r"|pounds?|euros?|pence|cents|francs|rupees)\b"
    r"|\d[\d,.]*\s?(?:万|亿|千)?(?:元|块)|[零一二两三四五六七八九十百千万亿]+(?:元|块|毛)"
    r"|\bfree\b|免费|不收钱|\d+(?:\.\d+)?\s?(?:per cent|%)",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    rf"(?:\d[\d,.]*|\b(?:{_NUMBER_WORDS}))[\s-](?:\w+\s)?(?:kilomet\w+|met(?:re|er)s?|km"
    r"|miles?|feet|foot|yards?|inches)\b"
    r"|\d[\d,.]*\s?(?:公里|千米|米|里)|\d[\d,.]*\s?m\b",
    re.IGNORECASE,
)
_DURATION = re.compile(
    rf"(?:\d[\d,.]*|\b(?:an?|{_NUMBER_WORDS}))[\s-](?:\w+\s)?(?:years?|months?|weeks?|days?"
    r"|hours?|minutes?)\b"
    r"|[\d一二两三四五六七八九十半]+\s?个?(?:年|月|周|天|日|小时|分钟|学期|季度)|\b(?:until|from .{3,24} to)\b|至\d",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:at|in|on|near|behind|along|outside|opposite|beside|between|from|to|into|through"
    r"|next to|under|off)\s(?:the\s|its\s|an?\s)?"
    r"(?:\w+\s){0,3}?(?-i:[A-Z]\w+|street|road|quay|hall|room|school|hospital|library|park"
    r"|square|bridge|station|lane|pond|chapel"
    r"|church|harbour|yard|village|bank|basin|terminal|mouth|site|corner|ground|branch|office"
    r"|building|house|door|side)"
    r"|(?:在|位于|设在|设于|迁至|移至|搬到|到|至|以)[^，。；]{0,14}?(?:路|街|楼|室|区|馆"
    r"|厅|码头|广场|村|社区|医院|公园|桥|站|学校|小学|中学|院|场|口|旁|处|大道|大楼|旧址"
    r"|海域|中心|办)",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since|as|so that|so as|in order|due to|owing to|on (?:the )?grounds?"
    r"|reasons?|for fear|in view of|given|thanks to"
    r"|caused?|therefore|until|unless|cannot|could not|too|would (?:leave|mean|be)|lest"
    r"|to avoid|to prevent|to keep|asked|argued|found"
    r"|considered|warned|feared|fault|when|who|which)\b"
    r"|因|由于|为了?|以便|避免|防止|考虑到|鉴于|原因|理由|所以|以免|才能|尚未|还没有|需|认为|担心|发现|无法|不足",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"^\W*(?:(?:by|until|till|from|since|as of) )?when\b|什么时候|何时|哪一?天|几月", re.IGNORECASE
)
_WHERE = re.compile(
    r"^\W*where\b|\b(?:at|in|on) (?:what|which) (?:place|street|site|location|address)\b"
    r"|哪里|哪儿|什么地方|何处|在哪",
    re.IGNORECASE,
)
_WHY = re.compile(r"^\W*why\b|\bfor what reasons?\b|\bhow come\b|为什么|为何|什么原因", re.IGNORECASE)
_COST = re.compile(
    r"\bhow much\b(?! (?:of|does .{2,40} weigh))|\bwhat (?:does|did|do|will|would) .{2,60}\b(?:cost|charge)\b"
    r"|\bwhat (?:is|was|are|were) (?:the )?(?:\w+ ){0,3}(?:costs?|price|fees?|budget|charges?|rent|salary|fare|grant"
    r"|subsidy)\b|\bwhat (?:is|was) .{2,60}\b(?:cost|price|fee)\b"
    r"|多少(?:钱|元)|(?:投资|费用|造价|价格|经费|资金|门票|补助|补贴)[^，。]{0,8}(?:是|为)?多少",
    re.IGNORECASE,
)
_LONG = re.compile(r"\bhow (?:long|far|wide|deep|high|tall)\b|多[长远宽深高]", re.IGNORECASE)
_COUNTED = re.compile(
    r"\bhow many (?:of the )?(?P<noun>[a-z]+)|多少(?P<unit>[个项家户套台人天年月条栋次名位所座万])"
    r"|几(?=[个项家户套台人天年月条栋次名位])",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(
    r"\bhow (?:much|many|large|big|often|old|fast)\b|多少|几[个项家户套台人天年月条栋]|多[大快久]"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What kind of fact is asked for, and whether words give one.

    changes  whether a later record may give another: a length, an amount, a day; not who or why
    verbs    search words for what is done, which say nothing of the matter
    """

    kind: FactKind
    gives: Callable[[str], bool]
    changes: bool = False
    verbs: frozenset[str] = frozenset()


def fact_asked(question: Question) -> Fact | None:
    """The fact a question wants; None for one that wants none, or wants it of a meeting and not of a matter."""
    text = question.text
    if question.intent not in (Intent.FACT, Intent.WHEN, Intent.WHO, Intent.ACTION):
        return None
    if question.intent is Intent.WHEN or _WHEN.search(text):
        return Fact("when", _searches(TIME), changes=True)
    for pattern, words in ((_COST, MONEY), (_LONG, _either(_LENGTH, _DURATION))):
        if pattern.search(text):
            return Fact("how_much", _searches(words), changes=True)
    if (counted := _COUNTED.search(text)) and counted["noun"]:
        return Fact("how_much", _searches(_number_of(counted["noun"])), changes=True)
    if _HOW_MUCH.search(text) or _COUNTED.search(text):
        return Fact("how_much", _searches(FIGURE), changes=True)
    if _WHERE.search(text):
        return Fact("where", _searches(_PLACE))
    if _WHY.search(text):
        return Fact("why", _searches(_REASON))
    doing = doing_asked(text)
    return Fact("who", doing.told, verbs=doing.verbs) if doing else None


_YES_OR_NO = re.compile(
    r"^\W*(?:so,? |and |but )?(?:is it true that |do you know (?:if|whether) )?(?:was|were"
    r"|is|are|has|have|had|did|does|do|can|will"
    r"|isn't|wasn't)\b|(?:吗|没有|没)[呢？?。\s]*$|是否|是不是|有没有",
    re.IGNORECASE,
)


def asks_yes_or_no(text: str) -> bool:
    """Whether a question can be answered with yes or no."""
    return _YES_OR_NO.search(text) is not None


def _searches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda said: pattern.search(said) is not None


def _either(one: re.Pattern[str], other: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(f"{one.pattern}|{other.pattern}", re.IGNORECASE)


def _number_of(noun: str) -> re.Pattern[str]:
    """A number of these: "34 more houses", "houses rose to 34"."""
    word = f"{re.escape(noun.rstrip('s'))}[a-z]*"
    number = rf"(?:\d[\d,.]*|\b(?:{_NUMBER_WORDS})\b)"
    return re.compile(
        rf"{number}\W+(?:[\w'’-]+\W+){{0,4}}{word}|\b{word}\W+(?:[\w'’-]+\W+){{0,6}}{number}", re.IGNORECASE
    )
