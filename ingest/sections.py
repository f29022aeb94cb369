"""The sections of a record: from each heading to the next of the same or a higher level.

A report in prose has no headings; there a paragraph that opens a topic ("Regarding the housing market, ...",
"会议研究了...") is a section, named by the words that name the topic.
"""

import re
from collections.abc import Iterator, Sequence

from ingest.headings import Headline
from ingest.lines import Line
from ingest.records import Section, Span


def sections(text: str, headlines: Sequence[Headline]) -> tuple[Section, ...]:
    """Headlines as sections, in order; nested ones lie within the ones above them."""
    out = []
    ends = _ends([headline.level for headline in headlines])
    for headline, after in zip(headlines, ends, strict=True):
        end = headlines[after].line.start if after < len(headlines) else len(text)
        title = " ".join(headline.title.of(text).split())
        out.append(Section(headline.line.start, end, title, headline.title, headline.level, headline.number))
    return tuple(out)


def _ends(levels: Sequence[int]) -> list[int]:
    """For each level the place of the next level as high or higher, or the number of levels."""
    ends = [len(levels)] * len(levels)
    open_ones: list[int] = []
    for place, level in enumerate(levels):
        while open_ones and levels[open_ones[-1]] >= level:
            ends[open_ones.pop()] = place
        open_ones.append(place)
    return ends


# Topics of a report in prose --------------------------------------------------------------------------------

_SHORTEST = 80  # width of a paragraph that can open a topic, Chinese counting double
_MEETING = (
    r"(?:the\s)?(?:meeting|committee|council|board|members?|commission|cabinet|conference|session|panel"
    r"|assembly|participants)"
)
_VERB = (
    r"(?:discussed|considered|reviewed|heard|studied|examined|highlighted|emphasi[sz]ed|stressed|noted|approved|adopted"
    r"|received|deliberated(?:\son)?|debated|addressed|turned\sto|focused\son|agreed\son|listened\sto|endorsed"
    r"|pointed\sout|proceeded\sto|took\sup|called\sfor|conveyed)"
)
_TOPIC = re.compile(
    r"(?:regarding|concerning|with\sregard\sto|with\srespect\sto|in\srelation\sto|in\sregard\sto|as\sfor|as\sregards"
    r"|as\sto|turning\sto|on\sthe\s(?:subject|topic|matter|question|issue)\sof|on|in\sterms\sof|about|under|relating\sto)"
    r"\s+(?P<title>[^,.;:\n]{3,120}),",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    rf"(?:(?:in\slight\sof|in\sview\sof|given|following|considering|after|to|at|during|in|as|then|next|finally|subsequently|first|second"
    rf"|third|lastly|furthermore|additionally|moreover|in\saddition|also)\b[^.;\n]{{0,120}}?,?\s*)?"
    rf"{_MEETING}\s(?:also\s|then\s|further\s|next\s|subsequently\s)?{_VERB}\s(?P<title>[^,.;:\n]{{3,150}})",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"\s(?:which|that|stating|noting|saying|and\s(?:stressed|noted|agreed|emphasi[sz]ed|decided))\b"
)
_HAN_TOPIC = re.compile(
    r"(?:(?:会议|大家|与会人员|委员会|常委会|全会)?(?:还|并|首先|随后|接着|最后)?"
    r"(?:研究|听取|审议|讨论|传达学习|传达|学习|通过|审定|部署|分析|通报)(?:并?(?:通过|研究|审议|讨论|部署|原则通过|同意))?(?:了|关于)"
    r"|(?:关于|针对|就|围绕|对于))(?P<title>[^，。；：\n]{3,60})"
)
_CLOSES = re.compile(
    rf"(?:{_MEETING}\s(?:also\s)?(?:\w+\s){{0,2}}other\s(?:matters|business|issues|items|topics)|{_MEETING}\s(?:was\s)?"
    r"(?:adjourned|closed|concluded|ended)|there\sbeing\sno\s(?:further|other)|the\snext\smeeting|会议还(?:研究|讨论|审议)了?其他)",
    re.IGNORECASE,
)


def topics(text: str, lines: Sequence[Line]) -> tuple[Section, ...]:
    """The paragraphs that open a topic, as sections, where a record has at least two of them; else none.

    Each runs to the next topic, or to the paragraph that closes the meeting.
    """
    paragraphs = [line for line in lines if line.after_blank or len(line.text) > _SHORTEST]
    opened = [(line, title) for line in paragraphs[1:] if (title := _topic(line))]
    if len(opened) < 2:
        return ()
    stops = sorted(
        [line.start for line, _ in opened] + [line.start for line in paragraphs if _CLOSES.match(line.text)]
    )
    return tuple(
        Section(line.start, _next(stops, line.start, len(text)), " ".join(title.of(text).split()), title, 1)
        for line, title in opened
    )


def _topic(line: Line) -> Span | None:
    """Where the words that name the topic of a paragraph stand, if it opens one."""
    han = _HAN_TOPIC.match(line.text)
    if len(line.text) < (_SHORTEST // 2 if han else _SHORTEST) or _CLOSES.match(line.text):
        return None
    match = han or _OCCASION.match(line.text) or _TOPIC.match(line.text)
    if not match:
        return None
    start, end = match.span("title")
    if cut := _SUBORDINATE.search(line.text, start, end):
        end = cut.start()
    end = start + len(line.text[start:end].rstrip())
    return Span(line.start + start, line.start + end) if end - start >= 2 else None


def _next(stops: Sequence[int], start: int, end: int) -> int:
    return next(iter(_after(stops, start)), end)


def _after(stops: Sequence[int], start: int) -> Iterator[int]:
    from bisect import bisect_right

    yield from stops[bisect_right(stops, start) :][:1]
