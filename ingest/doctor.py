"""Whether an index is sound: the catalog against itself, and the dense index against the catalog."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ingest import seals, store, word_index
from ingest.catalog import FILE_NAME, Catalog, open_existing
from ingest.entries import NOTHING, entries_of, in_batches
from ingest.errors import CatalogError
from ingest.inbox import put_aside
from ingest.index import OwnedIndex, active_with_vector, shelf_of
from ingest.kept_apart import find_kept_apart
from ingest.outdated import find_outdated, sentences
from ingest.owner import Owner
from ingest.probe import compare, probe
from ingest.vectors import ChromaServer, DenseIndex, LocalChroma, Shelf, VectorStoreError
from ingest.widening import find_said_elsewhere

_ENCODE = "restore a backup, or encode everything anew with --reindex"
_WRITE_WORDS = "run python -m ingest --reindex, which writes it anew"
_SENTENCES = (
    "SELECT v.sentences, json_array_length(p.sentences), length(v.vector) / 4 FROM passages p "
    "JOIN vectors v ON v.key = p.vector_key"
)
_RESTORE = "restore a backup, or ingest the records' folders into a new index"
_UNFINISHED = "versions were begun and never finished"
# What must give no row, and what it means when it does. Each counts the rows.
_CONTRADICTIONS = {
    "passages do not belong to the version that answers use": "SELECT count(*) FROM passages p "
    "JOIN records r ON r.id = p.record_id WHERE r.active IS NULL OR r.active != p.version",
    _UNFINISHED: "SELECT count(*) FROM versions WHERE state = 'staging'",
    "records have no version that answers use": "SELECT count(*) FROM records r WHERE NOT EXISTS "
    "(SELECT 1 FROM versions v WHERE v.record_id = r.id AND v.version = r.active AND v.state = 'ready')",
    "records are not covered by their passages": "SELECT count(*) FROM records r JOIN versions v "
    "ON v.record_id = r.id AND v.version = r.active WHERE length(v.text) != (SELECT coalesce(sum(end - start), 0) "
    "FROM passages p WHERE p.record_id = r.id AND p.version = r.active)",
    "passages lack their vector": "SELECT count(*) FROM passages WHERE vector_key NOT NULL "
    "AND vector_key NOT IN (SELECT key FROM vectors)",
    "vectors have another length than the rest": "SELECT count(*) FROM vectors WHERE length(vector) != "
    "(SELECT length(vector) FROM vectors LIMIT 1)",
    "passages are not in the word index": "SELECT count(*) FROM passages WHERE indexed = 1 "
    "AND id NOT IN (SELECT rowid FROM passage_words)",
    "entries of the word index belong to no passage": "SELECT count(*) FROM (SELECT rowid AS id FROM passage_words "
    "UNION SELECT rowid FROM passage_grams) WHERE id NOT IN (SELECT id FROM passages)",
    "requests to the owner of the index are damaged; it ends them as failed, so ask again": "SELECT count(*) "
    "FROM jobs WHERE state NOT IN ('done', 'failed', 'cancelled') AND (state NOT IN ('queued', 'running') "
    "OR typeof(arguments) != 'text' OR NOT json_valid(arguments) OR NOT json_valid(coalesce(progress, 'null')))",
    "passages wait for the dense index": "SELECT count(*) FROM outbox",
    "kept answers draw on records that are gone": "SELECT count(DISTINCT s.answer_id) FROM answer_sources s "
    "JOIN answers a ON a.id = s.answer_id WHERE a.answer NOT NULL AND s.record_id NOT IN (SELECT id FROM records)",
    "names of files are damaged; ingest their folders again": "SELECT count(*) FROM (SELECT path FROM files "
    "UNION ALL SELECT path FROM failures UNION ALL SELECT source FROM records) WHERE typeof(path) != 'text' "
    "OR instr(path, char(0))",
    "references point at nothing": "SELECT count(*) FROM pragma_foreign_key_check",
}
_FIGURES = {
    "records": "SELECT count(*) FROM records WHERE active NOT NULL",
    "versions": "SELECT count(*) FROM versions",
    "files": "SELECT count(*) FROM files",
    "passages": "SELECT count(*) FROM passages",
    "vectors": "SELECT count(*) FROM vectors",
    "conversations": "SELECT count(*) FROM conversations",
    "kept_answers": "SELECT count(*) FROM answers",
    "vectors_of_older_versions": "SELECT count(*) FROM vectors WHERE key NOT IN "
    "(SELECT vector_key FROM passages WHERE vector_key NOT NULL)",
}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found: sentences about what is wrong, none for a sound index, and figures of what there is.

    advice  sentences about what is right and could be better
    """

    findings: tuple[str, ...]
    figures: dict[str, int | str]
    advice: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        return not self.findings

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Diagnosis":
        return cls(tuple(stored["findings"]), stored["figures"], tuple(stored.get("advice", ())))


def examine(folder: str | Path, chroma: ChromaServer | None = None) -> Diagnosis:
    """Examines an index nobody owns, and changes nothing. Raises IndexBusy, IndexMissing, IndexBroken."""
    folder = Path(folder)
    with open_existing(folder) as catalog, Owner(folder):
        findings = [*_catalog_findings(catalog)]
        try:
            shelf = shelf_of(folder, catalog, chroma)
            generation = catalog.setting("vectors") or "1"
            findings += _closed_dense_findings(catalog, shelf, generation)
            return Diagnosis(tuple(findings), _figures(catalog, folder), _advice(catalog))
        except CatalogError as error:  # what was found until then is not lost by it
            return Diagnosis((*findings, str(error)), {})


def examine_owned(index: OwnedIndex) -> Diagnosis:
    """Examines an index from within the process that owns it."""
    with index.writing:
        findings = [*_catalog_findings(index.catalog)]
        try:
            dense = index.dense
            findings += _differences(dense, index.catalog)
            if problem := compare(dense, index.catalog.path):
                findings.append(problem)
        except VectorStoreError as error:
            findings.append(str(error))
        return Diagnosis(tuple(findings), _figures(index.catalog, index.folder), _advice(index.catalog))


def _catalog_findings(catalog: Catalog) -> Iterator[str]:
    try:
        with catalog.read() as connection:
            for row in connection.exec_driver_sql("PRAGMA integrity_check(5)").scalars():
                if row != "ok":
                    yield f"The catalog is damaged: {row}."
            yield from map(str, seals.find_damage(connection))
            if answers := seals.find_damaged_answers(connection):
                yield f"{len(answers)} kept answers are damaged, so they are not shown; ask again for them."
            if count := sum(
                not store.is_vector(blob)
                for (blob,) in connection.exec_driver_sql("SELECT vector FROM vectors")
            ):
                yield f"{count} vectors are damaged, so their passages are found by their words alone; {_ENCODE}."
            if count := sum(not store.are_sentences(*row) for row in connection.exec_driver_sql(_SENTENCES)):
                yield (
                    f"The vectors of the sentences of {count} passages are damaged, so their sentences are chosen "
                    f"by their words alone; {_ENCODE}."
                )
            yield from _word_findings(connection)
            for what, query in _CONTRADICTIONS.items():
                if count := connection.exec_driver_sql(query).scalar_one():
                    yield f"{count} {what}."
    except CatalogError as error:
        yield f"The catalog cannot be read: {error}"


def _word_findings(connection: sa.Connection) -> Iterator[str]:
    damaged = {(one.record_id, one.version) for one in seals.find_damage(connection)}
    try:
        if wrong := word_index.find_wrong(connection, damaged):
            yield (
                f"{len(wrong)} passages have other words in the word index than in their texts, as where it is damaged "
                f"or an older version cut them; {_WRITE_WORDS}."
            )
        elif word_index.disagrees(connection):
            yield f"The word index does not find its own entries; {_WRITE_WORDS}."
    except sa.exc.DatabaseError as error:
        yield f"The word index cannot be read ({error.orig}); {_RESTORE}."


def _closed_dense_findings(catalog: Catalog, shelf: Shelf, generation: str) -> Iterator[str]:
    try:
        expected = active_with_vector(catalog)
        if not shelf.exists(generation):
            if expected and not _is_unbuilt(catalog):
                yield _ON_A_SERVER if _was_on_a_server(catalog, shelf) else _GONE
            return
        if problem := probe(shelf, generation, catalog.path):
            yield f"The dense index cannot be used, the next ingest or start of the chat rebuilds it: {problem}"
            return
        dense = shelf.generation(generation).open()
        try:
            yield from _differences(dense, catalog)
        finally:
            dense.close()
        if others := shelf.others(generation):
            yield f"{len(others)} older dense indexes were left behind; the next ingest removes them."
    except VectorStoreError as error:
        yield str(error)


_GONE = "The dense index is not there; the next ingest or start of the chat rebuilds it."
_ON_A_SERVER = (
    "The dense index is not in the folder; it was kept on a Chroma server, so name that with --chroma-url. The next "
    "ingest or start of the chat without it makes one in the folder."
)


def _was_on_a_server(catalog: Catalog, shelf: Shelf) -> bool:
    return isinstance(shelf, LocalChroma) and catalog.setting("index_id") is not None


def _differences(dense: DenseIndex, catalog: Catalog) -> Iterator[str]:
    """What differs between the stores, passage by passage. Raises VectorStoreError."""
    present, expected = dense.ids(), active_with_vector(catalog)
    if missing := expected - present:
        yield f"{len(missing)} passages are missing from the dense index."
    if extra := present - expected:
        yield f"{len(extra)} passages in the dense index are none of the catalog."
    try:
        with catalog.read() as connection:
            lacking, restricted, other = _told_otherwise(dense, connection, present & expected)
    except CatalogError:
        return  # the catalog cannot be read, which was said of it
    if restricted:
        yield (
            f"{restricted} passages can be read in the dense index though not everybody may read them; the next ingest "
            "or start of the chat takes them out."
        )
    if lacking:
        yield f"{lacking} passages have no words in the dense index; the next ingest or start of the chat adds them."
    if other:
        yield (
            f"{other} passages have other words or fields in the dense index than in the catalog; remove the folder "
            "or collection it lies in, and the next ingest or start of the chat rebuilds it."
        )


def _told_otherwise(dense: DenseIndex, connection: sa.Connection, ids: set[int]) -> tuple[int, int, int]:
    """Of how many passages the dense index tells nothing, what not everybody may read, and otherwise something else.

    Those of damaged versions are not counted: it is said of them that they are damaged.
    """
    lacking = restricted = other = 0
    for batch in in_batches(ids):
        told = dense.entries(batch)
        for i, entry in entries_of(connection, batch, checked=True).items():
            if told[i] != entry:
                lacking += told[i] == NOTHING
                restricted += entry == NOTHING
                other += NOTHING not in (told[i], entry)
    return lacking, restricted, other


def _figures(catalog: Catalog, folder: Path) -> dict[str, int | str]:
    with catalog.read() as connection:
        counts: dict[str, int | str] = {
            name: connection.exec_driver_sql(q).scalar_one() for name, q in _FIGURES.items()
        }
    sizes = {
        "catalog_bytes": _bytes(folder, FILE_NAME + "*"),
        "chroma_bytes": _bytes(folder, "vectors-*/**/*"),
    }
    names = ("schema_version", "encoder", "splitter", "generation")
    dense = {"dense_index": catalog.setting("vectors") or "1"}
    return counts | sizes | {name: catalog.setting(name) or "" for name in names} | dense


def _is_unbuilt(catalog: Catalog) -> bool:
    """Whether a backup was restored and nobody has owned the index since."""
    return catalog.setting("unbuilt") == (catalog.setting("vectors") or "1")


_UNBUILT = (
    "The index was restored from a backup; the next ingest or start of the chat builds its dense index, and until then "
    "answers search the vectors of the catalog."
)


_CUT_SHORT = (
    "An ingest was cut short: run it again. Whatever opens the index next clears away what was begun, and no answer "
    "uses it."
)


def _is_cut_short(catalog: Catalog) -> bool:
    with catalog.read() as connection:
        return bool(connection.exec_driver_sql(_CONTRADICTIONS[_UNFINISHED]).scalar_one())


def _advice(catalog: Catalog) -> tuple[str, ...]:
    unbuilt = (_UNBUILT,) if _is_unbuilt(catalog) else ()
    cut_short = (_CUT_SHORT,) if _is_cut_short(catalog) else ()
    return (
        *cut_short,
        *unbuilt,
        *put_aside(catalog.path.parent),
        *sentences(find_outdated(catalog)),
        *find_kept_apart(catalog),
        *find_said_elsewhere(catalog),
    )


def _bytes(folder: Path, pattern: str) -> int:
    return sum(path.stat().st_size for path in folder.glob(pattern) if path.is_file())
