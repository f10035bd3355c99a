from collections.abc import Iterator

import pytest

from tests.handlers.evening import Evening, an_evening


@pytest.fixture
def evening() -> Iterator[Evening]:
    """Full content."""
    with an_evening() as running:
        yield running


@pytest.fixture
def discreet() -> Iterator[Evening]:
    """Reference-only: the default in production."""
    with an_evening(full=False) as running:
        yield running
