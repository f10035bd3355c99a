import pytest

from tests.unit.views.crowd import crowd
from tests.unit.views.story import Told


@pytest.fixture(scope="session")
def five_hundred() -> Told:
    return crowd(500)
