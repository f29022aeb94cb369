"""Which of the matters that were put off or left undecided a later meeting settled."""

from collections.abc import Mapping, Sequence

from ingest.records import DecisionKind as Kind
from ingest.words import WordSet, topic_words
from qa.corpus import Session
from qa.register import Entry, find_entries
from qa.scope import Scope
from qa.signs import SETTLED
from qa.supersession import Place, place_of
from qa.topic import META_WORDS, coverage, word_weights

SAME_MATTER = 0.6  # share of a matter's words, by weight, in the entry that settles it and its item
_PUT_OFF = WordSet(
    "defer deferred postpone postponed put off tabled delayed resolved agreed taken position undecided open remain "
    "january february march april may june july august september october november december next later "
    "推迟 暂缓 延期 缓议 搁置 尚未 确定 决定 下次 再议"
)  # of how it was put off, not of what
_SETTLES = tuple(SETTLED - {Kind.NOTED, Kind.CONCLUDED, Kind.DEFERRED})


def settled_since(session: Session, scope: Scope, entries: Sequence[Entry]) -> Mapping[Place, Entry]:
    """For each of `entries` that a later meeting of the same body settled, the first entry that did, by place.

    The matter is the same where the later entry says most of what the earlier one says of it, and most of the title
    it stands under: "bus lanes on Ferry Road" settles nothing about bus lanes elsewhere.
    """
    settling = [
        entry
        for entry in reversed(find_entries(session, Scope(access=scope.access), kinds=_SETTLES))
        if entry.meeting.date
    ]
    found: dict[Place, Entry] = {}
    for entry in entries:
        said = [_weights(session, words) for words in (entry.quote, entry.item or "")]
        later = (one for one in settling if _is_later(one, entry) and _of_one_matter(said, one))
        if all(said) and (first := next(later, None)):
            found[place_of(entry)] = first
    return found


def _weights(session: Session, words: str) -> dict[str, float]:
    return word_weights(session, [word for word in topic_words(words) if word not in META_WORDS | _PUT_OFF])


def _is_later(one: Entry, other: Entry) -> bool:
    """Whether an entry is of a later meeting, and of the same body as far as the records name them."""
    if not (one.meeting.date and other.meeting.date and one.meeting.date > other.meeting.date):
        return False
    bodies = {one.meeting.body, other.meeting.body} - {None}
    return len(bodies) < 2 and one.meeting.language == other.meeting.language


def _of_one_matter(said: Sequence[dict[str, float]], entry: Entry) -> bool:
    whole = f"{entry.item or ''} {entry.quote}"
    return all(coverage(weights, whole) >= SAME_MATTER for weights in said)
