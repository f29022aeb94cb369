"""An index of another encoder made one of the encoder at hand: every passage is encoded anew, no file is read.

The new vectors are stored under keys that nobody reads while the old ones go on serving; one commit then puts them
in their place and names the new encoder. A run that is cut short finds what it has encoded when it is run again.
"""

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from ingest import store
from ingest.catalog import Catalog, put_settings
from ingest.embedding import encode_new
from ingest.encoder import Snippet
from ingest.index import OwnedIndex
from ingest.passages import key_of, snippet
from ingest.remembered import settings_of
from ingest.rows import passage_from
from ingest.tables import passages, versions

BATCH_PASSAGES = 512  # encoded and stored together


def reindex(index: OwnedIndex, told: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Encodes the whole index with its encoder; how many passages were encoded in this run.

    `told` hears how many passages are done, and of how many. Readers that were opened with the old encoder are
    told to open the index again. Raises IngestError; then the index is as it was, and running it again goes on.
    """
    with index.writing:
        mark, encoded, done = f"{index.encoder.id} ", 0, 0
        moved: dict[
            int, str | None
        ] = {}  # passages that the one encoder knows the language of and the other not
        total = _count(index.catalog)
        for batch in _batches(index.catalog):
            known = {i: s if index.encoder.knows(language) else None for i, language, s, _ in batch}
            keys = {i: key_of(s) if s else None for i, s in known.items()}
            moved |= {i: keys[i] for i, _, _, old in batch if keys[i] != old}
            marked = [mark + key if key else None for key in keys.values()]
            new = encode_new(index.catalog, index.encoder, marked, list(known.values()))
            with index.catalog.write() as connection:
                store.put_vectors(connection, new)
            encoded, done = encoded + len(new), done + len(batch)
            told(done, total)
        _take(index, mark, moved)
        index.rebuild()
    return encoded


def _take(index: OwnedIndex, mark: str, moved: dict[int, str | None]) -> None:
    """The flip: the new vectors are the index's, and the dense index that holds the old ones is none any more."""
    following = str(int(index.catalog.setting("vectors") or 1) + 1)
    with index.catalog.write() as connection:
        store.take_vectors(connection, mark, moved)
        put_settings(connection, settings_of(index.encoder) | {"vectors": following})
        store.bump(connection)


_Row = tuple[int, str, Snippet, str | None]  # id, language, what is encoded of it, the key of its vector


def _count(catalog: Catalog) -> int:
    with catalog.read() as connection:
        indexed = sa.select(sa.func.count()).select_from(passages).where(passages.c.indexed == 1)
        return int(connection.scalar(indexed) or 0)


def _batches(catalog: Catalog) -> Iterator[list[_Row]]:
    """The indexed passages in the order of their ids."""
    last = 0
    while batch := _after(catalog, last):
        yield batch
        last = batch[-1][0]


def _after(catalog: Catalog, last: int) -> list[_Row]:
    own = sa.and_(versions.c.record_id == passages.c.record_id, versions.c.version == passages.c.version)
    words = sa.func.substr(versions.c.text, passages.c.start + 1, passages.c.end - passages.c.start)
    following = passages.c.indexed == 1, passages.c.id > last
    query = sa.select(passages, words.label("text")).join_from(passages, versions, own).where(*following)
    with catalog.read() as connection:
        rows = connection.execute(query.order_by(passages.c.id).limit(BATCH_PASSAGES)).mappings().all()
    return [(row["id"], row["language"], snippet(passage_from(row)), row["vector_key"]) for row in rows]
