"""No words that a visitor types keep the reading of them from coming to an end."""

import subprocess
import sys

import pytest

PATIENCE = 300  # seconds after which it hangs for good


@pytest.mark.parametrize("which", ["patterns", "questions"])
def test_no_words_make_a_pattern_try_every_way_to_split_them(which: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.qa.adversarial", which],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (run.returncode, run.stdout.splitlines()) == (0, []), run.stderr


def test_an_ordinary_list_of_months_is_read_at_once() -> None:
    asked = "2024年1月、2024年2月、2024年3月、2024年4月的预算是多少？"
    imports = "from qa.question import read_question; from tests.qa.calendars import city"
    code = f"{imports}; print(read_question({asked!r}, city()).topic)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert "预算" in run.stdout
