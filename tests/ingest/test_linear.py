"""A linear map whose weights were laid out beforehand is the linear map it was."""

import pytest
import torch
from torch.nn.functional import gelu, linear

from ingest.linear import Linear


@pytest.mark.parametrize("kind", [torch.bfloat16, torch.float32])
@pytest.mark.parametrize("rows", [1, 9, 1_024])
def test_it_is_the_product_of_plain_weights(kind: torch.dtype, rows: int) -> None:
    torch.manual_seed(rows)
    x, weight, bias = (torch.randn(shape) for shape in ((rows, 384), (1_152, 384), (1_152,)))
    x, weight, bias = x.to(kind), (weight / 384**0.5).to(kind), bias.to(kind)
    exact = linear(x.double(), weight.double(), bias.double())
    with torch.inference_mode():
        plain, curved = Linear(weight, bias)(x), Linear(weight, bias, gelu=True)(x)
    torch.testing.assert_close(plain, exact.to(kind))
    torch.testing.assert_close(curved, gelu(exact).to(kind))
