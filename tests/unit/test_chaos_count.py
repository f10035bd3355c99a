"""How `make chaos` counts: a double is explained where it says so, and what nobody sees is lost."""

from typing import Any

from benchmarks.chaos.breaches import Wave
from benchmarks.chaos.count import Page, counted
from benchmarks.soak.evidence import as_they_left
from benchmarks.soak.people import Told
from sandbox.client import Message


def page(at: float, *, may_repeat: bool = False) -> Page:
    return Page(at, may_repeat)


def due(*refs: str) -> Wave:
    return Wave("storm", due=dict.fromkeys(refs, 100.0))


def test_a_case_with_one_page_arrived_so_many_seconds_after_it_came_due() -> None:
    count = counted(due("MC-26-0001"), {}, {"MC-26-0001": [page(103.5)]})
    assert (count.sent, count.arrived, count.doubled, count.lost, count.slowest) == (1, 1, 0, [], 3.5)


def test_a_second_page_is_a_double_and_is_explained_where_it_says_that_it_may_repeat_the_first() -> None:
    pages = {
        "MC-26-0001": [page(101), page(102, may_repeat=True)],
        "MC-26-0002": [page(101), page(102)],
        "MC-26-0003": [page(101), page(102, may_repeat=True), page(103)],
    }
    count = counted(due(*pages), {}, pages)
    assert (count.arrived, count.doubled, count.explained) == (3, 3, 1)


def test_so_is_one_whose_first_try_slack_takes_after_the_page_that_repeats_it() -> None:
    pages = {"MC-26-0001": [page(101, may_repeat=True), page(102)]}
    assert counted(due(*pages), {}, pages).explained == 1


def test_a_case_without_a_page_is_lost_and_another_waves_page_does_not_count() -> None:
    count = counted(due("MC-26-0001"), {}, {"MC-26-0002": [page(101)]})
    assert (count.sent, count.arrived, count.lost) == (1, 0, ["MC-26-0001"])


def test_a_report_that_was_said_to_be_saved_and_is_in_no_record_is_lost() -> None:
    wave = Wave("storm", told=[Told("U1", "report", "", words, 90.0, 100.0) for words in ("A1", "A2")])
    count = counted(wave, {"A1": "MC-26-0001"}, {"MC-26-0001": [page(104)]})
    assert (count.sent, count.arrived, count.unrecorded, count.lost) == (2, 1, ["A2"], ["A2"])
    assert count.slowest == 4.0


def post(ts: str, words: str) -> Message:
    """As it stands at the end."""
    metadata = {"event_type": "row", "event_payload": {"id": "K"}}
    return Message(ts, "C1", "missing", words, [], None, metadata, None, {})


def call(at: float, words: str, **answer: Any) -> dict[str, Any]:
    args = {"channel": "fim", "text": words, "metadata": {"event_payload": {"id": "K"}}}
    return {"at": at, "args": args, "response": answer}


def test_what_a_page_said_as_it_left_is_what_was_posted_whatever_was_drawn_over_it() -> None:
    calls = [
        call(101.0, "Nobody owns MC-26-0001"),
        call(102.0, "refused", ok=False, error="ratelimited"),
        call(103.0, "Nobody owns MC-26-0001. May repeat", ok=True, channel="C1", ts="103.5"),
    ]
    posts = [post("101.2", "Sent twice"), post("103.5", "Acknowledged")]
    assert as_they_left(posts, calls) == {
        "C1:101.2": str(calls[0]["args"]),
        "C1:103.5": str(calls[2]["args"]),
    }


def test_one_that_slack_took_slowly_is_told_from_the_one_that_was_made_after_it() -> None:
    calls = [
        call(101.0, "first", ok=True, channel="C1", ts="104.0"),
        call(103.0, "second", ok=True, channel="C1", ts="103.1"),
    ]
    said = as_they_left([post("103.1", ""), post("104.0", "")], calls)
    assert ("second" in said["C1:103.1"], "first" in said["C1:104.0"]) == (True, True)
