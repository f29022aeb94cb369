"""The flags that the commands have in common: which index, and with which encoder."""

import argparse
from collections.abc import Mapping
from pathlib import Path

DEFAULT_INDEX = "index"


def path_argument(text: str) -> Path:
    """A path; an empty one, as of a variable that is not set, would mean the folder one happens to be in."""
    if not text.strip():
        raise argparse.ArgumentTypeError("an empty name is no path; write . for this folder")
    return Path(text)


def add_index(parser: argparse.ArgumentParser, environment: Mapping[str, str]) -> None:
    """`--index`, as `options.index`."""
    parser.add_argument(
        "--index",
        type=path_argument,
        default=Path(environment.get("MINUTEBOOK_INDEX") or DEFAULT_INDEX),
        help="the index folder (default: $MINUTEBOOK_INDEX or ./index)",
    )


def add_encoder(parser: argparse.ArgumentParser, environment: Mapping[str, str]) -> None:
    """`--encoder` and `--adapter`, as `SentenceTransformerEncoder` takes them."""
    parser.add_argument(
        "--encoder",
        default=environment.get("MINUTEBOOK_ENCODER") or None,
        help="folder of another sentence-transformers model, or the name of a bundled one "
        "(default: $MINUTEBOOK_ENCODER, or the one the index was made with)",
    )
    parser.add_argument(
        "--adapter",
        default=environment.get("MINUTEBOOK_ADAPTER") or None,
        help="off for the encoder as released, or the folder of another LoRA adapter "
        "(default: $MINUTEBOOK_ADAPTER, or the one the index was made with)",
    )
