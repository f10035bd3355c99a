"""What is wrong with a way that was set stops the start, by name, and never by its secret."""

import json
import re

import pytest

from bot.domain.people import Role
from bot.ports.ways_tried import Way
from bot.time import HostClock
from cli.compose.configured_ways import ways_of
from config.bad_settings import BadSettings
from config.settings import Settings, read_without_slack
from sandbox.notify.office import API_KEY, TEMPLATE
from tests.outside import Pager
from workers.alarm.calls import to_whom
from workers.ways_out.ways import Ways


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISSING_RECORD_KEY", "ab" * 32)
    monkeypatch.setenv("MISSING_CHANNELS__CASES", "C0CASES")
    monkeypatch.setenv("MISSING_CHANNELS__FIM", "C0FIM")
    monkeypatch.setenv("MISSING_NOTIFY__KEY", API_KEY)
    monkeypatch.setenv("MISSING_NOTIFY__TEMPLATE", TEMPLATE)


def given(monkeypatch: pytest.MonkeyPatch, ways: dict[str, dict[str, str]]) -> Settings:
    monkeypatch.setenv("MISSING_WAYS_OUT", json.dumps(ways))
    return read_without_slack()


def ways(monkeypatch: pytest.MonkeyPatch, of: dict[str, dict[str, str]]) -> Ways:
    return ways_of(given(monkeypatch, of), HostClock())


def test_a_text_by_notify_is_asked_for_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    made = ways(monkeypatch, {"U0KIM1": {"SMS": "notify://07700 900124"}})
    assert made.all[Way("U0KIM1", "SMS")].asks == "GOV.UK Notify for +44 7700 900124"
    assert made.phones == {"+447700900124": "U0KIM1"}


def test_a_phone_that_a_role_passes_on_says_nobodys_name(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = {name: {"SMS": "notify://07700900124"} for name in ("fim", "technician")}
    assert ways(monkeypatch, shared).phones == {}


@pytest.mark.parametrize(
    ("of", "says"),
    [
        (
            {"U0KIM1": {"SMS": "notify://0770090012"}},
            "the number of the way SMS for U0KIM1 is no UK mobile number",
        ),
        ({"U0KIM1": {"SMS": "notify://07700900124,07700900125"}}, "One number a way"),
        (
            {name: {"SMS": "notify://07700900124"} for name in ("U0KIM1", "U0LEE1")},
            "U0KIM1 and U0LEE1 have one number",
        ),
    ],
)
def test_a_number_that_says_nothing_stops_the_start(
    of: dict[str, dict[str, str]], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadSettings, match=says):
        ways(monkeypatch, of)


def test_a_text_by_notify_needs_notify(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KEY", "TEMPLATE"):
        monkeypatch.delenv(f"MISSING_NOTIFY__{name}")
    with pytest.raises(BadSettings, match="set MISSING_NOTIFY__KEY and MISSING_NOTIFY__TEMPLATE"):
        ways(monkeypatch, {"U0KIM1": {"SMS": "notify://07700900124"}})


def test_a_key_that_is_none_is_named_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISSING_NOTIFY__KEY", "hunter2")
    with pytest.raises(BadSettings, match="MISSING_NOTIFY__KEY is no key") as wrong:
        ways(monkeypatch, {"U0KIM1": {"SMS": "notify://07700900124"}})
    assert "hunter2" not in str(wrong.value)


def test_a_page_goes_to_whoever_holds_the_role_and_to_the_role(monkeypatch: pytest.MonkeyPatch) -> None:
    made = ways(
        monkeypatch,
        {
            "technician": {"SMS": "notify://07700900126"},
            "fim": {"duty phone": "notify://07700900125"},
            "U0KIM1": {"SMS": "notify://07700900124"},
        },
    )
    on_duty = {Role.FIM: ["U0KIM1", "U0LEE1"], Role.SUPERINTENDENT: ["U0KIM1"]}

    def holders(role: Role) -> list[str]:
        return on_duty.get(role, [])

    assert made.whom(Role.FIM, holders) == ("U0KIM1", "fim")
    assert made.whom(Role.SUPERINTENDENT, holders) == ("U0KIM1",)
    assert made.whom(Role.DUTY_INSPECTOR, holders) == ("U0KIM1", "fim"), "as before: the FIM's"
    on_duty.clear()
    assert made.whom(Role.DUTY_INSPECTOR, holders) == ("fim",)


def test_whom_an_alarm_was_sent_to_is_said_by_name() -> None:
    names = {"U0KIM1": "Kim Rudd"}
    whom = [to_whom(each, lambda person: names[person]) for each in ("fim", "U0KIM1", "technician")]
    assert whom == ["FIM", "Kim Rudd", "technician"]


def test_what_does_not_say_by_itself_when_it_was_sent_is_dated(
    beeper: Pager, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways(monkeypatch, {"technician": {"pager": beeper.url}}).send(
        "technician", "Please mend", "It broke.\nMARKED"
    )
    first, dated, last = beeper.pages[-1]["message"].split("\n")
    assert (first, last) == ("It broke.", "MARKED")
    assert re.fullmatch(r"Sent \d\d:\d\d( \w+)? on \d+ \w+\.", dated)
