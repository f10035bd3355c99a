"""A role is handed over by acceptance (domain.md §5 `handover-accepted`)."""

import pytest

from bot.domain.commands import AcceptHandover, OfferHandover
from bot.domain.door import Room
from bot.domain.escalation import due_pages
from bot.domain.events import AnyEvent, Cleared, Entry, Noted, Paged
from bot.domain.handover import Roster, accept_handover, advance_roster, offer_handover, watched_roster
from bot.domain.people import Role
from bot.domain.refusals import Because, Refused
from tests.world import TOLD, World, minutes

FIM = Role.FIM
APPOINTED = frozenset({"fay"})


def room(by: str, at: float) -> Room:
    world = World()
    return Room(
        actor=world.actor(by),
        now=TOLD + minutes(at),
        policy=world.policy,
        exists=lambda person: world.people.actor(person) is not None,
    )


def then(roster: Roster, by: str, at: float, *said: AnyEvent) -> Roster:
    for event in said:
        roster = advance_roster(roster, Entry(at=TOLD + minutes(at), by=by, event=event))
    return roster


def offered() -> Roster:
    return then(
        Roster(), "fay", 0, *offer_handover(OfferHandover(role="fim", to="pat"), Roster(), room("fay", 0))
    )


def test_the_giver_holds_the_role_until_it_is_accepted() -> None:
    roster = offered()
    assert roster.holders(FIM, APPOINTED) == {"fay"}
    roster = then(roster, "pat", 5, *accept_handover(AcceptHandover(role="fim"), roster, room("pat", 5)))
    assert roster.holders(FIM, APPOINTED) == {"pat"}
    assert roster.holders(Role.SUPERVISOR, frozenset({"sam"})) == {"sam"}


def test_an_offer_that_nobody_accepts_is_paged() -> None:
    roster, policy = offered(), World().policy
    lines = due_pages(watched_roster(roster, policy), policy, lambda _: True, TOLD + minutes(15))
    assert [(line.clock, line.role) for line in lines] == [("handover-accepted/fim", FIM)]
    roster = then(roster, "timer", 15, Paged(lines=lines))
    lines = due_pages(watched_roster(roster, policy), policy, lambda _: True, TOLD + minutes(20))
    assert [line.role for line in lines] == [Role.SUPERINTENDENT]
    assert then(roster, "timer", 21, Cleared(clocks=("handover-accepted/fim",))).paging == {}


def test_who_may_offer_and_accept() -> None:
    def refused(act: object) -> Because:
        with pytest.raises(Refused) as no:
            act()  # type: ignore[operator]
        return no.value.because

    roster = offered()
    offer = OfferHandover(role="fim", to="pat")
    accept = AcceptHandover(role="fim")
    assert refused(lambda: offer_handover(offer, roster, room("sam", 1))) is Because.NOT_PERMITTED
    unknown = OfferHandover(role="fim", to="nobody")
    assert refused(lambda: offer_handover(unknown, roster, room("fay", 1))) is Because.NO_SUCH_PERSON
    assert refused(lambda: accept_handover(accept, Roster(), room("pat", 1))) is Because.NOTHING_WAITING
    assert refused(lambda: accept_handover(accept, roster, room("sam", 1))) is Because.NOT_ASSIGNED
    accepted = then(roster, "pat", 5, *accept_handover(accept, roster, room("pat", 5)))
    assert refused(lambda: accept_handover(accept, accepted, room("pat", 6))) is Because.ALREADY_DONE
    assert refused(lambda: accept_handover(accept, accepted, room("sam", 6))) is Because.NOTHING_WAITING


def test_a_roster_folds_only_what_is_its_own() -> None:
    with pytest.raises(ValueError, match="Noted"):
        then(Roster(), "fay", 0, Noted(text="x"))
