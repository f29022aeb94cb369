"""Likeness between a question and passages of several languages, made even.

An encoder of many languages lays texts of one language nearer to each other than to texts of another that say the same:
a question would find all of its own language before what answers it in another. So to the cosine is added how much
less like the question the passages of a language are in the mean than those of the language it is nearest to; the
centre of each language is taken away (Libovický, Rosa and Fraser 2020, "On the Language Neutrality of Pre-trained
Multilingual Representations"). In records of one language nothing is added, and the likeness is the cosine.

What a likeness tells depends on the encoder too: of some, texts that have nothing in common lie at a cosine of .1, of
others at .8. `above_chance` measures from what the question has to the records in the mean, whatever they say.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from ingest.records import Language
from qa.corpus import Session

COMMON = 0.95  # share of passages that are less like a question than what is common
FEW = 3
SAMPLE = 400  # passages of a language whose vectors give its centre: enough for likenesses to a thousandth


def languages_of(session: Session, ids: Sequence[int]) -> dict[int, Language]:
    """Passage id to the language of its record: of a short passage, a list of names, nobody could tell it."""
    held = session.holdings
    places = held.places_of(ids)
    records = held.records[places].tolist()
    return dict(zip(held.ids[places].tolist(), (held.meetings[i].language for i in records), strict=True))


def in_others(session: Session, language: Language, ids: Sequence[int]) -> set[int]:
    """Those of `ids` whose records are in another language, so that its words cannot stand in them."""
    return {i for i, own in languages_of(session, ids).items() if own != language}


def likenesses(session: Session, vector: np.ndarray, ids: Sequence[int]) -> dict[int, float]:
    """Passage id to likeness with a question's vector, of those of `ids` that have a vector."""
    more, languages = lifts(session, vector), languages_of(session, ids)
    vectors = session.vectors_of(ids)
    return {i: float(stored @ vector) + more.get(languages[i], 0.0) for i, stored in vectors.items()}


def lifts(session: Session, vector: np.ndarray) -> dict[Language, float]:
    """What is added to the cosine of a question and a text of each language; 0 in the one it is nearest to."""
    means = {language: float(centre @ vector) for language, centre in _centres(session).items()}
    return {language: max(means.values()) - mean for language, mean in means.items()}


def above_chance(session: Session, vector: np.ndarray, likeness: float) -> float:
    """How far a likeness (`likenesses`) lies above chance: 0 at what the records have in the mean, 1 at the same text.

    It is below 0 for what is less like the question than most, and the likeness itself where there are no records.
    """
    chance = max((float(centre @ vector) for centre in _centres(session).values()), default=0.0)
    return (likeness - chance) / (1.0 - chance) if chance < 1.0 else 0.0


def above_common(session: Session, vector: np.ndarray, likeness: float) -> float:
    """How far a likeness lies above what one passage in twenty has to the question: 0 at that, 1 at the same text.

    Records of many matters have less in common with any question than records of one; this measures alike in both. Of
    few passages the `FEW` likest, which may be of the matter, are not what is common.
    """
    more = lifts(session, vector)
    found = [sample @ vector + more.get(language, 0.0) for language, sample in _samples(session).items()]
    held = np.concatenate(found) if found else np.zeros(1)
    common = float(np.quantile(held, min(COMMON, max(0.5, 1 - FEW / len(held)))))
    return (likeness - common) / (1.0 - common) if common < 1.0 else 0.0


def elsewhere(session: Session, vector: np.ndarray) -> list[np.ndarray]:
    """A question's vector moved to each language of the records but the one it is nearest to."""
    centres = _centres(session)
    if not centres:
        return []
    own = max(centres, key=lambda language: float(centres[language] @ vector))
    moved = [vector + centre - centres[own] for language, centre in centres.items() if language != own]
    return [one / (np.linalg.norm(one) or 1.0) for one in moved]


def _centres(session: Session) -> Mapping[Language, np.ndarray]:
    """The mean vector of the passages that the asker may see, for each language of the records."""
    return {language: sample.mean(0) for language, sample in _samples(session).items()}


def _samples(session: Session) -> Mapping[Language, np.ndarray]:
    """Vectors of passages that the asker may see, shape (n, d), for each language of the records."""
    return session.corpus.kept(session, ("samples", session.access), lambda: _read_samples(session))


def _read_samples(session: Session) -> dict[Language, np.ndarray]:
    held = session.holdings
    of_record = np.array([meeting.language for meeting in held.meetings])
    places = np.flatnonzero(session.seen & held.with_vector)
    of_passage = of_record[held.records[places]]
    languages: list[Language] = sorted(set(of_passage.tolist()))
    return {language: _sample(session, held.ids[places[of_passage == language]]) for language in languages}


def _sample(session: Session, ids: np.ndarray) -> np.ndarray:
    vectors = session.vectors_of(ids[:: -(-len(ids) // SAMPLE)].tolist())
    return np.stack(list(vectors.values()))
