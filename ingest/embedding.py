"""Records to vectors by key: only what the catalog has no vector for is encoded.

Here alone it is asked which languages the encoder was made for; to all others a text has a vector or none.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from ingest import store
from ingest.catalog import Catalog
from ingest.encoder import Encoded, Encoder, Snippet
from ingest.passages import key_of, snippet, split
from ingest.records import Passage, Record
from ingest.stopping import go_on
from ingest.words import language_of


def prepare_passages(
    record: Record, encoder: Encoder
) -> tuple[list[Passage], list[Snippet | None], list[str | None]]:
    """A record's passages, what the encoder reads of each, and the keys of their vectors."""
    pieces = split(record)
    snippets = [read_of(encoder, piece) for piece in pieces]
    return pieces, snippets, [key_of(s) if s else None for s in snippets]


def read_of(encoder: Encoder, passage: Passage) -> Snippet | None:
    """What the encoder reads of a passage; None where it is not searched, or in a language it was not made for."""
    return snippet(passage) if passage.indexed and encoder.knows(passage.language) else None


def vector_of(encoder: Encoder, question: str) -> np.ndarray | None:
    """The vector of a question, shape (d,); None where it is in a language the encoder was not made for."""
    return encoder.encode_query(question) if encoder.knows(language_of(question)) else None


def encode_new(
    catalog: Catalog, encoder: Encoder, keys: Sequence[str | None], snippets: Sequence[Snippet | None]
) -> dict[str, Encoded]:
    """Vectors, by key, for the snippets that the catalog has none for."""
    wanted = {key: s for key, s in zip(keys, snippets, strict=True) if key and s}
    with catalog.read() as connection:
        for key in store.known_keys(connection, list(wanted)):
            del wanted[key]
    if not wanted:
        return {}
    encoded = encoder.encode(list(wanted.values()), lambda _: go_on())
    return dict(zip(wanted, encoded, strict=True))


def sentence_vectors(
    catalog: Catalog, encoder: Encoder, keys: Sequence[str | None], encoded: Mapping[str, Encoded]
) -> list[np.ndarray | None]:
    """For each key the unit vectors of its sentences as the catalog keeps them, shape (n, d); None where it has none.

    encoded  what was just encoded and is not stored yet
    """
    packed: dict[str, object] = {
        key: store.pack_sentences(encoded[key].sentences) for key in keys if key and key in encoded
    }
    with catalog.read() as connection:
        packed |= store.packed_sentences(connection, [key for key in keys if key and key not in packed])
    return [store.unpack_sentences(packed.get(key), encoder.dimensions) if key else None for key in keys]
