"""A row of the outbox that cannot be read holds up no other, and what it was to say is said all the same."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from bot.domain.commands import Accept, Acknowledge, Assign, Command, Inform, Note, Take
from bot.late_edits import drawn_again
from bot.outgoing import person_lane
from bot.ports.destination import Destination
from bot.ports.outbox import Outgoing
from bot.ports.places import Place, page_key
from bot.rows_again import page_again, written_again
from bot.store.redis_stores import RedisStores
from sandbox.runner import running_workspace
from tests.damage import Damage, DamagedRow
from tests.outside import Pager
from tests.unit.workers.conftest import MANIFEST, SEED
from tests.unit.workers.night import ROUND, Night
from tests.unit.workers.test_older_cards import leads_on
from tests.world import answers

HIGH = {"markers": answers("suicidal_today")}
BAD, WELL = "MC-26-0001", "MC-26-0002"
FIM = Destination("role:fim")
PAGED_AGAIN = ROUND + 61  # seconds: a page is looked for once it is a minute on its way

pytestmark = pytest.mark.redis


@pytest.fixture
def night(redis_stores: RedisStores, beeper: Pager) -> Iterator[Night]:
    with running_workspace(MANIFEST, SEED) as workspace:
        night = Night(workspace, redis_stores, beeper)
        for _ in (BAD, WELL):
            night.report(**HIGH)
        night.rechecks.recheck_all([BAD, WELL], "worker")
        yield night


def all_rows(night: Night) -> list[tuple[Destination, Outgoing]]:
    outbox = night.stores.outbox
    return [(lane, row) for lane in outbox.lanes() for row in outbox.pending(lane, 99)]


def its_page(night: Night) -> str:
    return next(row.id for row in night.stores.outbox.pending(FIM, 9) if row.ref == BAD)


def kept(night: Night) -> list[tuple[str, bool]]:
    return [(each.name, each.mended) for each in night.stores.damaged.all()]


def test_the_others_page_goes_out_and_its_own_is_written_again(
    night: Night, redis_stores: RedisStores
) -> None:
    id = its_page(night)
    noise = DamagedRow(redis_stores, FIM, id).strike()
    night.goes_by(5)
    assert [len(night.said(f"HIGH · {ref}")) for ref in (WELL, BAD)] == [1, 1]
    assert night.counted("deliver_failed") == 0
    assert kept(night) == [(id, True)]
    assert night.stores.damaged.all()[0].stored == noise
    assert night.stores.outbox.lanes() == []


def of_its_case(page: Outgoing) -> Outgoing:
    """As the case alone says it, which does not know when it had come due."""
    return replace(page, lines=tuple(replace(line, due=None) for line in page.lines))


def test_every_kind_of_row_is_written_again_as_it_was(night: Night, redis_stores: RedisStores) -> None:
    night.goes_by(20)
    for ref in (BAD, WELL):
        night.desk.handle(ref, Assign(to="ola"), night.actor("sam"), "test")
        night.desk.handle(ref, Note(text="Rang the school"), night.actor("sam"), "test")
        night.desk.handle(ref, Acknowledge(), night.actor("fay"), "test")
    before = all_rows(night)
    assert {row.kind for _, row in before} >= {"card", "line", "offer", "refresh"}
    for lane, row in before:
        DamagedRow(redis_stores, lane, row.id).strike()
    assert all_rows(night) == []
    night.damaged_rows.look()
    assert all_rows(night) == before


def test_so_is_one_that_asks_for_one_card_alone(night: Night, redis_stores: RedisStores) -> None:
    """Who drew it too late asked for that (`bot.late_edits`): no entry wrote it."""
    night.goes_by(20)
    night.desk.handle(BAD, Acknowledge(), night.actor("fay"), "test")
    refresh = next(row for lane, row in all_rows(night) if lane == FIM)
    where = Place.of("C0FIM", "17.5")
    (asked,) = drawn_again([refresh], 17.0, where)
    night.stores.outbox.ask_again(FIM, [asked])
    DamagedRow(redis_stores, FIM, asked.id).strike()
    assert (FIM, asked) not in all_rows(night)
    night.damaged_rows.look()
    assert (FIM, asked) in all_rows(night)


def test_a_row_that_is_gone_from_its_lane_is_written_again(night: Night, redis_stores: RedisStores) -> None:
    before, gone = all_rows(night), its_page(night)
    DamagedRow(redis_stores, FIM, gone).lose()
    assert len(all_rows(night)) == len(before) - 1
    night.damaged_rows.look()
    assert all_rows(night) == [(lane, of_its_case(row) if row.id == gone else row) for lane, row in before]


@pytest.mark.parametrize("how", ["damaged", "gone"])
def test_the_card_that_it_replaces_shrinks_once_it_is_there(
    night: Night, redis_stores: RedisStores, how: str
) -> None:
    """What has it shrink finds no page to wait for, and has left before."""
    night.goes_by(5)
    older = live_card(night)
    night.later(5 * 60)
    night.rechecks.recheck_all([BAD, WELL], "worker")
    row = DamagedRow(redis_stores, FIM, its_page(night))
    row.strike() if how == "damaged" else row.lose()
    night.drain(FIM, turns=2)
    night.goes_by(5)
    newer, by_ts = live_card(night), {post.ts: post for post in night.in_fim()}
    assert newer != older and leads_on(by_ts[older], by_ts[newer])


def live_card(night: Night) -> str:
    where = night.stores.outbox.card(page_key(FIM, BAD))
    assert where is not None
    return where.ts


def test_what_was_in_doubt_stays_so_and_nobody_is_paged_twice(
    night: Night, redis_stores: RedisStores
) -> None:
    """The page is in the channel, and the answer that said so was lost."""
    night.workspace.fault("lost_reply", "chat.postMessage", count=1)
    night.drain(FIM)
    DamagedRow(redis_stores, FIM, its_page(night)).strike()
    night.goes_by(20)
    assert len(night.said(f"HIGH · {BAD}")) == 1


def test_where_nobody_can_tell_what_it_was_the_page_is_found_missing(
    night: Night, redis_stores: RedisStores
) -> None:
    DamagedRow(redis_stores, FIM, its_page(night)).rename(b"\xff\x00noise")
    night.goes_by(5)
    assert [len(night.said(f"HIGH · {ref}")) for ref in (WELL, BAD)] == [1, 0]
    night.goes_by(PAGED_AGAIN)
    assert len(night.said(f"HIGH · {BAD}")) == 1
    assert [mended for _, mended in kept(night)] == [False]


def test_a_page_leaves_though_its_history_cannot_be_read_either(
    night: Night, redis_stores: RedisStores
) -> None:
    Damage(redis_stores, BAD).strike(snapshot=False)
    DamagedRow(redis_stores, FIM, its_page(night)).strike()
    night.goes_by(5)
    (page,) = night.said(f"HIGH · {BAD}")
    assert page.says("Its history cannot be read. Call the technician.")


def test_of_a_case_that_cannot_be_read_it_waits_until_it_can(night: Night, redis_stores: RedisStores) -> None:
    damage = Damage(redis_stores, BAD)
    DamagedRow(redis_stores, FIM, its_page(night)).strike()
    damage.strike()
    night.goes_by(ROUND + 20)
    assert night.said(f"{BAD} CANNOT BE READ")
    damage.mend()
    night.goes_by(20)
    assert len(night.said(f"HIGH · {BAD}")) == 1


def test_a_page_is_written_again_as_its_entry_wrote_it(night: Night) -> None:
    """From the case alone, and from its entries."""
    for _, row in all_rows(night):
        case, entries = night.stores.cases.load(row.ref), night.stores.cases.entries(row.ref)
        assert case is not None
        assert written_again(row.id, row.rank, entries) == row
        if row.kind == "page" and row.role:
            assert page_again(case, row.role) == of_its_case(row)


@pytest.mark.parametrize(
    "id", ["", "noise", "MC-26-0001", "MC-26-0001:x:page:role:fim", "MC-26-0001:99:page:role:fim"]
)
def test_what_is_no_id_of_a_row_is_written_as_nothing(night: Night, id: str) -> None:
    assert written_again(id, 0, night.stores.cases.entries(BAD)) is None


def test_a_page_that_merely_waits_for_slack_is_not_written_twice(night: Night) -> None:
    night.workspace.fault("server_error", "chat.postMessage", channel="C0FIM")
    night.goes_by(PAGED_AGAIN + ROUND)
    assert night.counted("rows_written_again") == 0
    night.workspace.clear_faults()
    night.goes_by(40)
    assert len(night.said(f"HIGH · {BAD}")) == 1


def test_an_owners_page_that_was_on_its_way_goes_to_who_takes_the_case_over_and_nothing_was_lost(
    night: Night,
) -> None:
    def do(who: str, command: Command) -> None:
        night.desk.handle(WELL, command, night.actor(who), "test")

    do("ola", Take())
    do("cal", Inform(id="call", kind="call", text="Seen at the bus station"))
    night.workspace.fault("server_error", "chat.postMessage")
    night.later(11 * 60)
    night.goes_by(5)
    asked = [row for lane, row in all_rows(night) if lane == person_lane("ola") and row.kind == "page"]
    assert asked, "she is asked, and Slack takes nothing"
    do("sam", Assign(to="oz"))
    do("oz", Accept())
    night.workspace.clear_faults()
    night.goes_by(PAGED_AGAIN)
    pages = [place_of(night, person) for person in ("ola", "oz")]
    assert [page is not None for page in pages] == [False, True]
    assert night.counted("rows_written_again") == 0


def place_of(night: Night, person: str) -> Place | None:
    return night.stores.outbox.card(page_key(person_lane(person), WELL))
