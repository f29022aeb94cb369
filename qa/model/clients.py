"""Language models through LlamaIndex: the one place that knows its clients.

    model_from("openai-like:qwen3@http://127.0.0.1:8000/v1", key="...", seconds=60)  ->  a LlamaIndex LLM
    told(model, rules, task)                                                        ->  the model's text as it comes

Nothing here is imported before a model is asked for; the clients are the optional packages of the extra `llm`.
"""

import gc
import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from qa.errors import ModelError

if TYPE_CHECKING:
    from llama_index.core.llms import LLM as LLM  # for the annotations of others too

SECONDS = 60.0  # for a whole answer
MOST_TOKENS = 1_000  # of an answer
OLLAMA = "http://127.0.0.1:11434"
CONTEXT = 16_384  # tokens a model must take in; Ollama would ask its server first, or cut the passages off
NO_KEY = "none"  # what servers that need no key are sent; without one the client would look for another's

Trouble = Literal["late", "unreachable", "unknown", "refused", "busy", "long", "broken"]
"""Why a model gave no answer; `qa.notices.model_failed` says it."""

_OF_STATUS: dict[int, Trouble] = {
    401: "refused", 403: "refused", 402: "busy", 404: "unknown", 408: "late", 413: "long", 429: "busy", 503: "busy",
    504: "late",
}  # fmt: skip
_TOO_LONG = re.compile(
    r"context.{0,40}(?:length|window|size)|exceed.{0,40}(?:context|tokens)|too (?:long|many tokens)", re.I
)
_SETTING = re.compile(r"(?P<kind>openai-like|ollama):(?P<model>[^@\s]+)(?:@(?P<url>\S+))?")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model answers: kind of protocol, model name, base URL without a slash at its end."""

    kind: Literal["openai-like", "ollama"]
    model: str
    url: str

    @property
    def local(self) -> bool:
        """Whether it is on this machine, so that no record leaves it."""
        return _is_loopback(urlsplit(self.url).hostname or "")


def endpoint_of(setting: str, *, plain_http: bool = False) -> Endpoint:
    """Reads the setting `KIND:MODEL@URL`. Raises ModelError for any other form.

    plain_http  allow http:// to another machine; records then cross the network unencrypted

    >>> endpoint_of("ollama:qwen3:4b").url
    'http://127.0.0.1:11434'
    """
    match = _SETTING.fullmatch(setting.strip())
    if match is None or (match["kind"] == "openai-like" and not match["url"]):
        raise ModelError(
            f"{setting!r} names no model; write openai-like:MODEL@http://HOST:PORT/v1 or ollama:MODEL[@http://HOST:PORT]."
        )
    url = (match["url"] or OLLAMA).rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
        raise ModelError(
            f"{url!r} is no address of a model; it begins with http:// or https:// and holds no password."
        )
    if parts.scheme == "http" and not _is_loopback(parts.hostname) and not plain_http:
        raise ModelError(
            f"{url} is another machine and http is not encrypted: passages of the records would cross "
            f"the network in the"
            " clear. Use https, or allow it with --llm-plain-http."
        )
    kind: Literal["openai-like", "ollama"] = "ollama" if match["kind"] == "ollama" else "openai-like"
    return Endpoint(kind, match["model"], url)


def model_from(
    setting: str, *, key: str | None = None, seconds: float = SECONDS, plain_http: bool = False
) -> "LLM":
    """The LlamaIndex model that a setting names; nothing is sent yet.

    Raises ModelError for a setting that names none, or when the extra `llm` is not installed.
    """
    endpoint = endpoint_of(setting, plain_http=plain_http)
    try:
        return (
            _ollama(endpoint, key, seconds)
            if endpoint.kind == "ollama"
            else _openai_like(endpoint, key, seconds)
        )
    except ImportError as error:
        raise ModelError(
            f"The client for {endpoint.kind} models is not installed: pip install 'minutebook[llm]' "
            f"({error.name} is missing)."
        ) from error


def _openai_like(endpoint: Endpoint, key: str | None, seconds: float) -> "LLM":
    import httpx
    from llama_index.llms.openai_like import OpenAILike

    return OpenAILike(
        model=endpoint.model,
        api_base=endpoint.url,
        api_key=key or NO_KEY,
        is_chat_model=True,
        temperature=0.0,
        max_tokens=MOST_TOKENS,
        timeout=seconds,
        max_retries=0,
        # No redirect may carry passages elsewhere, and no proxy what stays on this machine.
        http_client=httpx.Client(timeout=seconds, follow_redirects=False, trust_env=not endpoint.local),
    )


def _ollama(endpoint: Endpoint, key: str | None, seconds: float) -> "LLM":
    from llama_index.llms.ollama import Ollama
    from ollama import Client

    headers = {"authorization": f"Bearer {key or NO_KEY}"}
    return Ollama(
        model=endpoint.model,
        base_url=endpoint.url,
        temperature=0.0,
        request_timeout=seconds,
        context_window=CONTEXT,
        additional_kwargs={"num_predict": MOST_TOKENS},
        client=Client(
            host=endpoint.url,
            timeout=seconds,
            follow_redirects=False,
            trust_env=not endpoint.local,
            headers=headers,
        ),
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def name_of(model: "LLM") -> str:
    """What a model calls itself, for `Answer.composer`."""
    return str(getattr(model.metadata, "model_name", "") or model.class_name())


def told(model: "LLM", rules: str, task: str) -> Iterator[str]:
    """The text a model answers with, piece by piece; closing the iterator closes the request.

    Raises whatever its client raises; `trouble_of` sorts it.
    """
    from llama_index.core.llms import ChatMessage, MessageRole

    messages = [
        ChatMessage(role=MessageRole.SYSTEM, content=rules),
        ChatMessage(role=MessageRole.USER, content=task),
    ]
    pieces = model.stream_chat(messages)
    ended = False
    try:
        for piece in pieces:
            yield piece.delta or ""
        ended = True
    finally:
        pieces.close()
        del pieces
        if not ended:  # an abandoned stream of the OpenAI client refers to itself; collecting it hangs up
            gc.collect()


def trouble_of(error: Exception) -> Trouble:
    """What kind of failure an exception of any client is, told by its status code and its type's name."""
    status = getattr(error, "status_code", None)
    names = {kind.__name__ for kind in type(error).__mro__}
    if status in _OF_STATUS:
        return _OF_STATUS[status]
    if status is not None and _TOO_LONG.search(str(error)):
        return "long"
    if isinstance(error, TimeoutError) or any("Timeout" in name for name in names):
        return "late"
    if isinstance(error, ConnectionError) or names & {"APIConnectionError", "ConnectError"}:
        return "unreachable" if not _broke_off(error) else "broken"
    return "broken"


def _broke_off(error: BaseException | None) -> bool:
    """Whether a connection stood and then broke."""
    while error is not None:
        if type(error).__name__ in ("RemoteProtocolError", "ReadError", "ConnectionResetError"):
            return True
        error = error.__cause__
    return False
