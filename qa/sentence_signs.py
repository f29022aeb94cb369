"""What speaks for a sentence of a good passage: signs in 0..1, so that their weights can be read, fitted and compared.

passage    the score of its passage, against the best
near       the same, of the passages around it: evidence in talk runs over many turns
cosine     likeness of the sentence's and the question's vectors, from the least to the most like sentence
around     the same of the sentences around it
covered    the share of the topic's words it holds; one that only its agenda item holds counts less
length     its content words, up to `FULL`
density    content words among all its words
own        whether one of those whose words are asked for says it
named      whether it names one of them, as minutes do: "Councillor Fenn said that ..."
turn       how much its speaker says in one go, up to `SPEECH`
asks       whether it is a question
reacts     whether it is a reaction: "Yeah", "Okay", "Thank you"
broken     fillers and broken-off words among its words
listing    whether it lists names: who was there, a heading, a table
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ingest.records import Span
from ingest.words import topic_words, words
from qa.answers import Question
from qa.corpus import Session
from qa.furniture import furniture, names_meeting
from qa.languages import languages_of, lifts
from qa.signs import Candidate, named_in
from qa.topic import coverage, topic_weights

NAMES = (
    "passage", "near", "cosine", "around", "covered", "length", "density", "own", "named", "turn", "asks", "reacts",
    "broken", "listing",
)  # fmt: skip
UNDER_ITEM = 0.7  # what a word of the topic counts in a sentence when only the agenda item says it
FULL = 12  # content words of a sentence that says something whole
SPEECH = 80  # words of a turn that is more than an interjection
REACH = 2  # sentences to either side whose likeness counts as around
PASSAGES_AROUND = 6  # sentences to either side whose passages count as near
SENTENCE = 400  # characters, within which the next sentence of the same place begins
NAMED = 0.6  # share of the topic from which on a line of attendance or a signature is asked for: "Who is Ann Lee?"
SHORT_REACTION = 8  # words from which on a sentence that begins with "Yeah" says something else

_REACTS = re.compile(
    r"\W*(?:yeah|yes|yep|okay|ok|right|sure|alright|thanks?|thank you|great|good|mm-hmm|uh-huh|no|oh|sorry|exactly"
    r"|hello|hi|bye|welcome|absolutely|true|well|cool|对|好|嗯|是的?|谢谢|没错|可以|行)\b",
    re.IGNORECASE,
)
_AFTER_LABEL = re.compile(r"[^:：]{1,40}[:：]\s*")
_STUMBLE = re.compile(
    r"\{[a-z]+\}|\b(?:u+m+|u+h+|er+m*|h+m+|m{2,}|you know|i mean)\b|--|[呃嗯额]", re.IGNORECASE
)
_NO_SIGNS = np.zeros(len(NAMES))


@dataclass(frozen=True, slots=True)
class Sentence(Span):
    """A sentence of a candidate passage, trimmed, with its signs in the order of `NAMES` and its vector, if any.

    said  its words
    """

    candidate: Candidate
    said: str
    signs: np.ndarray
    vector: np.ndarray | None

    @property
    def record_id(self) -> str:
        return self.candidate.passage.record_id


def judge_sentences(session: Session, question: Question, best: Sequence[Candidate]) -> list[Sentence]:
    """The sentences of the best passages that could answer, with their signs, in the order of record and place."""
    found = list(_read(session, question, best))
    if not found:
        return []
    columns = _columns(session, question, found)
    signs = np.array([columns[name] for name in NAMES], float).T
    return [replace(one, signs=row) for one, row in zip(found, signs, strict=True)]


_LISTED = re.compile(r"^(?:[\dIVX]{1,4}[.)、．]|[（(]?[一二三四五六七八九十]{1,3}[)）、])\s*")


def says_something(said: str, item: Sequence[str]) -> bool:
    """Whether a sentence could answer anything: no heading, no bare label, not two words."""
    plain = said.strip("#*_ \n")
    if said.startswith("#") or _LISTED.sub("", plain) in item or plain.endswith((":", "：")):
        return False
    if plain.startswith(("(", "（")) and plain.endswith((")", "）")):
        return False  # who issued the record, and when
    return len(plain) >= 6 if not plain.isascii() else len(plain.split()) >= 3


def _read(session: Session, question: Question, best: Sequence[Candidate]) -> Iterator[Sentence]:
    vectors = session.sentence_vectors_of([c.passage.id for c in best])
    weights = topic_weights(session, question)
    meetings = {meeting.record_id: meeting for meeting in session.holdings.meetings}
    for candidate in sorted(best, key=lambda c: (c.passage.record_id, c.passage.start)):
        passage = candidate.passage
        rows = vectors.get(passage.id)
        for place, sentence in enumerate(passage.sentences):
            span = _trimmed(passage.record_text, sentence)
            said = span.of(passage.record_text)
            part = None if passage.speakers else furniture(said, question.text)
            named = part not in (None, "page", "particulars") and coverage(weights, said) >= NAMED
            about_itself = (part and not named) or names_meeting(said, meetings[passage.record_id])
            if says_something(said, passage.item) and not about_itself:
                vector = rows[place] if rows is not None and place < len(rows) else None
                yield Sentence(span.start, span.end, candidate, said, _NO_SIGNS, vector)


def _trimmed(text: str, sentence: Span) -> Span:
    """A sentence without the white space around it and the list marks before it."""
    words = sentence.of(text)
    lead = re.match(r"\s*(?:[-*•]\s+|>\s+)*", words)
    first = sentence.start + (lead.end() if lead else 0)
    return Span(first, max(first, sentence.start + len(words.rstrip())))


def _columns(
    session: Session, question: Question, found: Sequence[Sentence]
) -> dict[str, Sequence[float] | np.ndarray]:
    """Every sign for every sentence."""
    weights = topic_weights(session, question)
    cosines = _cosines(session, question, found)
    passages = np.array([one.candidate.score for one in found])
    passages = passages / (passages.max() or 1.0)
    content = np.array([len(topic_words(one.said)) for one in found])
    every = np.array([max(1, len(words(one.said))) for one in found])
    return {
        "passage": passages,
        "near": _around(passages, found, PASSAGES_AROUND),
        "cosine": cosines,
        "around": _around(cosines, found, REACH),
        "covered": [_covered(weights, one) for one in found],
        "length": np.minimum(1.0, content / FULL),
        "density": np.minimum(1.0, content / every),
        "own": [_own_words(question, one) for one in found],
        "named": [any(named_in(one.said, name) for name in question.speakers) for one in found],
        "turn": [_speech(one) for one in found],
        "asks": [one.said.rstrip("\"'”’) ").endswith(("?", "？")) for one in found],
        "reacts": [_reacts(one.said) for one in found],
        "broken": [
            min(1.0, len(_STUMBLE.findall(one.said)) / n) for one, n in zip(found, every, strict=True)
        ],
        "listing": [_lists(one.said) for one in found],
    }


def _cosines(session: Session, question: Question, found: Sequence[Sentence]) -> np.ndarray:
    """Likeness of each sentence to the topic, from the least to the most like one; 0 without vectors."""
    cosines = np.array(likeness_of(session, question.topic or question.text, found))
    return (cosines - cosines.min()) / ((cosines.max() - cosines.min()) or 1.0)


def likeness_of(session: Session, text: str, found: Sequence[Sentence]) -> list[float]:
    """Likeness of each sentence to a question (`qa.languages`); 0 where one of them has no vector."""
    query = session.query_vector(text) if any(one.vector is not None for one in found) else None
    if query is None:
        return [0.0] * len(found)
    more = lifts(session, query)
    languages = languages_of(session, [one.candidate.passage.id for one in found])
    return [
        0.0
        if one.vector is None
        else float(one.vector @ query) + more.get(languages[one.candidate.passage.id], 0.0)
        for one in found
    ]


def _around(values: np.ndarray, found: Sequence[Sentence], reach: int) -> np.ndarray:
    """The mean of the values up to `reach` sentences away in the same record, nearer ones counting more."""
    total, weight = np.zeros(len(found)), np.zeros(len(found))
    records = np.array([one.record_id for one in found])
    starts = np.array([one.start for one in found])
    for step in range(1, reach + 1):
        near = (records[step:] == records[:-step]) & (starts[step:] - starts[:-step] < step * SENTENCE)
        for here, there in ((slice(step, None), slice(None, -step)), (slice(None, -step), slice(step, None))):
            total[here] += near * values[there] / step
            weight[here] += 1 / step
    return total / np.where(weight == 0, 1, weight)


def _covered(weights: dict[str, float], one: Sentence) -> float:
    under_item = UNDER_ITEM * coverage(weights, " ".join((one.said, *one.candidate.passage.item)))
    return max(coverage(weights, one.said), under_item)


def _own_words(question: Question, one: Sentence) -> bool:
    """Whether one of those asked for begins to speak with it, or alone speaks in its passage."""
    asked, speakers = set(question.speakers), set(one.candidate.passage.speakers)
    return any(one.said.startswith(name) for name in asked) or (bool(speakers) and speakers <= asked)


def _speech(one: Sentence) -> float:
    """How much is said in the line the sentence stands in, which in a transcript is its speaker's turn."""
    text = one.candidate.passage.record_text
    end = text.find("\n", one.end)
    line = text[text.rfind("\n", 0, one.start) + 1 : end if end >= 0 else len(text)]
    return min(1.0, len(words(line)) / SPEECH)


def _reacts(said: str) -> bool:
    plain = _AFTER_LABEL.sub("", said)
    return _REACTS.match(plain) is not None and len(words(plain)) < SHORT_REACTION


def _lists(said: str) -> bool:
    """Whether most words are names and no verb ties them together: a list of those present, a line of a table."""
    named = re.findall(r"\b[A-Z][\w'’-]+", said)
    return (
        said.startswith("|")
        or (len(named) > 2 and 2 * len(named) >= len(said.split()))
        or said.count("、") > 4
    )
