"""At least once, in order, by one sender at a time; what nobody knows the outcome of is named."""

from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.people import Role
from bot.outgoing import CASES
from bot.ports.destination import Destination, LaneKind
from bot.ports.outbox import EDITS, Outgoing
from bot.ports.places import Place, case_key, listed, older_key
from bot.ports.stores import Stores
from tests.contract.steps import MACHINE, note, report, row

LANE = Destination("role:fim")
LEASE = 10.0


@pytest.fixture
def rows(stores: Stores) -> tuple[Outgoing, ...]:
    """Three rows, written by two steps."""
    first, second, third = (row(LANE, kind="page") for _ in range(3))
    opened = report("MC-26-0001", outgoing=(first, second))
    stores.cases.append(opened)
    stores.cases.append(note(opened.case, outgoing=(third,)))
    return first, second, third


def test_rows_wait_in_the_order_they_were_written(stores: Stores, rows: tuple[Outgoing, ...]) -> None:
    assert stores.outbox.pending(LANE, 9) == list(rows)
    assert stores.outbox.pending(LANE, 2) == list(rows[:2])


def test_a_row_knows_its_lane_as_the_lane_knows_itself(stores: Stores, rows: tuple[Outgoing, ...]) -> None:
    (lane,) = stores.outbox.lanes()
    for known in (lane, stores.outbox.pending(lane, 1)[0].lane):
        assert (known.kind, known.role) == (LaneKind.ROLE, Role.FIM)


def test_what_rings_goes_first_and_edits_wait_in_a_line_of_their_own(stores: Stores) -> None:
    kinds = ("refresh", "shrink", "answered")
    edits = tuple(row(LANE, kind=kind, rank=EDITS + 2 - number) for number, kind in enumerate(kinds))
    line, page = row(LANE, kind="line", rank=20), row(LANE, kind="page")
    opened = report("MC-26-0001", outgoing=(*edits, line))
    stores.cases.append(opened)
    stores.cases.append(note(opened.case, outgoing=(page,)))
    assert stores.outbox.pending(LANE, 9) == [page, line, *reversed(edits)]
    assert stores.outbox.pending(LANE, 1) == [page, edits[2]], (
        "neither hides the other, however many there are"
    )


def test_a_lane_shows_while_something_waits_in_it(stores: Stores, rows: tuple[Outgoing, ...]) -> None:
    assert stores.outbox.lanes() == [LANE]
    token = _claimed(stores)
    stores.outbox.sent(LANE, token, [one.id for one in rows], {})
    assert stores.outbox.lanes() == []
    assert stores.outbox.pending(LANE, 9) == []


def test_the_turn_moves_with_each_row_and_with_nothing_else(
    stores: Stores, rows: tuple[Outgoing, ...]
) -> None:
    assert stores.outbox.turn() == len(rows)
    token = _claimed(stores)
    stores.outbox.sent(LANE, token, [one.id for one in rows], {})
    assert stores.outbox.turn() == len(rows)


def test_lanes_do_not_mix(stores: Stores) -> None:
    fim, cases = row("role:fim"), row("cases")
    stores.cases.append(report("MC-26-0001", outgoing=(fim, cases)))
    assert stores.outbox.lanes() == ["cases", "role:fim"]
    assert stores.outbox.pending("cases", 9) == [cases]


@pytest.mark.usefixtures("rows")
def test_one_sender_has_the_lane_until_it_lets_go(stores: Stores) -> None:
    token = _claimed(stores)
    assert stores.outbox.claim(LANE, MACHINE + 1, LEASE) is None
    stores.outbox.release(LANE, token)
    assert stores.outbox.claim(LANE, MACHINE + 1, LEASE) is not None


@pytest.mark.usefixtures("rows")
def test_a_lease_that_ran_out_is_taken_over(stores: Stores) -> None:
    _claimed(stores)
    assert stores.outbox.claim(LANE, MACHINE + LEASE - 0.1, LEASE) is None
    assert stores.outbox.claim(LANE, MACHINE + LEASE, LEASE) is not None


def test_a_lease_from_before_the_machines_clock_was_set_back_is_taken_over(stores: Stores) -> None:
    _claimed(stores)
    assert stores.outbox.claim(LANE, MACHINE - 3600, LEASE) is not None


def test_a_stale_token_is_refused_everything(stores: Stores, rows: tuple[Outgoing, ...]) -> None:
    stale = _claimed(stores)
    fresh = stores.outbox.claim(LANE, MACHINE + LEASE, LEASE)
    assert fresh is not None and fresh > stale
    first = rows[0].id

    assert not stores.outbox.sending(LANE, stale, [first], MACHINE + LEASE)
    assert not stores.outbox.sent(LANE, stale, [first], {"case:MC-26-0001": "C1:1"})
    assert not stores.outbox.put_back(LANE, stale, [first])
    assert not stores.outbox.move(LANE, stale, [first], "elsewhere")
    stores.outbox.release(LANE, stale)

    assert stores.outbox.pending(LANE, 9) == list(rows)
    assert stores.outbox.doubtful(LANE) == {}
    assert stores.outbox.card("case:MC-26-0001") is None
    assert stores.outbox.sending(LANE, fresh, [first], MACHINE + LEASE)


def test_a_token_that_was_given_back_is_refused(stores: Stores, rows: tuple[Outgoing, ...]) -> None:
    token = _claimed(stores)
    stores.outbox.release(LANE, token)
    assert not stores.outbox.sent(LANE, token, [rows[0].id], {})


def test_sending_renews_the_lease(stores: Stores, rows: tuple[Outgoing, ...]) -> None:
    token = _claimed(stores)
    stores.outbox.sending(LANE, token, [rows[0].id], MACHINE + 9)
    assert stores.outbox.claim(LANE, MACHINE + 18.9, LEASE) is None
    assert stores.outbox.claim(LANE, MACHINE + 19, LEASE) is not None


def test_sending_nothing_renews_the_lease_and_marks_nothing(stores: Stores) -> None:
    token = _claimed(stores)
    assert stores.outbox.sending(LANE, token, (), MACHINE + 9)
    assert stores.outbox.claim(LANE, MACHINE + 18.9, LEASE) is None
    assert stores.outbox.doubtful(LANE) == {}


def test_what_a_dead_sender_marked_is_doubtful_and_still_waits(
    stores: Stores, rows: tuple[Outgoing, ...]
) -> None:
    first, second, _ = rows
    token = _claimed(stores)
    stores.outbox.sending(LANE, token, [first.id, second.id], MACHINE + 1)
    stores.outbox.sent(LANE, token, [first.id], {})
    assert stores.outbox.doubtful(LANE) == {second.id: MACHINE + 1}
    assert stores.outbox.pending(LANE, 9) == list(rows[1:])


def test_what_certainly_did_not_leave_is_not_doubtful(stores: Stores, rows: tuple[Outgoing, ...]) -> None:
    token = _claimed(stores)
    stores.outbox.sending(LANE, token, [rows[0].id], MACHINE)
    assert stores.outbox.put_back(LANE, token, [rows[0].id])
    assert stores.outbox.doubtful(LANE) == {}
    assert stores.outbox.pending(LANE, 9) == list(rows)


def test_a_row_that_has_gone_cannot_be_marked(stores: Stores, rows: tuple[Outgoing, ...]) -> None:
    token = _claimed(stores)
    stores.outbox.sent(LANE, token, [rows[0].id], {})
    stores.outbox.sending(LANE, token, [rows[0].id], MACHINE)
    assert stores.outbox.doubtful(LANE) == {}


def test_where_cards_are_is_remembered_with_the_sending(stores: Stores, rows: tuple[Outgoing, ...]) -> None:
    token = _claimed(stores)
    stores.outbox.sent(LANE, token, [rows[0].id], {"case:MC-26-0001": "C1:17.5", "page:fim": "C2:18"})
    assert stores.outbox.card("case:MC-26-0001") == "C1:17.5"
    assert stores.outbox.card("page:fim") == "C2:18"
    assert stores.outbox.card("case:MC-26-0404") is None


def test_rows_can_be_taken_over_into_another_lane_and_come_back_in_their_turn(
    stores: Stores, rows: tuple[Outgoing, ...]
) -> None:
    first, second, third = rows
    token = _claimed(stores)
    stores.outbox.sending(LANE, token, [second.id], MACHINE + 1)
    assert stores.outbox.move(LANE, token, [third.id, second.id, "unknown"], "elsewhere")
    assert stores.outbox.lanes() == ["elsewhere", LANE]
    assert stores.outbox.pending(LANE, 9) == [first]
    assert stores.outbox.pending("elsewhere", 9) == [second, third]
    assert (stores.outbox.doubtful(LANE), stores.outbox.doubtful("elsewhere")) == (
        {},
        {second.id: MACHINE + 1},
    )

    there = stores.outbox.claim("elsewhere", MACHINE, LEASE)
    assert there is not None
    assert stores.outbox.move("elsewhere", there, [second.id, third.id], LANE)
    assert stores.outbox.lanes() == [LANE]
    assert stores.outbox.pending(LANE, 9) == list(rows)
    assert stores.outbox.doubtful(LANE) == {second.id: MACHINE + 1}
    assert stores.outbox.turn() == len(rows)


def test_thousands_of_rows_can_be_read_at_once(stores: Stores) -> None:
    storm = tuple(row(LANE) for _ in range(9_000))
    stores.cases.append(report("MC-26-0001", outgoing=storm))
    assert len(stores.outbox.pending(LANE, 10_000)) == 9_000
    token = _claimed(stores)
    assert stores.outbox.sent(LANE, token, [one.id for one in storm], {})
    assert stores.outbox.lanes() == []


def _claimed(stores: Stores) -> int:
    token = stores.outbox.claim(LANE, MACHINE, LEASE)
    assert token is not None
    return token


def test_several_things_are_kept_under_one_key_and_forgotten_together(
    stores: Stores, rows: tuple[Outgoing, ...]
) -> None:
    key = older_key(LANE, "MC-26-0001")
    token = _claimed(stores)
    stores.outbox.sent(LANE, token, [rows[0].id], {key: listed(["C1:17.5", "C1:18.5"])})
    assert stores.outbox.listed(key) == ("C1:17.5", "C1:18.5")
    stores.outbox.sent(LANE, token, [], {key: listed([])})
    assert stores.outbox.listed(key) == stores.outbox.listed(older_key(LANE, "MC-26-0404")) == ()


def test_where_many_are_is_read_in_one_go_as_of_each(stores: Stores, rows: tuple[Outgoing, ...]) -> None:
    first, second, third = (case_key(f"MC-26-000{number}") for number in (1, 2, 3))
    older, none = older_key(LANE, "MC-26-0001"), older_key(LANE, "MC-26-0002")
    token = _claimed(stores)
    kept = {first: "C1:17.5", second: "", older: listed(["C1:15.5", "C1:16.5"])}
    stores.outbox.sent(LANE, token, [rows[0].id], kept)
    assert stores.outbox.cards([first, second, third]) == {first: Place("C1:17.5")}
    assert stores.outbox.lists([older, none]) == {older: ("C1:15.5", "C1:16.5")}
    assert (stores.outbox.cards([]), stores.outbox.lists([])) == ({}, {})


def test_a_card_that_was_forgotten_is_nowhere(stores: Stores, rows: tuple[Outgoing, ...]) -> None:
    token = _claimed(stores)
    stores.outbox.sent(LANE, token, [], {case_key("MC-26-0001"): Place.of("C1", "17.5")})
    assert stores.outbox.card(case_key("MC-26-0001")) == Place("C1:17.5")
    assert stores.outbox.cases_shown() == ["MC-26-0001"]
    stores.outbox.sent(LANE, token, [], {case_key("MC-26-0001"): ""})
    assert stores.outbox.card(case_key("MC-26-0001")) is None


def test_edits_that_do_not_wait_any_more_wait_again_last_of_their_rank(stores: Stores) -> None:
    first, second, third = (row(LANE, kind=kind, rank=EDITS) for kind in ("refresh", "shrink", "answered"))
    stores.cases.append(report("MC-26-0001", outgoing=(first, second, third)))
    token = _claimed(stores)
    stores.outbox.sent(LANE, token, [first.id, second.id], {})
    stores.outbox.ask_again(LANE, [first, third])
    assert stores.outbox.pending(LANE, 9) == [third, first]
    stores.outbox.sent(LANE, token, [first.id, third.id], {})
    assert stores.outbox.lanes() == []
    stores.outbox.ask_again(LANE, [second])
    assert stores.outbox.lanes() == [LANE]


def test_what_is_about_to_be_drawn_waits_until_it_is_struck_off_and_moves_nothing_that_people_see(
    stores: Stores,
) -> None:
    first, second = (row(LANE, kind=kind, rank=EDITS) for kind in ("refresh", "shrink"))
    stores.cases.append(report("MC-26-0001", outgoing=(first,)))
    token, turn = _claimed(stores), stores.outbox.turn()
    assert stores.outbox.drawing(LANE, token, [first, second])
    assert stores.outbox.pending(LANE, 9) == [first, second]
    assert stores.outbox.turn() == turn
    stores.outbox.sent(LANE, token, [first.id, second.id], {})
    assert stores.outbox.lanes() == []
    assert not stores.outbox.drawing(LANE, token - 1, [second])
    assert stores.outbox.lanes() == []
    assert stores.outbox.drawing(LANE, token, [second])
    assert stores.outbox.lanes() == [LANE]


def test_a_row_that_is_amended_keeps_its_turn_and_what_is_gone_stays_gone(stores: Stores) -> None:
    first, second, third = (row(LANE, kind=kind, rank=EDITS) for kind in ("refresh", "shrink", "answered"))
    stores.cases.append(report("MC-26-0001", outgoing=(first, second)))
    token = _claimed(stores)
    tried = [replace(each, tries=7, place=Place.of("C1", "17.5")) for each in (first, third)]
    assert stores.outbox.amend(LANE, token, tried)
    assert stores.outbox.pending(LANE, 9) == [tried[0], second]
    assert not stores.outbox.amend(LANE, token - 1, [first])
    assert stores.outbox.pending(LANE, 9) == [tried[0], second]


# An edit gives way to a newer one of the same: what it shows is drawn when it leaves.


def edit(rank: int = EDITS + 11, **also: Any) -> Outgoing:
    return row("cases", rank=rank, **also)


def appended(stores: Stores, *steps: tuple[Outgoing, ...]) -> None:
    """Each in a step of its own."""
    case = None
    for outgoing in steps:
        step = note(case, outgoing=outgoing) if case else report("MC-26-0001", outgoing=outgoing)
        stores.cases.append(step)
        case = step.case


def test_one_edit_of_a_card_waits_however_many_steps_asked_for_it(stores: Stores) -> None:
    first, second, newest = edit(), edit(), edit()
    appended(stores, (first,), (second,), (newest,))
    assert stores.outbox.pending(CASES, 9) == [newest]


def test_an_edit_has_the_turn_of_the_one_that_gave_way(stores: Stores) -> None:
    first, page_card, newest = edit(), edit(kind="refresh"), edit()
    appended(stores, (first,), (page_card,), (newest,))
    assert stores.outbox.pending(CASES, 9) == [newest, page_card]


def test_an_edit_that_became_worse_goes_ahead_and_never_back(stores: Stores) -> None:
    medium, other, high, low = edit(), edit(kind="refresh"), edit(EDITS + 10), edit(EDITS + 12)
    appended(stores, (medium,), (other,), (high,), (low,))
    assert stores.outbox.pending(CASES, 9) == [low, other]


def test_no_post_gives_way_and_nothing_gives_way_to_one(stores: Stores) -> None:
    card, changed, again = edit(10), edit(), edit(10)
    appended(stores, (card,), (changed,), (again,))
    assert stores.outbox.pending(CASES, 9) == [card, again, changed]


def test_an_edit_that_may_have_become_a_post_stays_to_be_looked_for(stores: Stores) -> None:
    doubtful, newest = edit(), edit()
    opened = report("MC-26-0001", outgoing=(doubtful,))
    stores.cases.append(opened)
    token = stores.outbox.claim(CASES, MACHINE, LEASE)
    assert token is not None
    assert stores.outbox.sending(CASES, token, [doubtful.id], MACHINE)
    stores.cases.append(note(opened.case, outgoing=(newest,)))
    assert stores.outbox.pending(CASES, 9) == [doubtful, newest]


def test_whoever_drew_the_older_one_strikes_off_no_newer_one(stores: Stores) -> None:
    drawn, newest = edit(), edit()
    opened = report("MC-26-0001", outgoing=(drawn,))
    stores.cases.append(opened)
    token = stores.outbox.claim(CASES, MACHINE, LEASE)
    assert token is not None
    stores.cases.append(note(opened.case, outgoing=(newest,)))
    assert stores.outbox.sent(CASES, token, [drawn.id], {})
    assert stores.outbox.pending(CASES, 9) == [newest]
    assert stores.outbox.sent(CASES, token, [newest.id], {})
    assert stores.outbox.lanes() == []


def test_an_edit_whose_older_one_has_left_waits_by_itself(stores: Stores) -> None:
    gone, newest = edit(), edit()
    opened = report("MC-26-0001", outgoing=(gone, edit(kind="refresh")))
    stores.cases.append(opened)
    token = stores.outbox.claim(CASES, MACHINE, LEASE)
    assert token is not None
    assert stores.outbox.sent(CASES, token, [gone.id], {})
    stores.cases.append(note(opened.case, outgoing=(newest,)))
    assert newest in stores.outbox.pending(CASES, 9)
