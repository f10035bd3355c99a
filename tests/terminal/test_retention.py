"""`missing-bot retention`: what is due for a decision, and for what it waits. It deletes nothing."""

from pathlib import Path

import pytest

from bot.store.redis_stores import RedisStores
from tests.terminal.conftest import Terminal
from tests.terminal.test_purge import CHILD, REF, close, delivered

SHORT = '[retention]\nhigh = "1d"\nmedium = "1d"\nlow = "1d"\n'


@pytest.fixture
def soon(terminal: Terminal, redis_stores: RedisStores, tmp_path: Path) -> Terminal:
    """A force that keeps cases for a day; Rowan Pike's was closed months ago."""
    policy = tmp_path / "policy.toml"
    policy.write_text(SHORT)
    close(redis_stores)
    delivered(redis_stores)
    return Terminal({**terminal.surroundings, "MISSING_POLICY_FILE": str(policy)})


def listed(terminal: Terminal, more: str = "--due", person: str = "sam") -> str:
    return terminal.run(person, f"retention {more}").out


def test_as_shipped_a_case_is_kept_for_years(terminal: Terminal, redis_stores: RedisStores) -> None:
    assert listed(terminal, "") == "No case is closed.\n"
    close(redis_stores)
    assert listed(terminal) == "No closed case is due.\n"
    assert f"{REF} · medium · closed 2 Mar 2026 · kept until 2 Mar 2032" in listed(terminal, "")


def test_what_is_due_says_what_it_waits_for_until_it_is_erased(soon: Terminal, tmp_path: Path) -> None:
    assert f"due since 3 Mar 2026, waits for an export: missing-bot export {REF}" in listed(soon)
    assert CHILD not in listed(soon)
    soon.run("sam", f"export {REF} --out {tmp_path}")
    assert "nobody has asked to erase it" in listed(soon)
    soon.run("sam", f"purge {REF}")
    assert "Sam Doyle asked to erase it; a second person confirms until" in listed(soon)
    assert soon.run("sam", "retention --due --json").document["cases"][0]["waits_for"] == "second person"
    soon.run("sid", f"purge {REF}")
    assert listed(soon) == "No closed case is due.\n"
    assert listed(soon, "").startswith(f"{REF} · erased ")


def test_it_is_for_supervisors_and_above(soon: Terminal) -> None:
    refused = soon.run("ola", "retention --due")
    assert (refused.code, refused.out) == (1, "") and "read by supervisors and above" in refused.err
    assert listed(soon, person="ian") != ""
