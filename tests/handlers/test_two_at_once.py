"""Two people act on one case at the same moment: both are told the truth, and nothing is lost.

Each pair is brought to the record together, having decided on the same version; one of them then decides again.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.domain.case import Status
from bot.domain.commands import Accept, Assign
from bot.domain.facts import Grade
from bot.domain.people import Role
from bot.domain.refusals import Because, Refused
from bot.store.memory import MemoryStores
from tests.handlers.crossing import CrossingStores
from tests.handlers.evening import Evening, an_evening, id_of, typed
from tests.handlers.pressing import errors, press
from tests.world import answers

Act = Callable[[], object]


@pytest.fixture(params=["memory", pytest.param("redis_stores", marks=pytest.mark.redis)])
def evening(request: pytest.FixtureRequest) -> Iterator[Evening]:
    stores = MemoryStores() if request.param == "memory" else request.getfixturevalue(request.param)
    with an_evening(stores=CrossingStores(stores)) as running:
        yield running


def at_once(evening: Evening, one: Act, other: Act) -> None:
    """Both press; both have been answered when this returns."""
    evening.stores.cases.bring_two_together()
    with ThreadPoolExecutor(2) as people:
        for each in [people.submit(one), people.submit(other)]:
            each.result(timeout=120)
    assert evening.stores.cases.met, "the two did not meet at the record"


def test_take_and_take(evening: Evening) -> None:
    """The later one owns it; that the other had it first stays in the record, and the card says whose it is."""
    evening.report(1, by=id_of("cal"))
    card = evening.post(evening.screens.card(evening.case()))
    at_once(
        evening,
        lambda: evening.person("ola").click("take", on=card),
        lambda: evening.person("oz").click("take", on=card),
    )
    evening.workspace.wait_for(lambda: evening.did().count("Taken") == 2, "both")
    last = [entry.by for entry in evening.entries() if type(entry.event).__name__ == "Taken"][-1]
    assert evening.case().owner == last
    named = evening.people.name(last)
    assert f"owner {named}" in str(evening.screens.card(evening.case()).blocks)


def test_grade_and_grade(evening: Evening) -> None:
    """Whoever is second, the higher grade runs and both are written down."""
    evening.report(1, by=id_of("cal"))
    for name in ("sam", "cal"):
        press(evening, name, "grade", "Grade MC-26-0001")
    at_once(
        evening,
        lambda: evening.person("sam").submit(typed({"level": "high", "rationale": "He rang: in danger"})),
        lambda: evening.person("cal").submit(typed({"level": "medium", "rationale": "As proposed"})),
    )
    assert evening.person("sam").modal is None
    said = [getattr(entry.event, "level", None) for entry in evening.entries()]
    assert Grade.HIGH in said and Grade.MEDIUM in said
    assert evening.case().running_grade is Grade.HIGH


def test_acknowledge_and_acknowledge(evening: Evening) -> None:
    """Two FIMs know; neither is told that it was for nothing."""
    evening.people.people[id_of("sid")] = (Role.FIM,)
    evening.report(1, by=id_of("cal"), markers=answers("suicidal_today"))
    evening.until(1)
    page = evening.post(evening.page(), "cases")
    at_once(
        evening,
        lambda: evening.person("fay").click("acknowledge", on=page),
        lambda: evening.person("sid").click("acknowledge", on=page),
    )
    evening.workspace.wait_for(lambda: evening.did().count("Acknowledged") == 2, "both")
    who = {entry.by for entry in evening.entries() if type(entry.event).__name__ == "Acknowledged"}
    assert who == {id_of("fay"), id_of("sid")}
    evening.says_nothing_more()


def test_close_and_information(evening: Evening) -> None:
    """What was heard is in the record either way; heard after the closing, it has opened the case again."""
    evening.concern(1, by=id_of("cal"), known=True)
    press(evening, "sam", "close", "Close case")
    press(evening, "cal", "add_to_case", "New information")
    at_once(
        evening,
        lambda: evening.person("sam").submit(typed({"reason": "Home"})),
        lambda: evening.person("cal").submit(typed({"text": "Seen getting into a car", "kind": "sighting"})),
    )
    evening.workspace.wait_for(lambda: {"Closed", "InformationReceived"} <= set(evening.did()), "both")
    assert [item.text for item in evening.case().information.values()] == ["Seen getting into a car"]
    closed_last = evening.did().index("Closed") > evening.did().index("InformationReceived")
    assert evening.case().status is (Status.CLOSED if closed_last else Status.OPEN)


def test_accept_and_decline(evening: Evening) -> None:
    """One person, in Slack and at a terminal: whichever comes second is told what the first one did."""
    evening.report(1, by=id_of("cal"))
    evening.do(2, id_of("sam"), Assign(to=id_of("ola")))
    offer = evening.post(evening.screens.offer(evening.case(), id_of("ola")), id_of("ola"))
    ola = evening.person("ola")
    ola.click("decline", on=offer)
    evening.opened("ola", "Decline MC-26-0001")
    told = []
    at_once(
        evening,
        lambda: told.append(accepted_elsewhere(evening)),
        lambda: ola.submit(typed({"why": "On another incident"})),
    )
    assert evening.did()[:-1] == ["Reported", "Assigned"]
    if evening.did()[-1] == "Accepted":
        assert told == [None] and evening.case().owner == id_of("ola")
        assert errors(evening, "ola") == {"why": "You own it already, accepted 13:42. Nothing changed."}
    else:
        assert told == [Because.NOTHING_WAITING] and evening.case().owner is None
        assert evening.did()[-1] == "Declined"


def accepted_elsewhere(evening: Evening) -> Because | None:
    """As `missing-bot case accept` does it; why not, where it was refused."""
    try:
        evening.desk.handle("MC-26-0001", Accept(), evening.actor(id_of("ola")), "terminal")
    except Refused as no:
        return no.because
    return None


def test_located_and_close(evening: Evening) -> None:
    """Closed first, the other is told so; located first, both stand."""
    evening.concern(1, by=id_of("cal"), known=True)
    press(evening, "sam", "close", "Close case")
    press(evening, "ola", "locating", "Child located")
    at_once(
        evening,
        lambda: evening.person("sam").submit(typed({"reason": "Home"})),
        lambda: evening.person("ola").submit(
            typed({"where": "Grandmother", "seen": "police", "seen_by": "Ola"})
        ),
    )
    evening.workspace.wait_for(lambda: "Closed" in evening.did(), "closed")
    if "Located" not in evening.did():
        assert "The case is closed (Sam Doyle, " in " ".join(errors(evening, "ola").values())
