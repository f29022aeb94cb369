"""What becomes of many who ask in the same moment: who is answered, who is told to come back, how soon, at what memory.

    python -m benchmarks.burst [--index DIR] [--sizes 100 300] [--different 20]

DIR is where `benchmarks.latency --index DIR` kept an index with its questions; the sample records and theirs when left
out. Each burst has a server of its own in another process, which has answered each of the questions once, asked alone.
Then so many ask at the same moment as a browser does: each joins the queue over HTTP and reads the stream of events.
Printed are how many were answered, how many were told to come back, and how many got anything else than the answer to
their question when it was asked alone; the seconds until the first thing to show came (p50, p95), until the last was
through; how many messages the server sent with something to show; its memory before, and at most. Needs Linux.
"""

import argparse
import asyncio
import json
import os
import random
import re
import secrets
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from gradio_client.utils import apply_diff

from benchmarks.page import LONGEST, ROOT, _free_port, _held, _listens

API = "gradio_api"
PATIENCE = 600  # seconds a whole burst may take


@dataclass(frozen=True, slots=True)
class Told:
    """What one who asked was shown.

    answer   the finished turn as HTML; empty when there was none
    trouble  why there was none, as HTML
    first    seconds until the first thing to show came
    last     seconds until the stream ended
    shown    messages that had something to show
    """

    answer: str
    trouble: str
    first: float
    last: float
    shown: int

    @property
    def answered(self) -> bool:
        """Whether there is an answer."""
        return bool(self.answer) and "aria-busy" not in self.answer


@dataclass(frozen=True, slots=True)
class Asking:
    """The event by which the page asks, and where in its outputs the turn and the trouble stand."""

    number: int
    inputs: int
    turn: int
    trouble: int

    @classmethod
    def of(cls, config: dict[str, Any]) -> "Asking":
        """Reads them from what the server tells a page of itself."""
        names = {part["id"]: part["props"].get("elem_id") for part in config["components"]}
        (event,) = (
            event for event in config["dependencies"] if any(name == "ask" for _, name in event["targets"])
        )
        outputs = [names[part] for part in event["outputs"]]
        return cls(event["id"], len(event["inputs"]), outputs.index("mb-now"), outputs.index("mb-trouble"))


def main() -> None:
    options = _parser().parse_args()
    with _held(options.index) as (index, questions):
        different = random.Random(0).sample(questions, min(options.different, len(questions)))
        print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
        print("asked  answered  told  wrong  first p50     p95    last  messages  MB before  at most")
        for size in options.sizes:
            print(asyncio.run(measure(index, size, different)), flush=True)


async def measure(index: Path, size: int, questions: Sequence[str]) -> str:
    """The line that is printed of a burst on a server of its own."""
    with _server(index) as (process, address):
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
        async with httpx.AsyncClient(
            base_url=address, timeout=PATIENCE, limits=limits, trust_env=False
        ) as page:
            asking = Asking.of((await page.get("config")).json())
            alone = {question: await ask(page, asking, question) for question in questions}
            asked = [questions[number % len(questions)] for number in range(size)]
            before = _memory(process.pid, "VmRSS")
            Path(f"/proc/{process.pid}/clear_refs").write_text(
                "5", encoding="utf-8"
            )  # forget the highest so far
            told = await asyncio.gather(*(ask(page, asking, question) for question in asked))
            most = _memory(process.pid, "VmHWM")
    middle, late = np.percentile([one.first for one in told], (50, 95))
    answered = [one.answered for one in told]
    right = [one.answer == alone[question].answer for one, question in zip(told, asked, strict=True)]
    back = [not one.answer and bool(one.trouble) for one in told]
    wrong = sum(not (good or away) for good, away in zip(right, back, strict=True))
    last, shown = max(one.last for one in told), sum(one.shown for one in told)
    return (
        f"{size:5}  {sum(answered):8}  {sum(back):4}  {wrong:5}  {middle:7.1f} s {late:5.1f} s {last:5.1f} s"
        f"  {shown:8}  {before:9}  {most:7}"
    )


async def ask(
    page: httpx.AsyncClient, asking: Asking, question: str, begun_to_show: Callable[[], None] = lambda: None
) -> Told:
    """Asks as a page does that was just opened, and follows what it is told to the end.

    begun_to_show  called once, with the first thing to show
    """
    session, begun = secrets.token_hex(6), time.perf_counter()
    joined = await page.post(
        f"{API}/queue/join",
        json={
            "data": [None] * asking.inputs,
            "fn_index": asking.number,
            "session_hash": session,
            "event_data": {"question": question},
        },
    )
    joined.raise_for_status()
    held: list[Any] = []
    shown: dict[int, str] = {}
    first, count = 0.0, 0
    async for message in _events(page, session):
        if message["msg"] not in ("process_generating", "process_completed"):
            continue
        if not message["success"]:
            raise SystemExit(f"The server failed: {message}")
        if not count:
            first = time.perf_counter() - begun
            begun_to_show()
        count += 1
        data = message["output"]["data"]
        further = message["msg"] == "process_generating" and held
        held = [apply_diff(old, new) for old, new in zip(held, data, strict=True)] if further else data
        shown |= {place: value for place, value in enumerate(held) if isinstance(value, str)}
    answer = shown.get(asking.turn, "")
    return Told(answer, shown.get(asking.trouble, ""), first, time.perf_counter() - begun, count)


async def _events(page: httpx.AsyncClient, session: str) -> AsyncIterator[dict[str, Any]]:
    async with page.stream("GET", f"{API}/queue/data", params={"session_hash": session}) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data:"):
                yield json.loads(line[5:])


@contextmanager
def _server(index: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The chat over an index in a process of its own, and its address."""
    port = _free_port()
    command = [sys.executable, "app.py", "--index", str(index), "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            until = time.monotonic() + LONGEST
            while not _listens(port):
                if process.poll() is not None or time.monotonic() > until:
                    raise SystemExit("The server did not come up.")
                time.sleep(0.05)
            yield process, f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()


def _memory(process: int, field: str) -> int:
    """MB of a process, as Linux counts them."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(rf"^{field}:\s+(\d+) kB$", status, re.MULTILINE)
    assert found
    return int(found[1]) // 1024


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, help="where benchmarks.latency kept an index")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[100, 300], help="how many ask (default: 100 300)"
    )
    parser.add_argument("--different", type=int, default=20, help="different questions (default: 20)")
    return parser


if __name__ == "__main__":
    main()
