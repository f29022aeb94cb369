"""Old Word, OpenDocument and RTF files, converted to DOCX by LibreOffice where it is installed.

LibreOffice runs without macros and user settings, in a folder of its own that is deleted afterwards.
"""

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from ingest.errors import NotText, ReadError, Unsupported
from ingest.readers import docx
from ingest.readers.signatures import is_zip, looks_like
from ingest.records import Document

_SECONDS = 50  # less than what `parsing.parse` grants the whole file
_MARKS = {".doc": (b"\xd0\xcf\x11\xe0", b"PK\x03\x04"), ".odt": (b"PK\x03\x04",), ".rtf": (b"{\\rtf",)}
_HOW = "open it in a word processor and save it as DOCX or PDF, or install LibreOffice and ingest again"


def read(data: bytes, path: Path) -> Document:
    """The document as LibreOffice understands it; a .doc that is a DOCX in truth is read as one."""
    suffix = path.suffix.lower()
    if not data.startswith(_MARKS.get(suffix, ())):
        raise NotText(
            path, looks_like(data) or f"it is no {suffix} file; save the minutes in it as DOCX or PDF"
        )
    if suffix == ".doc" and is_zip(data):
        document = docx.read(data, path)
        return replace(document, notes=(*document.notes, "It is a DOCX file though its name ends in .doc."))
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise Unsupported(path, f"{suffix} files are read with LibreOffice, which is not installed; {_HOW}")
    with tempfile.TemporaryDirectory(prefix="minutebook-") as folder:
        converted = _converted(program, data, path, Path(folder))
    document = docx.read(converted, path)
    return replace(document, notes=(*document.notes, "It was converted with LibreOffice."))


def _converted(program: str, data: bytes, path: Path, folder: Path) -> bytes:
    """The file as DOCX. The copy has a plain name: that of the original could be taken for an option."""
    source = folder / f"source{path.suffix.lower()}"
    source.write_bytes(data)
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    try:
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=True,
            env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8"},
            preexec_fn=_more_memory,
        )
        return (folder / "out" / "source.docx").read_bytes()
    except subprocess.TimeoutExpired as error:
        raise ReadError(
            path, f"LibreOffice did not convert it in {_SECONDS} seconds; save it as DOCX"
        ) from error
    except (subprocess.CalledProcessError, OSError) as error:
        raise ReadError(
            path, "LibreOffice could not convert it, it may be damaged; save it as DOCX"
        ) from error


def _more_memory() -> None:
    """LibreOffice needs more address space than our own readers are given."""
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = 4 * 1024**3
    resource.setrlimit(
        resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most)
    )
