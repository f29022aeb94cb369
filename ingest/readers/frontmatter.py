"""Front matter at the top of a file: YAML between two lines of three dashes, or TOML between two of three pluses."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

_BLOCK = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M)
_MOST = 16 * 1024  # characters; no front matter is longer, and YAML is slow


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter states, and where it ends (0: there is none).

    fields  keys in lower case; a list gives its key once per entry; nested values are left out and noted
    """

    end: int = 0
    fields: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def front_matter(text: str) -> FrontMatter:
    """The front matter `text` begins with.

    >>> front_matter("---\\nDate: 2024-03-12\\naccess: [housing, legal]\\n---\\nMinutes").fields
    (('date', '2024-03-12'), ('access', 'housing'), ('access', 'legal'))
    """
    if block := _TOML.match(text, 0, _MOST):
        return _toml(block)
    block = _BLOCK.match(text, 0, _MOST)
    return _yaml(block) if block else FrontMatter()


def _toml(block: re.Match[str]) -> FrontMatter:
    try:
        stated = tomllib.loads(block[1])
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        note = f"Its front matter is no valid TOML ({error}); it was read as ordinary text, correct it."
        return FrontMatter(notes=(note,))
    return _matter(block.end(), {key: _as_text(value) for key, value in stated.items()})


def _as_text(value: object) -> object:
    """What TOML gives as YAML's base loader would: scalars as strings."""
    if isinstance(value, list):
        return [_as_text(entry) for entry in value]
    return value if isinstance(value, dict) else str(value)


def _yaml(block: re.Match[str]) -> FrontMatter:
    import yaml

    try:
        stated = yaml.load(block[1], Loader=yaml.BaseLoader)  # every scalar stays the string it is
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        place = getattr(getattr(error, "problem_mark", None), "line", None)
        where = "" if place is None else f" at line {place + 2}"
        note = f"Its front matter is no valid YAML{where}; it was read as ordinary text, correct it."
        return FrontMatter(notes=(note,)) if re.search(r"^\w+:", block[1], re.M) else FrontMatter()
    return _matter(block.end(), stated) if isinstance(stated, dict) else FrontMatter()


def _matter(end: int, stated: dict[object, object]) -> FrontMatter:
    skipped = [str(key)[:40] for key, value in stated.items() if not _is_plain(value)]
    notes = (f"Nested front matter was left out: {', '.join(skipped)}.",) if skipped else ()
    return FrontMatter(end, tuple(_fields(stated)), notes)


def _fields(stated: dict[object, object]) -> Iterator[tuple[str, str]]:
    for key, value in stated.items():
        if not isinstance(key, str) or not _is_plain(value):
            continue
        values = value if isinstance(value, list) else [value]
        yield from ((key.strip().lower(), str(entry).strip()) for entry in values)


def _is_plain(value: object) -> bool:
    """A string or a list of strings."""
    return isinstance(value, str) or (
        isinstance(value, list) and all(isinstance(entry, str) for entry in value)
    )
