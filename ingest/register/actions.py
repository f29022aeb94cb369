"""Who is to act."""

import re

from ingest.register import chinese_tasks, english_tasks
from ingest.register.english_tasks import ASKED, TO_DO, WHO, is_person
from ingest.register.markers import named_in_label
from ingest.register.task_notes import mentioned

_LABEL = r"(?i:^\W*(?:action(?: item| point)?s?|AI|todo|to do|task)\s*\d*\s*[:：–-]\s*)"
_HAN_ACTS = (
    r"(?:牵头|负责|会同|落实|抓紧|尽快|办理|跟进|组织|研究|起草|再次|邀请|督促|于|在|来|按|根据|向|与)"
)
_HAN_DOES = r"(?:跟进|完成|整理|准备|联系|提交|组织|起草|落实|确认|汇总)"
_HAN_NAME = r"[\u4e00-\u9fff·]{2,4}"
_OWNERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b(?:owner|responsible|assigned to|assignee|lead|action by|who|by whom)\s*[:：]\s*){WHO}",
        r"(?i:^\W*(?:action(?: item| point)?s?|AI))\s*[(\[]\s*(?P<who>[A-Z][^)\]]{0,60})\s*[)\]]",
        rf"{_LABEL}[(\[](?P<who>[A-Z][^)\]]{{0,40}})[)\]]",
        rf"(?:^\W*|{_LABEL})(?P<who>All|Everyone|Everybody)(?: to |[:：])",
        rf"{_LABEL}(?:[Tt]he )?{WHO}(?: to | will | shall | is to | should |[:：])",
        rf"^\W*(?:\d+[.)] )?{WHO}\s?(?: to {TO_DO}\b| will | shall | is to | are to |[:：] | [–—-] )",
        rf"\b(?:{ASKED}|directs|instructs|requests|requires|delegated to|appointed)(?: that)? (?:the )?{WHO}"
        rf" (?:to|with|{TO_DO})\b",
        rf"{WHO} (?:was|were) (?:\w+ly )?(?:{ASKED}|assigned|delegated|appointed)\b",
        rf"{WHO} (?:volunteered|offered|undertook|agreed) to\b",
        rf"{WHO} (?:took an action|will|is to|are to) {TO_DO}?",
        r"(?:由|请|责成|委托|指定)"
        rf"(?P<who>[^，。；：、（(\d]{{2,16}}?(?:、[^，。；：、\d]{{2,12}}?){{0,4}})(?:同志)?{_HAN_ACTS}",
        rf"{_LABEL}[^.]*?\((?P<who>[A-Z]{{2,4}})\)",
        r"(?:责任(?:人|单位|部门)|牵头(?:单位|部门|人)?|负责人)[:：]\s*(?P<who>[^，。；：\s）)]{2,30})",
        r"(?:^[\W\d]*|[，。；：]\s*)(?P<who>[^\W\d][^，。；：]{1,15}?)(?:牵头|负责)(?!任)",
        rf"^[\W\d]*(?P<who>{_HAN_NAME}?(?:、{_HAN_NAME}?)*){_HAN_DOES}",
    )
)
_ALL = next(pattern for pattern in _OWNERS if "Everyone" in pattern.pattern)
_WHOLE_WHO = re.compile(rf"{WHO}|[\u4e00-\u9fff·、]{{2,12}}")


def owner(text: str) -> str | None:
    """Who is to act, as written; None when the words name nobody.

    >>> owner("Staff was directed to report by May."), owner("由市住建局牵头，6月底前完成")
    ('Staff', '市住建局')
    """
    if text.startswith("|"):
        return next((cell for cell in _cells(text)[1:] if _WHOLE_WHO.fullmatch(cell)), None)
    if named := mentioned(text):
        return named
    if charged := chinese_tasks.charges(text) or english_tasks.charges(text):
        return charged[0].who
    if named := named_in_label(text):
        return named
    if listed := chinese_tasks.doer(text):
        return listed
    for pattern in _OWNERS:
        match = pattern.search(text)
        if match and (is_person(match["who"]) or pattern is _ALL):
            return match["who"].strip(" ：:、，.")
    return None


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]
