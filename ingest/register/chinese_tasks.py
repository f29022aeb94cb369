"""Whom a Chinese sentence charges with what: 「会议要求，市水务局于6月30日前完成清淤，市财政局于5月底前拨付资金。」

Somebody is charged where a body or a person opens a clause and a time, a duty or an order follows: 「各区要在5月底前」,
「由住建局牵头」. What was done already (「市水务局已于3月底前完成」) charges nobody.
"""

import re

from ingest.label_words import HAN_OFFICE, SURNAMES
from ingest.register.deadlines import HAN_BEFORE, HAN_DONE, HAN_END, deadline
from ingest.register.rules import Charge

_NOT_IN_NAME = (
    r"(?:[，。；：、,;:\s（）()《》“”\d]|[要将把对向为是了的由请在于并和与及从按以到就因使令被给让须已均也都再还又]"
    r"|推进|推动|加强|加快|完成|落实|确保|督促|做好|抓好|组织|开展|研究|支持|配合|听取|会议|要求|强调|指出|明确|责成)"
)
_NOUNS = (
    r"(?:局|委|办|厅|署|部门|单位|处室?|科室?|所(?![需有述属提列涉谓在得作])|站|中心|公司|集团|法?院|学校|校|馆|医院|银行|企业|物业|专班|指挥部"
    r"|队|小组|组|政府|区县?|县|市|镇|乡|街道|街镇|社区|村|支书|村委会|居委会|业委会|委员会|管委会|理事会|董事会|监事会"
    r"|办公室|党工委|党委|党组|支部|工会|协会|商会|秘书处|秘书长|基金会|部|会)"
)
_BODY = rf"(?:(?!{_NOT_IN_NAME})[\u4e00-\u9fff]){{0,12}}?{_NOUNS}(?:（[^（）。；]{{1,12}}）)?"
_SURNAME = f"[{''.join(sorted(SURNAMES))}]"
_PERSON = (
    rf"(?:[小老]{_SURNAME}|{_SURNAME}(?:(?!{_NOT_IN_NAME})[\u4e00-\u9fff]){{1,2}}?(?:{HAN_OFFICE})?"
    rf"|(?:(?!{_NOT_IN_NAME})[\u4e00-\u9fff]){{0,6}}{HAN_OFFICE})"
)
_PARTY = rf"(?:{_BODY}|{_PERSON})"
WHO = rf"{_PARTY}(?:(?:、|和|及|与){_PARTY}){{0,6}}"
"""A pattern of one or more bodies or people."""
_MUST = r"(?:要(?![求点素])|应当?(?![急用聘对])|须|必须|需要?(?!求)|务必|抓紧|尽快|继续|同步|分别|均|都|再)"
_DUTY = r"(?P<duty>牵头|负责(?!人|同志|任))"
_AIMED = rf"(?:{_MUST}{{0,2}}(?:于|在|要在|力争)?\s?(?:{HAN_BEFORE}|{HAN_END})|{_MUST}|{_DUTY})"
_DOES = (
    r"(?:根据|按|会同|结合|认真|积极|进一步|加强|加快|做好|抓好|完善|修改|制定|起草|组织|研究|提交|报送|上报|提出|汇总"
    r"|协调|配合|督促|整改|统筹|跟进|办理|落实|开展|编制|拿出|完成|准备|整理|联系|印发|发布|公布|拨付|核实|处理|采购)"
)
_ORDERED = r"(?:责成|责令|指定|委托|授权|安排|督促|要求|交由|由|请)"
_SAID = (
    r"(?:[\u4e00-\u9fff]{0,8}?(?:还|并|同时|再次|进一步|原则)?(?:强调|指出|要求|明确|决定|议定|确定|提出|部署|(?<!不)同意|认为)"
    r"[，,：:]?)"
)
_TELLS = rf"(?:(?:[\u4e00-\u9fff]{{2,8}}?)?{_ORDERED})"
_COUNTED = (
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}(?:[）)]|[、.．])\s?|[一二三四五六七八九]是[，,：:]?"
    r"|首先[，,]?|其次[，,]?)"
)
_CHARGE = re.compile(
    rf"(?:^[\s*•·-]*|(?<=[，,；;：:。\n]))\s?(?P<opens>{_COUNTED}?{_SAID}?{_COUNTED}?(?:并|另|同时|其中)?[，,]?)"
    rf"(?P<order>{_TELLS}?)(?P<who>{WHO})(?:同志)?[：:]?(?:{_AIMED}|(?P<does>{_DOES}))"
)
_LISTED = re.compile(
    rf"[\s*•·-]*{_COUNTED}?(?!责任|牵头|主办|承办|配合|协办|会议|出席|参[会加]|列席|主持|记录|抄送|主送|报送|印发)(?P<who>{WHO})"
    r"(?:[：:]|\s[–—-]\s)\s?(?![我你他她它咱这那谢好是对嗯]|大家|各位|同意|反对|弃权)[\u4e00-\u9fff\d]"
)
_CLAUSE_END = re.compile(r"[，,；;。]|$")
_DONE = re.compile(r"已经?(?!批准|建|投)|完成了|截至")
_IN_TIME = re.compile(rf"(?:{HAN_BEFORE}|{HAN_END}){HAN_DONE}")
_ANYBODY = re.compile(r"(?:会议|大会|全会|与会|市委会)")


def charges(sentence: str) -> list[Charge]:
    """The parts of a sentence that each charge somebody of their own, in order.

    A further one begins only where it stands apart (a semicolon, a count) or has its own time; who just helps belongs
    to the part before it.

    >>> [one.who for one in charges("市水务局6月底前完成清淤，市财政局5月底前拨付资金。")]
    ['市水务局', '市财政局']
    """
    found = [match for match in _CHARGE.finditer(sentence) if _charges(sentence, match)]
    begins = [match for place, match in enumerate(found) if not place or _stands_apart(sentence, match)]
    ends = [match.start("opens") for match in begins[1:]] + [len(sentence)] * bool(begins)
    return [
        Charge(match.start("opens"), end, match["who"], bool(match["order"] or match["duty"]))
        for match, end in zip(begins, ends, strict=True)
    ]


def sets_task(sentence: str) -> bool:
    """Whether a part of the sentence sets a task, not only what is generally expected: by a day, or by an order.

    >>> sets_task("会议要求，市水务局于6月底前完成清淤。"), sets_task("会议要求各部门抓好落实。")
    (True, False)
    """
    return any(one.ordered or deadline(one.of(sentence)) for one in charges(sentence))


def doer(line: str) -> str | None:
    """Who is to act, where a line of a list begins with them and goes on with what: 「张伟：联系物业」."""
    listed = _LISTED.match(line)
    return listed["who"] if listed else None


def sets_day(sentence: str) -> bool:
    """Whether it says by when something is to be done, whoever does it: 「6月底前全面完工」."""
    return _IN_TIME.search(sentence) is not None and not _DONE.search(sentence)


def _charges(sentence: str, match: re.Match[str]) -> bool:
    end = _CLAUSE_END.search(sentence, match.end()).start()  # type: ignore[union-attr]  # the end matches
    told = match["order"] or not match["does"] or _stands_apart(sentence, match)
    return (
        bool(told)
        and not _ANYBODY.match(match["who"])
        and not _DONE.search(sentence, match.start("who"), end)
    )


def _stands_apart(sentence: str, match: re.Match[str]) -> bool:
    clause = _CLAUSE_END.search(sentence, match.end())
    own = deadline(sentence[match.start("who") : clause.start() if clause else len(sentence)])
    return own is not None or sentence[: match.start("opens")].rstrip().endswith(("；", ";", "。"))
