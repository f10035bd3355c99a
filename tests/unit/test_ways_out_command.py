"""`missing-bot ways-out test`: said plainly, before the night on which it counts."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.ports.ways_tried import Way, WayAnswer, WaysTried
from bot.store.connection import for_store
from bot.store.master_keys import MasterKeys
from bot.store.redis_stores import RedisStores
from bot.store.server import embedded
from cli import main
from sandbox.notify.runner import running_notify
from tests.conftest import REDIS_CONF
from tests.outside import letterbox, pager

GOOD = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "MISSING_RECORD_KEY": "ab" * 32,
    "MISSING_CHANNELS__CASES": "C0CASES",
    "MISSING_CHANNELS__FIM": "C0FIM",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MISSING_WAYS_OUT", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
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


def test_a_text_is_followed_until_it_arrived_or_did_not(monkeypatch: pytest.MonkeyPatch) -> None:
    with running_notify() as notify:
        notify.office.delivers = False
        texts = {
            "U0KIM1": "07700900002",
            "U0LEE1": "07700900124",
            "fim": "07700900125",
            "technician": "07700900126",
        }
        notify.office.guests = {f"+44{number[1:]}" for name, number in texts.items() if name != "technician"}
        ways = {name: {"SMS": f"notify://{number}"} for name, number in texts.items()}
        for name, value in {"KEY": notify.key, "TEMPLATE": notify.template, "URL": notify.url}.items():
            monkeypatch.setenv(f"MISSING_NOTIFY__{name}", value)
        monkeypatch.setenv("MISSING_WAYS_OUT", json.dumps(ways))
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(CliRunner().invoke, main, ["ways-out", "test", "--wait", "3"])
            notify.until(lambda: len(notify.texts()) == 3, "all were asked")
            notify.texts("+447700900124")[0].status = "delivered"
            told = running.result()
    assert told.exit_code == 1
    assert told.stdout.splitlines() == [
        "🔺 U0KIM1, SMS (asked GOV.UK Notify for +44 7700 900002): taken, and did NOT arrive: the text could not be "
        "delivered: the number may be wrong, or not in use.",
        "✅ U0LEE1, SMS (asked GOV.UK Notify for +44 7700 900124): delivered.",
        "✅ fim, SMS (asked GOV.UK Notify for +44 7700 900125): taken. Ask them whether it came.",
        "🔺 technician, SMS (asked GOV.UK Notify for +44 7700 900126): NOT taken: GOV.UK Notify: 400 BadRequestError, "
        "Can't send to this recipient using a team-only API key. Check its address and password in MISSING_WAYS_OUT.",
    ]


def test_what_came_of_a_test_is_kept_as_one(
    monkeypatch: pytest.MonkeyPatch, redis_url: str, prefix: str
) -> None:
    monkeypatch.setenv("REDIS_URL", redis_url)
    monkeypatch.setenv("MISSING_PREFIX", prefix)
    with letterbox() as mail:
        monkeypatch.setenv("MISSING_WAYS_OUT", json.dumps({"fim": {"e-mail": mail.url}}))
        assert CliRunner().invoke(main, ["ways-out", "test"]).exit_code == 0
    with for_store(redis_url) as redis:
        kept = WaysTried(
            RedisStores(redis, MasterKeys(bytes.fromhex("ab" * 32)), prefix=prefix).documents
        ).of(Way("fim", "e-mail"))
    assert kept is not None
    assert (kept.answer, kept.was_test) == (WayAnswer.TAKEN, True)


def test_it_is_kept_in_the_record_that_run_has_started_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MISSING_DATA_DIR", str(tmp_path / "record"))
    with letterbox() as mail, embedded(REDIS_CONF, tmp_path / "record") as own:
        monkeypatch.setenv("MISSING_WAYS_OUT", json.dumps({"fim": {"e-mail": mail.url}}))
        assert CliRunner().invoke(main, ["ways-out", "test"]).exit_code == 0
        with for_store(own.url) as redis:
            stores = RedisStores(redis, MasterKeys(bytes.fromhex("ab" * 32)))
            assert WaysTried(stores.documents).of(Way("fim", "e-mail")) is not None


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
