"""A record read sentence by sentence: which sentences are worth reading, and what each of them records."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.lang import alternatives, vocabulary
from ingest.records import DecisionKind, Section, Span, Turn
from ingest.register import chinese, english
from ingest.register.english_tasks import assigns, names_of
from ingest.register.headings import outcome
from ingest.register.markers import announced, introduces
from ingest.register.movers import movers, nominates
from ingest.register.rules import Finding, plain
from ingest.register.stated import stated
from ingest.register.task_notes import mentioned, notes_task
from ingest.register.votes import (
    at_sides,
    counts_votes,
    ends_in_side,
    is_roll,
    is_side,
    lists_votes,
    names_votes,
    one_roll,
)
from ingest.sentences import sentences

SECONDED = "en.seconded"  # the rule of a sentence that says who seconded a motion, if not what came of it
SHORT = 600  # characters of a block that is read, though it records nothing, because a result stands after it

_HAN = re.compile(r"[\u3400-\u9fff]")
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")

# A block without any of these records nothing; they are looked for before its sentences are cut.
_CUES = (
    r"approv|adopt|agree|resol|decid|decis|determin|ratif|endors|authori|accept|carried|carries|pass|reject"
    r"|den[iy]"
    r"|defe|postpon|put |delay|shelve|tabl|refer|note|receiv|conclu|consensus|vot|aye|yea|nay|noes|against"
    r"|oppos|roll call"
    r"|open|unresolved|unsettled|position was|motion|second|direct"
    r"|instruct"
    r"|request|ask|task|action|volunteer|undertook|stress|emphasi|highlight|under(?:lin|scor)|urge|call"
    r"|appoint|elect|grant|award|seeks|unanim|favou?r|withdr|objection| to | will |remind|encourag|require"
    r"|(?<!\w)@\w|must|shall|should|due|deadline|by \d|[(–—-] ?\d\d? [a-z]{3}"
    r"|recommend|\b(?:yes|for) ?:|order|establish|declare|revok|amend|[\u3400-\u9fff]"
)
_SPOKEN_CUES = (
    r"motion|favou?r|put |defer|postpone|consensus|decided|settled|decision|resol|agree|carried|declare|let's"
    r"|let 's|let’s|'ll|’ll"
    r"|gonna|going to|action|let me|i will|volunteer|votes?|vot(?:ed|ing)|ayes|nays|hereby|[\u3400-\u9fff]"
)
_PACKS = "|".join(
    re.escape(phrase.split()[-1]) for words in vocabulary("outcomes").values() for phrase in words
)
_WORTH = re.compile(f"{_CUES}|{_PACKS}|{alternatives('votes', 'aside')}", re.IGNORECASE)
_WORTH_SPOKEN = re.compile(_SPOKEN_CUES, re.IGNORECASE)

# What reads like a note or a directive is a title where it stands as one: "Guide to report leaks", "Noted".
_NOT_IN_HEADINGS = frozenset(
    {
        "en.owner-to",
        "en.result",
        "en.directive",
        "en.votes",
        "en.volunteered",
        "en.outcome-label",
        "zh.outcome-label",
    }
    | {
        "zh.noted",
        "zh.assigned",
        "zh.charged",
        "zh.concluded",
        "zh.decided",
        "zh.deployed",
        "zh.leader-emphasised",
    }
)

_OWN_TITLE = re.compile(  # what the record is, not what was approved
    r"\W*(?:approved|adopted|confirmed|ratified|accepted) (?:minutes|notes|record)\b", re.IGNORECASE
)
_PLANNED = re.compile(
    r"\bagenda|\battend|\bpresent\b|\bparticipants|议程|议题|出席|参会|参加人|与会", re.IGNORECASE
)
_HAN_LABEL = re.compile(
    r"[\u4e00-\u9fff·]{2,4}[：:](?!$)"
)  # "李四：同意" is speech, whether or not turns were found

_RESULTS = (
    (DecisionKind.AGREED, r"(?:all )?agreed|no objections?"),
    (
        DecisionKind.APPROVED,
        r"carried|approved|adopted|passed|so ordered|all (?:in favou?r|ayes)|(?:re-?)?(?:elected|appointed)"
        r"|(?<=unanimously )accepted|unanimous vote in favou?r",
    ),
    (DecisionKind.REJECTED, r"defeated|failed|lost|rejected|denied"),
    (DecisionKind.DEFERRED, r"deferred|tabled|postponed"),
    (DecisionKind.NOTED, r"noted"),
)
_RESULT_PATTERNS = tuple(
    (
        kind,
        re.compile(
            rf"\W*(?:(?:motion|resolution|vote)\W+)?(?:was |is )?(?:unanimously )?(?:{words})"
            rf"(?:,? (?:and )?(?:unanimously|unopposed|nem\.? ?con))*\W*",
            re.IGNORECASE,
        ),
    )
    for kind, words in _RESULTS
)


@dataclass(frozen=True, slots=True)
class Sentence(Span):
    """A sentence as rules read it, and what they found; a heading itself records nothing."""

    words: str = ""
    finding: Finding | None = None
    heading: bool = False


class Layout:
    """Where people speak and where headings and heads of tables stand, found by place; and who was at the meeting."""

    def __init__(
        self,
        sections: Sequence[Section],
        turns: Sequence[Turn],
        heads: Sequence[Span] = (),
        people: Iterable[str] = (),
    ) -> None:
        self.people = names_of(people)
        self._heads = {head.start for head in heads}
        self._titles = [section.title_span for section in sections]
        self._names = [section.title for section in sections]
        self._title_starts = [title.start for title in self._titles]
        self._turns = [
            turn for turn in turns if outcome(turn.speaker) is None
        ]  # "Resolution:" is nobody's name
        self._turn_starts = [turn.start for turn in self._turns]

    def spoken(self, place: int) -> bool:
        """Whether the place lies in somebody's words."""
        turn = bisect_right(self._turn_starts, place) - 1
        return turn >= 0 and place < self._turns[turn].end

    def heading(self, span: Span) -> bool:
        """Whether the span is a heading, rather than a sentence that some title was taken from."""
        place = bisect_right(self._title_starts, span.end - 1) - 1
        if place < 0:
            return False
        title = self._titles[place]
        return min(span.end, title.end) - max(span.start, title.start) > (span.end - span.start) // 2

    def notes(self, place: int) -> bool:
        """Whether the place lies in notes of the meeting: not in what was planned, nor among who was there."""
        title = bisect_right(self._title_starts, place) - 1
        return not self.spoken(place) and (title < 0 or not _PLANNED.search(self._names[title]))

    def names_columns(self, span: Span) -> bool:
        """Whether the span is the head of a table, which records nothing."""
        return span.start in self._heads


def read_blocks(text: str, layout: Layout) -> Iterator[tuple[list[Sentence], list[Sentence]]]:
    """The sentences of each block between blank lines that is worth reading, after those right before it."""
    before: list[Sentence] = []
    previous = Span(0, 0)
    for block in _blocks(text):
        worth = _WORTH_SPOKEN if layout.spoken(block.start) else _WORTH
        current: list[Sentence] = []
        if is_roll(block.of(text)):
            current = [_roll(text, block)]
            yield before, current
        elif worth.search(text, block.start, block.end):
            current = list(_read_each(text, sentences(text, block.start, block.end), layout))
            if not before and current[0].finding and previous.end - previous.start < SHORT:
                before = [_read(text, span, layout) for span in sentences(text, previous.start, previous.end)]
            yield before, current
        before, previous = current[-3:], block


def _read_each(text: str, spans: Iterable[Span], layout: Layout) -> Iterator[Sentence]:
    """The sentences, those that are together the roll of one vote as one."""
    pieces = [piece for span in spans for piece in at_sides(text, span)]
    words = [plain(span.of(text)) for span in pieces]
    place = 0
    while place < len(pieces):
        count = one_roll(words, place)
        if count:
            yield _roll(text, Span(pieces[place].start, pieces[place + count - 1].end))
        else:
            yield _read(text, pieces[place], layout)
        place += count or 1


def _roll(text: str, block: Span) -> Sentence:
    """The lines or sentences of a roll as one vote."""
    words = plain(block.of(text))
    rule = "zh.votes" if _HAN.search(words) else "en.votes"
    return Sentence(block.start, block.end, words, Finding(rule, DecisionKind.VOTE), False)


def _blocks(text: str) -> Iterator[Span]:
    """What stands between blank lines; the sides of a roll that blank lines part are one block, with the result."""
    last: Span | None = None
    for block in _paragraphs(text):
        if last and ends_in_side(last.of(text)) and _belongs_to_roll(block.of(text)):
            last = Span(last.start, block.end)
            continue
        if last:
            yield last
        last = block
    if last:
        yield last


def _belongs_to_roll(words: str) -> bool:
    return is_side(words) or _result(plain(words)) is not None


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for blank in _BLANK.finditer(text):
        if blank.start() > start:
            yield Span(start, blank.start())
        start = blank.end()
    if start < len(text):
        yield Span(start, len(text))


def _read(text: str, span: Span, layout: Layout) -> Sentence:
    words = plain(span.of(text))
    heading = layout.heading(span)
    finding = (
        None if layout.names_columns(span) else _finding(words, layout.spoken(span.start), layout.people)
    )
    if finding is None and not heading and layout.notes(span.start) and mentioned(words):
        finding = Finding("zh.mentioned" if _HAN.search(words) else "en.mentioned", DecisionKind.ASSIGNED)
    if heading and finding and (finding.rule in _NOT_IN_HEADINGS or _OWN_TITLE.match(words)):
        finding = None
    return Sentence(span.start, span.end, words, finding, heading)


def _result(words: str) -> DecisionKind | None:
    """What a sentence says that is a bare result and nothing more: "Motion carried."."""
    if _HAN.search(words):
        return chinese.bare_result(words)
    short = len(words) < 60
    return next((kind for kind, pattern in _RESULT_PATTERNS if short and pattern.fullmatch(words)), None)


def _finding(words: str, spoken: bool, people: Collection[str]) -> Finding | None:
    """What a sentence records: a list of votes, a bare result, an outcome, or who is to do what."""
    if len(words) < 3 or not (_WORTH_SPOKEN if spoken else _WORTH).search(words):
        return None
    han = bool(_HAN.search(words))
    if introduces(words):
        return None
    if kind := announced(words):
        return Finding("zh.outcome-label" if han else "en.outcome-label", kind)
    if han and not spoken and notes_task(words):
        return Finding("zh.listed", DecisionKind.ASSIGNED)
    spoken = spoken or bool(_HAN_LABEL.match(words))
    if lists_votes(words):
        kind = chinese.result_of_vote(words) if han else None
        return Finding("zh.votes" if han else "en.votes", kind or DecisionKind.VOTE)
    if not spoken and (kind := _result(words)):
        return Finding("zh.result" if han else "en.result", kind)
    finding = chinese.find(words, spoken) if han else english.find(words, spoken)
    if finding is None and not (spoken or han):
        finding = stated(words)
    if finding is None and not spoken and (counts_votes(words) or names_votes(words)):
        return Finding("en.votes", DecisionKind.VOTE)
    if finding is None and not (spoken or han or words.endswith("?")) and assigns(words, people):
        return Finding("en.owner-to", DecisionKind.ASSIGNED)
    if (
        finding is None
        and not (spoken or han or words.endswith("?"))
        and movers(words)[1]
        and not nominates(words)
    ):
        return Finding(SECONDED, DecisionKind.VOTE)
    return finding
