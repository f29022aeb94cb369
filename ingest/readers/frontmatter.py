"""Front matter at the top of a file: YAML between two lines of three dashes, or TOML between two of three pluses."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

_BLOCK = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M)
_OPENING = re.compile(r"\s*(?:-{2,}|\+{3,}|[–—]+|={3,}|;{3,}|`{3,}\w*|~{3,}\w*|-{3}[ \t]+\S[^\n]*)[ \t]*\n")
_RULE = re.compile(r"[ \t]*(?:-{2,}|\+{3,}|[–—]+|={3,}|;{3,}|`{3,}|~{3,}|\.{3})[ \t]*")
_FIELD_LINE = re.compile(r"""[ \t]*["']?\w[\w -]{0,30}["']?[ \t]*[:：=]""")
_YAML_COMMENT = re.compile(r"(?:^|\s)#+[ \t]*(\S[^\n]*)", re.M)
_MOST_UNREAD = 1024 * 1024  # characters in which lines are looked at that no front matter was read from
_MOST = 16 * 1024  # characters; no front matter is longer, and YAML is slow


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter states, and where it ends (0: there is none).

    fields  keys in lower case; a list gives its key once per entry; nested values are left out and noted
    unread  lines that stand where fields do and give none: of front matter that cannot be read, nested, comments, or
            with a key that was there before
    """

    end: int = 0
    fields: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def front_matter(text: str) -> FrontMatter:
    """The front matter `text` begins with.

    >>> front_matter("---\\nDate: 2024-03-12\\naccess: [housing, legal]\\n---\\nMinutes").fields
    (('date', '2024-03-12'), ('access', 'housing'), ('access', 'legal'))
    """
    if block := _TOML.match(text, 0, _MOST):
        found = _toml(block)
    else:
        found = _yaml(block) if (block := _BLOCK.match(text, 0, _MOST)) else FrontMatter()
    return found if found.end else replace(found, unread=tuple(_lines_of_block(text)))


def begins_as_fields(matter: FrontMatter) -> bool:
    """Whether front matter that cannot be read was meant to be some."""
    return bool(matter.unread) and bool(_FIELD_LINE.match(matter.unread[0]))


def _lines_of_block(text: str) -> Iterator[str]:
    """The lines of what begins as front matter does, blank lines before it and other rules around it allowed; up to
    the rule that closes it, or where none does to the first blank line.
    """
    if not (opening := _OPENING.match(text)):
        return
    lines = text[opening.end() : opening.end() + _MOST_UNREAD].split("\n")
    closed = next((place for place, line in enumerate(lines) if _RULE.fullmatch(line)), None)
    if closed is None:
        first = next((place for place, line in enumerate(lines) if line.strip()), 0)
        closed = next((n for n, line in enumerate(lines) if n > first and not line.strip()), len(lines))
    yield from (line for line in lines[:closed] if line.strip())


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
        loader = yaml.BaseLoader(block[1])  # every scalar stays the string it is
        node = loader.get_single_node()
        stated = loader.construct_document(node) if node else None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        place = getattr(getattr(error, "problem_mark", None), "line", None)
        where = "" if place is None else f" at line {place + 2}"
        note = f"Its front matter is no valid YAML{where}; it was read as ordinary text, correct it."
        return FrontMatter(notes=(note,)) if re.search(r"^\w+:", block[1], re.M) else FrontMatter()
    if not isinstance(stated, dict):
        return FrontMatter()
    keys = [str(key.value).strip().lower() for key, _ in node.value]
    doubled = (key for key, count in Counter(keys).items() if count > 1)
    comments = (match[1] for match in _YAML_COMMENT.finditer(block[1]))
    return _matter(block.end(), stated, (*(f"{key}: stated twice" for key in doubled), *comments))


def _matter(end: int, stated: dict[object, object], unread: tuple[str, ...] = ()) -> FrontMatter:
    nested = {key: value for key, value in stated.items() if not _is_plain(value)}
    skipped = [str(key)[:40] for key in nested]
    notes = (f"Nested front matter was left out: {', '.join(skipped)}.",) if skipped else ()
    unread = *unread, *_written_out("", nested)
    return FrontMatter(end, tuple(_fields(stated)), notes, unread)


def _written_out(above: str, nested: object, seen: set[int] | None = None) -> Iterator[str]:
    """Nested values, a line for each key with those above it; each once, however often it is referred to."""
    seen = set() if seen is None else seen
    if not isinstance(nested, dict | list) or id(nested) in seen:
        return
    seen.add(id(nested))
    if isinstance(nested, dict):
        for key, value in nested.items():
            yield f"{above[-80:]}{str(key)[:80]}:"
            yield from _written_out(f"{above[-80:]}{str(key)[:80]}: ", value, seen)
    else:
        for value in nested:
            yield from _written_out(above, value, seen)


def _fields(stated: dict[object, object]) -> Iterator[tuple[str, str]]:
    for key, value in stated.items():
        if not isinstance(key, str) or not _is_plain(value):
            continue
        values = (value or [""]) if isinstance(value, list) else [value]
        yield from ((key.strip().lower(), str(entry).strip()) for entry in values)


def _is_plain(value: object) -> bool:
    """A string or a list of strings."""
    return isinstance(value, str) or (
        isinstance(value, list) and all(isinstance(entry, str) for entry in value)
    )
