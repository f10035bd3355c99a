"""Given what lies of one record, what was done to it? On a real server: tests/contract/test_tampering.py."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.ports.tampered import TamperKind as K
from bot.store.tallies import Tally
from bot.store.tamper_judge import RecordFacts, Soundness, Torn, judged

TIMES = [datetime(2026, 3, 2, 13, 40, tzinfo=UTC) + timedelta(minutes=number) for number in range(6)]


def tally(count: int = 6, **also: Any) -> Tally:
    return Tally(**{"count": count, "link": b"l" * 16, "wake": 900, "at": 0, "is_open": True, **also})


def found(**said: Any) -> list[tuple[K, int | None, int | None]]:
    """Of a whole record of six entries, but for what is said."""
    counted = said.pop("counted", said.get("tally", tally()))
    whole: dict[str, Any] = {
        "ref": "MC-26-0001",
        "entries": 6,
        "times": TIMES,
        "last_at": TIMES[-1],
        "is_counted": True,
        "tally": tally(),
        "snapshot_version": 6,
        "in_open": True,
        "due": 900,
    }
    judgement = judged(RecordFacts(**{**whole, "counted": counted, **said}))
    return [(each.kind, each.first, each.last) for each in judgement]


def test_of_a_whole_record_nothing_is_said() -> None:
    assert found() == found(due=500) == [], "sooner than it has to be is no harm"


def test_where_the_key_is_erased_what_moved_is_not_as_it_was_written() -> None:
    """No box can be opened, so nobody can say where it belongs."""
    erased = {"is_forgotten": True, "tally": tally(is_forgotten=True), "snapshot_version": 0}
    assert found(**erased) == []
    unopened = dict.fromkeys((3, 4, 5))
    assert [kind for kind, _, _ in found(**erased, breaks=(3, 4, 5), opens_as=unopened)] == [K.EDITED] * 3


def test_a_key_that_this_process_was_not_given_is_nobodys_doing() -> None:
    assert found(key=Soundness.UNKNOWN, snapshot=Soundness.UNKNOWN, snapshot_version=0) == []


@pytest.mark.parametrize(
    ("opens_as", "breaks", "expected"),
    [
        ({3: 4, 4: 5}, (3,), [(K.DROPPED, 3, 3)]),
        ({3: 4, 4: 3, 5: 5}, (3, 4, 5), [(K.SWAPPED, 3, 4)]),
        ({3: 3, 4: 4}, (3, 4), [(K.EDITED, 3, None)]),  # its link alone
        ({3: None, 4: 4}, (3,), [(K.EDITED, 3, None)]),
        ({3: None, 4: 3}, (3, 4), [(K.FORGED, 3, None)]),
        ({3: None, 4: 4}, (3, 4), [(K.EDITED, 3, None)]),  # another one in its place, with a link of its own
        ({3: 1, 4: 4}, (3, 4), [(K.FORGED, 3, None)]),
        ({2: 4, 3: 5, 4: None, 5: 7}, (2, 4), [(K.DROPPED, 2, 3), (K.EDITED, 6, None)]),
    ],
)
def test_where_links_do_not_hold_it_is_told_apart_what_was_done(
    opens_as: dict[int, int | None], breaks: tuple[int, ...], expected: list[tuple[K, int, int | None]]
) -> None:
    dropped = sum(last - first + 1 for kind, first, last in expected if kind is K.DROPPED and last)
    put_in = sum(kind is K.FORGED and opens_as.get(4) == 3 for kind, _, _ in expected)
    count = 6 + dropped - put_in
    said = found(
        breaks=breaks, opens_as=opens_as, tally=tally(count), counted=tally(count), snapshot_version=count
    )
    assert said == expected


def test_evidence_of_a_cut_stays_however_far_the_record_goes_on() -> None:
    assert found(torn=Torn(at=4, tally=tally(5))) == [(K.GONE_ON, 5, 5)]
    assert found(torn=Torn(at=4)) == [(K.TALLY, 5, None)]


def test_nothing_is_said_of_a_name_that_nothing_tells_of() -> None:
    assert found(entries=0, tally=None) == []
    assert found(entries=0, tally=None, is_told_of=True) == [(K.GONE, None, None)]
