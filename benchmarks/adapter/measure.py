"""How well an encoder ranks by itself, without words, titles or neighbours: passages, and sentences as evidence."""

import sys
import time
from collections.abc import Iterable, Sequence

import numpy as np
from tqdm import tqdm

from benchmarks.adapter.examples import Example, Track
from ingest.encoder import Encoded, Encoder
from ingest.records import Span
from qa.metrics import Asked, DocSpan, Result, evaluate

PASSAGES = 40  # of a question, best first
SENTENCES = 5  # evidence sentences of a question
LEAST_WORDS = 4  # of a sentence that may be evidence


def encode_records(track: Track, paths: Iterable[str], encoder: Encoder) -> dict[str, list[Encoded]]:
    """The passages of each record encoded, in their order; every text once."""
    places = [(path, piece) for path in sorted(set(paths)) for piece in track.pieces[path]]
    with tqdm(total=len(places), unit="passage", disable=not sys.stderr.isatty()) as bar:
        encoded = encoder.encode([piece.snippet for _, piece in places], bar.update)
    out: dict[str, list[Encoded]] = {path: [] for path in paths}
    for (path, _), one in zip(places, encoded, strict=True):
        out[path].append(one)
    return out


def measure(track: Track, examples: Sequence[Example], encoder: Encoder) -> dict[str, float]:
    """The measures of `qa.metrics` over cosines alone; `cite_p` and `cite_r` are of the best five sentences.

    `seconds` is what encoding took.
    """
    started = time.perf_counter()
    encoded = encode_records(track, {path for one in examples for path in one.within}, encoder)
    seconds = time.perf_counter() - started
    results = [_rank(track, one, encoded, encoder.encode_query(one.topic)) for one in examples]
    asked = [
        Asked(one.id, one.text, gold=tuple(DocSpan(p, s.start, s.end) for p in one.gold for s in one.gold[p]))
        for one in examples
    ]
    return evaluate(asked, results) | {"seconds": seconds}


def _rank(track: Track, example: Example, encoded: dict[str, list[Encoded]], query: np.ndarray) -> Result:
    found: list[tuple[float, DocSpan]] = []
    said: list[tuple[float, DocSpan]] = []
    for path in example.within:
        for piece, one in zip(track.pieces[path], encoded[path], strict=True):
            found.append((float(one.vector @ query), DocSpan(path, piece.start, piece.end)))
            cosines = one.sentences @ query
            said += [
                (float(cosine), DocSpan(path, span.start, span.end))
                for cosine, span in zip(cosines, piece.sentences, strict=True)
                if _words(piece.snippet.text, piece.start, piece.end, span) >= LEAST_WORDS
            ]
    return Result(example.id, _best(found, PASSAGES), citations=_best(said, SENTENCES))


def _words(text: str, start: int, end: int, span: Span) -> int:
    """How many words a sentence has; the passage stands at the end of what the encoder reads."""
    shift = len(text) - (end - start) - start
    return len(text[span.start + shift : span.end + shift].split())


def _best(scored: Sequence[tuple[float, DocSpan]], most: int) -> tuple[DocSpan, ...]:
    ranked = sorted(scored, key=lambda pair: (-pair[0], pair[1].doc, pair[1].start))
    return tuple(span for _, span in ranked[:most])
