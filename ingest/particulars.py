"""The smaller things a record says of its meeting: its chair, place and number."""

import re
from collections.abc import Sequence

from ingest.attendance import without_office
from ingest.han_scripts import both_scripts
from ingest.label_words import HAN_OFFICE, SURNAMES
from ingest.records import Turn

_OPENING = 2_000
_CLOSING = 1_000

# Chair ------------------------------------------------------------------------------------------------------

_NAME = (
    r"(?<!\w)(?:(?:the[ \t])?(?:(?i:acting|deputy|vice|former)[- \t])*(?:[A-Z][a-z]+[ \t])?"
    r"(?:Mr|Mrs|Ms|Dr|Prof|Hon|Rev|Sir|Dame)?\.?[ \t]?)?"
    r"[A-ZÀ-Þ][\w'’.-]{1,30}(?:[ \t](?:(?:de|van|von|der|la|al|bin|den|du)[ \t]){0,2}[A-ZÀ-Þ][\w'’.-]*){0,4}"
)
_SITTING = "meeting|session|workshop|hearing|retreat|sitting"
_ENGLISH_CHAIRS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<who>{_NAME})(?:,[ ][\w ]{{2,120}},|\s\([^()\n]{{2,40}}\),?)?\s"
        r"(?:presiding\b|presided\b|in\sthe\s[Cc]hair\b|was\sin\sthe\s[Cc]hair\b|chaired\b|took\sthe\s[Cc]hair\b)",
        rf"(?:[Pp]resided\sover\sby|[Cc]haired\sby|[Pp]resided\sby|\b[Ll]ea?d\sby|[Uu]nder\sthe\s(?:chair(?:man|woman|person)?ship|presidency|chair)\sof)"
        rf"\s(?P<who>(?:the\s)?{_NAME})",
        rf"(?:Chair(?:man|woman|person)?|Mayor|President|Presiding\sOfficer)\s(?P<who>{_NAME})\scalled\sthe\s(?:[\w\s]{{0,30}})?(?:{_SITTING})",
        rf"(?P<who>{_NAME})(?:,\s[\w\s]{{2,40}},)?\scalled\sthe\s(?:[\w\s]{{0,30}})?(?:{_SITTING})\sto\sorder",
        rf"(?:Chair(?:man|woman|person)?|Mayor|President),\s(?P<who>{_NAME}),\s(?:then\s)?(?:opened|welcomed|convened|called|began|declared)\b",
        rf"(?i:{_SITTING})\b[^.\n]{{0,120}}?\swas\scalled\sto\sorder[^\n]{{0,80}}?\sby\s(?:the\s)?"
        rf"(?:(?:[A-Z]\w+\s){{0,3}}(?:President|Chair\w*|Mayor|Speaker),?\s)?(?P<who>{_NAME})",
    )
)
_HAN_CHAIR = re.compile(
    rf"(?:由)?(?P<who>(?:[\u4e00-\u9fff、]{{0,20}}{HAN_OFFICE})?[\u4e00-\u9fff·]{{2,4}}?)(?:同志)?主持(?!人)"
    + both_scripts("(?:了|召开|会议|本次|此次|这次|[，。,]|$)")
)
_HAN_CHAIR_SOMEWHERE = re.compile(  # 副市长李敏在市政府二楼会议室主持召开; 副市长何平召集市水务局等部门
    rf"(?P<who>[\u4e00-\u9fff、]{{0,20}}{HAN_OFFICE}[\u4e00-\u9fff·]{{2,3}}?)(?:同志)?"
    r"(?:[于於在][^，。；\n]{2,30}?)?(?:主持|召集)(?!人)"
)
_CHAIR_LABEL = re.compile(
    r"(?:The\s)?(?:Acting\s|Deputy\s|Vice[-\s])?(?:Chair|President|Speaker|Chairman|Chairperson)\s\((?P<who>[^()]{3,60})"
    r"|(?:Acting\s|Vice[-\s])?Chair(?:man|woman|person)?\s(?P<named>[A-Z][\w'’.-]+(?:\s[A-Z][\w'’.-]*){0,3})$",
    re.IGNORECASE,
)
_CHAIR_AFTER = re.compile(
    r"(?:\s\(in\s(?=the)|\sin\s(?=the)|\s\(|,\s|\s[-–—]\s)(?:the\s)?chair(?:man|woman|person)?\b(?!\s?(?:of|elect))",
    re.IGNORECASE,
)
_OF_A_PART = re.compile(  # a working group "chaired by" someone is not the meeting
    r"\b(?:group|subcommittee|sub-committee|task\sforce|team|panel|project|initiative|to\sbe|formerly|previously)\b[^.\n]{0,40}$",
    re.IGNORECASE,
)
_NO_NAME = {
    "the",
    "he",
    "she",
    "it",
    "meeting",
    "chair",
    "chairman",
    "they",
    "who",
    "council",
    "committee",
    "board",
}


def chair_in(text: str, attendees: Sequence[str], turns: Sequence[Turn]) -> str | None:
    """Who chaired: said in the opening or closing words, marked among the attendees, or named in a label."""
    for part in (text[:_OPENING], text[-_CLOSING:]):
        if name := _chair_said(_WRAPPED.sub(" ", part)):
            return _in_full(name, attendees)
    marked = (
        re.sub(r"\s*\(.*", "", _CHAIR_AFTER.split(name, maxsplit=1)[0])
        for name in attendees
        if _CHAIR_AFTER.search(name)
    )
    labels = (
        match["who"] or match["named"].title()
        for turn in turns[:50]
        if (match := _CHAIR_LABEL.match(turn.speaker))
    )
    return next((without_office(name) for name in (*marked, *labels)), None)


_WRAPPED = re.compile(r"(?<=[^\n]{60})[ \t]*\n(?=\w)")  # a line of a paragraph that goes on


def _in_full(name: str, attendees: Sequence[str]) -> str:
    """A surname as the list of attendees has it in full."""
    if " " in name or not name.isascii():
        return name
    full = (without_office(_CHAIR_AFTER.split(attendee, maxsplit=1)[0]) for attendee in attendees)
    return next((whole for whole in full if whole.split()[-1:] == [name]), name)


def _chair_said(part: str) -> str | None:
    for form in _ENGLISH_CHAIRS:
        for match in form.finditer(part):
            name = without_office(" ".join(match["who"].removeprefix("the ").split()))
            if _OF_A_PART.search(part, max(0, match.start() - 60), match.start()):
                continue
            if name.lower() not in _NO_NAME and len(name) > 2 and not _is_body(name):
                return name.rstrip(".")
    for match in (found for form in (_HAN_CHAIR, _HAN_CHAIR_SOMEWHERE) for found in form.finditer(part)):
        name = without_office(re.split(r"[、由，]", match["who"])[-1])
        if 2 <= len(name) <= 8 and (name[0] in SURNAMES or "·" in name):
            return name
    return None


def _is_body(name: str) -> bool:
    return bool(
        re.search(
            r"\b(?:Committee|Council|Board|Commission|Meeting|Minutes|Chair(?:man|woman|person)?)\b", name
        )
    )


# Place ------------------------------------------------------------------------------------------------------

_ENGLISH_PLACE = re.compile(
    r"(?i:\b(?:meeting|session|hearing|conference|committee|council|board|commission|members)\b)[^.;\n]{0,120}?"
    r"\b(?:held|met|convened|took\splace|assembled|gathered)\b[^.;\n]{0,80}?\b(?:in|at)\s(?P<where>(?:the\s)?(?=[A-Z])"
    r"[^.,;\n]{3,90}?)(?=,|[.;\n]|\son\s|\sat\s\d|\sbeginning|\swith\s|\sfrom\s\d|\sto\s|$)"
)
_HAN_PLACE = re.compile(
    both_scripts(
        r"在(?P<where>[\u4e00-\u9fff\dA-Za-z（）()]{2,30}?(?:会议室|会议厅|会堂|大厅|礼堂|会议中心|大楼|报告厅|楼|厅|室))(?:召开|举行|主持|开会|，)"
    )
)


def place_in(text: str) -> str | None:
    """Where the meeting was held, from the sentence that says that it was."""
    opening = text[:_OPENING]
    match = _ENGLISH_PLACE.search(opening) or _HAN_PLACE.search(opening)
    if not match or re.match(
        r"(?:the\s)?(?:January|February|March|April|May|June|July|August|September|October"
        r"|November|December|\d)",
        match["where"],
    ):
        return None
    return match["where"].removeprefix("the ").strip()


# Number -----------------------------------------------------------------------------------------------------

_NUMBER = re.compile(
    r"(?P<han>[\u4e00-\u9fff]{0,12}[〔\[［（(]\d{4}[〕\]］）)]\s?第?\s?\d{1,5}\s?号)"
    r"|\b(?:paper|document|doc|report|ref(?:erence)?|file|minute)\s?(?:no|number|ref)?\.?\s?[:#]?\s?"
    r"(?P<latin>(?=[\w./-]{0,20}\d)[A-Z0-9][\w-]*(?:[/.-][\w-]+){1,6})",
    re.IGNORECASE,
)
_HAN_NUMBER_LEAD = re.compile(r".*(?:关于|根据|按照|依据|印发|文件|通知|的|见)")


def number_in(text: str) -> str | None:
    """The number of the document, as written: 嘉政发〔2023〕15号, "Paper No. 2024/15"."""
    for line in text[:_OPENING].split("\n")[:15]:
        if len(line) > 120 or not (match := _NUMBER.search(line)):
            continue
        if match["han"]:
            return _HAN_NUMBER_LEAD.sub("", match["han"])
        if match.start() == 0 or not line[: match.start()].strip("*_# (["):
            return " ".join(match[0].strip().split())
    return None
