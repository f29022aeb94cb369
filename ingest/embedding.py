"""Records to vectors by key: only what the catalog has no vector for is encoded."""

from collections.abc import Sequence

from ingest import store
from ingest.catalog import Catalog
from ingest.encoder import Encoded, Encoder, Snippet
from ingest.passages import key_of, snippet, split
from ingest.records import Passage, Record
from ingest.stopping import go_on


def prepare_passages(
    record: Record, encoder: Encoder
) -> tuple[list[Passage], list[Snippet | None], list[str | None]]:
    """A record's passages, what the encoder reads of each, and the keys of their vectors."""
    pieces = split(record)
    snippets = [snippet(p) if p.indexed and encoder.knows(p.language) else None for p in pieces]
    return pieces, snippets, [key_of(s) if s else None for s in snippets]


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
