"""The encoder's use of the machine: a short text takes one thread, and the others are given back."""

import pytest
import torch

from ingest.encoder import SHORT, _few_threads


@pytest.fixture(autouse=True)
def two_threads():
    usual = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(usual)


@pytest.mark.parametrize(("characters", "threads"), [(0, 1), (SHORT, 1), (SHORT + 1, 2)])
def test_a_short_text_is_encoded_in_one_thread(characters: int, threads: int) -> None:
    with _few_threads(characters):
        assert torch.get_num_threads() == threads
    assert torch.get_num_threads() == 2


def test_threads_are_given_back_after_an_error() -> None:
    with pytest.raises(ValueError), _few_threads(10):
        raise ValueError
    assert torch.get_num_threads() == 2
