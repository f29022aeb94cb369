"""Labels within the text that announce an outcome: "RESOLUTION: ...", "Action: ...", "会议决定：..."."""

import itertools
import re
from collections.abc import Iterator

from ingest.records import Decision, DecisionKind, Span
from ingest.register.headings import LONGEST, entries, items, trimmed
from ingest.register.task_notes import begins_task

_LABELS = {
    DecisionKind.ASSIGNED: r"actions?(?: items?| points?| required)?|follow[- ]up actions?|next steps?"
    r"|AI(?=\s?[(\[#\d])|行动项|待办(?:事项)?|任务|(?:后续|下一步)(?:工作|行动)?(?:计划|安排)?",
    DecisionKind.AGREED: r"agreed|agreement|consensus(?:/resolution)?|共识",
    DecisionKind.REJECTED: r"rejected|motion (?:failed|defeated|lost)",
    DecisionKind.DEFERRED: r"deferred|postponed|tabled",
    DecisionKind.NOTED: r"noted",
    DecisionKind.APPROVED: r"approved|motion (?:carried|passed|approved|adopted)|carried|adopted",
    DecisionKind.DECIDED: r"resolved(?: unanimously)?|resolutions?|decisions?(?: made| taken)?"
    r"|decided|outcomes?"
    r"|ruling|motion result|(?:council |board |committee |commission )?action taken|disposition"
    r"|(?:the |this )?(?:meeting|committee|council|board|commission|members|panel|assembly|cabinet|group)"
    r"(?: also| then| further| unanimously)? (?:decided|resolved|agreed|determined|approved|adopted)"
    r"(?: (?:as follows|(?:on |to |that )?the following(?: \w+)?))?"
    r"|(?:会议)?(?:决定|决议|议定)(?:(?:以下|下列)?事项|如下)?|讨论结果|会议结果",
    DecisionKind.CONCLUDED: r"conclusions?(?:\s?/\s?resolutions?)?|(?:会议|讨论)?结论",
}
_NAMED = "|".join(f"(?P<{kind.name}>{words})" for kind, words in _LABELS.items())
_LINE = re.compile(
    rf"(?im)^[^\S\n]*(?:[-*•>]\s+|\d+(?:\.\d+)*[.)]?\s+)?(?P<label>[*_]{{0,3}}(?:{_NAMED})[*_]{{0,3}}"
    r"\s?(?:[(\[][^)\]\n]{1,40}[)\]]|\#?\d{1,3})?[*_]{0,3}\s?"
    r"(?:[:：][*_]{0,3}|(?=[^\S\n]*\n[^\S\n]*(?:[-*•|]|\d+[.)]|(?P<unmarked>\S)))))[^\S\n]*(?P<rest>[^\n]*)"
)
_LABEL_START = re.compile(rf"(?i)(?:{_NAMED})\s?[:：]\s?(?=\S)")
_NAMED_ACTION = re.compile(  # "Action Treasurer: pay the rent", "ACTION (HF) to ask around"
    r"\W*(?:Actions?|ACTIONS?)(?: (?:on|for|by))?\s(?:(?P<who>[A-Z][\w.'’&/ -]{1,40}?)\s?:\s?(?=\S)"
    r"|[(\[](?P<named>[A-Z][^)\]]{0,40})[)\]]\s?(?:[:–-]|to\b))"
)
_BARE_LABEL = re.compile(rf"(?i)\W*(?:{_NAMED})\s?[:：]")
_WITHIN = re.compile(
    r"(?<=[.;。；)] )(?P<label>(?:Actions?|ACTION|Decision|DECISION|Resolution|RESOLVED|AGREED)\s?:\s)"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LIST_MARKS = tuple(
    re.compile(rf"[^\S\n]*(?:{mark})")
    for mark in (
        r"[一二三四五六七八九十]{1,3}、",
        r"[（(][一二三四五六七八九十]{1,3}[)）]",
        r"\d{1,3}[.)、]",
        r"[（(]?[a-z\d]{1,3}[)）]",
        r"[-*+•●○▪–]\s|\|",
    )
)
_LABEL_LINE = re.compile(r"[^\S\n]*[*_#]{0,3}[^\s:：][^\n:：]{0,40}[:：](?:\s|$)")


def marked(text: str) -> Iterator[Decision]:
    """Paragraphs and lines that a label announces as an outcome, in order.

    The label goes with its text; after a bare label each task of a list is one, and each full sentence of it.
    """
    covered = 0
    for line in _LINE.finditer(text):
        if (
            line.start() < covered
            or line["rest"].rstrip().endswith(("?", "？"))
            or line["label"][0].islower()
            or not _heads(text, line)
        ):
            continue
        kind = next(kind for kind in _LABELS if line[kind.name])
        span = trimmed(text, line.start("label"), _paragraph_end(text, line))
        if not span or not any(c.isalnum() for c in text[line.end("label") : span.end]):
            continue
        covered = span.end
        bare = not line["rest"].strip(" *_")
        below = trimmed(text, line.end(), span.end) if bare else None
        if below and kind is DecisionKind.ASSIGNED:
            yield from entries(text, below, kind)
        elif below and kind is DecisionKind.DECIDED and _full(text, listed := items(text, below)):
            for item in listed:
                yield Decision(item.start, item.end, kind, _rule(text, item, "decided-list"))
        else:
            name = "action-label" if kind is DecisionKind.ASSIGNED else "outcome-label"
            for part in _parts(text, span):
                yield Decision(part.start, part.end, kind, _rule(text, line, name))


def _heads(text: str, line: re.Match[str]) -> bool:
    """Whether a label announces what stands below; one without a colon over unmarked lines only a list of tasks."""
    below = text[line.start("unmarked") :].split("\n", 1)[0] if line["unmarked"] else ""
    return not below or (bool(line[DecisionKind.ASSIGNED.name]) and begins_task(below))


def _rule(text: str, where: Span | re.Match[str], name: str) -> str:
    words = where.of(text) if isinstance(where, Span) else where["label"]
    return f"{'zh' if _HAN.search(words) else 'en'}.{name}"


def _full(text: str, listed: list[Span]) -> bool:
    """Whether there are several items and they are full sentences, not catchwords of one decision."""
    return len(listed) > 1 and all(item.of(text).rstrip()[-1:] in ".。;；" for item in listed)


def _parts(text: str, span: Span) -> Iterator[Span]:
    """The span, cut where another label stands in its lines: "Action: Lee to call. Action: Cho to write."."""
    starts = [
        span.start,
        *(match.start("label") for match in _WITHIN.finditer(text, span.start + 1, span.end)),
    ]
    for start, end in itertools.pairwise([*starts, span.end]):
        if part := trimmed(text, start, end):
            yield part


def announced(sentence: str) -> DecisionKind | None:
    """The kind of outcome a label at the start of a plain sentence announces: "Decision: use option B."."""
    if _NAMED_ACTION.match(sentence):
        return DecisionKind.ASSIGNED
    label = _LABEL_START.match(sentence)
    if not label or label[0][0].islower() or sentence.endswith(("?", "？")):
        return None
    return next((kind for kind in _LABELS if label[kind.name]), DecisionKind.ASSIGNED)


def named_in_label(sentence: str) -> str | None:
    """Whom the label of a task names: "Action Treasurer: pay the rent"."""
    label = _NAMED_ACTION.match(sentence)
    return label and (label["who"] or label["named"])


def introduces(sentence: str) -> bool:
    """Whether the plain sentence is a bare label: what it announces stands below it."""
    return bool(_BARE_LABEL.fullmatch(sentence))


def _paragraph_end(text: str, line: re.Match[str]) -> int:
    """Where the announced text ends: with its lines, or, after a bare label, with the list or block below."""
    bare = not line["rest"].strip(" *_")
    end, listed = line.end(), 0
    while end < len(text) and end - line.start() < LONGEST:
        following = text.find("\n", end + 1)
        following = len(text) if following < 0 else following
        below = text[end + 1 : following]
        rank = _rank(below)
        if not below.strip():
            goes_on = bare and (
                end == line.end() or _rank(text[following + 1 : following + 20]) >= listed > 0
            )
        elif rank:
            goes_on = bare and rank >= listed
            listed = listed or rank
        else:
            labelled = _LABEL_LINE.match(below) and not (bare and begins_task(below))
            goes_on = not labelled and not below.lstrip().startswith("#")
        if not goes_on:
            break
        end = following
    return end


def _rank(line: str) -> int:
    """How deep in nested lists the line's own mark stands: 一、 is above （一）, 1., (a), bullets."""
    return next((rank for rank, mark in enumerate(_LIST_MARKS, 1) if mark.match(line)), 0)
