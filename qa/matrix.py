"""Every vector of an index as one array, for search without approximation."""

import json
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from ingest.store import unpack_vector
from qa.sqlite import rows_of

_VECTORS = (
    "SELECT p.id, v.vector FROM json_each(?) wanted CROSS JOIN passages p ON p.id = wanted.value "
    "JOIN vectors v ON v.key = p.vector_key"
)
_AT_ONCE = 4_096


@dataclass(frozen=True, slots=True)
class Matrix:
    """Row i is the vector of the passage ids[i]; ids ascend."""

    ids: np.ndarray
    rows: np.ndarray


def read_matrix(
    connection: sa.Connection, ids: np.ndarray, dimensions: int, before: Matrix | None = None
) -> Matrix:
    """The vectors of `ids`, which ascend: those that `before` has from there, the others from the catalog."""
    if before is not None and np.array_equal(before.ids, ids):
        return before
    known = before if before is not None and len(before.ids) else None
    missing = ids if known is None else np.setdiff1d(ids, known.ids, assume_unique=True)
    rows = None if known is None else np.zeros((len(ids), known.rows.shape[1]), np.float32)
    cursor = rows_of(connection, _VECTORS, json.dumps(missing.tolist()))
    while chunk := cursor.fetchmany(_AT_ONCE):
        vectors = np.stack([unpack_vector(vector, dimensions) for _, vector in chunk])
        if rows is None:
            rows = np.zeros((len(ids), vectors.shape[1]), np.float32)
        rows[np.searchsorted(ids, [passage_id for passage_id, _ in chunk])] = vectors
    if rows is None:
        return Matrix(ids[:0], np.zeros((0, 0), np.float32))
    if known is not None:
        old = np.isin(known.ids, ids, assume_unique=True)
        rows[np.searchsorted(ids, known.ids[old])] = known.rows[old]
    return Matrix(ids, rows)
