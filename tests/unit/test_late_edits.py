"""Given an edit that Slack did not answer, then its card is drawn again until nothing of it can be on its way."""

from msgspec.structs import replace

from bot.late_edits import drawn, drawn_again, may_be_overtaken
from bot.outgoing import CASES
from bot.ports.destination import OutboxKind
from bot.ports.outbox import EDITS, Outgoing
from bot.ports.places import Place
from tests.world import TOLD

CARD = Outgoing(
    id="MC-26-0001:3:card:cases",
    lane=CASES,
    kind=OutboxKind.CARD,
    ref="MC-26-0001",
    version=3,
    at=TOLD,
    rank=EDITS,
)


def test_each_time_that_it_goes_unanswered_has_a_half_minute_of_its_own() -> None:
    (first,) = drawn_again([CARD], 100.0)
    (second,) = drawn_again([drawn(first, 101.0)], 108.0)
    assert len({CARD.id, first.id, second.id}) == 3
    assert second.drawn_at == 0.0
    assert second.id.count(":late") == 1, "however often"


def test_it_is_settled_half_a_minute_after_it_was_first_drawn_anew() -> None:
    (row,) = drawn_again([CARD], 100.0)
    assert may_be_overtaken(row, 1000.0), "not drawn yet"
    row = drawn(row, 110.0)
    assert drawn(row, 120.0).drawn_at == 110.0
    assert may_be_overtaken(row, 139.0)
    assert not may_be_overtaken(row, 141.0)
    assert not may_be_overtaken(CARD, 0.0), "it was answered"


def test_what_a_clock_that_was_ahead_has_written_down_is_put_right() -> None:
    (row,) = drawn_again([CARD], 100.0)
    assert drawn(drawn(row, 3_700.0), 110.0).drawn_at == 110.0


def test_two_that_take_a_lane_from_each_other_come_to_an_end_of_it() -> None:
    (row,) = drawn_again([CARD], 100.0)
    for _ in range(20):
        (row,) = drawn_again([replace(row, tries=1000)], 101.0)
    assert not drawn_again([row], 101.0)


def test_of_a_card_that_may_be_replaced_one_row_has_that_very_card_drawn() -> None:
    where = Place.of("C0FIM", "17.5")
    page = replace(CARD, id="MC-26-0001:3:page:role:fim", kind=OutboxKind.PAGE, rank=0)
    (row,) = drawn_again([page, CARD], 100.0, where)
    assert (row.kind, row.place, row.rank) == (OutboxKind.REFRESH, where, EDITS)
    assert not drawn_again([page], 100.0), "a page is posted, and not drawn again"
