"""A case that cannot be read holds up no other child's, and is loud itself; nothing that waits for it is lost."""

from collections.abc import Iterator

import pytest

from bot.domain.commands import Acknowledge, Assign, Note
from bot.domain.facts import Grade
from bot.ports.destination import Destination, LaneKind
from bot.ports.stores import Stores
from bot.store.memory import MemoryStores
from sandbox.runner import running_workspace
from tests.damage import Damage
from tests.outside import Pager
from tests.unit.workers.conftest import MANIFEST, SEED
from tests.unit.workers.night import REMIND, ROUND, Night
from tests.world import answers
from workers.timing.timer import LEASE

HIGH = {"markers": answers("suicidal_today")}
BAD, WELL = "MC-26-0001", "MC-26-0002"
UNREADABLE = f"{BAD} CANNOT BE READ"
IN_THE_FINDINGS = "Cases that cannot be read: 1. Look with `missing-bot damaged`, which says how to mend it."
ON_REDIS = pytest.param("redis_stores", marks=pytest.mark.redis)
NOTICED = ROUND + 20  # seconds: a round of the reconciler, and the watchdog's patience


@pytest.fixture(params=["memory", ON_REDIS])
def stores(request: pytest.FixtureRequest) -> Stores:
    if request.param == "memory":
        return MemoryStores()
    found: Stores = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def night(stores: Stores, beeper: Pager) -> Iterator[Night]:
    with running_workspace(MANIFEST, SEED) as workspace:
        yield Night(workspace, stores, beeper)


@pytest.fixture
def damage(stores: Stores) -> Damage:
    """Not begun yet."""
    return Damage(stores, BAD)


def two_high(night: Night) -> None:
    for _ in (BAD, WELL):
        night.report(**HIGH)


# --- the other child ------------------------------------------------------------------------------------------


def test_when_both_are_due_the_others_page_is_posted_in_time(night: Night, damage: Damage) -> None:
    two_high(night)
    damage.strike()
    night.goes_by(3)
    assert len(night.said(WELL)) == 1
    assert night.said(BAD) == []


def test_a_page_that_waits_for_an_unreadable_case_lets_the_others_by(night: Night, damage: Damage) -> None:
    two_high(night)
    night.rechecks.recheck_all([BAD, WELL], "worker")
    damage.strike()
    night.goes_by(2)
    assert len(night.said(WELL)) == 1
    assert night.counted("deliver_failed") == 0


def test_so_does_everything_else_that_is_said_of_it(night: Night, damage: Damage) -> None:
    """Cards, lines, an offer, a page's end: each lane has a row of the bad case before one of the other's."""
    two_high(night)
    night.goes_by(20)
    for ref in (BAD, WELL):
        night.desk.handle(ref, Assign(to="ola"), night.actor("sam"), "test")
        night.desk.handle(ref, Note(text="Rang the school"), night.actor("sam"), "test")
        night.desk.handle(ref, Acknowledge(), night.actor("fay"), "test")
    damage.strike()
    night.goes_by(8)
    assert [said for said in night.workspace.person("ola").notifications if WELL in said]
    assert night.said(f"{WELL} · page answered")
    (card,) = [card for card in night.in_cases() if card.says(WELL)]
    assert "Ola" in str(night.workspace.person("fay").thread("cases", card.ts))
    assert {
        row.ref for lane in night.stores.outbox.lanes() for row in night.stores.outbox.pending(lane, 99)
    } == {BAD}


def test_a_digest_is_redrawn_without_it_and_says_so(night: Night, damage: Damage) -> None:
    for _ in range(7):
        night.report(**HIGH)
    night.goes_by(3)
    damage.strike()
    night.desk.handle(WELL, Acknowledge(), night.actor("fay"), "test")
    night.goes_by(3)
    (digest,) = night.said("5 cases need FIM")
    assert digest.says("1 case could not be read")
    assert digest.says(f"{BAD}. Call the technician.")


def test_by_other_ways_than_slack_the_others_pages_leave(night: Night, damage: Damage, beeper: Pager) -> None:
    night.workspace.fault("server_error", "chat.postMessage", channel="C0FIM")
    two_high(night)
    night.rechecks.recheck_all([BAD, WELL], "worker")
    damage.strike()
    night.goes_by(70)
    assert any(WELL in words and "Slack has not taken" in words for words in beeper.words)


def test_who_looks_for_pages_that_slack_has_not_taken_looks_at_the_others(
    night: Night, damage: Damage
) -> None:
    two_high(night)
    night.rechecks.recheck_all([BAD, WELL], "worker")
    damage.strike()
    night.later(61)
    night.unsent.look()
    assert [row.ref for row in night.stores.outbox.pending("out:fim", 9)] == [WELL]
    damage.mend()
    night.unsent.look()
    assert [row.ref for row in night.stores.outbox.pending("out:fim", 9)] == [WELL, BAD]


def test_a_page_on_its_other_way_lets_the_others_by(night: Night, damage: Damage, beeper: Pager) -> None:
    two_high(night)
    night.rechecks.recheck_all([BAD, WELL], "worker")
    night.later(61)
    night.unsent.look()
    damage.strike()
    night.deliver(["out:fim"], "worker")
    assert any(WELL in words for words in beeper.words)
    assert not any(BAD in words for words in beeper.words)
    assert [row.ref for row in night.stores.outbox.pending("aside:out:fim", 9)] == [BAD]


def test_the_reconciler_looks_at_the_others(night: Night, damage: Damage) -> None:
    two_high(night)
    night.timers_run = False
    damage.strike()
    night.goes_by(ROUND + 5)
    night.reconciler.walk()
    assert night.reconciler.found.high == (WELL,)
    assert night.reconciler.found.unpaged == (WELL,)
    assert night.reconciler.found.unreadable == (BAD,)


# --- the case itself ------------------------------------------------------------------------------------------


def test_the_fim_is_told_what_to_do_once_and_without_a_word_of_the_case(
    night: Night, damage: Damage, beeper: Pager
) -> None:
    night.report(markers=answers(), grade=night.graded(Grade.MEDIUM))
    night.goes_by(5)
    damage.strike()
    night.goes_by(NOTICED)
    (banner,) = night.said(UNREADABLE)
    assert banner.says(f"@fim Work {BAD} from the incident log; wait for no page. Call the technician.")
    assert banner.says("All other cases run.")
    assert not banner.says("Wren") and not banner.says("LOG-1")
    night.goes_by(60)
    assert len(night.said(UNREADABLE)) == 1
    night.workspace.wait_for(lambda: beeper.words, "the call beside Slack")
    assert [UNREADABLE in words for words in beeper.words] == [True]


def test_it_is_said_again_every_half_hour_until_it_can_be_read(night: Night, damage: Damage) -> None:
    night.report()
    damage.strike()
    night.goes_by(NOTICED + REMIND)
    assert len(night.said(UNREADABLE)) == 2
    damage.mend()
    night.goes_by(20)
    assert night.said(UNREADABLE) == []
    assert len(night.said(f"{BAD}: can be read again")) == 1
    night.goes_by(REMIND)
    assert len(night.said("can be read again")) == 1


def test_the_technician_finds_it_in_what_the_reconciler_found(night: Night, damage: Damage) -> None:
    night.report()
    damage.strike()
    night.goes_by(NOTICED)
    assert night.reconciler.wrong() == [IN_THE_FINDINGS]
    damage.mend()
    night.goes_by(NOTICED)
    assert night.reconciler.wrong() == []


def test_a_second_case_that_cannot_be_read_is_told_too(night: Night, damage: Damage, stores: Stores) -> None:
    two_high(night)
    night.goes_by(3)
    damage.strike()
    night.goes_by(NOTICED)
    Damage(stores, WELL).strike()
    night.goes_by(NOTICED)
    assert len(night.said(UNREADABLE)) == 1
    assert len(night.said(f"{WELL} CANNOT BE READ")) == 1


def test_it_does_not_hide_that_all_clocks_stop(night: Night, damage: Damage) -> None:
    two_high(night)
    damage.strike()
    night.goes_by(NOTICED)
    night.timers_run = False
    night.goes_by(15)
    assert len(night.said("CLOCKS STOPPED")) == 1
    night.timers_run = True
    night.goes_by(3)
    assert len(night.said("Running again")) == 1
    assert len(night.said(UNREADABLE)) == 1


# --- what waits for it ----------------------------------------------------------------------------------------


def test_what_waits_for_it_goes_out_in_its_turn_once_it_can_be_read(night: Night, damage: Damage) -> None:
    two_high(night)
    night.rechecks.recheck_all([BAD, WELL], "worker")
    damage.strike()
    night.goes_by(60)
    damage.mend()
    night.goes_by(40)  # what shrinks an older card waited for its page: half a minute each time
    (page,) = night.said(f"HIGH · {BAD}")
    assert page.says("Acknowledge")
    (card,) = [post for post in night.in_cases() if post.says(BAD) and post.says("Take ownership")]
    assert [post.says("not delivered") for post in night.in_cases() if post.says(f"for HIGH {BAD}")] == [
        True,
        False,
    ]
    assert len(night.workspace.person("fay").thread("cases", card.ts)) > 1
    assert night.stores.outbox.lanes() == []


def test_it_is_tried_again_at_a_sane_pace(night: Night, damage: Damage) -> None:
    two_high(night)
    night.rechecks.recheck_all([BAD, WELL], "worker")
    damage.strike()
    night.goes_by(300)
    lanes, growing = 2, 3  # tries, until they are 5 seconds apart
    assert lanes * 300 / 5 <= night.counted("aside_tried") <= lanes * (300 / 5 + growing)
    assert night.counted("rows_set_aside") == sum(
        len(night.stores.outbox.pending(lane, 99))
        for lane in night.stores.outbox.lanes()
        if Destination(lane).kind is LaneKind.QUARANTINE
    )
    assert 1 <= night.counted("recheck_failed") <= 300 / LEASE
    assert night.reconciler.wrong() == [IN_THE_FINDINGS], "what waits for it does not wait for Slack"


@pytest.mark.parametrize("stores", [ON_REDIS], indirect=True)
def test_where_only_its_history_is_bad_its_page_goes_out_and_says_so(night: Night, damage: Damage) -> None:
    two_high(night)
    night.rechecks.recheck_all([BAD, WELL], "worker")
    damage.strike(snapshot=False)
    night.goes_by(3)
    (page,) = night.said(f"HIGH · {BAD}")
    assert page.says("Its history cannot be read. Call the technician.")
    assert not page.says("Page 1")
    night.goes_by(NOTICED)
    assert len(night.said(UNREADABLE)) == 1, "its lines in the thread cannot be said"


@pytest.mark.parametrize("stores", [ON_REDIS], indirect=True)
def test_where_only_its_snapshot_is_bad_it_goes_on_from_its_entries(night: Night, damage: Damage) -> None:
    two_high(night)
    damage.strike(entries=False)
    night.goes_by(NOTICED)
    assert len(night.said(f"HIGH · {BAD}")) == 1
    assert night.said(UNREADABLE) == []
    assert night.counted("rows_set_aside") == 0
