"""An evening of their own: what other tests left open would push these cases off the first page of a home."""

from collections.abc import Iterator

import pytest

from bot.replay import scenario
from sandbox.client import Workspace
from tests.browser.evening.conftest import Reporting, an_evening, reporting_in


@pytest.fixture(scope="package")
def workspace(story: scenario.Scenario) -> Iterator[Workspace]:
    with an_evening(story) as running:
        yield running


@pytest.fixture(scope="package")
def reporting(workspace: Workspace, story: scenario.Scenario) -> Reporting:
    return reporting_in(workspace, story)
