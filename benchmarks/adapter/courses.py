"""What each course learns from, and the adapter that is the average of all."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.adapter.layers import Encoder
from benchmarks.adapter.material import LeftOut, Material
from benchmarks.adapter.mining import judge, without
from benchmarks.adapter.soup import average
from benchmarks.adapter.training import Lesson, Settings, train
from benchmarks.adapter.tuned import Tuned
from ingest.adapters import deltas

SHARES = {"talk": 0.7, "minutes": 0.4, "bodies": 0.6}  # what is added of what each course learned
FEW = 6  # records that a question of minutes is asked of, at most: those of one meeting


@dataclass(frozen=True, slots=True)
class School:
    """Trains courses and averages what they learned; a course that was trained before is taken as it is."""

    encoder: Encoder
    material: Material
    settings: Settings
    out: Path
    shares: Mapping[str, float] = field(default_factory=lambda: dict(SHARES))

    def adapter(self, name: str, left_out: LeftOut) -> Path:
        """The folder of the adapter that saw nothing of what is left out."""
        courses = {
            "talk": [self._lesson("qmsum", left_out.talk, passes=2)],
            "minutes": [self._narrow("tc39", most=45), self._narrow("fomc", most=60), self._reading()],
            "bodies": [
                *(self._lesson(one, passes=2) for one in self.material.bodies if one not in left_out.bodies),
                self._lesson("vcsum", left_out.chinese_talk, passes=3),
                self._reading(),
            ],
        }
        folders = [self._taught(course, lessons) for course, lessons in courses.items()]
        average(folders, [self.shares[course] for course in courses], self.out / name)
        return self.out / name

    def tuned(self, adapter: Path) -> Tuned:
        """The encoder with an adapter, to be measured."""
        return Tuned(self.encoder, self.encoder.changed(dict(deltas(adapter))))

    def _taught(self, course: str, lessons: Sequence[Lesson]) -> Path:
        learned = json.dumps([sorted(one.example.id for one in lesson.judged) for lesson in lessons])
        name = f"{course}-{hashlib.sha256(learned.encode()).hexdigest()[:8]}"  # no two folds share a folder
        return train(self.encoder, lessons, self.settings, self.out / "courses" / name)

    def _lesson(self, name: str, left_out: Iterable[str] = (), passes: int = 1) -> Lesson:
        gone = frozenset(left_out)
        track = without((self.material.tracks | self.material.bodies)[name], gone)
        near = {
            key: [place for place in places if place[0] not in gone]
            for key, places in self.material.near.get(name, {}).items()
        }
        judged = tuple(judge(track, one) for one in track.examples if one.within)
        return Lesson(track, judged, passes, near=near)

    def _narrow(self, name: str, most: int) -> Lesson:
        track = self.material.tracks[name]
        asked = [one for one in track.examples if 0 < len(one.within) <= FEW]
        return Lesson(track, tuple(judge(track, one) for one in asked), most=most)

    def _reading(self) -> Lesson:
        track = self.material.reading
        return Lesson(track, tuple(judge(track, one) for one in track.examples), most=20)
