"""What is measured was never learned from: folds leave whole bodies and talks out, once each."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.adapter import courses
from benchmarks.adapter.courses import School
from benchmarks.adapter.examples import Example, Piece, Track
from benchmarks.adapter.layers import Encoder
from benchmarks.adapter.material import FOLDS, LeftOut, Material, folds
from benchmarks.adapter.training import Lesson, Settings
from ingest.encoder import Snippet
from ingest.records import Span


def track(name: str, records: Sequence[str], text: str = "words", *, scoped: bool = False) -> Track:
    """Two passages a record and a question on each; asked of that record alone, or of all."""
    pieces = {
        path: tuple(Piece(i, i + 9, Snippet(text), (Span(i, i + 9),)) for i in (0, 10)) for path in records
    }
    asked = tuple(
        Example(f"{name} {path}", "?", "?", (path,) if scoped else tuple(records), {path: (Span(0, 9),)})
        for path in records
    )
    return Track(name, pieces, asked)


@pytest.fixture
def material() -> Material:
    talks = [f"talk-{n}" for n in range(8)]
    tracks = {
        "qmsum": track("qmsum", talks, scoped=True),
        "tc39": track("tc39", talks, scoped=True),
        "fomc": track("fomc", talks, scoped=True),
        "vcsum": track("vcsum", [f"会议{n}" for n in range(7)], "会议"),
    }
    bodies = {f"body-{n}": track(f"body-{n}", ["a", "b"], "会议" if n < 4 else "words") for n in range(10)}
    return Material(tracks, bodies, track("reading", ["00/en", "00/zh"]), {})


def test_every_body_and_talk_is_left_out_once_and_what_is_held_out_always(material: Material) -> None:
    parts = folds(material, ["talk-1", "talk-2"])
    assert len(parts) == FOLDS
    assert sorted(name for part in parts for name in part.bodies) == sorted(material.bodies)
    assert sorted(path for part in parts for path in part.chinese_talk) == sorted(
        material.tracks["vcsum"].pieces
    )
    assert all(part.talk == ("talk-1", "talk-2") for part in parts)


def test_each_part_has_chinese_bodies_and_others(material: Material) -> None:
    for part in folds(material, []):
        chinese = sum(name < "body-4" for name in part.bodies)
        assert 0 < chinese < len(part.bodies)


def test_nothing_that_is_left_out_is_taught(
    material: Material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taught: list[Lesson] = []

    def keep(encoder: Encoder, lessons: Sequence[Lesson], settings: Settings, out: Path) -> Path:
        taught.extend(lessons)
        return out

    monkeypatch.setattr(courses, "train", keep)
    monkeypatch.setattr(courses, "average", lambda folders, shares, out: None)
    left_out = LeftOut(("talk-1",), ("会议2",), ("body-3", "body-7"))
    School(None, material, Settings(), tmp_path).adapter("a", left_out)  # type: ignore[arg-type]
    by_name = {lesson.track.name: lesson for lesson in taught}
    assert {"body-3", "body-7"}.isdisjoint(by_name)
    assert by_name.keys() >= {"body-0", "body-9", "qmsum", "vcsum", "tc39", "fomc", "reading"}
    for name, path in (("qmsum", "talk-1"), ("vcsum", "会议2")):
        lesson = by_name[name]
        assert path not in lesson.track.pieces
        assert all(path not in one.example.within for one in lesson.judged)
        assert f"{name} {path}" not in {one.example.id for one in lesson.judged}
        assert lesson.judged
