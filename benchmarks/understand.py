"""How fast records are understood: reading, meeting, sections, turns and decisions, on one core.

    python -m benchmarks.understand FOLDER

Prints characters and seconds, and for each step its share. Nothing is encoded or stored.
"""

import argparse
import time
from pathlib import Path

from tqdm import tqdm

from ingest.decisions import find_decisions
from ingest.minutes import understand
from ingest.pipeline import list_files
from ingest.readers import read


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    files = list_files([parser.parse_args().folder])
    spent = {"read": 0.0, "understand": 0.0, "decisions": 0.0}
    characters = words = found = 0
    for path in tqdm(files, unit="file", disable=None):
        start = time.process_time()
        document = read(path)
        after_read = time.process_time()
        understood = understand(document, path=path)
        after_understand = time.process_time()
        decisions = find_decisions(
            document.text, understood.sections, understood.turns, date=understood.meeting.date
        )
        spent["decisions"] += time.process_time() - after_understand
        spent["understand"] += after_understand - after_read
        spent["read"] += after_read - start
        characters += len(document.text)
        words += len(document.text.split())
        found += len(decisions)
    total = sum(spent.values()) or 1e-9
    steps = ", ".join(f"{step} {seconds:.1f}" for step, seconds in spent.items())
    print(
        f"{len(files)} files, {characters / 1e6:.1f} million characters: {total:.1f} s of CPU time ({steps}),"
    )
    rate, density = characters / total / 1e6, found / max(words, 1) * 1e4
    print(f"{rate:.2f} million characters a second; {found} decisions, {density:.1f} in 10,000 words.")


if __name__ == "__main__":
    main()
