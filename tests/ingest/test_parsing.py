"""Parsing in a process of its own: what a hostile file does there stays there."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from ingest import parsing, workers
from ingest.errors import EmptyFile, NotText, ReadError, Unsupported
from ingest.parsing import parse, worker_ids
from ingest.readers import read

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Li Jun>会议通过 😀\n\n00:02.000 --> 00:03.000\n<v Ann>No.\n"
HTML = "<title>T</title><nav>menu</nav><h1>Minutes</h1><p hidden>x</p><p>The motion was approved.</p>"
ROOT = Path(parsing.__file__).parent.parent


@pytest.fixture(autouse=True)
def fresh_workers():
    """No worker of another test, and none left behind."""
    parsing.close()
    yield
    parsing.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "meeting.vtt"
    path.write_text(VTT)
    return path


@pytest.mark.parametrize(
    ("name", "content"), [("a.vtt", VTT), ("a.html", HTML), ("a.txt", "Minutes"), ("a.md", "# M")]
)
def test_a_file_is_parsed_as_its_reader_reads_it(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    assert parse(tmp_path / name) == read(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.vtt", "", EmptyFile),
        ("a.vtt", "%PDF-1.4", NotText),
        ("a.zip", "x", Unsupported),
        ("a.docx", "PKx", ReadError),
        ("a.txt", " ", EmptyFile),
    ],
)
def test_the_error_of_the_reader_arrives_as_it_was(
    tmp_path: Path, name: str, content: str, error: type
) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(ReadError) as here:
        read(path)
    with pytest.raises(ReadError) as there:
        parse(path)
    assert type(there.value) is type(here.value) is error
    assert (str(there.value), there.value.path) == (str(here.value), path)


def test_the_path_may_be_relative_and_of_any_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path(os.fsdecode(b"\xff \n.vtt"))
    path.write_text(VTT)
    assert parse(path).text == read(path).text


def test_plain_text_needs_no_worker(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Minutes")
    parse(tmp_path / "a.txt")
    assert worker_ids() == []


def test_a_large_plain_file_goes_to_a_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "_PLAIN_MOST", 3)
    (tmp_path / "a.txt").write_text("Minutes")
    assert parse(tmp_path / "a.txt").text == "Minutes"
    assert len(worker_ids()) == 1


def test_a_worker_is_used_again_and_replaced_after_its_share_of_files(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "FILES_PER_WORKER", 3)
    parse(file)
    first = worker_ids()
    parse(file)
    assert worker_ids() == first
    parse(file)
    assert worker_ids() == []
    parse(file)
    assert worker_ids() != first


def test_threads_parse_side_by_side(file: Path) -> None:
    texts: list[str] = []
    threads = [threading.Thread(target=lambda: texts.append(parse(file).text)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == [read(file).text] * 3


def test_a_worker_outlives_the_thread_that_started_it(file: Path) -> None:
    thread = threading.Thread(target=parse, args=(file,))
    thread.start()
    thread.join()
    started = worker_ids()
    time.sleep(0.2)
    assert parse(file).text
    assert worker_ids() == started


def test_a_killed_worker_is_a_sentence_and_the_next_file_is_read(file: Path) -> None:
    parse(file)
    (worker,) = worker_ids()
    os.kill(worker, signal.SIGSEGV)
    time.sleep(0.2)
    with pytest.raises(
        ReadError, match=r"it makes the reader crash \(SIGSEGV\), it is damaged or hostile; open it"
    ):
        parse(file)
    assert parse(file).text


# Readers that do what a hostile file would make a real one do; each stands in for the captions reader.
HOSTILE = {
    "sleeps": "import time; time.sleep(60)",
    "turns round and round": "while True: pass",
    "takes all memory": "hoard = [bytearray(1 << 24) for _ in range(1 << 20)]",
    "crashes": "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
    "exits": "import os; os._exit(7)",
    "fails": "1 / 0",
    "recurses": "read(data, path)",
    "prints": "import os; os.write(1, b'{}' * 9999); print('{}')",
    "shouts": "return Document('x' * (3 << 28))",
}
SENTENCES = {
    "sleeps": "reading it took longer than 1 seconds; split it into one file per meeting",
    "turns round and round": "reading it took longer than 1 seconds; split it into one file per meeting",
    "takes all memory": "reading it takes more than 300 MiB; open it in the program",
    "crashes": "it makes the reader crash (SIGSEGV), it is damaged or hostile; open it in the program",
    "exits": "it makes the reader crash (exit code 7), it is damaged or hostile; open it in the program",
    "fails": "the reader failed on it (ZeroDivisionError), it is damaged or unusual; open it in the program",
    "recurses": "the reader failed on it (RecursionError), it is damaged or unusual; open it in the program",
    "shouts": "reading it takes more than 300 MiB; open it in the program",
}


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Makes workers import a captions reader that runs the given statements."""

    def stand_in(statements: str) -> None:
        (tmp_path / "sitecustomize.py").write_text(
            "import sys, types\n"
            "module = types.ModuleType('ingest.readers.captions')\n"
            "sys.modules['ingest.readers.captions'] = module\n"
            "def read(data, path):\n"
            "    from ingest.records import Document\n"
            f"    {statements}\n"
            "    return Document('Minutes')\n"
            "module.read = read\n"
        )
        monkeypatch.syspath_prepend(str(tmp_path))

    return stand_in


@pytest.mark.parametrize("deed", SENTENCES)
def test_what_a_hostile_file_does_becomes_a_sentence(file: Path, hostile, deed: str) -> None:
    hostile(HOSTILE[deed])
    with pytest.raises(ReadError) as raised:
        parse(file, seconds=1 if "longer" in SENTENCES[deed] else 50, memory=300 << 20)
    assert SENTENCES[deed] in str(raised.value)
    assert worker_ids() == []


EMPTY = '"pages": [], "voices": [], "omitted": [], "fields": [], "notes": []'


@pytest.mark.parametrize(
    "reply",
    [
        "[]",
        "{}",
        "not JSON",
        '{"error": "SystemExit", "reason": ""}',
        '{"text": 3, "headings": [], ' + EMPTY + "}",
        '{"text": "\\ud800", "headings": [], ' + EMPTY + "}",
        '{"text": "ab", "headings": [[0, 9, 1]], ' + EMPTY + "}",
        '{"text": "ab", "headings": [[1, 0, 1]], ' + EMPTY + "}",
    ],
)
def test_a_worker_taken_over_can_send_nothing_but_a_document(file: Path, hostile, reply: str) -> None:
    hostile(f"import json; json.dumps = lambda message: {reply!r}")
    with pytest.raises(ReadError, match="it makes the reader crash"):
        parse(file)
    assert worker_ids() == []


def test_what_a_reader_leaves_behind_goes_with_its_worker(file: Path, hostile, tmp_path: Path) -> None:
    hostile("import tempfile; return Document(tempfile.mkdtemp())")
    left = Path(parse(file).text)
    assert left.is_dir()
    parsing.close()
    assert not left.exists()


def test_what_a_library_prints_is_no_answer(file: Path, hostile) -> None:
    hostile(HOSTILE["prints"])
    assert parse(file).text == "Minutes"


def test_a_reader_has_no_secrets_of_the_environment(
    file: Path, hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "abc")
    hostile("import os; return Document(' '.join(os.environ) + ' .')")
    assert "SECRET_KEY" not in parse(file).text


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


@pytest.mark.parametrize("statements", ["pass", "import time; time.sleep(60)"])
def test_workers_die_with_a_killed_parent(file: Path, hostile, statements: str) -> None:
    hostile(statements)
    program = (
        "import sys, threading, time\n"
        f"sys.path[:0] = [{str(file.parent)!r}, {str(ROOT)!r}]\n"
        "from pathlib import Path\n"
        "from ingest import parsing\n"
        f"threading.Thread(target=parsing.parse, args=(Path({str(file)!r}),), daemon=True).start()\n"
        "time.sleep(1.5)\n"
        "print(*parsing.worker_ids(), flush=True)\n"
        "time.sleep(60)\n"
    )
    scratch = {**os.environ, "TMPDIR": str(file.parent)}
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=scratch)
    assert parent.stdout
    with parent.stdout:
        workers = [int(word) for word in parent.stdout.readline().split()]
    assert workers and all(map(is_running, workers))
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 5
    while any(map(is_running, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_running, workers))


def test_parsing_and_readers_import_nothing_heavy() -> None:
    program = (
        "import sys, ingest.parsing\n"
        "from ingest.readers import captions, docx, encodings, html, markdown, office, pdf, text\n"
        "heavy = {'torch', 'chromadb', 'sentence_transformers', 'gradio', 'numpy'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "[]"
