"""Given one table of all that is counted, timed and read off, then nothing else is told, a label says nothing but its
own few words, and rules, dashboard and documents name what is there."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.ports.metrics import (
    OTHER,
    Measured,
    Metric,
    Timed,
    combinations,
    counted,
    timed,
)
from bot.slack.slack_codes import kind_of
from bot.store.memory import MemoryStores
from workers.alarm.metrics_page import page

ROOT = Path(__file__).parents[2]
RULES = ROOT / "deploy/prometheus/alerts.yml"
RULE_TESTS = ROOT / "deploy/prometheus/alerts_test.yml"
DASHBOARD: dict[str, Any] = json.loads((ROOT / "deploy/grafana/missing-bot.json").read_text())
TABLE = (*Measured, *Metric, *Timed)
PARTS = {
    each.told_as: [f"{each.told_as}_{part}" for part in ("bucket", "sum", "count")]
    if isinstance(each, Timed)
    else [each.told_as]
    for each in TABLE
}
TOLD = {name for names in PARTS.values() for name in names}
MOST_SERIES = 1500  # of one bot, whatever happens

_NAME = re.compile(r"\bmissing_[a-z_]+")
_LABELS = re.compile(r"(missing_[a-z_]+)\{([^}]*)\}")


def rules() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load(RULES.read_text())["groups"]
    found: list[dict[str, Any]] = group["rules"]
    return found


def expressions() -> list[str]:
    asked = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
    return [*(rule["expr"] for rule in rules()), *asked]


def test_each_has_a_name_of_its_own_and_a_sentence() -> None:
    assert len(TOLD) == sum(len(names) for names in PARTS.values())
    assert [
        each
        for each in TABLE
        if not ((each.says.endswith(".") and each.says[0].isupper()) or each.says[0] == "1")
    ] == []


def test_whatever_happens_the_series_are_few() -> None:
    """A histogram has a series for each bound."""
    weights = [(each, 16 if isinstance(each, Timed) else 1) for each in TABLE]
    assert sum(weight * len(combinations(each.labels)) for each, weight in weights) < MOST_SERIES


@pytest.mark.parametrize("typed", ["Alex Doe", "MP-2026-0001", "12 Mill Lane", "fim/alex", ""])
def test_a_label_takes_no_word_that_is_not_its_own(typed: str) -> None:
    metrics = MemoryStores().metrics
    metrics.count(Metric.PAGES, 1, typed, typed)
    metrics.count(Metric.SLACK_ERRORS, 1, typed)
    metrics.took(Timed.DUE_TO_SENT, 3.0, typed)
    counts = metrics.read()
    assert counted(counts, Metric.PAGES) == {(OTHER, OTHER): 1}
    assert timed(counts, Timed.DUE_TO_SENT)[OTHER,].buckets[-1] == ("+Inf", 1)
    assert not typed or typed not in page({}, counts).decode()


def test_what_a_newer_or_a_meddling_process_counted_is_not_told() -> None:
    assert b"Alex" not in page({}, {"pages/fim-aware/Alex": 3, "Alex": 1})


def test_a_histogram_adds_up() -> None:
    metrics = MemoryStores().metrics
    for seconds in (0.4, 1.0, 1.5, 700.0, 99_999.0):
        metrics.took(Timed.ACKNOWLEDGED, seconds, "fim")
    found = timed(metrics.read(), Timed.ACKNOWLEDGED)["fim",]
    assert dict(found.buckets) | {"1.0": 2, "2.0": 3, "600.0": 3, "1800.0": 4, "+Inf": 5} == dict(
        found.buckets
    )
    assert found.seconds == pytest.approx(100_701.9)


def test_while_the_record_is_away_no_count_is_told() -> None:
    assert page({Measured.UP: {(): 0.0}}, None).decode().splitlines()[-1] == "missing_up 0.0"
    assert b"_total" not in page({Measured.UP: {(): 0.0}}, None)


def test_every_metric_of_a_rule_and_of_the_dashboard_is_in_the_table() -> None:
    named = {name for expression in expressions() for name in _NAME.findall(expression)}
    assert named <= TOLD
    told = yaml.safe_load(RULE_TESTS.read_text())["tests"]
    series = {_NAME.findall(each["series"])[0] for test in told for each in test.get("input_series", ())}
    assert series <= TOLD


def test_every_label_that_is_asked_for_has_that_word() -> None:
    known = {
        name: {label.name: label.words for label in each.labels}
        for each in TABLE
        for name in PARTS[each.told_as]
    }
    for expression in expressions():
        for name, given in _LABELS.findall(expression):
            for label, word in re.findall(r'(\w+)="([^"]*)"', given):
                assert word in known[name][label], expression


def test_each_rule_says_what_to_do_and_is_tried() -> None:
    tests = yaml.safe_load(RULE_TESTS.read_text())["tests"]
    tried = [
        (each["alertname"], bool(each["exp_alerts"])) for test in tests for each in test["alert_rule_test"]
    ]
    for rule in rules():
        assert {"summary", "description"} <= rule["annotations"].keys()
        assert {(rule["alert"], True), (rule["alert"], False)} <= set(tried)


def test_the_operations_guide_tells_of_each_alert_and_the_metrics_document_has_the_table() -> None:
    guide = (ROOT / "docs/operations.md").read_text()
    assert [rule["alert"] for rule in rules() if rule["alert"] not in guide] == []
    rows = [
        line for line in (ROOT / "docs/metrics.md").read_text().splitlines() if line.startswith("| missing_")
    ]
    assert rows == [row(each) for each in TABLE]


def row(each: Measured | Metric | Timed) -> str:
    return f"| {each.told_as} | {', '.join(label.name for label in each.labels)} | {each.says} |"


def test_the_dashboard_is_one() -> None:
    assert DASHBOARD["schemaVersion"] >= 36
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])


@pytest.mark.skipif(not shutil.which("promtool"), reason="no promtool (Debian's package prometheus)")
def test_prometheus_takes_names_and_rules() -> None:
    readings = {each: dict.fromkeys(combinations(each.labels), 1.0) for each in Measured}
    everything = {f"pages/{clock}/{rung}": 1 for clock, rung in combinations(Metric.PAGES.labels)}
    assert_fine(["check", "metrics"], page(readings, everything).decode())
    assert_fine(["check", "rules", str(RULES)])
    assert_fine(["test", "rules", str(RULE_TESTS)])


def assert_fine(words: list[str], given: str = "") -> None:
    said = subprocess.run(["promtool", *words], input=given, text=True, capture_output=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("ratelimited", "limited"),
        ("token_revoked", "token"),
        ("not_in_channel", "place"),
        ("message_not_found", "message"),
        ("invalid_blocks", "blocks"),
        ("internal_error", "slack"),
        ("a word that nobody knows", "other"),
        ("", "other"),
    ],
)
def test_what_slack_did_not_do_is_counted_by_kind(code: str, kind: str) -> None:
    assert kind_of(code) == kind
