"""Questions for what people of a kind said, "What did residents complain about?", 「居民反映了什么？」.

Whether there are such people only the records can say; here is read whom a question means and what about.
"""

import re
from dataclasses import dataclass

_BODIES = (
    r"(?:council|committee|board|meeting|group|they|we|you|it|he|she|this|that|people|everyone"
    r"|everybody|anyone|anybody|somebody"
    r"|speakers?|participants?|attendees?|team|government|city|town|district|minutes|records?"
    r"|reports?|commission|assembly"
    r"|mayor|chair\w*|notice|trust|chapter|item|agenda|decisions?|documents?|transcript)"
)
_GROUP = r"(?P<group>(?:members? of the )?(?-i:[a-z][\w'-]*)(?: (?-i:[a-z][\w'-]*)){0,2}?)"
_SOME = r"(?:(?:the|any|some|local|other|all|most|those|these|individual|several|many|various) )*"
_SAYS = (
    r"(?:say|said|complain|complained|think|feel|raise|raised|want|wanted|ask|asked|fear"
    r"|fears|object|worry|suggest|propose"
    r"|mention|tell|report|argue|oppose|criticise|criticize|request|demand|express|voice"
    r"|comment|respond|react|like|dislike"
    r"|make|have|support|favour|favor|describe|explain|speak|point out|point|remark|call for"
    r"|recommend|stress|warn|hope|expect)"
)
_ABOUT = (
    r"(?: (?:about|of|on|with|regarding|concerning|to|for|that|over|towards?|against|out|as for"
    r"|in regard to|with regard to)\b)*"
)
_VIEWS = (
    r"(?:complaints?|concerns?|views?|opinions?|objections?|worries|fears|suggestions?|demands?"
    r"|requests?|comments?|criticisms?"
    r"|reactions?|wishes|arguments?|questions?|points?|feedback|statements?|remarks?)"
)
_ENGLISH = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:what|which|how|why)\b(?: (?!did|do|does|have|has|had)[\w-]+){{0,3}} (?:did"
        rf"|do|does|have|has|had) {_SOME}{_GROUP}"
        rf"(?: (?:mainly|also|mostly|actually|particularly|all))? {_SAYS}\b{_ABOUT}(?P<topic>.*)",
        rf"\b{_VIEWS}(?: (?:and|or) {_VIEWS})?(?: (?:were|was|are))?(?: (?:raised|made|voiced"
        r"|expressed|put forward|had|heard))?"
        rf" (?:of|from|by) {_SOME}{_GROUP}(?= (?:about|on|of|with|regarding|concerning|at"
        r"|in|during|over|to)\b|[?.!]*$)"
        rf"{_ABOUT}(?P<topic>.*)",
        rf"\b(?:what|which) (?:were|are|was|is) {_SOME}{_GROUP}(?:'s|s'|') {_VIEWS}{_ABOUT}(?P<topic>.*)",
        rf"\b(?:what|how) (?:were|are) {_SOME}{_GROUP} (?:concerned|worried|unhappy|angry"
        r"|pleased|complaining|saying|asking)\b"
        rf"{_ABOUT}(?P<topic>.*)",
    )
)
_HAN_GROUP = (
    r"(?P<group>居民|市民|村民|群众|住户|百姓|业主|家长|议员|委员|理事|董事|代表|商户|摊贩"
    r"|店主|企业|职工|员工|工人|司机|医生|专家"
    r"|部门|患者|病人|学生|教师|老师|租户|老人|[\u3400-\u9fff]{2}员|[\u3400-\u9fff]{2,4}(?=们))(?:们|代表)?"
)
_HAN_VIEWS = r"(?:意见|看法|建议|问题|诉求|顾虑|担忧|要求|想法|反应|观点|困难|抱怨|不满)"
_HAN_SAYS = (
    r"(?:说|提|提出|反映|抱怨|投诉|担心|认为|觉得|建议|要求|希望|谈|讲|有|表达|怎么看|怎么说"
    r"|怎么想)(?:到|出)?(?:了|过)?"
)
_CHINESE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_HAN_GROUP}(?:都|主要|分别|在会上|会上){{0,2}}(?:对于?|就|关于|针对)(?P<topic>.+?)(?:都|主要)?{_HAN_SAYS}"
        rf"(?:(?:什么|哪些|怎样的?|啥)(?:样的)?{_HAN_VIEWS}?)?[呢吗？?。\s]*$",
        rf"{_HAN_GROUP}(?:都|主要|分别|在会上|会上){{0,2}}{_HAN_SAYS}(?:什么|哪些|哪几[点个条]"
        rf"|啥)(?:样的)?{_HAN_VIEWS}?(?P<topic>)"
        rf"[呢吗？?。\s]*$",
        rf"{_HAN_GROUP}的?(?:主要)?{_HAN_VIEWS}(?:有哪些|是什么|有什么)(?P<topic>)[呢吗？?。\s]*$",
    )
)


@dataclass(frozen=True, slots=True)
class Group:
    """People of a kind, in the question's words, and what they are asked about; '' for all they said."""

    kind: str
    topic: str


def group_asked(text: str) -> Group | None:
    """The kind of people whose words a question wants; None where it wants something else.

    >>> group_asked("What did residents complain about at the hearing?")
    Group(kind='residents', topic='at the hearing')
    >>> group_asked("座谈会上居民对饭菜价格说了什么？")
    Group(kind='居民', topic='饭菜价格')
    """
    for pattern in (*_ENGLISH, *_CHINESE):
        found = pattern.search(text)
        if found and not re.search(rf"\b{_BODIES}$", found["group"], re.IGNORECASE):
            return Group(found["group"], found["topic"].strip(" ?？!.。,"))
    return None
