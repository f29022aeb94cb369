"""Any order of adding, amending, renaming, removing, going back, crashing and opening again: three views agree.

After every step the catalog shows what a model of plain dictionaries holds, Chroma holds what the catalog shows,
and an index built afresh from the same folder shows the same.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ingest import pipeline, store
from ingest.history import NoSuchRecord, rollback
from ingest.index import OwnedIndex
from ingest.outcomes import Status
from tests.hash_encoder import HashEncoder
from tests.ingest.conftest import assert_stores_agree, visible

NAMES = st.sampled_from(["a.md", "b.md", "sub/c.md", "d.md", "e.md"])
EDITIONS = st.integers(0, 99)
CRASHES = st.sampled_from(["stage", "stage_passages", "flip", "clear_outbox", "put_files", "set_access"])


class Crash(BaseException):
    """Stands for the end of the process."""


def text(day: int, edition: int) -> str:
    return (
        f"# Minutes of board {day}\n\n{day} March 2024\n\n## Plan\n\nBoard {day} approved edition {edition}.\n\n"
        f"## Harbour\n\nThe harbour of board {day} stays open and the quay is swept by night.\n"
    )


class Ingesting(RuleBasedStateMachine):
    """The model: `files` is what lies in the folder, `shown` what answers are to show, by source."""

    @initialize()
    def begin(self) -> None:
        self.base = Path(tempfile.mkdtemp(prefix="minutebook-stateful-"))
        self.folder = self.base / "minutes"
        (self.folder / "sub").mkdir(parents=True)
        self.files: dict[str, str] = {}
        self.shown: dict[str, str] = {}
        self.history: dict[str, list[str]] = {}
        self.days = iter(range(1, 10_000))
        self.index = OwnedIndex.open(self.base / "index", HashEncoder())

    def teardown(self) -> None:
        if hasattr(self, "base"):
            self.index.close()
            shutil.rmtree(self.base)

    def write(self, name: str, content: str) -> None:
        (self.folder / name).write_text(content, encoding="utf-8")
        self.files[name] = content

    def ingest(self, **more: Any) -> None:
        report = pipeline.ingest([self.folder], self.index, **more)
        assert not report.of(Status.FAILED, Status.REFUSED), report
        for name, content in self.files.items():
            kept = self.history.setdefault(name, [])
            if not kept or kept[-1] != content:
                kept.append(content)
                self.shown[name] = content

    @rule(name=NAMES, edition=EDITIONS)
    def add_or_amend(self, name: str, edition: int) -> None:
        if name in self.files:
            old = self.files[name]
            line = next(part for part in old.split("\n") if "edition" in part)
            content = old.replace(line, line.split("edition")[0] + f"edition {edition}.")
        else:
            if name in self.history:
                return  # a path of which the record was kept: what comes there is told apart elsewhere
            content = text(next(self.days) % 28 + 1, edition).replace("board", f"board {len(self.history)}")
        self.write(name, content)
        self.ingest()

    @precondition(lambda self: self.files)
    @rule(data=st.data(), new=NAMES)
    def rename(self, data: Any, new: str) -> None:
        old = data.draw(st.sampled_from(sorted(self.files)))
        if new in self.files or new in self.history:
            return
        os.rename(self.folder / old, self.folder / new)
        for view in (self.files, self.shown, self.history):
            view[new] = view.pop(old)  # type: ignore[assignment]
        self.ingest()

    @precondition(lambda self: self.files)
    @rule(data=st.data(), prune=st.booleans())
    def remove(self, data: Any, prune: bool) -> None:
        name = data.draw(st.sampled_from(sorted(self.files)))
        os.remove(self.folder / name)
        del self.files[name]
        self.ingest(prune=prune)
        if prune:
            for gone in set(self.shown) - set(self.files):
                del self.shown[gone], self.history[gone]

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def go_back(self, data: Any) -> None:
        name = data.draw(st.sampled_from(sorted(self.files)))
        source = str(self.folder / name)
        kept = self.history[name]
        at = kept.index(self.shown[name]) if len(set(kept)) == len(kept) else -1
        if at < 0:
            return
        try:
            rollback(self.index, source)
        except NoSuchRecord:
            assert at == 0
            return
        self.shown[name] = kept[at - 1]

    @rule(name=NAMES, edition=EDITIONS, where=CRASHES)
    def crash(self, name: str, edition: int, where: str) -> None:
        """An amendment that ends in the middle; the index is opened again, and the rerun completes it."""
        if name not in self.files:
            return
        original = getattr(store, where)

        def crashing(*arguments: Any, **more: Any) -> None:
            setattr(store, where, original)
            raise Crash

        setattr(store, where, crashing)
        try:
            self.add_or_amend(name, edition)
        except Crash:
            self.reopen()
            self.ingest()
        finally:
            setattr(store, where, original)

    @rule()
    def reopen(self) -> None:
        self.index.close()
        self.index = OwnedIndex.open(self.base / "index", HashEncoder())

    @rule()
    def plan_says_nothing_is_left(self) -> None:
        planned = pipeline.plan([self.folder], self.index.catalog)
        assert {o.status for o in planned.outcomes} <= {Status.UNCHANGED, Status.MISSING}

    @invariant()
    def the_views_agree(self) -> None:
        if not hasattr(self, "index"):
            return
        seen = {os.path.relpath(row[0], self.folder): row[3] for row in visible(self.index)}
        assert seen == self.shown
        assert_stores_agree(self.index)

    @precondition(lambda self: self.files and self.files == self.shown)
    @rule()
    def a_fresh_build_shows_the_same(self) -> None:
        with OwnedIndex.open(self.base / "fresh", HashEncoder()) as fresh:
            pipeline.ingest([self.folder], fresh)
            assert visible(fresh) == visible(self.index)
        shutil.rmtree(self.base / "fresh")


TestIngesting = Ingesting.TestCase
TestIngesting.settings = settings(
    max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
