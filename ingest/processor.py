"""How torch uses this processor: the precision it is fast in, how many threads a call may take, what is kept."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

import torch


def precision() -> torch.dtype:
    """bfloat16 where the processor multiplies matrices of it in hardware, about three times as fast as float32.

    Vectors of either precision may stand in one index: their cosine is above 0.9998.
    """
    found = torch.cpu.get_capabilities()
    fast = any(found.get(name, False) for name in ("avx512_bf16", "amx_bf16", "bf16"))
    return torch.bfloat16 if fast else torch.float32


@contextmanager
def threads(count: int, usual: int) -> Iterator[None]:
    """`count` threads for what this thread calls, then `usual` again.

    The usual number is given, not asked for: torch keeps one for threads that are new to it, which another thread
    may have lowered for a moment.
    """
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(usual)


_KEPT = 64 << 20  # bytes: what two batches need between their layers, many times
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # of mallopt(3)


def keep_memory() -> None:
    """Lets the process keep the memory that one layer freed for the next one, where the C library is glibc.

    It gives blocks of some megabytes back at once otherwise, and each comes back a page fault at a time: one part in
    twenty of the time a text takes.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_TRIM_THRESHOLD, _KEPT)
        library.mallopt(_MMAP_THRESHOLD, _KEPT // 2)
