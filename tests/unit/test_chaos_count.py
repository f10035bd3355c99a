"""How `make chaos` counts: a double is explained where it says so, and what nobody sees is lost."""

from benchmarks.chaos.breaches import Wave
from benchmarks.chaos.count import counted
from benchmarks.soak.people import Told
from sandbox.client import Message


def page(ts: float, words: str = "Nobody owns MC-26-0001") -> Message:
    return Message(str(ts), "C1", "missing", words, [], None, None, None, {})


def due(*refs: str) -> Wave:
    return Wave("storm", due=dict.fromkeys(refs, 100.0))


def test_a_case_with_one_page_arrived_so_many_seconds_after_it_came_due() -> None:
    count = counted(due("MC-26-0001"), {}, {"MC-26-0001": [page(103.5)]})
    assert (count.sent, count.arrived, count.doubled, count.lost, count.slowest) == (1, 1, 0, [], 3.5)


def test_a_second_page_is_a_double_and_is_explained_where_it_says_that_it_may_repeat_the_first() -> None:
    pages = {
        "MC-26-0001": [page(101), page(102, "May repeat the 13:40 page")],
        "MC-26-0002": [page(101), page(102)],
        "MC-26-0003": [page(101), page(102, "May repeat the 13:40 page"), page(103)],
    }
    count = counted(due(*pages), {}, pages)
    assert (count.arrived, count.doubled, count.explained) == (3, 3, 1)


def test_a_case_without_a_page_is_lost_and_another_waves_page_does_not_count() -> None:
    count = counted(due("MC-26-0001"), {}, {"MC-26-0002": [page(101)]})
    assert (count.sent, count.arrived, count.lost) == (1, 0, ["MC-26-0001"])


def test_a_report_that_was_said_to_be_saved_and_is_in_no_record_is_lost() -> None:
    wave = Wave("storm", told=[Told("U1", "report", "", words, 90.0, 100.0) for words in ("A1", "A2")])
    count = counted(wave, {"A1": "MC-26-0001"}, {"MC-26-0001": [page(104)]})
    assert (count.sent, count.arrived, count.unrecorded, count.lost) == (2, 1, ["A2"], ["A2"])
    assert count.slowest == 4.0
