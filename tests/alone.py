"""Coroutines in tests: each in a thread of its own, as browser tests leave a loop running in the one they share."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run_alone(asked: Coroutine[Any, Any, Any]) -> Any:
    """What the coroutine gives."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(asyncio.run, asked).result()
