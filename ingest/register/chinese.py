"""Sentences that record an outcome, in Chinese: of minutes and resolutions, and of speech."""

import re

from ingest.records import DecisionKind as Kind
from ingest.register.chinese_tasks import sets_day, sets_task
from ingest.register.rules import Finding, Rule, first_finding, puts_off

_BODY = (
    r"(?:会议|大会|全会|例会|本次会|与会[^\s，。]{0,6}?|董事会|监事会|理事会|股东(?:大)?会|委员会|常委会"
    r"|常务会|党组|党委"
    r"|专委会|评审组|专家组|领导小组|居委会|村委会|业委会|业主大会|代表大会|办公会|校委会|院务会|各方|双方"
    r"|全体(?:董事|监事|委员|成员|代表))"
)
_WITHIN = r"[^。；;！？!?]{0,60}?"
_CLAUSE = (
    rf"(?:(?:^|[，,；;：:。]\s*|[一二三四五六七八九十]+、|\d+[.、]\s*|（[一二三四五六七八九十]+）){_BODY}?)"
)
_LISTED = r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、]\s*)?"


def _rule(name: str, kind: Kind, *patterns: str) -> Rule:
    return Rule(f"zh.{name}", kind, re.compile("|".join(patterns)))


# "会议强调，..." opens its sentence: whatever follows is what was stressed, not what was settled.
STRESSED = (
    _rule(
        "emphasised",
        Kind.EMPHASISED,
        rf"{_LISTED}{_BODY}(?:还|并|同时|再次|进一步)?(?:强调|指出|要求|号召|希望|重申|呼吁|倡议|提醒)(?!的)",
    ),
    _rule(
        "leader-emphasised",
        Kind.EMPHASISED,
        rf"{_LISTED}[\u4e00-\u9fff]{{2,8}}?(?<!是)(?:在讲话中|最后)?(?:还|并|同时|再次|进一步)?(?:强调|指出"
        rf"|要求)[，：:]",
    ),
)

NEGATED = (
    _rule(
        "rejected",
        Kind.REJECTED,
        r"未(?:获|能|予)?(?:得)?(?:审议)?(?:表决)?(?:通过|批准|同意|采纳)(?!的)",
        r"不予(?:通过|批准|同意|采纳|审议)|(?:^[^\u4e00-\u9fff]*|[，；：。]|会议|董事会|委员会"
        r"|大会)不(?:同意|批准|通过|采纳)(?!的)|否决|驳回|没有通过",
    ),
    _rule(
        "deferred",
        Kind.DEFERRED,
        r"暂缓|缓议|(?:延期|推迟|延后|推后|顺延|改期)(?:审议|讨论|表决|研究|召开|举行|实施|启动|开馆|开放|开工|开业|至|到|进行)|暂不(?:审议|表决|实施|通过|研究)|留待",
        r"下(?:一)?次会议(?:再|继续)|提交下(?:一)?次会议|择期(?:再)?(?:审议|研究|上会)",
        r"会后(?:再)?(?:进一步)?(?:研究|论证|完善)后(?:再)?(?:提交|上会)",
        r"待[^。；]{1,30}后再(?:议|审议|研究|提交)",
        rf"{_BODY}{_WITHIN}(?:推迟|延后|推后|顺延|搁置)(?!的)",
    ),
    _rule(
        "put-to-later-day",
        Kind.DEFERRED,
        r"[由从][^。；，]{0,12}[年月日号](?:推|改|调整|变更)(?:至|到|为)[^。；，]{0,12}[年月日号]",
    ),
    _rule(
        "withdrawn",
        Kind.WITHDRAWN,
        r"(?:撤回|收回|主动撤销)了?[^。；，]{0,30}?(?:申请|议案|提案|方案|动议|议题|请求|报告|建议)",
        r"(?:申请|议案|提案|方案|动议|议题|请求)[^。；，]{0,8}?(?:被|已|予以|自行|主动)?撤回",
    ),
    _rule(
        "undecided",
        Kind.UNDECIDED,
        r"(?:尚未|还未|仍未|暂未|未能?|没有|没能)(?:就此|对此|最终|能够?)?(?:[作做]出?|形成|得出|达成|下)(?:最终|一致|明确|任何)?的?"
        r"(?:决定|结论|决议|意见|共识|一致)",
        r"(?:尚|还|仍|暂)未(?:最终)?(?:确定|决定|议定|定案|明确|敲定)(?!的)|悬而未决|有待(?:进一步)?(?:确定|决定|商定)",
    ),
)

OUTCOMES = (
    _rule(
        "unanimous",
        Kind.APPROVED,
        r"一致(?:表决)?(?:审议)?(?:通过|同意|赞成|决定|推选|选举|认定)|全票(?:审议)?(?:通过|同意|当选)",
    ),
    _rule(
        "vote-passed",
        Kind.APPROVED,
        r"\d+\s?票\S{0,6}?(?:赞成|同意)[^。]{0,40}(?:通过|当选|批准)|(?:表决|投票)(?:并)?通过",
    ),
    _rule(
        "approved",
        Kind.APPROVED,
        r"(?:审议|讨论|研究|审定|表决|逐项审议|举手表决)(?:并|后|，)?(?:表决|原则|一致)?(?:通过|批准)了?",
        rf"{_CLAUSE}(?:会上)?(?:原则)?(?:通过|批准|审定)了?(?:《|关于|上次|上一次|本次)",
        rf"{_BODY}{_WITHIN}(?:通过|批准|审定)了?(?:《|关于)",
        r"(?:免去|撤销)[^。；，]{2,30}职务|任命[^。；，]{2,12}为|接受[^。；，]{2,30}的辞职|追认",
        r"(?:当选|被选举为|被推选为|任命|聘任)[^。]{2,}"
        r"(?:主席|主任|会长|理事长|董事长|委员|总经理|秘书长|董事|监事)",
    ),
    _rule(
        "agreed",
        Kind.AGREED,
        rf"原则(?:上)?同意|{_CLAUSE}(?:研究)?(?:决定)?同意(?!的|后|意见|了?(?:他|她|我|你))",
        rf"{_BODY}{_WITHIN}(?<!经)(?<!征得)同意(?!的|后)|{_BODY}{_WITHIN}商定",
        r"达成(?:了)?(?:一致|共识)|形成(?:了)?(?:一致意见|共识)",
    ),
    _rule(
        "decided",
        Kind.DECIDED,
        rf"{_BODY}{_WITHIN}(?:决定|议定|确定|明确|研究定|定于)(?!性|事项|了?不了|权|因素|书|的(?!是))",
        rf"{_CLAUSE}(?:会议)?(?:研究)?(?:决定|议定|明确)(?:，|：|:|了|由|将|在|对|从|于|成立|设立|授权|聘"
        rf"|给予|召开|开展|启动|采用|采取|实施|按|把|以|继续|同意)",
        r"作出(?:如下|以下)?(?:决定|决议)|形成(?:如下|以下)?(?:决议|决定|意见)(?!书)",
    ),
    _rule(
        "deployed",
        Kind.DECIDED,
        rf"(?:{_BODY}{_WITHIN}|{_CLAUSE})(?:研究)?(?:并)?部署了?(?!要求|会)",
        r"[作做](?:出|了)?[^。，]{0,12}(?:部署|安排)",
    ),
    _rule(
        "concluded",
        Kind.CONCLUDED,
        rf"{_BODY}{_WITHIN}(?:认为|认定)(?!，?是否)|得出(?:了)?结论|综上|结论[是为]",
    ),
    _rule(
        "assigned",
        Kind.ASSIGNED,
        r"(?:由|请|责成|委托|指定|安排|授权)[^，。；：]{2,30}?(?:牵头|负责|会同|落实|抓紧|尽快|办理|跟进"
        r"|组织|研究|起草|完成|提出|制定|汇总|协调|配合|督促|整改|报送|提交|统筹)",
        r"[^，。；：]{2,20}(?:牵头|负责)[^。；]{0,60}?(?:前|底|内)(?:完成|提交|报送|上报|落实|到位)",
        r"(?:月底|年底|\d+[日号月]|本周|下周|本月|下月|日内|个工作日内)(?:之)?前?"
        r"(?:完成|提交|报送|上报|办结|落实到位)",
    ),
    _rule(
        "noted",
        Kind.NOTED,
        rf"(?:{_BODY}|{_CLAUSE})[^。；]{{0,10}}?(?:听取|审阅|通报|传达(?:学习)?|学习)了?[^。]{{2,}}",
    ),
)

EMPHASES = (
    _rule(
        "emphasised-within",
        Kind.EMPHASISED,
        rf"{_BODY}{_WITHIN}(?:强调|指出|要求|号召|提出|希望|重申|呼吁|倡议|提醒)(?!的)",
    ),
)

_WE = r"(?:我们|咱们|大家)"
SPOKEN = (
    _rule(
        "spoken-passed",
        Kind.APPROVED,
        r"宣布[^。？]{0,40}(?:通过|当选|生效)|一致通过|全票通过|表决通过",
        r"(?:议案|方案|决议|提案|议程)(?:获得|获)?(?:了)?通过了?(?=[。，]|$)",
    ),
    _rule(
        "spoken-decided",
        Kind.DECIDED,
        rf"(?:^|[，。：])(?:好|那|那么|所以|那好)，?{_WE}(?:今天|最后|最终|现在|就|一致|共同)*(?:决定|商定"
        rf"|定下来|定了)(?!因素|性|的)",
        rf"{_WE}(?:今天|现在|一致|共同|正式)(?:就)?(?:决定|商定|定下来)(?!因素|性|的)|就这么(?:定|办"
        rf"|决定)(?:了|吧)",
        r"(?:那|好)就(?:按|用|选|定)[^。，？]{1,20}(?:来|了|吧)(?=[。，]|$)",
        r"(?:今天|会议)(?:的)?(?:最后的?|最终的?)?决定(?:是|就是)|^(?:那|那么"
        r"|所以)?(?:我们)?最[终后]的?决定(?:是|就是)",
    ),
    _rule(
        "spoken-agreed",
        Kind.AGREED,
        r"(?:我们|大家|各方|双方)(?:已经|都|就[^。，]{1,30})?(?:达成|形成)(?:了)?(?:一致|共识)",
        r"(?:大家|我们)(?:都)?一致同意",
    ),
    _rule(
        "spoken-action",
        Kind.ASSIGNED,
        r"(?:这(?:个|件|项)(?:事|任务|工作))?就?由[^，。；：？]{2,12}(?:来)?(?:牵头|负责)(?!任|的|人)",
        r"(?:待办|行动项)(?:是|：)",
    ),
)

_HEDGED = re.compile(
    r"(?:纪要|记录|公告|决议|通报)(?:如下)?[：:]?$|(?:强调|指出|要求|明确)[：:]$|[？?]\s*”?$|是否|能否|可否|[吗呢][。”]?$"
)
_TIME_CLAUSE = re.compile(r"(?:当|时候|之前|如果|想要?|假如|怎么)")
_CONDITION = re.compile(r"(?:如果|假如|一旦|倘若|若(?!干))[^。；]{0,40}$")
_DEPENDENT = re.compile(
    r"(?:拟|提请|提交|报请|报经|经|待|建议|申请|希望|争取|力争|须?经|等|可|征得|由于|不管"
    r"|无论)[^，。；]{0,10}$"
)
_EARLIER = re.compile(
    r"(?:上次|上一次|上届|前次|此前|之前|已经|已于|曾经?|去年|前年|往年|近日|日前)[^，。；]{0,24}$"
)
_AFTERWARDS = re.compile(r"^(?:后|之后|以后|时(?!间)|的(?!是|《)|之日|并报|与否|程序)")
_NAMED_SO = re.compile(r"[^，。；]{0,20}的(?:汇报|报告|情况|通报|方案|请示|说明|建议)")
_MINUTES = re.compile(r"纪要|会议记录|上次会议")
_WRITTEN = (*STRESSED, *NEGATED, *OUTCOMES, *EMPHASES)


def _recorded(rule: Rule, sentence: str, match: re.Match[str]) -> bool:
    later = rule.name != "zh.put-to-later-day" or puts_off(sentence[: match.end()], _NOT_PUT_OFF)
    return later and _happened(rule, sentence, match)


_NOT_PUT_OFF = re.compile(r"期限|截止|时限|提前")


def find(sentence: str, spoken: bool = False) -> Finding | None:
    """What a plain Chinese sentence records, None when nothing; `spoken` when it is someone's speech."""
    if _HEDGED.search(sentence):
        return None
    if spoken:
        return first_finding(SPOKEN, sentence, _settles)
    found = first_finding(_WRITTEN, sentence, _recorded)
    return CHARGED if _charges(sentence, found) else found


CHARGED = Finding("zh.charged", Kind.ASSIGNED)
_STANCES = (Kind.EMPHASISED, Kind.NOTED, Kind.CONCLUDED)


def _charges(sentence: str, found: Finding | None) -> bool:
    """Whether what a sentence stresses, or says beside what was heard, is somebody's task or has its day."""
    if found is not None and found.kind is Kind.EMPHASISED and sets_day(sentence):
        return True
    return (found is None or found.kind in _STANCES) and sets_task(sentence)


def _settles(rule: Rule, sentence: str, match: re.Match[str]) -> bool:
    """Whether speech settles something here, rather than tell of a time when something was settled."""
    near = sentence[max(0, match.start() - 20) : match.end() + 25]
    return not _TIME_CLAUSE.search(near) and _happened(rule, sentence, match)


def _happened(rule: Rule, sentence: str, match: re.Match[str]) -> bool:
    """Whether the match says what this meeting did: no condition, no plan, no earlier decision."""
    before = sentence[: match.start()]
    if _AFTERWARDS.search(sentence[match.end() :]):
        return False
    if rule.kind is Kind.ASSIGNED and _NAMED_SO.match(sentence, match.end()):
        return False
    if rule.kind in (Kind.ASSIGNED, Kind.EMPHASISED, Kind.NOTED):
        return True
    if _EARLIER.search(before) and not _MINUTES.search(sentence):
        return False
    dependent = match[0][:1] not in "，,；;：:。" and _DEPENDENT.search(before)
    return not dependent and not _CONDITION.search(before)


_REFINED = (
    (Kind.REJECTED, re.compile(r"不(?:予|同意|通过|批准)|否决|未(?:获)?通过|驳回")),
    (Kind.UNDECIDED, re.compile(r"待定|未达成|未决|尚未(?:确定|决定)|没有结论")),
    (Kind.WITHDRAWN, re.compile(r"撤回")),
    (Kind.DEFERRED, re.compile(r"暂缓|延期|推迟|缓议|择期|下次会议|再议|顺延|延后")),
    (Kind.APPROVED, re.compile(r"通过|批准|审定")),
    (Kind.AGREED, re.compile(r"同意|共识|一致")),
)


_PASSED = r"(?:经?表决|获得?|予以|全票)?通过了?"
_FAILED = r"(?:表决)?(?:未(?:获得?|能)?通过|没有通过|不予通过|被?否决)"
_RESULTS = (
    (Kind.REJECTED, _FAILED),
    (Kind.APPROVED, _PASSED),
)
_BARE_RESULTS = tuple((kind, re.compile(rf"\W*{form}\W*")) for kind, form in _RESULTS)
_RESULTS_OF_VOTE = (
    (Kind.REJECTED, re.compile(_FAILED)),
    (Kind.APPROVED, re.compile(rf"[，,；;：:。]\s?{_PASSED}(?=\W|$)")),
)


def bare_result(words: str) -> Kind | None:
    """What words that are a result and nothing more state: 「通过。」, 「未获通过。」."""
    return next((kind for kind, form in _BARE_RESULTS if form.fullmatch(words)), None)


def result_of_vote(words: str) -> Kind | None:
    """The outcome that a sentence which counts a vote states too; None where it counts only.

    >>> result_of_vote("同意12票，反对0票，通过。"), result_of_vote("提议未获通过：赞成2票，反对3票。")
    (<DecisionKind.APPROVED: 'approved'>, <DecisionKind.REJECTED: 'rejected'>)
    """
    return next((kind for kind, form in _RESULTS_OF_VOTE if form.search(words)), None)


_ASKS = re.compile(
    r"(?:\W*[^\W\d]{2,6}[:：])?[\s\d（()）、.]*(?:[^，。；]{0,8}[，,]\s?)?(?:请(?![示假辞求])|责成|委托|交由)"
)


def asks(words: str) -> bool:
    """Whether an announced text begins by giving somebody a task: 「决议：请秘书长函询主管机关。」."""
    return _ASKS.match(words) is not None


def refined(words: str) -> Kind | None:
    """The kind of outcome that an announced text speaks of in its first words, None when it does not say."""
    opening = words[:60]
    found = [(match.start(), kind) for kind, pattern in _REFINED if (match := pattern.search(opening))]
    return min(found, key=lambda pair: pair[0])[1] if found else None
