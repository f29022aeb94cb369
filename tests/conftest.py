"""`--slow` runs the tests marked `slow` too: deeper fuzzing, large files, timed kills, how time grows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("minutebook", deadline=None)  # a loaded machine is no failure
settings.load_profile("minutebook")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the tests marked slow too")
    parser.addoption("--pictures", action="store_true", help="make the pictures of docs/ anew")
    parser.addoption(
        "--records",
        action="append",
        default=[],
        help="a folder of other records to check the fact lock on too",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes long; runs with --slow only")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    skip = pytest.mark.skip(reason="slow; run with --slow")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session", autouse=True)
def nothing_is_left_beside_the_sources() -> Iterator[None]:
    root = Path(__file__).parents[1]
    before = set(root.iterdir())
    yield
    made = {path.name for path in set(root.iterdir()) - before}
    assert not {name for name in made if not name.startswith(".")}
