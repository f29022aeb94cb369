"""The Python of the README, run from top to bottom as it stands."""

import re
import shutil
from pathlib import Path

import pytest
from llama_index.core.llms import MockLLM

SAMPLES = Path(__file__).parents[2] / "data" / "minutes"
README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_the_python_of_the_readme_runs_in_order(
    sample_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(sample_index, tmp_path / "index")
    shutil.copytree(SAMPLES, tmp_path / "minutes")
    monkeypatch.chdir(tmp_path)
    # the one thing that cannot run here: a model on a server
    monkeypatch.setattr("llama_index.llms.ollama.Ollama", lambda **_: MockLLM(max_tokens=16))
    names: dict[str, object] = {}
    for block in BLOCKS:
        exec(compile(block, "README.md", "exec"), names)
    assert len(BLOCKS) == 6 and "[1]" in capsys.readouterr().out
