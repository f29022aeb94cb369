"""Who speaks where: the turns of a transcript, or of minutes that report in speakers' words.

A line that begins "Name:" opens a turn; it runs to the next speaker, heading or rule, or to a part of the
record that nobody speaks ("Conclusion: ..."). Whether "Name" is a speaker is decided by its shape and by how
often such labels open the lines of this record: one "Background:" in a page of prose is no speaker,
"Marketing:" on every other line is.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.attendance import without_office
from ingest.han_scripts import both_scripts
from ingest.label_shapes import Shape, names_a_part, shape_of
from ingest.labels import Label, bracketed_label_of, dashed_label_of, label_of
from ingest.lines import Line
from ingest.records import Span, Turn, Voice
from ingest.register.task_notes import notes_task, sets_day_last

_TRANSCRIPT = 0.4  # share of the lines that speakers open, from which on a record is a transcript
_FLOWS = 0.15  # share from which on a speaker goes on until someone else speaks
_NEARLY_ALL = 0.7  # share from which on even a single word that opens one line is a speaker
_RULE = re.compile(r"[-*_=~—]{3,}$|[-*_=\s]{5,}$")
_ASIDE = re.compile(r"[-*+•·●▪>|(（\[`#]|\d{1,2}[.)]\s|[a-z]")
_SETTLES = re.compile(  # of a paragraph of minutes; who speaks says "we"
    r"\W*(?:the\s(?:full\s)?(?:board|committee|council|commission|meeting|members|trustees|governors|panel|assembly)\s"
    r"(?:then\s|also\s|unanimously\s|duly\s){0,2}(?:approved|agreed|resolved|decided|deferred|postponed|rejected|adopted"
    r"|refused|noted|accepted|declined|voted)\b|it\swas\s(?:unanimously\s|then\s)?(?:resolved|agreed|decided|moved)\b"
    r"|resolved\b|(?:the\s)?motion\s(?:was\s)?(?:carried|lost|failed|passed|approved|defeated)\b)"
    + both_scripts(
        r"|\W*(?:会议|大会|委员会|理事会|董事会|村委会|居委会)(?:一致|原则|最后|最终|经表决)?(?:决定|同意|通过|议定|审议|否决|暂缓|推迟)"
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A line that a label opens: its label, its shape, and whether enough is said after it to be speech.

    task  it notes what somebody is to do by when, which nobody speaks: "Ann Bell: obtain quotes, due 5 May"
    """

    line: Line
    label: Label
    shape: Shape | None
    says: bool
    task: bool = False


def find_turns(
    text: str,
    lines: Sequence[Line],
    *,
    breaks: Sequence[Span] = (),
    names: Mapping[str, str] | None = None,
    people: Collection[str] = (),
    voices: Sequence[Voice] = (),
) -> tuple[Turn, ...]:
    """The turns of `text` in order, not overlapping, each from its label to its last word.

    breaks  headings: no turn runs over them
    names   full names by initials, as a list of attendees has them; the speaker "AB" is then "Ann Bell (AB)"
    people  names that lists of people have: such a label is a speaker even where it stands once
    voices  speakers as the file format itself marks them; they win over labels
    """
    if any(voice.speaker for voice in voices):
        return tuple(_voiced(text, voices))
    names = names or {}
    headings = {heading.start for heading in breaks}
    openings = [opening for opening in _openings(lines, names) if opening.line.start not in headings]
    openings = _with_tasks(openings)
    spoken = [opening for opening in openings if not opening.task]
    speakers = _speakers(spoken, len(lines), names) | _listed(spoken, people)
    return tuple(_turns(text, lines, openings, speakers, headings, names))


def _voiced(text: str, voices: Sequence[Voice]) -> Iterator[Turn]:
    """Cues that follow one another in one voice are one turn; what a voice without a name says is nobody's turn."""
    begin: Voice | None = None
    end = 0
    for voice in voices:
        if begin and voice.speaker == begin.speaker:
            end = voice.end
            continue
        if begin:
            yield Turn(begin.start, end, begin.speaker or "", begin.seconds)
        begin, end = (voice, voice.end) if voice.speaker else (None, 0)
    if begin:
        yield Turn(begin.start, end, begin.speaker or "", begin.seconds)


def _openings(lines: Sequence[Line], names: Mapping[str, str]) -> Iterator[Opening]:
    shapes: dict[str, Shape | None] = {}
    in_brackets = _in_brackets(lines)
    for line, after in zip(lines, [*lines[1:], None], strict=False):
        if line.text[0] in "#|":
            continue
        bracketed = bracketed_label_of(line.text) if in_brackets else None
        if bracketed and bracketed.text in in_brackets:
            yield Opening(line, bracketed, "numbered", True)
            continue
        label = label_of(line.text)
        dashed = None if label else dashed_label_of(line.text)
        if dashed and shape_of(dashed.text) and not _reads_as_title(line.text[dashed.end :]):
            yield Opening(line, dashed, "name", True)
        if not label:
            continue
        if label.text not in shapes:
            shapes[label.text] = _known_shape(label.text, names) or shape_of(label.text)
        shape = shapes[label.text]
        if shape and label.seconds is not None:
            shape = "numbered"
        rest = line.text[label.end :].strip(" *_")
        if not rest and after and not line.before_blank and not label_of(after.text):
            rest = after.text[:60]
        yield Opening(line, label, shape, len(rest) > 40 or rest[-1:] in _ENDS)


def _in_brackets(lines: Sequence[Line]) -> frozenset[str]:
    """Who is named in brackets where they speak: two at least, who open a good part of the lines between them."""
    found = Counter(label.text for line in lines if (label := bracketed_label_of(line.text)))
    often = {name: count for name, count in found.items() if count > 2}
    return frozenset(often) if len(often) > 1 and sum(often.values()) > _FLOWS * len(lines) else frozenset()


def _reads_as_title(rest: str) -> bool:
    """Whether what a dash sets off is the rest of a heading: "Transcript of Proceedings", "REGULAR SESSION"."""
    words = [word for word in rest.split() if len(word) > 3]
    return bool(words) and all(word[0].isupper() for word in words) and not rest.endswith(_ENDS)


def _with_tasks(openings: Sequence[Opening]) -> list[Opening]:
    """The openings, those marked that note a task: of a label that opens nothing else, or with the day set apart."""
    notes = [notes_task(opening.line.text) for opening in openings]
    speaking = {opening.label.text for opening, note in zip(openings, notes, strict=True) if not note}
    return [
        replace(o, task=note and (o.label.text not in speaking or sets_day_last(o.line.text)))
        for o, note in zip(openings, notes, strict=True)
    ]


_ENDS = tuple(".!?。！？…，,~—")


def _known_shape(label: str, names: Mapping[str, str]) -> Shape | None:
    return "titled" if names and all(_full(part, names) for part in _parts(label)) else None


def _full(initials: str, names: Mapping[str, str]) -> str | None:
    """The full name with its initials; "Ab" is taken for "AB" where only that is known."""
    for key in (initials, initials.upper()):
        if key in names and len(key) <= 5:
            return f"{names[key]} ({key})"
    return None


def _parts(label: str) -> list[str]:
    """The initials of a label that names several: "AB/CD", "AB, CD"."""
    return [part for part in re.split(r"\s?[/,&+]\s?|\s(?:and|for)\s", label) if part]


# Which labels are speakers ----------------------------------------------------------------------------------


def _speakers(openings: Sequence[Opening], count: int, names: Mapping[str, str]) -> set[str]:
    """The labels that are speakers, of a record of `count` lines."""
    shaped = [opening for opening in openings if opening.shape]
    times = Counter(opening.label.text for opening in shaped)
    shapes = {opening.label.text: opening.shape for opening in shaped}
    saying = Counter(opening.label.text for opening in shaped if opening.says)
    alone = sum(opening.label.end >= len(opening.line.text) for opening in shaped)  # speech stands below
    likely = sum(number for label, number in times.items() if _may_recur(shapes[label], number))
    share = likely / max(1, count - alone)
    transcript = share >= _TRANSCRIPT and len(times) > 1
    initialled = sum(number for label, number in times.items() if _is_short(label))
    by_initials = initialled >= _NEARLY_ALL * sum(times.values())
    return {
        label
        for label, number in times.items()
        if _is_speaker(shapes[label], number, saying[label], transcript, len(times))
        or (shapes[label] == "word" and share >= _NEARLY_ALL and saying[label])
        if not (by_initials and shapes[label] in ("name", "word")) or _is_known(label, names)
    }


def _listed(openings: Sequence[Opening], people: Collection[str]) -> set[str]:
    """The labels that are names of people who are listed, with or without title, whatever their shape."""
    known = {_bare_name(person) for person in people} - {""}
    return {o.label.text for o in openings if o.says and _bare_name(o.label.text) in known}


def _bare_name(name: str) -> str:
    return without_office(re.split(r"[(（]", name, maxsplit=1)[0]).casefold()


def _is_short(label: str) -> bool:
    return all(part.isupper() and len(part) <= 5 for part in _parts(label))


def _is_known(label: str, names: Mapping[str, str]) -> bool:
    """Whether a label names one of the people listed; where all others go by initials, none else speaks."""
    people = [name.casefold().split() for name in names.values()]
    words = label.split("(")[0].casefold().split()
    return any(set(words) <= set(person) for person in people) or any(
        f"({short})" in label for short in names
    )


def _may_recur(shape: Shape | None, number: int) -> bool:
    return shape in ("titled", "numbered", "office") or number >= 2


def _is_speaker(shape: Shape | None, number: int, saying: int, transcript: bool, others: int) -> bool:
    if shape in ("titled", "numbered"):
        return saying > 0 or transcript
    if shape == "office":
        return saying > 0 and (number >= 2 or transcript or saying == number)
    if shape == "initials":
        return transcript or (number >= 2 and others >= 2)
    if shape == "name":
        return transcript or (number >= 2 and saying >= 1 and others >= 2)
    return transcript and number >= 2


# Where turns end --------------------------------------------------------------------------------------------


def _turns(
    text: str,
    lines: Sequence[Line],
    openings: Sequence[Opening],
    speakers: Collection[str],
    headings: Collection[int],
    names: Mapping[str, str],
) -> Iterator[Turn]:
    opened = {opening.line.start: opening for opening in openings}
    spoken = [opening for opening in openings if not opening.task and opening.label.text in speakers]
    flows = len(spoken) >= 3 and len(spoken) / len(lines) >= _FLOWS
    current: Opening | None = None
    end = 0
    for line in lines:
        opening = opened.get(line.start)
        speaks = opening is not None and not opening.task and opening.label.text in speakers
        if current and (speaks or _ends_turn(line, opening, headings, flows)):
            yield _turn(current, end, names)
            current = None
        if speaks:
            current = opening
        if current:
            end = line.end
    if current:
        yield _turn(current, end, names)


def _turn(opening: Opening, end: int, names: Mapping[str, str]) -> Turn:
    return Turn(opening.line.start, end, speaker_of(opening.label.text, names), opening.label.seconds)


def _ends_turn(line: Line, opening: Opening | None, headings: Collection[int], flows: bool) -> bool:
    """Whether `line` is not the speaker's any more; in minutes that seldom quote, no new paragraph is, and nowhere one
    in which the minutes say what was settled.
    """
    if line.start in headings or _RULE.match(line.text) or line.text[0] == "#":
        return True
    if opening and (opening.task or names_a_part(opening.label.text)):
        return True
    if line.after_blank and opening is None and _SETTLES.match(line.text):
        return True
    return not flows and line.after_blank and not line.indent and not _ASIDE.match(line.text)


def speaker_of(label: str, names: Mapping[str, str]) -> str:
    """The speaker a label names: as written, with the full names where `names` knows the initials.

    >>> speaker_of("AB/XY", {"AB": "Ann Bell"})
    'Ann Bell (AB) / XY'
    """
    parts = _parts(label)
    if not any(_full(part, names) for part in parts):
        return label
    return " / ".join(_full(part, names) or part for part in parts)
