"""A workspace of the local Slack, a real record, and time that passes only when a test says so, in both."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import config
from bot.directory import StoredDirectory
from bot.directory_document import Snapshot, load, load_everybody
from bot.domain.people import AccountKind, Role
from bot.slack import slack_client
from bot.store.redis_stores import RedisStores
from sandbox.client import Workspace
from sandbox.runner import running_workspace
from workers.slack_people.refresh import Appointed, DirectoryRefresh

MANIFEST = Path(config.__file__).with_name("slack-manifest.yaml")
GROUPS = {Role.FIM: "S0FIM", Role.SUPERVISOR: "S0SUP", Role.CONTROL_ROOM: "S0CALLS"}
SEED: dict[str, Any] = {
    "people": {
        "fay": {"id": "U0FAY", "real_name": "Fay Marsh"},
        "sam": {"id": "U0SAM", "real_name": "Sam Doyle"},
        "cal": {"id": "U0CAL", "real_name": "Cal Reeve"},
    },
    "groups": {
        "fim": {"id": "S0FIM", "users": ["fay"]},
        "sup": {"id": "S0SUP", "users": ["sam"]},
        "calls": {"id": "S0CALLS", "users": ["cal"]},
    },
}


class Hand:
    """A machine clock."""

    now = 1_000_000.0

    def seconds(self) -> float:
        return self.now


class Reading:
    """The bot's reading of one workspace."""

    def __init__(self, workspace: Workspace, stores: RedisStores, **given: Any) -> None:
        self.workspace = workspace
        self.stores = stores
        self.machine = Hand()
        self.given = Appointed(**{"groups": GROUPS, "may_hold": {}, "people": {}, **given})
        self.client = slack_client.delivering(workspace.app().bot_token, workspace.api_url)
        self.start()

    def start(self) -> None:
        """Anew: what the process remembered is gone."""
        self.refresh = DirectoryRefresh(self.client, self.given, self.stores.documents, self.machine)

    def go_on(self, seconds: int) -> None:
        for _ in range(seconds):
            self.refresh.turn()
            self.machine.now += 1
            self.workspace.advance(1)

    def seconds_until(self, is_so: Any, at_most: int) -> int:
        for second in range(at_most):
            self.go_on(1)
            if is_so():
                return second
        raise AssertionError(f"not so after {at_most} s")

    @property
    def known(self) -> Snapshot:
        found = load(self.stores.documents)
        assert found is not None
        return found

    @property
    def directory(self) -> StoredDirectory:
        documents = self.stores.documents
        return StoredDirectory(
            lambda: load(documents),
            lambda: load_everybody(documents),
            self.machine,
            frozenset({AccountKind.MEMBER}),
        )


@pytest.fixture
def reading(redis_stores: RedisStores) -> Iterator[Reading]:
    with running_workspace(MANIFEST, SEED) as workspace:
        yield Reading(workspace, redis_stores)
