"""Counters, heartbeats, and requests that Slack delivers twice."""

from concurrent.futures import ThreadPoolExecutor

from bot.ports.metrics import Metric
from bot.ports.stores import Stores
from tests.contract.conftest import KEPT


def test_counters_add_up(stores: Stores) -> None:
    stores.metrics.count(Metric.WENT_OUT)
    stores.metrics.count(Metric.WENT_OUT, 2)
    stores.metrics.count(Metric.JOBS_REFUSED)
    assert stores.metrics.read() == {"pages_out": 3, "jobs_refused": 1}


def test_the_last_beat_of_each_process_is_kept(stores: Stores) -> None:
    stores.heartbeats.beat("timer", 100.25)
    stores.heartbeats.beat("worker-1", 100.5)
    stores.heartbeats.beat("timer", 101.75)
    assert stores.heartbeats.beats() == {"timer": 101.75, "worker-1": 100.5}


def test_a_request_is_new_once(stores: Stores) -> None:
    assert [stores.requests.seen_before("Ev1", 1), stores.requests.seen_before("Ev1", 2)] == [False, True]
    assert not stores.requests.seen_before("Ev2", 3)


def test_of_many_at_once_one_gets_through(stores: Stores) -> None:
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda _: stores.requests.seen_before("Ev1", 1), range(40)))
    assert seen.count(False) == 1


def test_a_request_whose_work_failed_is_let_in_again(stores: Stores) -> None:
    stores.requests.seen_before("Ev1", 1)
    stores.requests.forget("Ev1")
    assert not stores.requests.seen_before("Ev1", 2)


def test_the_newest_requests_are_remembered_and_the_oldest_let_go(stores: Stores) -> None:
    for number in range(KEPT + 1):
        stores.requests.seen_before(f"Ev{number}", number)
    assert stores.requests.seen_before(f"Ev{KEPT}", KEPT + 1)
    assert stores.requests.seen_before("Ev1", KEPT + 1)
    assert not stores.requests.seen_before("Ev0", KEPT + 1)


def test_what_comes_after_a_clock_was_set_back_is_new_once_too(stores: Stores) -> None:
    for number in range(KEPT):
        stores.requests.seen_before(f"Ev{number}", 5_000_000 + number)
    for number in range(3):
        assert not stores.requests.seen_before(f"later {number}", number)
    assert [stores.requests.seen_before(f"later {number}", 3) for number in range(3)] == [True] * 3


def test_the_last_document_put_under_a_name_is_kept(stores: Stores) -> None:
    assert stores.documents.get("directory") is None
    stores.documents.put("directory", b"first")
    stores.documents.put("directory", b"\x00second")
    assert stores.documents.get("directory") == b"\x00second"
    assert stores.documents.all_of(["nothing", "directory"]) == [None, b"\x00second"]
    assert stores.documents.all_of([]) == []
