"""An index of another encoder made one of the encoder at hand: every passage is encoded anew, no file is read.

The new vectors are stored under keys that nobody reads while the old ones go on serving; one commit then puts them
in their place and names the new encoder. A run that is cut short finds what it has encoded when it is run again.
"""

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from ingest import seals, store, word_index
from ingest.catalog import Catalog, put_settings
from ingest.embedding import encode_new, read_of
from ingest.encoder import Encoder
from ingest.index import OwnedIndex
from ingest.passages import key_of
from ingest.records import Passage
from ingest.remembered import settings_of
from ingest.rows import passage_from
from ingest.stopping import Stopped, go_on, until
from ingest.tables import passages, versions

BATCH_PASSAGES = 512  # encoded and stored together


def reindex(
    index: OwnedIndex,
    told: Callable[[int, int], None] = lambda done, total: None,
    *,
    encoder: Encoder | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Encodes the whole index; how many passages were encoded in this run.

    told     hears how many passages are done, and of how many
    encoder  the one it is to have from then on; None: the one it was opened with
    stopped  asked all along; once it says True, the index is left as it was

    What reads through this process goes on with the new encoder; other readers are told to open the index again.
    Raises IngestError; then the index is as it was. Running it again goes on from what was encoded.
    """
    encoded = 0

    def count(new: int) -> None:
        nonlocal encoded
        encoded += new

    try:
        with until(stopped), index.writing:
            _reindex(index, encoder or index.encoder, told, count)
    except Stopped:
        if not stopped():  # it is for whoever said so
            raise
    return encoded


def _reindex(
    index: OwnedIndex, encoder: Encoder, told: Callable[[int, int], None], count: Callable[[int], None]
) -> None:
    """Encodes what is not encoded yet, each batch kept at once, then puts all of it in place."""
    with index.catalog.write() as connection:
        damaged = {(one.record_id, one.version) for one in seals.find_damage(connection)}
        word_index.mend(connection, damaged)
    mark, done = f"{encoder.id} ", 0
    moved: dict[int, str | None] = {}  # passages that the one encoder knows the language of and the other not
    total = _count(index.catalog)
    for batch in _batches(index.catalog):
        known = {i: read_of(encoder, passage) for i, passage, _ in batch}
        keys = {i: key_of(s) if s else None for i, s in known.items()}
        moved |= {i: keys[i] for i, _, old in batch if keys[i] != old}
        marked = [mark + key if key else None for key in keys.values()]
        new = encode_new(index.catalog, encoder, marked, list(known.values()))
        with index.catalog.write() as connection:
            store.put_vectors(connection, new)
        count(len(new))
        done += len(batch)
        told(done, total)
        go_on()
    index.encoders = (index.encoder, encoder)  # for who reads a state before the flip, and one after it
    index.rebuild(lambda: _take(index, encoder, mark, moved))


def _take(index: OwnedIndex, encoder: Encoder, mark: str, moved: dict[int, str | None]) -> None:
    """The flip: the new vectors are the index's, and the dense index that holds the old ones is none any more."""
    following = str(int(index.catalog.setting("vectors") or 1) + 1)
    with index.catalog.write() as connection:
        store.take_vectors(connection, mark, moved)
        put_settings(connection, settings_of(encoder) | {"vectors": following})
        store.bump(connection)
    index.encoder = encoder


_Row = tuple[int, Passage, str | None]  # id, passage, the key of its vector


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
    return [(row["id"], passage_from(row), row["vector_key"]) for row in rows]
