"""A role is handed over by acceptance (domain.md §5 `handover-accepted`); who is on duty follows from the record."""

import pytest
from msgspec.structs import replace

from bot.domain.commands import AcceptHandover, Command, OfferHandover, PutOnDuty, TakeCase, TakeOffDuty
from bot.domain.door import Room
from bot.domain.door.asked import OUTDATED
from bot.domain.door.duty_rules import ABOVE, LAST, ONESELF, decide_duty
from bot.domain.escalation import due_pages
from bot.domain.events import AnyEvent, Cleared, Entry, HandoverAccepted, HandoverOffered, Noted, Paged
from bot.domain.handover import Roster, advance_roster, watched_roster
from bot.domain.people import AccountKind, Role
from bot.domain.refusals import Because, Refused
from tests.world import TOLD, World, minutes

FIM = Role.FIM
APPOINTED = frozenset({"fay"})


class Duty:
    """A roster and the people whom the force appointed."""

    def __init__(self) -> None:
        self.world = World()
        self.roster = Roster()
        self.pool: frozenset[str] | None = None
        self.named: frozenset[str] = frozenset()

    def room(self, by: str, at: float) -> Room:
        return Room(
            actor=self.world.actor(by),
            now=TOLD + minutes(at),
            policy=self.world.policy,
            exists=lambda person: self.world.people.actor(person) is not None,
            appointed=self.world.people.on_duty,
            may_hold=lambda person, _: self.pool is None or person in self.pool,
            named=lambda person, _: person in self.named,
            is_nobody=self.world.people.is_nobody,
        )

    def does(self, by: str, command: Command, at: float = 0) -> None:
        self.then(by, at, *decide_duty(command, self.roster, self.room(by, at)))

    def then(self, by: str, at: float, *said: AnyEvent) -> None:
        for event in said:
            self.roster = advance_roster(self.roster, Entry(at=TOLD + minutes(at), by=by, event=event))

    def refuses(self, by: str, command: Command) -> Because:
        with pytest.raises(Refused) as no:
            decide_duty(command, self.roster, self.room(by, 1))
        return no.value.because

    def holders(self, role: Role = FIM) -> frozenset[str]:
        return self.roster.holders(role, self.world.people.on_duty(role))


@pytest.fixture
def duty() -> Duty:
    return Duty()


@pytest.fixture
def offered(duty: Duty) -> Duty:
    duty.does("fay", OfferHandover(role="fim", to="pat"))
    return duty


def test_the_giver_holds_the_role_until_it_is_accepted(offered: Duty) -> None:
    assert offered.holders() == {"fay"}
    offered.does("pat", AcceptHandover(role="fim"), 5)
    assert offered.holders() == {"pat"}
    assert offered.holders(Role.SUPERVISOR) == {"sam", "sid"}


def test_an_offer_that_nobody_accepts_is_paged(offered: Duty) -> None:
    policy = offered.world.policy

    def due(at: float) -> list[tuple[str, Role]]:
        lines = due_pages(watched_roster(offered.roster, policy), policy, lambda _: True, TOLD + minutes(at))
        offered.then("timer", at, Paged(lines=lines))
        return [(line.clock, line.role) for line in lines]

    assert due(15) == [("handover-accepted/fim/fay", FIM)]
    assert due(20) == [("handover-accepted/fim/fay", Role.SUPERINTENDENT)]
    offered.then("timer", 21, Cleared(clocks=("handover-accepted/fim/fay",)))
    assert offered.roster.paging == {}


def test_who_may_offer_and_accept(offered: Duty) -> None:
    accept = AcceptHandover(role="fim")
    assert offered.refuses("sam", OfferHandover(role="fim", to="pat")) is Because.NOT_PERMITTED
    assert offered.refuses("fay", OfferHandover(role="fim", to="nobody")) is Because.NO_SUCH_PERSON
    assert offered.refuses("fay", OfferHandover(role="fim", to="fay")) is Because.ALREADY_DONE
    assert Duty().refuses("pat", accept) is Because.NOTHING_WAITING
    assert offered.refuses("sam", accept) is Because.NOT_ASSIGNED
    offered.does("pat", accept, 5)
    assert offered.refuses("pat", accept) is Because.ALREADY_DONE
    assert offered.refuses("sam", accept) is Because.NOTHING_WAITING


def test_a_role_goes_to_those_who_may_hold_it(duty: Duty) -> None:
    duty.pool = frozenset({"ian"})
    assert duty.refuses("fay", OfferHandover(role="fim", to="pat")) is Because.NOT_PERMITTED
    duty.does("fay", OfferHandover(role="fim", to="ian"))


def test_who_is_on_the_list_no_more_when_they_accept_gets_nothing(offered: Duty) -> None:
    offered.pool = frozenset({"ian"})
    assert offered.refuses("pat", AcceptHandover(role="fim")) is Because.NOT_PERMITTED
    assert offered.holders() == {"fay"}


def test_two_who_hold_one_role_hand_it_over_side_by_side(duty: Duty) -> None:
    duty.does("sam", OfferHandover(role="supervisor", to="oz"))
    duty.does("sid", OfferHandover(role="supervisor", to="pat"))
    duty.does("oz", AcceptHandover(role="supervisor"), 1)
    assert duty.holders(Role.SUPERVISOR) == {"oz", "sid"}
    duty.does("pat", AcceptHandover(role="supervisor"), 2)
    assert duty.holders(Role.SUPERVISOR) == {"oz", "pat"}


def test_who_changes_their_mind_offers_it_to_another(offered: Duty) -> None:
    old = offered.roster.offers["fim/fay"].number
    offered.does("fay", OfferHandover(role="fim", to="ian"), 2)
    assert offered.refuses("pat", AcceptHandover(role="fim", number=old)) is Because.NOTHING_WAITING
    assert offered.refuses("pat", AcceptHandover(role="fim")) is Because.NOT_ASSIGNED


def test_the_same_offer_is_made_anew_only_after_a_moment(offered: Duty) -> None:
    first = offered.roster.offers["fim/fay"]
    offered.does("fay", OfferHandover(role="fim", to="pat"), 0.5)
    assert offered.roster.offers["fim/fay"] == first
    offered.does("fay", OfferHandover(role="fim", to="pat"), 20)
    assert offered.roster.offers["fim/fay"].replaced == (first.number,)


def test_what_was_taken_one_by_one_is_kept_and_moves_nothing(offered: Duty) -> None:
    offered.does("pat", TakeCase(number=1, ref="MC-26-0001"), 1)
    offered.does("pat", TakeCase(number=1, ref="MC-26-0001"), 2)
    assert offered.roster.offers["fim/fay"].taken == {"MC-26-0001"}
    assert offered.roster.version == 2
    assert offered.holders() == {"fay"}
    assert offered.refuses("fay", TakeCase(number=1, ref="MC-26-0002")) is Because.NOT_ASSIGNED


def test_after_a_hand_over_the_force_s_own_changes_still_count(offered: Duty) -> None:
    offered.does("pat", AcceptHandover(role="fim"), 5)
    offered.world.people.people["ian"] = (Role.FIM,)
    assert offered.holders() == {"pat", "ian"}
    offered.world.people.people["fay"] = ()
    assert offered.holders() == {"pat", "ian"}


def test_an_old_record_of_an_acceptance_is_still_read() -> None:
    duty = Duty()
    duty.then("fay", 0, HandoverOffered(role=FIM, to="pat"))
    duty.then("pat", 1, HandoverAccepted(role=FIM))
    assert "pat" in duty.holders()


def test_a_supervisor_puts_people_on_duty_and_takes_them_off_but_never_the_last(duty: Duty) -> None:
    assert duty.refuses("cal", PutOnDuty(role="fim", person="cal")) is Because.NOT_PERMITTED
    with pytest.raises(Refused) as no:
        duty.does("sam", TakeOffDuty(role="fim", person="fay"))
    assert no.value.about == (LAST,)
    duty.does("ian", PutOnDuty(role="fim", person="pat"))
    assert duty.refuses("sam", PutOnDuty(role="fim", person="pat")) is Because.ALREADY_DONE
    duty.does("sam", TakeOffDuty(role="fim", person="fay"))
    assert duty.holders() == {"pat"}
    assert duty.refuses("sam", TakeOffDuty(role="fim", person="fay")) is Because.ALREADY_DONE


def test_beside_somebody_who_left_the_force_they_are_the_last_all_the_same(duty: Duty) -> None:
    duty.does("ian", PutOnDuty(role="fim", person="pat"))
    duty.world.people.kinds["pat"] = AccountKind.DEACTIVATED
    assert duty.refuses("sam", TakeOffDuty(role="fim", person="fay")) is Because.NOT_PERMITTED


@pytest.mark.parametrize(
    ("by", "role", "person", "about"),
    [
        ("sam", "supervisor", "sam", None),  # holds it already: nothing changes
        ("sam", "mpc", "sam", ONESELF),
        ("sue", "fim", "sue", ONESELF),
        ("sam", "fim", "pat", ABOVE),
        ("sam", "superintendent", "pat", ABOVE),
        ("fay", "duty_inspector", "pat", ABOVE),
    ],
)
def test_nobody_is_put_on_by_themselves_nor_above_who_puts_them_on(
    duty: Duty, by: str, role: str, person: str, about: str | None
) -> None:
    with pytest.raises(Refused) as no:
        duty.does(by, PutOnDuty(role=role, person=person))
    assert no.value.because is (Because.NOT_PERMITTED if about else Because.ALREADY_DONE)
    assert no.value.about == ((about,) if about else ())


def test_whom_the_force_s_list_names_any_supervisor_puts_on(duty: Duty) -> None:
    duty.named = frozenset({"pat", "sam"})
    duty.does("sam", PutOnDuty(role="superintendent", person="pat"))
    assert "pat" in duty.holders(Role.SUPERINTENDENT)
    assert duty.refuses("sam", PutOnDuty(role="fim", person="sam")) is Because.NOT_PERMITTED


def test_by_a_list_that_is_too_old_nothing_is_changed(duty: Duty) -> None:
    sam = replace(duty.world.actor("sam"), outdated=True)
    with pytest.raises(Refused) as no:
        decide_duty(
            PutOnDuty(role="supervisor", person="pat"), duty.roster, replace(duty.room("sam", 0), actor=sam)
        )
    assert no.value.about == (OUTDATED,)


def test_a_duty_is_one_that_can_be_handed_over(duty: Duty) -> None:
    assert duty.refuses("sam", PutOnDuty(role="officer", person="pat")) is Because.REQUIRED_FIELD


def test_a_roster_folds_only_what_is_its_own(duty: Duty) -> None:
    with pytest.raises(ValueError, match="Noted"):
        duty.then("fay", 0, Noted(text="x"))
