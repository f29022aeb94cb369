"""The words of meetings, language by language: one data file each, read by every rule that needs them.

A language is added by its file alone. Chinese words stand in simplified characters and are known in traditional ones.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from ingest.han_scripts import traditional
from ingest.words import has_han


@cache
def vocabulary(section: str) -> Mapping[str, frozenset[str]]:
    """The words of a section of every language together, by the name of their list: lower case, both scripts."""
    out: dict[str, set[str]] = {}
    for pack in _packs():
        for name, words in pack.get(section, {}).items():
            out.setdefault(name, set()).update(_forms(words))
    return {name: frozenset(words) for name, words in out.items()}


@cache
def alternatives(section: str, name: str) -> str:
    """The words of a list as the alternatives of a pattern, longer ones first; spaced words as whole words."""
    words = sorted(vocabulary(section).get(name, ()), key=lambda word: (-len(word), word))
    return "|".join(
        re.escape(word) if has_han(word) else rf"\b{re.escape(word)}\b".replace(r"\ ", r"\s")
        for word in words
    )


@cache
def examples(section: str) -> tuple[tuple[str, str], ...]:
    """What the rules should make of words after several bodies: (words, name of the list or "none") pairs."""
    pairs = (pack.get("examples", {}).get(section, {}) for pack in _packs())
    return tuple((words, name) for named in pairs for name, every in named.items() for words in every)


def _forms(words: Sequence[str]) -> set[str]:
    return {form for word in words for form in (word.casefold(), traditional(word.casefold()))}


@cache
def _packs() -> tuple[Mapping[str, Any], ...]:
    found = sorted(
        (file for file in files("ingest.lang").iterdir() if file.name.endswith(".toml")), key=lambda f: f.name
    )
    return tuple(tomllib.loads(file.read_text(encoding="utf-8")) for file in found)
