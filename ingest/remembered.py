"""Which encoder an index was made with, and how it is had again without being named.

The catalog keeps the encoder's id and, for one that was chosen, the folders it and its adapter lay in.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.adapters import OFF, AdapterError, fingerprint
from ingest.bundled import BUNDLED, default, named
from ingest.catalog import Catalog
from ingest.encoder import Encoder, EncoderError, Origin, SentenceTransformerEncoder

COMES_ALONG = Origin()  # with Minutebook


@dataclass(frozen=True, slots=True)
class Made:
    """The encoder of an index."""

    id: str
    origin: Origin = COMES_ALONG

    @classmethod
    def of(cls, encoder: Encoder) -> "Made":
        origin = encoder.origin if isinstance(encoder, SentenceTransformerEncoder) else COMES_ALONG
        return cls(encoder.id, origin)

    @property
    def name(self) -> str:
        """The model's name, without its weights' and its adapter's digits."""
        return self._parts[0].rpartition("@")[0]

    @property
    def adapter(self) -> str:
        """The digits of its adapter; "" without one."""
        return self._parts[1]

    @property
    def _parts(self) -> tuple[str, str]:
        model, _, adapter = self.id.partition("+adapter@")
        return model, adapter


def made_with(catalog: Catalog) -> Made | None:
    """What the catalog remembers; None for an index that holds nothing yet."""
    found = catalog.setting("encoder")
    if found is None:
        return None
    folders = (catalog.setting(name) or "" for name in ("encoder_path", "adapter_path"))
    return Made(found, Origin(*folders))


def settings_of(encoder: Encoder) -> dict[str, str]:
    """What the catalog is to remember of an encoder."""
    origin = Made.of(encoder).origin
    return {"encoder": encoder.id, "encoder_path": origin.model, "adapter_path": origin.adapter}


def fitting(encoder: Encoder, made: Made | None) -> Encoder:
    """The encoder for an index: this one, or the one it was made with as far as nobody named another.

    Raises EncoderError when that one is not there any more. What was named is never left out: where it does not fit,
    the encoder is given back as it is.
    """
    if made is None or encoder.id == made.id or not isinstance(encoder, SentenceTransformerEncoder):
        return encoder
    try:
        return next((found for found in _remembered(encoder, made) if found.id == made.id), encoder)
    except (EncoderError, AdapterError) as error:
        raise EncoderError(
            f"The encoder {made.id} that the index was made with is not there any more. {error} "
            "Or encode everything anew with another: python -m ingest --reindex."
        ) from error


def _remembered(encoder: SentenceTransformerEncoder, made: Made) -> Iterator[SentenceTransformerEncoder]:
    """The encoders that are what was named and, of what was not, what the index remembers."""
    asked = encoder.asked
    model = asked.model or made.origin.model or (made.name if named(made.name) else None)
    if model is None:
        return
    adapters = [asked.adapter or made.origin.adapter] if asked.adapter or made.origin.adapter else [None, OFF]
    for adapter in adapters:
        yield SentenceTransformerEncoder(model, asked.languages, adapter)


def offered(made: Made) -> str | None:
    """The encoder that `--reindex` would bring an index to, which nobody chose another for; None when it has that."""
    ours, best = named(made.name), default()
    if (
        made.origin != COMES_ALONG
        or ours is None
        or best is None
        or BUNDLED.index(best) > BUNDLED.index(ours)
    ):
        return None
    if made.adapter and (ours.adapter is None or fingerprint(ours.adapter) != made.adapter):
        return None  # somebody's own
    offer = SentenceTransformerEncoder().id
    return offer if offer != made.id else None
