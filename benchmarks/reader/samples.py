"""What the reader learns from: a question, a text, whether it answers, and where in it.

Published questions on paragraphs (`general`) teach reading: SQuAD 2.0 (Rajpurkar et al. 2018), half of whose questions
their paragraph only seems to answer, XQuAD with question and text in two languages, CMRC 2018 in Chinese. Bodies with
questions (`of_body`) teach records: against what answers stands what a search finds that does not, and a question that
the records do not answer stands against all that is found.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.bodies import Body, Place, agree
from ingest.cross_encoder import CrossEncoder, Pair, pair
from ingest.records import Span
from ingest.sentences import sentences
from qa.engine import Minutebook
from qa.finding.reader import Window, header_of, windows
from qa.retrieval import spread

LANGUAGES = ("de", "en", "es", "zh")
SHORTEST, LONGEST = 48, 96  # tokens of a text that questions in general are asked of
CROSS, ACROSS, CHINESE = 600, 900, 1_400  # questions: of XQuAD in one language and in two, of CMRC
ELSEWHERE = 0.35  # of answerable questions that are also asked of another part, which does not answer
FOUND = 12  # passages a search of a body finds, among which wrong ones are
WRONG, NONE = 2, 3  # of them against a question that the records answer, and one that they do not


@dataclass(frozen=True, slots=True)
class Sample:
    """A pair to learn from.

    evidence  for each token of the text whether it is evidence; None where that is not known
    short     the same of the shortest answer
    """

    pair: Pair
    answers: bool
    evidence: np.ndarray | None
    short: np.ndarray | None = None


def general(
    squad: Sequence[Path], reading: Path, reader: CrossEncoder, chance: random.Random
) -> list[Sample]:
    """Questions on paragraphs: `squad` in the form of SQuAD 2.0, `reading` a folder with XQuAD and CMRC 2018."""
    return [
        *(one for file in squad for one in _squad(file, reader, chance)),
        *_xquad(reading, reader, chance),
        *_cmrc(reading / "cmrc2018_dev.json", reader, chance),
    ]


def _squad(file: Path, reader: CrossEncoder, chance: random.Random) -> Iterator[Sample]:
    for article in _articles(file):
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                seeming = asked.get("plausible_answers") or asked["answers"]
                if seeming:
                    answers = not asked.get("is_impossible")
                    yield from _of_paragraph(
                        asked["question"],
                        article.get("title", ""),
                        paragraph["context"],
                        _spans(seeming),
                        answers,
                        reader,
                        chance,
                    )


def _xquad(folder: Path, reader: CrossEncoder, chance: random.Random) -> Iterator[Sample]:
    told = {language: _articles(folder / f"xquad.{language}.json") for language in LANGUAGES}
    places = [
        (article, paragraph, asked)
        for article, one in enumerate(told["en"])
        for paragraph, two in enumerate(one["paragraphs"])
        for asked, _ in enumerate(two["qas"])
    ]
    for number, (article, paragraph, asked) in enumerate(chance.choices(places, k=CROSS + ACROSS)):
        source = chance.choice(LANGUAGES)
        target = source if number < CROSS else chance.choice([one for one in LANGUAGES if one != source])
        if number >= CROSS and "zh" not in (source, target) and chance.random() < 0.6:
            source, target = chance.choice((("zh", "en"), ("en", "zh")))
        question = told[source][article]["paragraphs"][paragraph]["qas"][asked]["question"]
        text = told[target][article]["paragraphs"][paragraph]
        yield from _of_paragraph(
            question, "", text["context"], _spans(text["qas"][asked]["answers"]), True, reader, chance
        )


def _cmrc(file: Path, reader: CrossEncoder, chance: random.Random) -> Iterator[Sample]:
    every = [
        (one, asked) for article in _articles(file) for one in article["paragraphs"] for asked in one["qas"]
    ]
    for paragraph, asked in chance.sample(every, CHINESE):
        spans = [span for span in _spans(asked["answers"]) if span.start >= 0]
        if spans:
            yield from _of_paragraph(asked["question"], "", paragraph["context"], spans, True, reader, chance)


def _articles(file: Path) -> list:
    found = json.loads(file.read_text(encoding="utf-8"))
    return found["data"] if isinstance(found, dict) else found


def _spans(answers: Sequence[dict]) -> list[Span]:
    return [Span(one["answer_start"], one["answer_start"] + len(one["text"])) for one in answers[:1]]


def _of_paragraph(
    question: str,
    title: str,
    text: str,
    short: Sequence[Span],
    answers: bool,
    reader: CrossEncoder,
    chance: random.Random,
) -> Iterator[Sample]:
    """The part of a paragraph around what answers or seems to, and now and then another part, which does not."""
    said = sentences(text)
    asked, header = reader.tokens(question).ids[:40], reader.tokens(title.replace("_", " ")).ids[:28]
    cut = list(windows(reader, text, said, chance.randint(SHORTEST, LONGEST)))
    evidence = [one for one in said if any(one.start < span.end and span.start < one.end for span in short)]
    holding = [one for one in cut if any(one.start <= span.start < one.end for span in short)]
    for window in holding[:1]:
        ids = window.ids
        none = np.zeros(len(ids), bool)
        yield Sample(
            pair(asked, header, ids),
            answers,
            window.inside(evidence) if answers else none,
            window.inside(short) if answers else none,
        )
    others = [one for one in cut if one not in holding]
    if answers and others and chance.random() < ELSEWHERE:
        ids = chance.choice(others).ids
        yield Sample(pair(asked, header, ids), False, np.zeros(len(ids), bool), np.zeros(len(ids), bool))


def of_body(body: Body, reader: CrossEncoder, chance: random.Random) -> Iterator[Sample]:
    """The questions of a body, on what answers them and on what a search finds that does not."""
    with Minutebook.open(body.index, today=body.today) as book:
        for asked in body.asked:
            scope = {"records": [asked.scope]} if asked.scope else {}
            with book.evidence(asked.text, **scope) as (_, empty, evidence, _):
                question = evidence.asked or empty.question
                found = spread(question, evidence.candidates)[:FOUND]
                places = [*(place for every in asked.gold for place in every), *asked.also]
                right = [(c, places) for c in evidence.candidates[:40] if _holds(c.passage, places)]
                if asked.answerable and not right:
                    continue
                wrong = [c for c in found if not any(_touches(c.passage, place) for place in places)]
                chosen = [(c, ()) for c in _drawn(wrong, WRONG if asked.answerable else NONE, chance)]
                for candidate, gold in [*right[:2], *chosen]:
                    yield from _of_passage(asked.text, candidate, gold, evidence, reader)


def _of_passage(
    question: str, candidate, gold: Sequence[Place], evidence, reader: CrossEncoder
) -> Iterator[Sample]:
    passage = candidate.passage
    touching = [place for place in gold if _touches(passage, place)]
    spans = [Span(max(start, passage.start), min(end, passage.end)) for _, start, end in touching]
    header = header_of(reader, passage, evidence.meetings[passage.record_id])
    asked = reader.tokens(question).ids[:40]
    cut = list(windows(reader, passage.record_text, passage.sentences))
    for window in [one for one in cut if window_holds(one, spans)] if spans else cut[:1]:
        yield Sample(pair(asked, header, window.ids), bool(spans), window.inside(spans))


def window_holds(window: Window, spans: Sequence[Span]) -> bool:
    """Whether half of one of the spans lies in a window."""
    return any(2 * (min(window.end, s.end) - max(window.start, s.start)) >= s.end - s.start for s in spans)


def _drawn(found: Sequence, count: int, chance: random.Random) -> list:
    """The first found, and others of those found, drawn."""
    return [*found[:1], *chance.sample(list(found[1:]), min(count - 1, len(found) - 1))] if found else []


def _holds(passage, places: Sequence[Place]) -> bool:
    return any(agree((passage.record_id, passage.start, passage.end), place) for place in places)


def _touches(passage, place: Place) -> bool:
    return passage.record_id == place[0] and passage.start < place[2] and place[1] < passage.end
