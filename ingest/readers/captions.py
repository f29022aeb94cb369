"""Captions, WebVTT and SubRip: who says what at which second.

One cue a line. Consecutive cues of one speaker are one voice, whose first line begins with "Speaker: ". A
speaker is named by a `<v Name>` tag, or by "Name: " at the beginning of cues when enough cues have that
shape; ">>" begins what somebody else says. Cue numbers, times, settings, comments and styling are not text, and words
that captions show again while they roll up are read once.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from ingest.errors import NotText
from ingest.readers.composing import Composition
from ingest.readers.encodings import decode
from ingest.readers.signatures import refuse_other_formats
from ingest.records import Document, Voice

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]*)>")
_TAG = re.compile(r"</?(?:[cibuv]|ruby|rt|lang|font)(?:[.\s][^<>]*)?>|<\d[\d:.]*>|\{\\[^{}]*\}", re.I)
# "Li Jun: ", "CHAIR SMITH: ", ">> Ms. O'Neil: ", "李军：": a short name-like start and a colon.
_LABEL = re.compile(
    r"(?:>>\s*)?((?:[^\W\d_][\w.'’-]*+[ \t]?+){1,6}+(?:\([^()]{1,40}\))?)(?::[ \t]+|：[ \t]*)(?=\S)"
)
_CHANGE = ">>"  # begins what somebody else says
_FEW_WORDS = 3  # that a cue repeats and goes on from: fewer may well be said twice
_WORD = re.compile("[\u3400-\u9fff]|[^\\s\u3400-\u9fff]+")
_MOST_WORDS = 400  # of a cue that are compared
_BLOCKS = ("NOTE", "STYLE", "REGION")  # of WebVTT; they end at an empty line


@dataclass(frozen=True, slots=True)
class _Cue:
    seconds: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """What one speaker says in one cue."""

    seconds: float
    speaker: str | None
    words: str


def read(data: bytes, path: Path) -> Document:
    """The captions as text; raises NotText where there is not one timed cue."""
    refuse_other_formats(data, path)
    text, notes = decode(data, path)
    cues = list(_cues(text.split("\n")))
    if not cues:
        reason = "there is no caption with a time in it (00:00:05.000 --> 00:00:08.000)"
        raise NotText(path, f"{reason}; if it is a plain transcript, rename it to end in .txt")
    said = _labelled([saying for cue in _once(cues) for saying in _said(cue)])
    composition = Composition()
    voices: list[Voice] = []
    for saying in said:
        somebody_else = saying.speaker is None and saying.words.startswith(_CHANGE)
        goes_on = bool(voices) and saying.speaker == voices[-1].speaker and not somebody_else
        label = f"{saying.speaker}: " if saying.speaker and not goes_on else ""
        span = composition.add(label + saying.words, gap="\n")
        if goes_on:
            voices[-1] = replace(voices[-1], end=span.end)
        else:
            voices.append(Voice(span.start, span.end, saying.speaker, saying.seconds))
    unread = tuple(("comment", line) for line in _comments(text.split("\n")))
    return Document(composition.text, voices=tuple(voices), notes=notes, unread=unread)


def _comments(lines: list[str]) -> Iterator[str]:
    """The lines before the first cue, and those of the comments of WebVTT."""
    first = next((place for place, line in enumerate(lines) if _TIMING.match(line)), len(lines))
    noted = False
    for place, line in enumerate(lines):
        noted = bool(line.strip()) and (noted or line.split(" ", 1)[0].rstrip() == "NOTE")
        said = re.sub(r"^\W*(?:WEBVTT|NOTE)\b[\W_]*", "", line).strip()
        if said and (place < first or noted):
            yield said


def _cues(lines: list[str]) -> Iterator[_Cue]:
    """The cues in the order of the file. A cue goes on until an empty line (one of white space is none) or the next
    timing."""
    place = 0
    while place < len(lines):
        timing = _TIMING.match(lines[place])
        if not timing:
            place = _after_block(lines, place)
            continue
        end = place + 1
        while end < len(lines) and lines[end] and not _TIMING.match(lines[end]):
            end += 1
        payload = [line for line in lines[place + 1 : end] if line.strip()]
        if end < len(lines) and lines[end] and payload and payload[-1].strip().isdecimal():
            payload = payload[:-1]  # the number of a cue that follows without an empty line
        yield _Cue(_seconds(timing), tuple(payload))
        place = end


def _once(cues: list[_Cue]) -> list[_Cue]:
    """The cues without the words that captions which roll up or fill up show again from the cue before.

    They do where half of the cues begin with words that the one before ends with; elsewhere words that come twice were
    said twice.
    """
    words = [[w[0] for line in cue.lines for w in _WORD.finditer(_plain(line))][:_MOST_WORDS] for cue in cues]
    repeated = [_repeated(before, after) for before, after in pairwise(words)]
    pairs = list(zip(repeated, words[1:], strict=True))
    going_on = sum(_FEW_WORDS <= count < len(after) and len(set(after[:count])) > 1 for count, after in pairs)
    rolled = sum(count >= min(_FEW_WORDS, len(after)) > 0 for count, after in pairs)
    if going_on < 2 or rolled * 2 < len(pairs):
        return cues
    return cues[:1] + [_without(cue, count) for cue, count in zip(cues[1:], repeated, strict=True)]


def _repeated(before: list[str], after: list[str]) -> int:
    """How many words `after` begins with that `before` ends with."""
    most = min(len(before), len(after))
    return next((count for count in range(most, 0, -1) if before[-count:] == after[:count]), 0)


def _without(cue: _Cue, count: int) -> _Cue:
    """A cue without its first words; who speaks stays."""
    kept: list[str] = []
    for line in cue.lines:
        plain = _plain(line)
        words = list(_WORD.finditer(plain))
        if not count:
            kept.append(line)
        elif count < len(words):
            voices = "".join(voice[0] for voice in _VOICE.finditer(line))
            kept.append(voices + html.escape(plain[words[count].start() :]))
        count -= min(count, len(words))
    return replace(cue, lines=tuple(kept))


def _after_block(lines: list[str], place: int) -> int:
    """The line after one that begins no cue; comments and style sheets are passed over whole."""
    if lines[place].split(" ", 1)[0].rstrip() not in _BLOCKS:
        return place + 1
    while place < len(lines) and lines[place].strip():
        place += 1
    return place + 1


def _seconds(timing: re.Match[str]) -> float:
    hours, minutes, seconds, fraction = timing.group(1, 2, 3, 4)
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction or 0}")


def _said(cue: _Cue) -> Iterator[_Said]:
    """What is said in a cue, split where `<v>` tags change the speaker."""
    payload = "\n".join(cue.lines)
    parts = _VOICE.split(payload)  # words, name, words, name, words ...
    for speaker, words in zip([None, *parts[1::2]], parts[::2], strict=True):
        name = (_plain(speaker) or None) if speaker else None
        for plain in map(str.strip, re.split(f"(?={_CHANGE})", _plain(words))):
            if plain.strip(_CHANGE):
                yield _Said(cue.seconds, name, plain)


def _plain(text: str) -> str:
    """Without tags, entities resolved, in one line."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _labelled(said: list[_Said]) -> list[_Said]:
    """Speakers taken from "Name: " where cues have it as a rule; else a colon is only a colon.

    Once cues are labelled, one without a label goes on with the speaker before it.
    """
    labels = [None if saying.speaker else _LABEL.match(saying.words) for saying in said]
    names = Counter(label[1].strip() for label in labels if label)
    as_a_rule = names.total() * 2 >= len(said)
    found: list[_Said] = []
    speaking: str | None = None  # the last one a label named
    for saying, label in zip(said, labels, strict=True):
        name = label[1].strip() if label else ""
        if label and (as_a_rule or names[name] >= 2) and _is_name(name):
            speaking = name
            found.append(replace(saying, speaker=name, words=saying.words[label.end() :]))
        else:
            if saying.speaker or saying.words.startswith(_CHANGE):  # somebody else
                speaking = None
            found.append(replace(saying, speaker=saying.speaker or speaking))
    return found


def _is_name(name: str) -> bool:
    """Whether every word of it begins with a capital, or it is Chinese and short."""
    words = re.findall(r"[^\W\d_]+", name)
    return all(not word[0].islower() for word in words) and (name.isascii() or len(name) <= 40)
