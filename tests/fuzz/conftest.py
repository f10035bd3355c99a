from collections.abc import Iterator

import pytest

from tests.fuzz.corpus import Envelope, valid_envelopes
from tests.fuzz.room import Room, a_room


@pytest.fixture(scope="session")
def corpus() -> list[Envelope]:
    return valid_envelopes()


@pytest.fixture(scope="module")
def room() -> Iterator[Room]:
    with a_room() as made:
        yield made
