from collections.abc import Iterator

import pytest

from tests.canaries.hunt import Hunt, in_logs


@pytest.fixture
def hunt() -> Iterator[Hunt]:
    hunt = Hunt()
    with in_logs() as logs:
        hunt.places.append(logs)
        yield hunt
