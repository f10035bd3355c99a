"""`missing-bot ways-out test`: said plainly, before the night on which it counts."""

import json

import pytest
from click.testing import CliRunner

from cli import main
from tests.outside import letterbox, pager

GOOD = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "MISSING_RECORD_KEY": "ab" * 32,
    "MISSING_CHANNELS__CASES": "C0CASES",
    "MISSING_CHANNELS__FIM": "C0FIM",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MISSING_WAYS_OUT", raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)


def test_each_way_is_tried_and_its_outcome_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with letterbox() as mail, pager() as beeper:
        beeper.status = 500
        ways = {"fim": {"e-mail": mail.url}, "technician": {"pager": beeper.url}}
        monkeypatch.setenv("MISSING_WAYS_OUT", json.dumps(ways))
        told = CliRunner().invoke(main, ["ways-out", "test"])
    assert told.exit_code == 1
    assert told.stdout.splitlines() == [
        "✅ fim, e-mail (asked E-Mail for duty@example.org): taken. Ask them whether it came.",
        "🔺 technician, pager (asked JSON for whoever its URL names): NOT taken. "
        "Check its address and password in MISSING_WAYS_OUT.",
    ]
    assert "No child is missing" in mail.bodies[0]
    assert mail.url not in told.output


def test_where_none_is_set_up_it_says_what_that_means() -> None:
    told = CliRunner().invoke(main, ["ways-out", "test"])
    assert told.exit_code == 1
    assert "reaches nobody" in told.stdout


@pytest.mark.parametrize("command", [["ways-out", "test"], ["run"]])
def test_a_url_that_is_none_is_named_and_not_repeated(
    command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    monkeypatch.setenv("MISSING_WAYS_OUT", json.dumps({"fim": {"SMS": "carrier-pigeon://hunter2"}}))
    told = CliRunner().invoke(main, command)
    assert told.exit_code == 2
    assert "MISSING_WAYS_OUT" in told.stderr
    assert "hunter2" not in told.output
