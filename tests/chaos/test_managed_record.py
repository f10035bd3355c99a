"""A record server that somebody else runs: its settings are theirs, and so are its copies and its files."""

from collections.abc import Iterator
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from redis import Redis

from config.settings import Settings, read_settings
from sandbox.client import Workspace
from tests.chaos.conftest import Force, installation

pytestmark = [pytest.mark.slow, pytest.mark.redis]

# What hosts of Redis keep to themselves, by their own lists.
_THEIRS = (
    *("acl", "bgrewriteaof", "bgsave", "cluster", "config", "debug", "migrate"),
    *("module", "psync", "replicaof", "save", "slaveof", "shutdown", "sync"),
)


@pytest.fixture
def tenant(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The record is asked as somebody who may do all but that."""
    name, password = f"tenant-{token_hex(4)}", token_hex(8)
    with Redis.from_url(redis_url) as owner:
        asked: Any = owner
        asked.execute_command(
            "ACL",
            "SETUSER",
            name,
            "on",
            f">{password}",
            "~*",
            "&*",
            "+@all",
            *(f"-{each}" for each in _THEIRS),
        )
        url = urlsplit(redis_url)
        place = url.netloc.rpartition("@")[2]
        monkeypatch.setenv("REDIS_URL", urlunsplit(url._replace(netloc=f"{name}:{password}@{place}")))
        yield
        asked.execute_command("ACL", "DELUSER", name)


def test_a_child_is_paged_for_by_a_record_whose_settings_nobody_may_read(
    settings: Settings, tenant: None, workspace: Workspace
) -> None:
    del settings, tenant
    with installation(read_settings(), workspace) as force:
        assert isinstance(force, Force)
        force.start_unseen("run")
        ref = force.report()
        force.wait_for_page(ref, 60)
        force.wait_until_told()
        assert len(force.pages(ref)) == 1
