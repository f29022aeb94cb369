"""How a Chinese question shows that it goes on from before: 「那…呢」, 它, 该方案, 上一年, 还有吗.

As in English only grammar counts: a particle that continues (那, 呢, 还), a word that refers back (他, 这个决定),
a time counted from another (上一年, 去年同期), or asking words with nothing they ask about (「谁反对？」).
"""

import re

from ingest.numerals import CHINESE_NUMERALS, chinese_number
from qa.answers import Intent
from qa.calendar import Calendar
from qa.chinese_frames import ASKING
from qa.people import who_is
from qa.turns import STAND_IN, Clues, Refers, Shift, Unit, Words
from qa.wording import clean

_IT = STAND_IN["zh"]
_EDGE = " ，,、。？?！!；;：:…"
_FILLER = re.compile(
    r"(?:好的?|嗯+|哦|噢|明白了?|知道了|谢谢你?|多谢|行|可以|是的|对了|请问一?下?|麻烦你?|请|你好"
    r"|(?:换|再问)一?个(?:话题|问题)|另一个问题|改一下|不对|说错了|等等|我(?:要|想)(?:再)?(?:问|知道|了解)一?下?|想问一?下?|再?(?:问|查|看)一下)"
    r"(?:[，,。！!\s]+|(?=那|这|它|他|她|谁|还|上|下|什么|为))"
)
_IN_DETAIL = re.compile(r"(?:具体|准确|确切|到底|究竟)(?:地说|来说)?(?=是|在|什么|哪|怎|谁|多少|几)")
_UNITS = "次场年月天时个位项些里条份届轮回种件笔套所座边样里么"
_OPENER = re.compile(
    rf"(?:其中(?:的)?|那么|那(?![{_UNITS}])|然后|接着|还有(?=[^吗没别其什哪谁])|另外(?:还有)?|此外|以及"
    rf"|再(?:说说|讲讲|看看|查查|问问|来看|谈谈|看|说|查)|再(?=[\u3400-\u9fff])|和|与|跟|及"
    r"|同样(?:的问题)?(?:，|,)?|一样的问题(?:，|,)?|换成|改成|改为|换到|改查|改看|只看|只要|只查|仅看|只说"
    r"|至于|说到|提到|轮到|比如|而|但是?|可是|不过|说说|讲讲|看看|谈谈|关于(?=.+呢))[，,\s]*"
)
_CLOSER = re.compile(
    r"(?P<go>也(?:定|决定|通过|批准|讨论|谈|提|说|研究|议|涉及)(?:了|过|到)*(?:吗|没有)|(?<=[年月日季])(?:也|又)?有过?(?:吗|没有)|(?:[这那]一?块|[这那]?方面)?(?:又|也|都)?(?:怎么样|怎样|如何|是什么情况|什么情况|情况如何|情况怎么样)?(?:了)?呢|的话|吧|呗"
    r"|也是吗|也一样吗|一样吗|也是这样吗|同样吗)$"
)
_ASKS = re.compile(
    ASKING.pattern
    + r"|哪|么(?:样|时候)|怎样|何(?!况)|能否|可否|是不是|有无|总结|概括|列出|归纳|梳理|介绍|说明|查一|告诉"
    r"|决定了|讨论了|通过了|[吗]$|没有$|情况如何"
)
_MORE = re.compile(
    r"(?:就|只有|只是|仅)?(?:还|另外|此外)?(?:有|说|讲|提到|讨论|决定)?(?:了|过)?(?:没有?)?(?:别的|其他的?"
    r"|其它的?|更多的?|补充的?|什么|哪些|谁|这些)?(?:内容|信息|决定|东西|情况|补充|细节|要点|意见)?"
    r"(?:吗|呢|没有|没|了吗|么)?"
)
_MORE_SIGN = re.compile(
    r"^(?:还有|另外还有|此外还有|还说|还讲)|别的|其他(?=的?[吗呢]|$)|其它|更多|继续|接着说|就这些|只有这些"
    r"|还有吗|还有没有"
)
_DETAILS = re.compile(
    r"(?:请|能不能|可以|可否)?(?:再)?(?:详细|具体|展开|细|多|深入)(?:地|点|一?些|一点)?(?:说说|说明|讲讲"
    r"|谈谈|介绍|解释|说|讲|谈|描述)?(?:一下|一?些|下|点)?(?:吗|呢)?|(?:有)?(?:更多|更)?(?:详细"
    r"|具体)?(?:的)?(?:细节|详情)"
    r"|(?:请)?(?:总结|概括)(?:一下)?"
)
_COMPARED = re.compile(
    r"(?:(?:与|和|跟|同)?(?:相比(?:之下)?|比较|对比|比起来)|有(?:什么|何)(?:变化|不同|区别))"
)
_N = rf"(?:\d{{1,3}}|[{CHINESE_NUMERALS}]{{1,3}})"
_SAME = r"(?:的)?(?:同期|同一?时期|同一?时间|同一?个?月份?|同月|同季度?)"
_MET = r"[次场届回](?:的?(?:常务|全体|专题|理事会)?(?:会议|会|例会))?[上中里]?"
_SHIFTS: tuple[tuple[re.Pattern[str], Unit, int], ...] = tuple(
    (re.compile(pattern), unit, sign)
    for pattern, unit, sign in (
        (rf"(?:和|与|跟|比)?(?:在)?(?:去年|上年|上一年|前一年|往年|上年度){_SAME}", Unit.SAME, -1),
        (rf"(?:在)?(?:次年|下一年|第二年|后一年|来年){_SAME}", Unit.SAME, 1),
        (rf"(?:在)?(?:再|更|往)?前(?P<n>{_N})年(?!来|以来|内|里)", Unit.YEAR, -1),
        (r"(?:在)?(?:再|更)?(?:上一年度?|上年度?|前一年度?|再往前一年|早一年|上一个年度)", Unit.YEAR, -1),
        (r"(?:在)?(?:再)?(?:下一年度?|第二年|次年度?|后一年|转年|翌年|晚一年)", Unit.YEAR, 1),
        (r"(?:在)?(?:那一?年|当年|同一?年|该年度?|这一年)", Unit.YEAR, 0),
        (r"(?:在)?(?:再)?(?:上一个月|前一个?月|早一个月)", Unit.MONTH, -1),
        (r"(?:在)?(?:再)?(?:下一?个月|后一个?月|次月|第二个月)", Unit.MONTH, 1),
        (r"(?:在)?(?:那个月|当月|同月|该月)", Unit.MONTH, 0),
        (r"(?:在)?(?:再)?(?:上一?个?季度|前一个?季度)", Unit.QUARTER, -1),
        (r"(?:在)?(?:再)?(?:下一?个?季度|后一个?季度|次季度)", Unit.QUARTER, 1),
        (rf"(?:在)?(?:再)?(?:更?上一?|往?前一){_MET}", Unit.MEETING, -1),
        (rf"(?:在)?(?:再)?(?:接下来(?:的)?一?|紧接着(?:的)?一?|下一?|往?后一|之后一){_MET}", Unit.MEETING, 1),
    )
)
_LEAD = (
    r"(?:^|(?<=[，,])|自?从?(?:那|此|这)(?:次会议|次|个时候|时)?(?:以|之)?"
    r"|在?(?:那|此|这)(?:次会议)?之?|会议?之?)"
)
_AFTER = re.compile(
    rf"(?:{_LEAD}(?:以后|之后|后来|此后|后)(?!勤|备|续|台|期)|此后|后来|其后|随后|事后|会后|从那以来"
    rf"|自那以来|打那以后)"
)
_BEFORE = re.compile(rf"(?:{_LEAD}(?:以前|之前)|此前|先前|早些时候|会前|更早(?:以前|之前|的时候)?|往前|再早)")
_THAT_MEETING = re.compile(
    r"(?:在|于)?(?:那一?|这一?|该|此|本|当|同一?|上述)[次场届](?:的)?(?:常务|全体|专题|理事会|办公)?(?:会议"
    r"|会|例会|座谈会|听证会)?(?:上|中|里)?"
    r"|(?:在)?(?:该|此|上述|这个|那个)(?:会议|例会|座谈会)(?:上|中|里)?|(?:在)?(?:当时|那时候?|那会儿|当天"
    r"|当日|那天|那一天|同一天|同日)(?:的)?(?:会议|会)?(?:上|中|里)?"
)
_GROUP = re.compile(
    r"(?:他们|她们|大家|会上)(?=都|也|还|又|对|就|关于|是|怎|如|为|决|讨|说|提|有|认|觉|支|反|通|投)"
)
_PERSON = re.compile(
    r"(?<![其])(?:他本人|她本人|他|她)(?!们|人|国|乡|处|日|年)|(?:那一?位|这一?位|该)(?:委员|代表|同志|领导"
    r"|发言人|市长|副市长|局长|主任|先生|女士|专家|负责人|嘉宾|书记|秘书长|理事"
    r"|人)?(?=[，,的对就怎如说是有也还为在提讲]|$)"
)
_GENERIC = (
    "(?:方案|计划|决定|项目|工程|政策|措施|议案|提案|议题|议程|问题|事项|事情|事|规划|办法|条例|规定|草案"
    "|报告|建议|合同|协议|申请|请求|工作|决议|制度|改革"
    "|补贴|活动|试点|标准|目标|预算案|动议|文件|安排|意见|做法|话题|内容|情况|举措|法案|修正案)"
)
_TOPIC = re.compile(
    rf"对此|就此|为此|关于此|此事|这事|那事|(?:这|那)一?(?:个|项|件|条|份|笔|套|类|些|种)(?:{_GENERIC})?"
    rf"|(?:该|上述|前述|此项?|这|那|本)(?:项|个)?{_GENERIC}"
    r"|该项(?=[^目])|此(?:案|举|项|类)|它们?(?:的)?|(?:^|(?<=[，,对为于由把将]))其(?!他|它|中|余|实|间|次"
    r"|二)|(?:^|(?<=[，,]))(?:这|那)(?=是|要|会|能|算|有|需|究竟|到底|在|由|花|得)"
)
_CLAUSE = re.compile(r"[，,；;]|以后|之后|之前|因为|如果|并且|而且")
_ADDITIVE = re.compile(
    r"还(?!有别|有吗|原|款|贷|债|本|是)|也(?=讨|提|研|审|通|决|说|谈|有|同|支|反|赞|认)|另外|其他|别的|其它"
    r"|除此之外|除了这"
)
_SIDE = r"(?:反对|不同意|不赞成|赞成|同意|支持|弃权|投?反对票|投?赞成票|投?弃权票|异议|不支持)"
_BALLOT = re.compile(
    rf"(?:谁|哪些人|哪些委员|哪几[位个]|哪位)投(?:的|了|出)?(?:反对|赞成|弃权)票(?:的)?"
    rf"|(?:投(?:了|出)?)?{_SIDE}(?:的|者|的人|的委员|意见)?(?:票)?(?:是|有|都是|都有|的是|的有)?(?:谁"
    rf"|哪些人?|哪几[位个]人?|哪位|多少(?:人|票)?|几[人票位]?|什么人)?(?:{_IT})?(?:投的)?(?:吗|没有)?"
    rf"|(?:有)?(?:谁|哪些人|哪些委员|哪几[位个]|哪位|多少人|几[个位]?人|有没有人?|有无|是否有人"
    rf"|有人)(?:对{_IT})?(?:投了?|表示|提出)?(?:了|过)?{_SIDE}(?:了|过|意见)?(?:{_IT})?(?:的|吗)?"
    rf"|(?:对|就)?(?:{_IT})?的?(?:最终|最后)?(?:是否|是不是|是)?(?:一致|全票|全体一致|全体)(?:同意"
    rf"|通过)?(?:的|了)?(?:吗)?"
    rf"|(?:对|就)?(?:{_IT})?的?(?:是)?(?:怎么|如何|怎样)?(?:表决|投票|票决|票数)(?:的)?(?:结果"
    rf"|情况)?(?:的)?(?:呢|如何|怎么样|怎样|是什么|是多少|是怎样的)?"
)
_PASSED = re.compile(
    rf"(?:{_IT})?(?:最终|最后|后来|结果)?是?(?:怎么|如何|怎样)(?:定|决定|处理|解决|收场)(?:的|了)?"
    rf"|(?:{_IT})?(?:都|各|分别|最后|最终|具体)*(?:定|决定|敲定|明确|拍板)(?:下来)?(?:了|过)?(?:一?些)?(?:什么|哪些)(?:事情?|事项|内容)?"
    rf"|(?:{_IT})?(?:现在|目前|如今)?(?:还|仍|依然|仍然|是否|是不是)*(?:有效|生效|算数|作数|适用|执行)(?:吗|没有)?"
    rf"|(?:{_IT})?(?:最终|最后|后来|又|再){{0,2}}(?:有没有|是否|是不是)?(?:已经?)?(?:被|获得?|得到)?(?:做过)?(?:通过"
    rf"|批准|采纳|否决|同意|改|修改|改变|变|变更|调整|撤销|取消|推迟|延期|延长|废止|终止|替代)(?:了"
    rf"|过)?(?:吗|没有|没)?|(?:{_IT}的?)?(?:最终|最后)?(?:结果|结论|决定)(?:呢|如何|怎么样|怎样|是什么"
    rf"|是)?"
)
_CHANGED = re.compile(
    rf"(?:{_IT})?(?:有没有|有无|有过?)(?:什么|任何)?(?:变化|改变|变动|变更|调整|修改|进展|结果|下文)(?:吗|没有|呢)?"
)
_HOW_OFTEN = re.compile(
    rf"(?:{_IT})?(?:总共|一共|共|合计)?(?:有|谈|讨论|提|说)?(?:了|过)?(?:几|多少)(?:次|回|场)(?:会议|会)?(?:了|呢)?"
)
_REASON = re.compile(
    r"(?:他|她|他们|她们|其)的?(?:主要)?(?:理由|原因|依据|根据|考虑|出发点)(?:呢|是什么|是啥|有哪些|何在)?"
)
_THINKS_SO = re.compile(
    r"^(?P<who>他|她|他们|她们|其)?(?P<why>为什么|为何)(?:会)?(?:这么|这样|如此|那么)(?:想|说|认为|主张|看|做)(?:呢)?$"
)
_CHANGED_MIND = re.compile(
    r"(?P<who>[^，,]{1,6}?)(?:后来|之后|现在)?(?:有没有)?(?:改口|松口|变卦|改变?(?:了|过)?(?:看法|主意|态度|立场|想法))(?:了|过)?(?:吗|没有|没)?"
)
_RAISED = re.compile(
    r"(?:有没有|是否|有无|是不是|有)(?:也|还)?(?:谈|提|说|讨论|研究|涉及|议)(?:到|及|过|了)*(?=[\u3400-\u9fff])"
)
_LATEST = re.compile(
    rf"(?:{_IT})?(?:最近|最后|最新|上)的?一?[次场](?:是)?(?:在)?(?:哪一?[次场]|什么时候|何时|哪天)?(?:会议|的|呢)?"
)
_WHO_DOES = re.compile(
    rf"(?:{_IT})?(?:都|又|具体)?(?:应?由|归|让|是)?(?:谁|哪[个些家](?:部门|单位|局)|什么部门|哪位)(?:来|去|在)?"
    r"(?:牵头|负责|落实|承办|主办|督办|跟进|执行|推进|实施|承担)(?:的|呢)?"
    r"|(?:牵头|负责|落实|承办|执行|实施)的?(?:部门|单位|人)?(?:是|有)?(?:谁|哪[个些家位](?:部门|单位|局)?|什么部门)"
)
_ASKS_WHEN = re.compile(  # 「什么时候能通水？」: of what was spoken of before
    r"(?:大概|预计|要)?(?:什么时候|何时|哪天|多久)(?:之前|以前)?(?:能够?|可以?|才能?|要|会|将)[\u3400-\u9fff]{1,5}"
)
_WHEN_DONE = re.compile(
    rf"(?:{_IT})?(?:要|应该?|须|将|计划|预计)?(?:在|于)?(?:什么时候|何时|哪天|几月|多久)(?:之前|以前|前)?(?:能|要|才能)?"
    r"(?:完成|落实|办结|提交|上报|到位|完工|竣工|建成|交付|结束|启动|开工|动工)(?:的|呢)?"
)
_AGREES = re.compile(
    rf"(?P<who>[^，,]{{2,6}}?)(?:也)?(?:附和|认同|赞同|认可|同意|赞成|支持|反对|不同意)(?:这一?点|{_IT})?(?:了|过)?(?:吗|没有|不)"
)
_NEXT = re.compile(
    rf"(?:{_IT}的?)?(?:下一步|接下来|后续)(?:的?(?:工作|安排|计划|行动))?(?:是|要|会|该)?(?:怎么|如何|怎样|什么|有什么|有哪些)?(?:安排|做|办|走|推进|计划)?(?:呢|的)?"
)
_HOW_DECIDED = re.compile(
    r"(?:又|则|当时|最后|最终)?是?(?:怎么|如何|怎样)(?:定|决定|规定|安排|处理|说|办|讲|看)的?$"
)
_TIME = re.compile(
    r"[到在]?(?:(?:\d{4}|[今去前明]|上|本)年度?)?(?:\d{1,2}月份?|[上下]半年|第?[一二三四]季度)?(?:\d{1,2}[日号])?"
)
_NTH = re.compile(rf"(?P<lead>第)?(?P<n>{_N})[次届场](?:的)?(?:会议?|会)?(?:上)?(?P<w>)$")


def read_chinese_clues(text: str, calendar: Calendar, speaker: str | None) -> Clues:
    """The clues of a question; `speaker` is whoever 他 or 她 would be."""
    wording = clean(text)
    words = Words.of(wording.clean, wording.offsets)
    asked = words.text.rstrip(" ").endswith(("？", "?", "呢", "吗"))
    words = words.stripped(_EDGE)
    words, _ = _peeled(words, _FILLER)
    words, _ = _peeled(words, _IN_DETAIL)
    if _MORE_SIGN.search(words.text) and _MORE.fullmatch(words.text):
        return Clues("", (), opened=True, refers=frozenset({Refers.TOPIC}), more=True)
    if _DETAILS.fullmatch(words.text):
        return Clues("", (), opened=True, refers=frozenset({Refers.TOPIC}), intent=Intent.SUMMARY)
    words, shift = _shifted(words)
    words, opened = _peeled(words, _OPENER)
    words, closed = _closed(words)
    if not shift:
        words, shift = _shifted(words)
    if shift and _COMPARED.fullmatch(words.text):  # 「与上一年相比呢」
        words = Words("", ())
    if nth := _NTH.fullmatch(words.text):
        return Clues("", (), True, True, session=chinese_number(nth["n"]))
    if _REASON.fullmatch(words.text):
        words = words.replace(0, len(words.text), "为什么")
    if why := _THINKS_SO.match(words.text):
        words = words.replace(0, len(words.text), why["why"])
    if (agrees := _AGREES.fullmatch(words.text)) and who_is(agrees["who"], calendar).speakers:
        words = words.replace(agrees.end("who"), len(words.text), f"对{_IT}怎么看")
    if (changed := _CHANGED_MIND.fullmatch(words.text)) and _somebody(changed["who"], calendar):
        words = words.replace(changed.end("who"), len(words.text), f"对{_IT}怎么看")
    opened = opened or bool(_RAISED.match(words.text))
    words = _time_alone(words)
    if _ASKS_WHEN.fullmatch(words.text):
        words = words.replace(0, 0, "它")
    asks = bool(_ASKS.search(words.text))
    words, refers = _referring(words, calendar, speaker)
    rest = words.stripped(_EDGE)
    if rest.text.startswith("的") or rest.text == "的":
        rest = rest.cut(0, 1)
    additive = bool(_ADDITIVE.search(rest.text))
    return Clues(
        rest.text,
        rest.offsets,
        opened=opened or (closed and not asks),
        fragment=not asks,
        asked=asked,
        refers=frozenset(refers),
        shift=shift,
        additive=additive and asks,
        intent=_intent(rest.text),
    )


def _peeled(words: Words, pattern: re.Pattern[str]) -> tuple[Words, bool]:
    found = False
    for _ in range(4):
        match = pattern.match(words.text)
        if not match or not match.end() or match.end() == len(words.text):
            break
        words, found = words.cut(0, match.end()).stripped(_EDGE), True
    return words, found


def _closed(words: Words) -> tuple[Words, bool]:
    """Without the particle that makes a phrase a question: 「…呢」, 「…怎么样呢」."""
    match = _CLOSER.search(words.text)
    if not match or not match.start():
        return words, False
    bare = words.cut(match.start(), match.end()).stripped(_EDGE)
    return bare, True


def _somebody(words: str, calendar: Calendar) -> bool:
    return bool(_PERSON.fullmatch(words) or who_is(words, calendar).speakers)


def _time_alone(words: Words) -> Words:
    """A time without the asking words behind it, which ask nothing new: 「2024年又是怎么定的」."""
    match = _HOW_DECIDED.search(words.text)
    return words.cut(*match.span()) if match and _TIME.fullmatch(words.text[: match.start()]) else words


def _shifted(words: Words) -> tuple[Words, Shift | None]:
    for pattern, unit, sign in _SHIFTS:
        match = pattern.search(words.text)
        if match:
            steps = sign * (chinese_number(match.groupdict().get("n") or "") or 1)
            return words.cut(*match.span()).stripped(_EDGE), Shift(unit, steps, match[0].strip())
    for pattern, kind in ((_AFTER, Unit.AFTER), (_BEFORE, Unit.BEFORE)):
        match = pattern.search(words.text)
        if match:
            return words.cut(*match.span()).stripped(_EDGE), Shift(kind, 0, match[0].strip())
    return words, None


def _referring(words: Words, calendar: Calendar, speaker: str | None) -> tuple[Words, set[Refers]]:
    refers: set[Refers] = set()
    if match := _THAT_MEETING.search(words.text):
        words = words.cut(*match.span()).stripped(_EDGE)
        refers.add(Refers.MEETING)
    if _GROUP.search(words.text):
        refers.add(Refers.GROUP)
    match = _PERSON.search(words.text)
    if match and not _names_somebody(words.text[: match.start()], calendar):
        known = speaker and who_is(speaker, calendar).speakers == (speaker,)
        words = words.replace(*match.span(), speaker if known and speaker else "他们")
        refers.add(Refers.PERSON)
    for found in reversed(list(_TOPIC.finditer(words.text))):
        if _refers_back(words.text, found):
            lead = (
                found[0][0]
                if found[0] in ("对此", "就此", "为此")
                else "关于"
                if found[0] == "关于此"
                else ""
            )
            tail = "的" if found[0].endswith("的") else ""
            words = words.replace(*found.span(), lead + _IT + tail)
            refers.add(Refers.TOPIC)
    return words, refers


def _names_somebody(text: str, calendar: Calendar) -> bool:
    return any(
        who_is(text[i : i + size], calendar).speakers
        for i in range(min(len(text), 60))
        for size in (2, 3, 4)
        if i + size <= len(text)
    )


def _refers_back(text: str, found: re.Match[str]) -> bool:
    """Whether nothing in front of it in the question is what it means."""
    before = text[: found.start()]
    clause = list(_CLAUSE.finditer(before))
    return not (clause and len(re.sub(r"[^\u3400-\u9fff\w]", "", before[: clause[-1].start()])) > 3)


def _intent(rest: str) -> Intent | None:
    for pattern, intent in (
        (_BALLOT, Intent.VOTE),
        (_PASSED, Intent.DECISION),
        (_CHANGED, Intent.DECISION),
        (_HOW_OFTEN, Intent.COUNT),
        (_LATEST, Intent.MEETINGS),
        (_WHO_DOES, Intent.ACTION),
        (_WHEN_DONE, Intent.ACTION),
        (_NEXT, Intent.ACTION),
    ):
        if rest and pattern.fullmatch(rest):
            return intent
    return None
