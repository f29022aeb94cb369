"""All there is to learn from: tracks, bodies, questions in several languages, and what to leave out of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.adapter.examples import Example, Track, read_bench_track, read_body
from benchmarks.adapter.measure import encode_records
from benchmarks.adapter.mining import Place, judge, nearest
from benchmarks.adapter.parallel_text import read_parallel
from benchmarks.adapter.split import deal
from ingest.encoder import Encoder
from ingest.words import has_han

TRACKS = ("qmsum", "tc39", "fomc", "vcsum")
FOLDS = 3
Near = Mapping[str, Sequence[Place]]


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to learn from.

    tracks, bodies  by name
    reading         XQuAD without the articles that are only measured
    near            by name of the track or body, as `benchmarks.adapter.mining.sheets` has it
    """

    tracks: dict[str, Track]
    bodies: dict[str, Track]
    reading: Track
    near: dict[str, Near]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not learned from: records of `qmsum` and of `vcsum`, and whole bodies."""

    talk: tuple[str, ...] = ()
    chinese_talk: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()


def read_material(bench: Path, indexes: Path, released: Encoder) -> Material:
    """Reads the benchmark folder.

    indexes   where the records are ingested, or were by an earlier run
    released  the encoder as it is, by which wrong passages are near a question
    """
    tracks = {name: read_bench_track(bench / name, indexes / name) for name in TRACKS}
    folders = sorted(file.parent for file in (bench / "bodies").glob("*/queries.jsonl"))
    bodies = {folder.name: read_body(folder, indexes / folder.name) for folder in folders}
    asked_of_all = {"vcsum": tracks["vcsum"]} | bodies
    near = {name: _near(track, released) for name, track in asked_of_all.items()}
    return Material(tracks, bodies, read_parallel(bench / "reading", "train"), near)


def folds(material: Material, held_out: Iterable[str]) -> list[LeftOut]:
    """FOLDS parts of the bodies and of the Chinese talks, each body and talk in one, and a like number of Chinese
    bodies in each; what `qmsum` holds out is in all."""
    chinese = [name for name, track in material.bodies.items() if _is_chinese(track)]
    other = [name for name in material.bodies if name not in chinese]
    parts = zip(
        deal(chinese, FOLDS),
        reversed(deal(other, FOLDS)),
        deal(material.tracks["vcsum"].pieces, FOLDS),
        strict=True,
    )
    return [LeftOut(tuple(held_out), talks, (*some, *others)) for some, others, talks in parts]


def _is_chinese(track: Track) -> bool:
    """Whether more than half of its passages have a Chinese character."""
    texts = [piece.snippet.text for pieces in track.pieces.values() for piece in pieces]
    return 2 * sum(has_han(text) for text in texts) > len(texts)


def _near(track: Track, released: Encoder) -> Near:
    encoded = encode_records(track, track.pieces, released)
    vectors = {(path, i): one.vector for path, of in encoded.items() for i, one in enumerate(of)}
    judged = [one for example in track.examples if (one := judge(track, example)).wrong]
    asked: Iterable[Example] = (one.example for one in judged)
    return nearest(judged, vectors, {one.id: released.encode_query(one.topic) for one in asked})
