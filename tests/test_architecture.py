"""app asks qa, qa reads what ingest stored, ingest knows nobody; each heavy library has one home."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOMES = {  # files, or a folder of which each file may know the library
    "chromadb": {"ingest/vectors.py"},
    "watchfiles": {"ingest/watch.py"},
    "sentence_transformers": {"ingest/transformer.py"},
    "torch": {
        "ingest/adapters.py",
        "ingest/bert.py",
        "ingest/bert_parts.py",
        "ingest/cross_encoder.py",
        "ingest/linear.py",
        "ingest/pooling.py",
        "ingest/processor.py",
        "ingest/transformer.py",
    },
    "gradio": {"qa/chat/"},
    "docx": {"qa/word.py"},
    "jieba": {"ingest/words.py"},
    "llama_index": {"qa/model/clients.py", "qa/retriever.py"},  # its language models; its retriever interface
    "ollama": {"qa/model/clients.py"},
}


def sources() -> list[Path]:
    return [ROOT / "app.py", *sorted(ROOT.glob("ingest/**/*.py")), *sorted(ROOT.glob("qa/**/*.py"))]


def imported(path: Path) -> set[str]:
    """The top-level names a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize(
    ("package", "forbidden"), [("ingest", {"qa", "app", "tests"}), ("qa", {"app", "tests"})]
)
def test_arrows_point_one_way(package: str, forbidden: set[str]) -> None:
    for path in sorted((ROOT / package).glob("**/*.py")):
        assert not imported(path) & forbidden, path.relative_to(ROOT)


@pytest.mark.parametrize("library", HOMES)
def test_a_heavy_library_has_one_home(library: str) -> None:
    found = {path.relative_to(ROOT).as_posix() for path in sources() if library in imported(path)}
    homes = {next((home for home in HOMES[library] if path.startswith(home)), path) for path in found}
    assert homes == HOMES[library]


def test_nothing_slow_is_loaded_before_it_is_needed() -> None:
    program = "import sys, qa, ingest.__main__; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    slow = {
        "torch",
        "transformers",
        "sentence_transformers",
        "chromadb",
        "jieba",
        "gradio",
        "llama_index",
        "pandas",
    }
    assert not slow & set(done.stdout.split())


def test_no_file_is_named_after_nothing() -> None:
    names = {path.stem for path in sources()}
    assert not names & {"utils", "util", "helpers", "helper", "base", "core", "manager", "common", "misc"}


def test_what_versions_say_is_read_in_few_files_of_qa() -> None:
    """A version may be restricted where the record is not: who reads these tables asks `qa.scope` who may see them."""
    tables = "access|versions|sections|turns|decisions|passages|passage_speakers|answers|answer_sources"
    read = re.compile(rf"\b(?:FROM|JOIN) (?:{tables})\b|from ingest\.tables import .*\b(?:{tables})\b")
    found = {
        path.relative_to(ROOT).as_posix()
        for path in sorted(ROOT.glob("qa/**/*.py"))
        if read.search(path.read_text("utf-8"))
    }
    assert found == {
        "qa/corpus.py",
        "qa/history.py",
        "qa/holdings.py",  # of everybody; `Session` says who sees what of it
        "qa/matrix.py",  # the same
        "qa/passages.py",  # the same
        "qa/scope.py",
    }
