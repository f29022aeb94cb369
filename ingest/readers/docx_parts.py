"""The parts of a Word file: members of a zip archive, taken under caps and parsed as XML without entities."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from lxml import etree

from ingest.errors import NotText, ReadError
from ingest.readers.opening import MiB
from ingest.readers.signatures import looks_like

_MOST_MEMBERS = 10_000
_MOST_PART = 64 * MiB  # of XML once unpacked, declared and actual
_MOST_RATIO = 250  # unpacked to packed, for parts above 1 MiB; text in XML packs to a tenth or less
_DAMAGED = "it is damaged; open it in a word processor and save it anew"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What zipfile and its decompressors raise on damaged archives.
_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error, ValueError, KeyError,
    OSError, RuntimeError,
)  # fmt: skip


class Package:
    """An opened Word file; parts are named as in the archive ("word/document.xml")."""

    def __init__(self, data: bytes, path: Path) -> None:
        self._path = path
        _refuse_other_formats(data, path)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_ERRORS as error:
            raise ReadError(path, _DAMAGED) from error
        if len(self._zip.infolist()) > _MOST_MEMBERS:
            raise ReadError(
                path, f"it has more than {_MOST_MEMBERS} parts, which no Word file has; save it anew"
            )
        self._names = {name.lower(): name for name in self._zip.namelist()}
        self.main = self._main_part()

    def xml(self, name: str) -> etree._Element | None:
        """The root element of a part, None where there is no such part."""
        stored = self._names.get(name.lower())
        return None if stored is None else self._parsed(self._bytes(stored))

    def related(self, kind: str) -> Iterator[str]:
        """The parts the main part names under a relationship of `kind` ("footnotes", "header" ...)."""
        yield from self.related_by_id(kind).values()

    def related_by_id(self, kind: str) -> dict[str, str]:
        """The same by the id under which the main part refers to them."""
        folder = PurePosixPath(self.main).parent
        relations = self.xml(f"{folder}/_rels/{PurePosixPath(self.main).name}.rels")
        return dict(_targets(relations, kind, str(folder)))

    def _main_part(self) -> str:
        named = [target for _, target in _targets(self.xml("_rels/.rels"), "officeDocument", "")]
        main = named[0] if named else "word/document.xml"
        if main.lower() not in self._names:
            raise NotText(self._path, "it is a zip archive without a Word document in it; unpack it")
        return main

    def _bytes(self, name: str) -> bytes:
        info = self._zip.getinfo(name)
        if info.flag_bits & 0x1:
            raise ReadError(self._path, "it is protected with a password; save it without one")
        packed = max(info.compress_size, 1)
        bomb = info.file_size > MiB and info.file_size > _MOST_RATIO * packed
        if info.file_size > _MOST_PART or bomb:
            raise ReadError(self._path, self._too_large(name))
        try:
            with self._zip.open(info) as member:
                data = member.read(_MOST_PART + 1)
        except _ZIP_ERRORS as error:
            raise ReadError(self._path, f"its part {name} is damaged; save it anew") from error
        if len(data) > _MOST_PART:
            raise ReadError(self._path, self._too_large(name))
        return data

    def _too_large(self, name: str) -> str:
        return f"its part {name} unpacks to far more than a document holds (a zip bomb?); save it anew"

    def _parsed(self, data: bytes) -> etree._Element:
        doctype = (
            "it declares a document type (DOCTYPE), which Word never writes and attackers do; save it anew"
        )
        if (
            b"<!DOCTYPE" in data
            or "<!DOCTYPE".encode("utf-16-le") in data
            or "<!DOCTYPE".encode("utf-16-be") in data
        ):
            raise ReadError(self._path, doctype)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            if "depth" in str(error).lower():
                raise ReadError(
                    self._path, "its XML is nested too deeply to be a document; save it anew"
                ) from error
            raise ReadError(self._path, _DAMAGED) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise ReadError(self._path, doctype)
        return root


def _refuse_other_formats(data: bytes, path: Path) -> None:
    if data.startswith(b"PK"):
        return
    if _ENCRYPTED in data:
        raise ReadError(path, "it is protected with a password; save it without one")
    kind = looks_like(data)
    if kind is None:
        kind = "it is no Word document, or the beginning of it is lost; save it anew"
    raise NotText(path, kind)


def _targets(relations: etree._Element | None, kind: str, folder: str) -> Iterator[tuple[str, str]]:
    """Id and part of each relationship of a kind."""
    if relations is None:
        return
    for relation in relations.iter("{*}Relationship"):
        target = relation.get("Target", "")
        if relation.get("Type", "").endswith("/" + kind) and relation.get("TargetMode") != "External":
            yield relation.get("Id", target), _resolved(folder, target)


def _resolved(folder: str, target: str) -> str:
    """`target` seen from `folder`; a leading slash means the root of the archive."""
    steps: list[str] = [] if target.startswith("/") else folder.split("/") if folder else []
    for step in target.strip("/").split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps = [*steps, step]
    return "/".join(steps)
