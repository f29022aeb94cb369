"""What a model was taught to have questions and passages begin with."""

import json
from pathlib import Path
from typing import NamedTuple

from ingest import e5

_PASSAGES = "document", "passage", "corpus"  # names for the same


class Prompts(NamedTuple):
    """What a question and a passage begin with; often nothing."""

    query: str = ""
    passage: str = ""


def prompts_of(model: Path) -> Prompts:
    """The prompts of a model folder, or of the file of multilingual-e5-small."""
    if model.is_file():
        return Prompts(e5.QUERY, e5.PASSAGE)
    file = model / "config_sentence_transformers.json"
    settings = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    prompts = settings.get("prompts") or {}
    usual = prompts.get(settings.get("default_prompt_name")) or ""
    passage = next(filter(None, (prompts.get(name) for name in _PASSAGES)), usual)
    return Prompts(prompts.get("query") or usual, passage)
