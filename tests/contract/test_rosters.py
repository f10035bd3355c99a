"""Hand-overs: one record per force, kept as a case's is."""

import pytest

from bot.domain.events import AnyEvent, Entry, HandoverAccepted, HandoverOffered
from bot.domain.handover import Roster, advance_roster
from bot.domain.people import Role
from bot.ports.errors import Conflict
from bot.ports.rosters import ROSTER, RosterAppend
from bot.ports.stores import Stores
from bot.store.connection import for_store
from bot.store.redis_stores import RedisStores
from tests.contract.steps import MACHINE, minutes, row

OFFERED = HandoverOffered(role=Role.FIM, to="U-FAY")


def moved(roster: Roster, event: AnyEvent, wake: float | None = None) -> RosterAppend:
    entry = Entry(at=minutes(0), by="U-FLO", roles=frozenset({Role.FIM}), surface="test", event=event)
    return RosterAppend(
        roster=advance_roster(roster, entry),
        entries=(entry,),
        expected=roster.version,
        wake_at=None if wake is None else minutes(wake),
        outgoing=(row("role:fim", ref=ROSTER),),
    )


def test_before_the_first_hand_over_the_roster_is_empty(stores: Stores) -> None:
    assert stores.rosters.load() == Roster()
    assert stores.rosters.entries() == []


def test_a_hand_over_is_read_back_with_its_wake_up_and_its_row(stores: Stores) -> None:
    offered = moved(stores.rosters.load(), OFFERED, wake=15)
    stores.rosters.append(offered)
    assert stores.rosters.load() == offered.roster
    assert stores.rosters.entries() == list(offered.entries)
    assert stores.due.claim(minutes(15), MACHINE, 9, 5) == [ROSTER]
    assert stores.outbox.pending("role:fim", 9) == list(offered.outgoing)


def test_the_second_of_two_hand_overs_at_once_gives_way(stores: Stores) -> None:
    offered = moved(stores.rosters.load(), OFFERED)
    stores.rosters.append(offered)
    with pytest.raises(Conflict):
        stores.rosters.append(moved(Roster(), HandoverOffered(role=Role.MPC, to="U-MAX")))
    stores.rosters.append(moved(offered.roster, HandoverAccepted(role=Role.FIM)))
    assert stores.rosters.load().holders(Role.FIM, frozenset()) == {"U-FAY"}


def test_the_roster_is_no_case_whatever_somebody_types(stores: Stores) -> None:
    stores.rosters.append(moved(Roster(), OFFERED))
    assert stores.cases.load(ROSTER) is None
    assert stores.cases.open_refs() == []


@pytest.mark.redis
def test_a_roster_is_folded_from_its_entries_and_chained(
    redis_stores: RedisStores, redis_url: str, prefix: str
) -> None:
    offered = moved(Roster(), OFFERED)
    redis_stores.rosters.append(offered)
    redis_stores.rosters.append(accepted := moved(offered.roster, HandoverAccepted(role=Role.FIM)))
    for_store(redis_url).hdel(f"{prefix}:roster:{ROSTER}", "snapshot")
    assert redis_stores.rosters.load() == accepted.roster
    assert redis_stores.rosters.broken_at() is None
