"""`/metrics` of a whole installation: a page of a HIGH case is counted once, with its clock and its rung, and timed;
what cannot be known is not told."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families as families

from bot.views import ids
from tests.chaos.conftest import Force
from tests.outside import free_port
from tests.troubled_record import TroubledRecord, troubled_record
from tests.waiting import until

pytestmark = pytest.mark.slow

Told = Mapping[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture
def record(tmp_path: Path) -> Iterator[TroubledRecord]:
    with troubled_record(tmp_path) as record:
        yield record


@pytest.fixture
def redis_url(record: TroubledRecord) -> str:
    """A server of its own, that goes away."""
    return record.url


class Scraped:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._port = free_port()
        monkeypatch.setenv("MISSING_HEALTH__PORT", str(self._port))

    def text(self) -> str:
        with urlopen(f"http://127.0.0.1:{self._port}/metrics", timeout=60) as answer:
            assert answer.headers.get_content_type() == "text/plain"
            return str(answer.read().decode())

    def told(self) -> Told:
        return {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in families(self.text())
            for sample in family.samples
        }


def of(told: Told, name: str, **labels: str) -> float | None:
    return told.get((name, frozenset(labels.items())))


@pytest.fixture
def scraped(monkeypatch: pytest.MonkeyPatch) -> Scraped:
    return Scraped(monkeypatch)


def start_all(force: Force) -> None:
    force.listen()
    force.start("timer")
    force.start("worker", "recheck")
    force.start("worker", "deliver")


def test_a_page_is_counted_once_and_nothing_is_told_while_the_record_is_away(
    force: Force, scraped: Scraped, record: TroubledRecord
) -> None:
    start_all(force)
    ref = force.report()
    force.wait_for_page(ref)

    def paged(told: Told) -> float | None:
        return of(told, "missing_pages_total", clock="fim-aware", rung="fim")

    until("the page is counted", lambda: paged(scraped.told()) == 1)
    (page,) = force.pages(ref)
    force.workspace.person("fay").click(ids.ACKNOWLEDGE, page)
    until(
        "the press is timed",
        lambda: of(scraped.told(), "missing_acknowledged_after_seconds_count", rung="fim") == 1,
    )
    until("the round is told", lambda: of(scraped.told(), "missing_open_cases", grade="high") == 1, 60)
    until("ticks are told", lambda: bool(of(scraped.told(), "missing_ticks_total")))
    force.workspace.person("fay").join("cases", invite="pat")
    force.workspace.person("pat").type("/missing", "cases")
    until(
        "the refusal is counted",
        lambda: of(scraped.told(), "missing_refusals_total", because="not-permitted") == 1,
    )
    force.workspace.fault("error", "chat.postMessage", error="internal_error")
    force.report()
    until(
        "Slack's own trouble is counted",
        lambda: bool(of(scraped.told(), "missing_slack_errors_total", kind="slack")),
    )
    until("what waits is told", lambda: bool(of(scraped.told(), "missing_outbox_age_seconds")))
    force.workspace.clear_faults()
    force.wait_until_told()
    told = scraped.told()
    assert paged(told) == 2
    assert of(told, "missing_due_to_sent_seconds_count", rung="fim") == 2
    took = of(told, "missing_due_to_sent_seconds_sum", rung="fim")
    assert took is not None and 0 < took < 90
    assert of(told, "missing_up") == 1
    assert of(told, "missing_reach", role="fim", way="slack") == 1
    assert of(told, "missing_reach", role="fim", way="beside") == 0
    assert of(told, "missing_worker_age_seconds", work="deliver") is not None
    assert of(told, "missing_outbox_age_seconds") == 0
    assert_takes(scraped.text())
    assert ref not in scraped.text()

    record.kill()
    until("it is said to be away", lambda: of(scraped.told(), "missing_up") == 0)
    names = {name for name, _ in scraped.told()}
    of_the_bot = {"missing_slack_connected", "missing_slack_event_lag_seconds"}
    assert names == {"missing_up", "missing_record_trouble", *of_the_bot}


def assert_takes(text: str) -> None:
    """Prometheus' own linter of names, where there is one."""
    if shutil.which("promtool"):
        judged = subprocess.run(
            ["promtool", "check", "metrics"], input=text, text=True, capture_output=True, check=False
        )
        assert (judged.returncode, judged.stdout + judged.stderr) == (0, "")
