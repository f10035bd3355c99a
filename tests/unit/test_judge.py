"""Each expectation against a timeline written by hand: when it holds, and when it does not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.policy import Policy
from bot.files.policy_file import load
from bot.replay.judge import judge
from bot.replay.scenario import Scenario, ScenarioFile
from bot.replay.timeline import Timeline

T = datetime(2026, 3, 2, 13, 40, tzinfo=UTC)
POLICY: Policy = load()


def timeline() -> Timeline:
    """Two cases: A is paged, climbs, is owned and closed; B is refused things."""
    happened = Timeline(T)

    def at(minute: float, kind: str, **told: Any) -> None:
        happened.write(T + timedelta(minutes=minute), kind, **told)

    at(0, "status", case="A", **{"is": "open"})
    at(0, "status", case="B", **{"is": "open"})
    at(0, "proposed", case="A", level="high", because=["cse", "under_18"])
    at(0, "running", case="A", level="high")
    at(1, "refused", step=3, case="B", because="not-permitted")
    at(5, "paged", case="A", clock="fim-aware", role="fim")
    at(5, "posted", role="fim", cases=["A", "B"], clocks=["fim-aware"])
    at(6, "paged", case=None, clock="handover-accepted", role="fim")
    at(6, "posted", role="fim", cases=[], clocks=["handover-accepted"])
    at(7, "clock", case="A", clock="enquiry-done", item="e1", state="running")
    at(8, "clock", case="A", clock="enquiry-done", item="e2", state="met")
    at(9, "clock", case="A", clock="enquiry-done", item="e1", state="late")
    at(10, "running", case="A", level="medium")
    at(10, "owner", case="A", **{"is": "ola"})
    at(11, "status", case="A", **{"is": "closed"})
    return happened


def held(entry: dict[str, Any], refs: tuple[str, ...] = ("A", "B")) -> bool:
    said = ScenarioFile.model_validate(
        {"id": "J", "start": T.isoformat(), "people": {}, "steps": [], "expect": [entry], "until": "1h"}
    )
    (judged,) = judge(Scenario(said=said, policy=POLICY, refs=refs, entries=(entry,)), timeline())
    return judged.held


def a(kind: str, **wanted: Any) -> dict[str, Any]:
    return {kind: {"case": "A", **wanted}}


@pytest.mark.parametrize(
    ("entry", "holds"),
    [
        (a("page", clock="fim-aware", role="fim", at="5m"), True),
        (a("page", clock="fim-aware", role="fim", at="4m55s"), True),
        (a("page", clock="fim-aware", role="fim", at="4m54s"), False),
        (a("page", clock="fim-aware", role="fim", at="5m1s"), False),
        (a("page", clock="fim-aware", role="fim", at="3m", within="2m"), True),
        (a("page", clock="fim-aware", role="supervisor", at="5m"), False),
        (a("page", clock="review", role="fim", at="5m"), False),
        ({"page": {"case": "B", "clock": "fim-aware", "role": "fim", "at": "5m"}}, False),
        ({"page": {"case": "*", "clock": "fim-aware", "role": "fim", "at": "5m"}}, False),
        ({"page": {"clock": "handover-accepted", "role": "fim", "at": "6m"}}, True),
        (a("no_page", clock="fim-aware"), False),
        (a("no_page", clock="fim-aware", before="5m"), True),
        (a("no_page", clock="fim-aware", after="5m"), False),
        (a("no_page", clock="fim-aware", after="5m1s"), True),
        (a("no_page", role="duty_inspector"), True),
        ({"no_page": {}}, False),
        ({"no_page": {"case": "B"}}, True),
        ({"no_page": {"case": "*"}}, False),
        ({"pages": {"role": "fim", "at_most": 2}}, True),
        ({"pages": {"role": "fim", "at_most": 1}}, False),
        ({"pages": {"role": "fim", "at_most": 1, "before": "6m"}}, True),
        ({"pages": {"role": "fim", "at_most": 0, "after": "6m1s"}}, True),
        ({"pages": {"case": "B", "role": "fim", "at_most": 0}}, False),
        ({"refused": {"step": 3, "because": "not-permitted"}}, True),
        ({"refused": {"step": 3, "because": "below-floor"}}, False),
        ({"refused": {"step": 4, "because": "not-permitted"}}, False),
        (a("proposed", level="high", because=["cse"], at="1m"), True),
        (a("proposed", level="high", because=["cse", "cce"], at="1m"), False),
        (a("proposed", level="medium", because=[], at="1m"), False),
        ({"proposed": {"case": "B", "level": "high", "at": "1m"}}, False),
        (a("running_grade", level="high", at="9m59s"), True),
        (a("running_grade", level="medium", at="10m"), True),
        (a("running_grade", level="high", at="10m"), False),
        (a("clock", name="enquiry-done", item="e1", state="running", at="8m"), True),
        (a("clock", name="enquiry-done", item="e2", state="met", at="8m"), True),
        (a("clock", name="enquiry-done", state="running", at="8m"), True),
        (a("clock", name="enquiry-done", state="late", at="9m"), True),
        (a("clock", name="enquiry-done", state="met", at="9m"), False),
        (a("clock", name="enquiry-done", state="off", at="6m"), True),
        (a("owner", **{"is": None, "at": "9m"}), True),
        (a("owner", **{"is": "ola", "at": "10m"}), True),
        (a("owner", **{"is": None, "at": "10m"}), False),
        (a("status", **{"is": "open", "at": "10m"}), True),
        (a("status", **{"is": "closed", "at": "11m"}), True),
        ({"status": {"case": "*", "is": "open", "at": "10m"}}, True),
        ({"status": {"case": "*", "is": "open", "at": "11m"}}, False),
    ],
    ids=str,
)
def test_holds(entry: dict[str, Any], holds: bool) -> None:
    assert held(entry) is holds


def test_each_case_means_that_there_is_one() -> None:
    said = {"id": "J", "start": T.isoformat(), "people": {}, "steps": [], "until": "1h"}
    entry = {"no_page": {"case": "*"}}
    file = ScenarioFile.model_validate({**said, "expect": [entry]})
    (judged,) = judge(Scenario(said=file, policy=POLICY, refs=(), entries=(entry,)), Timeline(T))
    assert not judged.held


def test_the_only_case_need_not_be_named() -> None:
    assert held({"owner": {"is": "ola", "at": "10m"}}, refs=("A",))
