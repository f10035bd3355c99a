"""`missing-bot replay` and `missing-bot policy`, as somebody at a terminal meets them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.domain.clocks import ClockName
from bot.files import forces_file, policy_file
from cli.policy_command import policy
from cli.replay import replay
from tests.scenario.conftest import Written


def replayed(*arguments: str | Path) -> Result:
    return CliRunner().invoke(replay, [str(each) for each in arguments])


def test_all_held_exits_0(written: Written) -> None:
    result = replayed(written())
    assert result.exit_code == 0
    assert "owner-accepted → fim" in result.output
    assert "1 of 1 expectations held." in result.output


def test_one_not_held_exits_1(written: Written) -> None:
    result = replayed(written(), written("is: open", "is: closed", "other.yaml"))
    assert result.exit_code == 1
    assert "NOT HELD  status: is closed, at 0m  — saw: open" in result.output


def test_not_valid_exits_2_and_runs_nothing(written: Written) -> None:
    bad = written("title:", "titel:", "bad.yaml")
    result = replayed(written(), bad)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"{bad}:2: unknown key titel" in result.stderr


def test_json(written: Written) -> None:
    result = replayed(written("{is: open, at: 0m}", "{is: closed, at: 0m}"), "--json")
    assert result.exit_code == 1
    (said,) = json.loads(result.stdout)["scenarios"]
    assert said["id"] == "T1"
    assert said["expect"] == [
        {"entry": {"status": {"is": "closed", "at": "0m"}}, "held": False, "saw": "open"}
    ]
    assert said["timeline"][0] == {"at": 0, "kind": "status", "case": "LOG-1", "is": "open"}
    assert {"at": 900, "kind": "paged", "case": "LOG-1", "clock": "owner-accepted", "role": "fim"} in said[
        "timeline"
    ]
    times = [happened["at"] for happened in said["timeline"]]
    assert times == sorted(times)


@pytest.mark.redis
def test_on_a_redis_of_its_own(written: Written, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", redis_url)
    assert replayed(written(), "--redis").exit_code == 0


def test_policy_check(tmp_path: Path) -> None:
    good = CliRunner().invoke(policy, ["check", str(policy_file.DEFAULT)])
    assert good.exit_code == 0
    bad = tmp_path / "policy.toml"
    bad.write_text(policy_file.DEFAULT.read_text().replace("digest_over = 5", "digest_over = 0"))
    refused = CliRunner().invoke(policy, ["check", str(bad)])
    assert refused.exit_code == 2
    assert f"{bad}:7: digest_over" in refused.stderr


def test_policy_check_of_a_forces_own_neighbours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "forces.toml"
    checked = ["check", str(policy_file.DEFAULT)]
    own.write_text(forces_file.DEFAULT.read_text().replace('missing_child = "M2"', ""))
    refused = CliRunner().invoke(policy, [*checked, "--forces", str(own)])
    assert refused.exit_code == 2
    assert f"{own}:" in refused.stderr and "westmere" in refused.stderr
    own.write_text('[southshire]\nname = "Southshire"\nmissing_child = "CH-MISS"\n')
    monkeypatch.setenv("MISSING_FORCES_FILE", str(own))
    left_out = CliRunner().invoke(policy, checked)
    assert left_out.exit_code == 2
    assert "[transport_police]" in left_out.stderr


def test_policy_show_gives_each_clock_with_its_reason() -> None:
    shown = CliRunner().invoke(policy, ["show"]).output
    lines = shown[shown.index("fim-aware") :].splitlines()
    names, reasons = lines[::2], lines[1::2]
    assert {name.split()[0] for name in names} == set(ClockName)
    assert [name for name, reason in zip(names, reasons, strict=True) if not reason.strip()] == []
    assert "1h / 2h / –" in shown
