"""How soon the page can be used after `python app.py`, and how soon an answer's first words are on it.

    python -m benchmarks.page [--index DIR] [--runs 3] [--questions 10] [--chromium PATH]

DIR is where `benchmarks.latency --index DIR` kept an index with its questions; the sample records and theirs when left
out. Each run starts the server in a process of its own and opens a browser on it at once. Printed are the seconds from
the start of the process until the question box takes words, of a question asked that very moment the seconds until
the first words of its answer are on the page, and of others, each on a page opened anew, the median and the 95th
percentile of that in milliseconds, as the browser's own clock has it; in brackets the processor time the server took,
which depends less on who else works on the machine. Needs Linux, Playwright and a Chromium.
"""

import argparse
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]
LONGEST = 120  # seconds anything is waited for
BOX = "#mb-question textarea"
ASK = """
question => new Promise(done => {
  const box = document.querySelector("#mb-question textarea");
  const look = new MutationObserver(() => {
    if (!document.querySelector("#t1 .mb-claim")) return;
    look.disconnect();
    requestAnimationFrame(() => done(performance.now() - begun));
  });
  look.observe(document.body, { childList: true, subtree: true });
  box.value = question;
  const begun = performance.now();
  box.form.requestSubmit();
})
"""


def main() -> None:
    options = _parser().parse_args()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, _held(options.index) as (index, questions):
        chosen = random.Random(0).sample(questions, min(options.questions + options.runs, len(questions)))
        browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
        for run in range(options.runs):
            first, others = chosen[run], chosen[options.runs :]
            print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
            measure(browser, index, first, others)
        browser.close()


def measure(browser: "Browser", index: Path, first: str, others: Sequence[str]) -> None:
    """Starts the server and prints when its box takes words, and when the answers' first words came."""
    port, begun = _free_port(), time.perf_counter()
    command = [sys.executable, "app.py", "--index", str(index), "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as server:
        try:
            page = _page_of(browser, port, server)
            page.fill(BOX, "?")
            taken = time.perf_counter() - begun
            print(f"  box takes words after        {taken:6.1f} s ({_processor(server):.1f} s)")
            print(f"  first words of first answer  {page.evaluate(ASK, first) / 1000:6.1f} s", flush=True)
            waits, used = zip(*(_asked_anew(page, question, server) for question in others), strict=True)
            middle, late = np.percentile(waits, (50, 95))
            print(
                f"  of {len(waits)} others, p50 and p95    {middle:6.0f} ms ({np.median(used):.0f} ms) {late:6.0f} ms"
            )
        finally:
            server.terminate()


def _page_of(browser: "Browser", port: int, server: subprocess.Popen[bytes]) -> "Page":
    """The page as soon as its server answers and its box is there."""
    until = time.monotonic() + LONGEST
    while not _listens(port):
        if server.poll() is not None or time.monotonic() > until:
            raise SystemExit("The server did not come up.")
        time.sleep(0.02)
    page = browser.new_page(locale="en-GB")
    page.goto(f"http://127.0.0.1:{port}/")
    page.locator(BOX).wait_for(timeout=1000 * LONGEST)
    return page


def _asked_anew(page: "Page", question: str, server: subprocess.Popen[bytes]) -> tuple[float, float]:
    """Milliseconds until the first words of an answer, on a page that was just opened, and those the server worked."""
    page.goto(page.url.split("?")[0])
    page.locator(BOX).wait_for(timeout=1000 * LONGEST)
    page.wait_for_timeout(500)
    used = _processor(server)
    waited = float(page.evaluate(ASK, question))
    return waited, 1000 * (_processor(server) - used)


def _processor(server: subprocess.Popen[bytes]) -> float:
    """Seconds of processor time a process has taken."""
    fields = Path(f"/proc/{server.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _held(home: Path | None) -> Iterator[tuple[Path, list[str]]]:
    """An index, and questions about what it holds."""
    if home is not None:
        rows = json.loads((home / "queries.json").read_text(encoding="utf-8"))
        yield home / "index", [row["question"] for row in rows]
        return
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        command = [sys.executable, "-m", "ingest", "data/minutes", "--index", str(index)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        lines = (ROOT / "data" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
        yield index, [json.loads(line)["question"] for line in lines]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, help="where benchmarks.latency kept an index")
    parser.add_argument("--runs", type=int, default=3, help="starts of the server (default: 3)")
    parser.add_argument("--questions", type=int, default=10, help="asked in each run (default: 10)")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    return parser


if __name__ == "__main__":
    main()
