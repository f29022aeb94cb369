"""What the clerk states beside the files: `meetings.toml`, a table per file name, whose fields win over all else.

["2024-03-15.pdf"]
date = 2024-03-15
body = "Library Board"
"""

import tomllib
from functools import lru_cache
from pathlib import Path

from ingest.errors import ReadError

FILE_NAME = "meetings.toml"


def overrides_for(path: Path) -> dict[str, str]:
    """The fields stated for a file, values as text; empty without a table for it. Raises ReadError on a bad file."""
    beside = path.with_name(FILE_NAME)
    try:
        status = beside.stat()
    except OSError:
        return {}
    tables = _read(beside, status.st_mtime_ns, status.st_size)
    stated = tables.get(path.name, {})
    if not isinstance(stated, dict):
        raise ReadError(path, f'{beside} must hold a table ["{path.name}"] with fields, not a single value')
    return {str(key): _text(value) for key, value in stated.items()}


@lru_cache(maxsize=64)
def _read(beside: Path, modified_ns: int, size: int) -> dict[str, object]:
    del modified_ns, size  # they only make a changed file another key
    try:
        return tomllib.loads(beside.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReadError(beside, f"it is no TOML ({error}); correct it") from error


def _text(value: object) -> str:
    return ", ".join(_text(each) for each in value) if isinstance(value, list) else str(value)
