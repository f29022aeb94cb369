"""The setting that names a model, and where records may be sent."""

import pytest

from qa.errors import ModelError
from qa.model.clients import Endpoint, endpoint_of, model_from, name_of


@pytest.mark.parametrize(
    ("setting", "endpoint"),
    [
        (
            "openai-like:qwen3@http://127.0.0.1:8000/v1",
            Endpoint("openai-like", "qwen3", "http://127.0.0.1:8000/v1"),
        ),
        (
            "openai-like:org/model-7b@https://api.example.org/v1/",
            Endpoint("openai-like", "org/model-7b", "https://api.example.org/v1"),
        ),
        ("ollama:qwen3:4b", Endpoint("ollama", "qwen3:4b", "http://127.0.0.1:11434")),
        ("ollama:qwen3:4b@http://localhost:9999", Endpoint("ollama", "qwen3:4b", "http://localhost:9999")),
        ("openai-like:m@http://[::1]:8000/v1", Endpoint("openai-like", "m", "http://[::1]:8000/v1")),
    ],
)
def test_a_setting_names_protocol_model_and_address(setting: str, endpoint: Endpoint) -> None:
    assert endpoint_of(setting) == endpoint


@pytest.mark.parametrize(
    "setting",
    ["", "gpt", "openai-like:m", "openai-like:@http://127.0.0.1/v1", "ollama:", "claude:m@https://x.org", "ollama:m@ftp://127.0.0.1",
     "openai-like:m@127.0.0.1:8000", "openai-like:m@http://user:pass@127.0.0.1/v1", "openai-like:m@http:///v1"],
)  # fmt: skip
def test_any_other_setting_is_refused_with_a_sentence(setting: str) -> None:
    with pytest.raises(ModelError, match=r"write openai-like:|is no address"):
        endpoint_of(setting)


@pytest.mark.parametrize(
    "host", ["10.0.0.5:8000", "example.org", "localhost.example.org", "127.0.0.1.example.org"]
)
def test_records_do_not_cross_the_network_in_the_clear_unasked(host: str) -> None:
    with pytest.raises(ModelError, match="--llm-plain-http"):
        endpoint_of(f"openai-like:m@http://{host}/v1")
    assert endpoint_of(f"openai-like:m@https://{host}/v1").url
    assert not endpoint_of(f"openai-like:m@http://{host}/v1", plain_http=True).local


def test_both_clients_are_made_without_asking_anybody() -> None:
    for setting in ("openai-like:qwen3@http://127.0.0.1:9/v1", "ollama:qwen3:4b@http://127.0.0.1:9"):
        assert name_of(model_from(setting, key="k")).startswith("qwen3")


def test_the_key_of_the_environment_is_never_sent_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "somebody else's")
    model = model_from("openai-like:m@http://127.0.0.1:9/v1")
    assert model.api_key == "none"  # type: ignore[attr-defined]
