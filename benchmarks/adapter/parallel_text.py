"""Questions and paragraphs that exist in several languages (XQuAD), so that the language of either says nothing."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.adapter.examples import Example, Piece, Track
from ingest.encoder import Snippet
from ingest.records import Span
from ingest.sentences import sentences

LANGUAGES = ("de", "en", "es", "zh")
HELD_OUT = 12  # of the 48 articles


def read_parallel(folder: Path, part: str, *, every_language: bool = False) -> Track:
    """`xquad.*.json`: an article in a language is a record, a paragraph a passage; it answers in every language.

    part            "train" or "held out"; articles are parted by the hash of their number
    every_language  asks each question in all languages; in one of them, drawn by its hash, otherwise
    """
    pieces: dict[str, tuple[Piece, ...]] = {}
    asked: list[tuple[str, str, str, int, int]] = []
    for language in LANGUAGES:
        articles = json.loads((folder / f"xquad.{language}.json").read_text(encoding="utf-8"))["data"]
        chosen = sorted(range(len(articles)), key=lambda number: _hash(f"article {number}"))
        chosen = chosen[HELD_OUT:] if part == "train" else chosen[:HELD_OUT]
        for number in sorted(chosen):
            path = f"{number:02}/{language}"
            pieces[path] = tuple(_pieces([one["context"] for one in articles[number]["paragraphs"]]))
            for place, paragraph in enumerate(articles[number]["paragraphs"]):
                for one in paragraph["qas"]:
                    if every_language or LANGUAGES[_hash(one["id"]) % len(LANGUAGES)] == language:
                        asked.append((f"{one['id']}-{language}", one["question"], language, number, place))
    within = tuple(sorted(pieces))
    examples = []
    for key, text, _, number, place in asked:
        gold = {
            path: (Span(pieces[path][place].start, pieces[path][place].end),)
            for path in (f"{number:02}/{language}" for language in LANGUAGES)
        }
        examples.append(Example(key, text, text, within, gold))
    return Track("reading", pieces, tuple(examples))


def pairs(track: Track) -> Iterator[tuple[str, Track]]:
    """The track by the language of the question and that of the only paragraphs it is asked of: "en>zh"."""
    for asked in LANGUAGES:
        for told in LANGUAGES:
            paths = tuple(path for path in track.pieces if path.endswith(f"/{told}"))
            examples = tuple(
                Example(one.id, one.text, one.topic, paths, {p: one.gold[p] for p in paths if p in one.gold})
                for one in track.examples
                if one.id.endswith(f"-{asked}")
            )
            yield f"{asked}>{told}", Track(track.name, {path: track.pieces[path] for path in paths}, examples)


def _pieces(paragraphs: list[str]) -> Iterator[Piece]:
    start = 0
    for text in paragraphs:
        spans = tuple(sentences(text))
        inside = tuple(Span(one.start + start, one.end + start) for one in spans)
        yield Piece(start, start + len(text), Snippet(text, spans), inside)
        start += len(text) + 1


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
