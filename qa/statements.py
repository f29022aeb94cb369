"""What somebody said, and nothing that others said: the answer to "What did X say about Y?".

The words are those of a transcript's turns and those that minutes report (`qa.voices`). Asked of a topic, the sentences
on it answer; asked of nothing more, the main points (`qa.points`). That there are none is an answer as well.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from ingest.records import Language, Record, Span
from ingest.sentences import sentences
from ingest.words import bigrams, has_han, topic_words
from qa import phrases
from qa.answers import Intent, MeetingRef, Question
from qa.asked_facts import MONEY
from qa.corpus import Session
from qa.furniture import furniture
from qa.gathering import gathering_named
from qa.group import group_asked
from qa.named_speaker import named_speaker
from qa.picking import choose, fitted_weights, says_again, words_of
from qa.points import main_points
from qa.ranges import Range
from qa.retrieval import retrieve
from qa.scope import Scope
from qa.sentence_signs import Sentence, judge_sentences, likeness_of
from qa.shown import whole
from qa.signs import Candidate
from qa.support import answers
from qa.topic import coverage, topic_weights, word_weights
from qa.voices import Stretch, Voices, bare_name, stretches

READ = 24  # records whose words are read for a topic, best first
MEETINGS = 3  # of which somebody's main points are given, newest first
PASSAGES = 16  # passages with their words whose sentences are weighed
WORDS, SENTENCES = 100, 6  # of an answer on a topic
NEAR = 0.5  # what nearness to the topic counts beside the fitted signs of a sentence
SHARE = 0.6  # of the best sentence's score that every other one must reach
ON_TOPIC = 0.5  # of the topic's words, items counted less, plus likeness: from which on a sentence is on it
UNDER_ITEM = 0.7
FOLLOWS = 0.2  # what it adds to go on right after a sentence on the topic, for one that is
LEAST_TO_FOLLOW = 0.25  # as near to it as this
NEAR_WORDS = 60  # of what is nearest where nothing answers
OTHERS = 400  # passages in which somebody may speak of the topic in other words
LONGEST_HEADING = 80  # characters
UNLIKE = (
    0.4  # likeness of texts that have nothing to do with each other, in the mean: what is above it counts
)
LIKE = 0.4  # of that, of 1 - UNLIKE, from which on a sentence without a word of the topic may be on it
PASSAGE = 0.2  # what the rank of its passage adds, of the best one
IN_ANSWER = 0.5  # what a word of the topic counts that stands in what is answered
CONTEXT = 500  # characters before somebody's words in which that is looked for
WHOLE_GATHERING = 0.6  # share of the topic in a transcript's head, from which on all of it is on the topic
LONGEST_LEAD = 300  # characters of a sentence that is shown for naming who speaks
HEAD = 600  # characters at the start of a record in which it says what it is of

_SAYING = re.compile(
    r"^(?:(?:complain|say|said|talk|speak|think|ask|raise|mention|comment|want|wish|suggest"
    r"|propose|object|worry|care|stress"
    r"|emphasi[sz]e|demand|report|do|have|feel)\w*\b|(?:about|of|on|with|for|to|regarding"
    r"|concerning|that|anything|something)\b"
    r"|[\s,，])+",
    re.IGNORECASE,
)
_HAN_SAYING = re.compile(
    r"^(?:了|过)?(?:什么|哪些|啥)?(?:意见|看法|建议|问题|要求|观点|话)?$|^(?:了|过|都)+(?=什么|哪些)"
)
_OTHER_MATTERS = re.compile(r"\W*other (?:matters|business)\b|会议还(?:研究|讨论)了?其他", re.IGNORECASE)
_MONEY_ASKED = re.compile(
    r"\b(?:costs?|prices?|fees?|fares?|charges?|money)\b|价|费用|收费|钱", re.IGNORECASE
)
_PRICE = re.compile(r"\b(?:yuan|dollars?|pounds?|euros?)\b|价钱|价格|收费", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement(Span):
    """A sentence somebody said, in a record, under an agenda item."""

    record_id: str
    item: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statements:
    """What was found of somebody's words.

    who       as the question is about them: names, or the kind of people
    said      the sentences; none where nothing of theirs on the topic is recorded
    left_out  how many of their turns are not shown, of all they said
    """

    who: tuple[str, ...]
    said: tuple[Statement, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose words are wanted, what about, and the records of the one gathering they are wanted of, if one is named."""

    voices: Voices
    about: Question
    records: tuple[str, ...]


Reader = Callable[[str], Record]


def statements(
    session: Session,
    question: Question,
    scope: Scope,
    meetings: Mapping[str, MeetingRef],
    read: Reader,
) -> Statements | None:
    """The words of those whom a question asks for; None where it asks for nobody's or of a kind none is of."""
    asked = _asked(question, meetings, read)
    if asked is None:
        return None
    if asked.records:
        scope = replace(scope, records=asked.records)
    weights = topic_weights(session, asked.about)
    find = _on_topic if weights else _all
    found = find(session, asked, scope, meetings, read)
    listed = question.speakers or asked.voices.kind
    return found if listed or (found and found.said) else None  # of an unlisted name only what there is


def part_of(spoken: Statements, text_of: Callable[[str], str], language: Language) -> tuple[str, list[Range]]:
    """The statements as ranges of whole sentences, and what is said before them."""
    ranges: dict[Range, None] = {}
    for one in spoken.said:
        span = whole(text_of(one.record_id), one)
        ranges.setdefault(Range(span.start, span.end, one.record_id, one.item))
    return phrases.more_turns(spoken.left_out, language) if spoken.left_out else "", list(ranges)


def _asked(question: Question, meetings: Mapping[str, MeetingRef], read: Reader) -> _Asked | None:
    def head(record_id: str) -> str:
        return read(record_id).text[:HEAD]

    if question.intent is Intent.OPINION and question.speakers:
        records, _ = gathering_named(question.text, meetings, head)
        topic = gathering_named(question.topic, meetings, head)[1] if records else question.topic
        voices = Voices(tuple(dict.fromkeys(bare_name(name) for name in question.speakers)))
    elif not question.speakers and question.intent in (Intent.FACT, Intent.SUMMARY, Intent.OPINION):
        records, text = gathering_named(question.text, meetings, head)
        group = group_asked(text)
        named = None if group else named_speaker(text)
        if group is None and named is None:
            return None
        voices = Voices((named.name,)) if named else Voices(kind=group.kind if group else "")
        topic = _without_frame((named or group).topic, question)
    else:
        return None
    topic = _HAN_SAYING.sub("", _SAYING.sub("", topic)).strip(" ,，?？")
    return _Asked(voices, replace(question, topic=topic, intent=Intent.OPINION), records)


def _without_frame(topic: str, question: Question) -> str:
    """A topic without the dates and meetings that the question is narrowed to already."""
    for period in question.when:
        topic = topic.replace(period.text, " ") if period.text else topic
    if question.sessions or question.bodies or question.when:
        topic = re.sub(
            r"(?:^|\s)(?:at|in|on|during|from|of)(?: the| its)?(?: [\w'-]+){0,5} (?:meeting"
            r"|session)s?\b",
            " ",
            topic,
        )
        topic = re.sub(r"\s(?:at|in|on|during)\s*$", "", f" {topic}")
    return " ".join(topic.split())


# Of a topic ------------------------------------------------------------------------------------------


def _on_topic(
    session: Session, asked: _Asked, scope: Scope, meetings: Mapping[str, MeetingRef], read: Reader
) -> Statements | None:
    candidates = _with_theirs(session, asked, scope, retrieve(session, asked.about, scope))
    candidates = [c for c in candidates if c.passage.record_id in meetings]
    order = list(dict.fromkeys(candidate.passage.record_id for candidate in candidates))[:READ]

    @cache
    def spoken(record_id: str) -> list[Stretch]:
        return stretches(read(record_id), asked.voices) if record_id in order else []

    holding = (c for c in candidates if _around(c.passage, spoken(c.passage.record_id)))
    theirs = list(islice(holding, PASSAGES))  # no further record is read than these need
    found = [
        (one, _around(one, spoken(one.record_id))[0])
        for one in judge_sentences(session, asked.about, theirs)
        if _around(one, spoken(one.record_id))
    ]
    told = {one.start: _told_to(turn, read(one.record_id)) for one, turn in found}
    chosen = _best(session, asked.about, [one for one, _ in found], told, words=WORDS)
    if chosen:
        reported = {one.start: turn for one, turn in found if not _is_turn(turn, read(one.record_id))}
        said = dict.fromkeys(s for one in chosen for s in _with_who_says_it(one, reported.get(one.start)))
        return Statements(_who(asked), tuple(said))
    if asked.voices.kind and not any(map(spoken, order)):
        return None
    gatherings = tuple(i for i in order if _is_about(session, asked.about, read(i)) and spoken(i))
    if gatherings:
        return _all(session, replace(asked, records=gatherings), scope, meetings, read)
    if asked.voices.kind:
        return Statements(_who(asked))
    nearest = _nearest(session, asked, scope, candidates, read)
    return Statements(_who(asked), tuple(one for one in nearest if _around(one, spoken(one.record_id))))


def _around(one: Span, said: Sequence[Stretch]) -> list[Stretch]:
    """The stretches of speech that share words with a range."""
    return [stretch for stretch in said if stretch.start < one.end and one.start < stretch.end]


def _is_turn(stretch: Stretch, record: Record) -> bool:
    return any(turn.start == stretch.start for turn in record.turns)


def _told_to(stretch: Stretch, record: Record) -> str:
    """What somebody's words answer: the question before a turn; in minutes the sentence before in the paragraph."""
    before = record.text[max(0, stretch.start - CONTEXT) : stretch.start]
    if not before.strip():
        return ""
    last = sentences(before)[-1].of(before)
    asked = last.rstrip("\"'”’) \n").endswith(("?", "？"))
    return last if (asked if _is_turn(stretch, record) else "\n" not in last) else ""


def _with_who_says_it(one: Sentence, stretch: Stretch | None) -> list[Statement]:
    """A sentence, after the one that names its speaker where it goes on from that one in minutes."""
    said = _statement(one)
    if (
        stretch is None
        or stretch.start == one.start
        or stretch.sentences[0].end - stretch.start > LONGEST_LEAD
    ):
        return [said]
    first = stretch.sentences[0]
    return [replace(said, start=first.start, end=first.end), said]


def _is_about(session: Session, about: Question, record: Record) -> bool:
    """Whether a transcript is of a gathering on the topic, by its title and what stands before the first turn."""
    head = f"{record.title} {record.text[: record.turns[0].start][:HEAD]}" if record.turns else ""
    return coverage(topic_weights(session, about), head) >= WHOLE_GATHERING


def _nearest(
    session: Session, asked: _Asked, scope: Scope, candidates: Sequence[Candidate], read: Reader
) -> tuple[Statement, ...]:
    """What meetings those people were at record of the topic, if they do."""
    there = [c for c in candidates if _were_there(read(c.passage.record_id), asked.voices)]
    if not answers(session, asked.about, there, chosen=scope.records is not None):
        return ()
    found = [
        s
        for s in judge_sentences(session, asked.about, there[:PASSAGES])
        if not (_OTHER_MATTERS.match(s.said) or furniture(s.said))
    ]
    return tuple(map(_statement, _best(session, asked.about, found, {}, words=NEAR_WORDS)))


def _statement(one: Sentence) -> Statement:
    return Statement(one.start, one.end, one.record_id, one.candidate.passage.item)


def _with_theirs(
    session: Session, asked: _Asked, scope: Scope, found: Sequence[Candidate]
) -> list[Candidate]:
    """The candidates, and after them the other passages in which those people may speak: they may call it otherwise."""
    anybody = replace(scope, speakers=())
    if asked.records:
        theirs = set(session.ids(scope))
    else:
        theirs = {i for name in asked.voices.names for i in session.naming(name, anybody)}
    more = sorted(theirs - {candidate.passage.id for candidate in found})
    return [*found, *(Candidate(passage) for passage in session.load(more[:OTHERS]).values())]


def _best(
    session: Session, about: Question, found: Sequence[Sentence], told: Mapping[int, str], *, words: int
) -> list[Sentence]:
    """Of these sentences those on the topic that say most of it, each something new, within so many words."""
    near = _nearness(session, about, found, told)
    on_it = [relevance >= ON_TOPIC for relevance in near]
    signs = fitted_weights()
    scores = [float(one.signs @ signs) + NEAR * relevance for one, relevance in zip(found, near, strict=True)]
    ranked = sorted((i for i, on in enumerate(on_it) if on), key=lambda i: (-scores[i], found[i].start))
    bags = [frozenset(topic_words(found[i].said)) for i in ranked]
    sizes = [words_of(found[i].said) for i in ranked]

    def repeats(one: int, other: int) -> bool:
        return says_again(bags[one], bags[other])

    picked = choose([scores[i] for i in ranked], sizes, repeats, share=SHARE, budget=words, most=SENTENCES)
    return [found[ranked[i]] for i in picked]


def _nearness(
    session: Session, about: Question, found: Sequence[Sentence], told: Mapping[int, str]
) -> list[float]:
    """For each sentence how much it is on the topic: the share of its words, or of its characters, plus likeness.

    told  by where a sentence begins what it was said in answer to
    """
    weights = topic_weights(session, about)
    likenesses = [
        max(0.0, likeness - UNLIKE) / (1 - UNLIKE) for likeness in likeness_of(session, about.topic, found)
    ]
    characters = set(re.findall(r"[\u3400-\u9fff]", about.topic))
    pairs = set(bigrams(about.topic)) if has_han(about.topic) else set()
    asks_money = bool(_MONEY_ASKED.search(about.topic))
    near: list[float] = []
    top = max((one.candidate.score for one in found), default=0.0) or 1.0
    for place, one in enumerate(found):
        item = " ".join(one.candidate.passage.item) or _line_above(one)
        share = max(coverage(weights, one.said), UNDER_ITEM * coverage(weights, f"{one.said} {item}"))
        share = max(share, IN_ANSWER * coverage(weights, f"{told.get(one.start, '')} {one.said}"))
        if pairs:
            share = max(share, len(pairs.intersection(bigrams(f"{one.said}{item}"))) / len(pairs))
            share = max(share, 0.8 * len(characters.intersection(one.said)) / len(characters))
        if asks_money and (MONEY.search(one.said) or _PRICE.search(one.said)):
            share = max(share, ON_TOPIC)
        likeness = likenesses[place]
        before = found[place - 1] if place else None
        goes_on = (
            before is not None and before.record_id == one.record_id and 0 <= one.start - before.end <= 2
        )
        on_it = share + likeness + PASSAGE * one.candidate.score / top
        follows = FOLLOWS if goes_on and near[-1] >= ON_TOPIC and on_it >= LEAST_TO_FOLLOW else 0.0
        near.append(on_it + follows if share > 0 or likeness >= LIKE or follows else 0.0)
    return near


def _line_above(one: Sentence) -> str:
    """The line above a sentence's paragraph where it is no sentence: a heading that no format marks."""
    text = one.candidate.passage.record_text
    begin = text.rfind("\n", 0, one.start)
    line = text[text.rfind("\n", 0, max(0, begin)) + 1 : max(0, begin)].strip()
    return (
        line if len(line) <= LONGEST_HEADING and not line.endswith((".", "。", "?", "？", ":", "：")) else ""
    )


def _were_there(record: Record, voices: Voices) -> bool:
    """Whether those people presided over a meeting, attended or spoke at it."""
    meeting = record.meeting
    there = " ".join(
        (meeting.chair or "", *meeting.attendees, *meeting.others, *(turn.speaker for turn in record.turns))
    )
    return any(name in there for name in voices.names)


# Of all they said -----------------------------------------------------------------------------------


def _all(
    session: Session, asked: _Asked, scope: Scope, meetings: Mapping[str, MeetingRef], read: Reader
) -> Statements | None:
    said: list[Statement] = []
    left_out = told = 0
    for record_id in _newest_with(session, asked, scope, meetings):
        record = read(record_id)
        turns = stretches(record, asked.voices)
        if not turns:
            continue
        weights = word_weights(session, topic_words(" ".join(turn.of(record.text) for turn in turns)))
        points = main_points(record.text, turns, lambda word, w=weights: w.get(word, 0.0))
        said += [Statement(s.start, s.end, record_id) for s in points.chosen]
        left_out += points.left_out
        told += bool(points.chosen)
        if told == MEETINGS:
            break
    return None if asked.voices.kind and not said else Statements(_who(asked), tuple(said), left_out)


def _newest_with(
    session: Session, asked: _Asked, scope: Scope, meetings: Mapping[str, MeetingRef]
) -> list[str]:
    """Records in reach that may hold their words, newest first."""
    within = [i for i in meetings if not asked.records or i in asked.records]
    if asked.voices.kind:
        return within
    named = {i for name in asked.voices.names for i in session.naming(name, replace(scope, speakers=()))}
    holding = {passage.record_id for passage in session.load(sorted(named)).values()}
    return [i for i in within if i in holding]


def _who(asked: _Asked) -> tuple[str, ...]:
    """Those whom the question asks for: as it calls them where an office is held by several, the kind, or the names."""
    if len(asked.voices.names) > 1 and asked.about.offices:
        return asked.about.offices
    return asked.voices.names or (asked.voices.kind,)
