"""What is asked again without a record that was found damaged while it was read."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from ingest.errors import RecordDamaged


class Reader(Protocol):
    """Who reads records and can go on without one of them."""

    def _leave_out(self, error: RecordDamaged) -> bool:
        """Leaves a damaged record out; False where nothing would change by it."""
        ...


Who = TypeVar("Who", bound=Reader)
Arguments = ParamSpec("Arguments")
Found = TypeVar("Found")


def without_damaged(
    method: Callable[Concatenate[Who, Arguments], Found],
) -> Callable[Concatenate[Who, Arguments], Found]:
    """The method, asked again without a record that it found damaged."""

    @wraps(method)
    def again(reader: Who, *arguments: Arguments.args, **named: Arguments.kwargs) -> Found:
        while True:
            try:
                return method(reader, *arguments, **named)
            except RecordDamaged as error:
                if not reader._leave_out(error):
                    raise

    return again
