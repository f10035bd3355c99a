"""Given pages that come due, arrive and are acknowledged, then each is counted once, with how long that took; and no
step fails because something could not be counted."""

from collections.abc import Mapping

import pytest

from bot.desk import Desk
from bot.domain.commands import Acknowledge
from bot.domain.events import Delivered
from bot.domain.people import Role
from bot.outgoing import arrival, role_lane
from bot.page_counts import PageCounts
from bot.ports.destination import OutboxKind
from bot.ports.errors import StoreUnavailable
from bot.ports.metrics import Metric, Timed, counted, timed
from bot.ports.outbox import Outgoing
from bot.store.memory_cases import MemoryCases
from bot.store.memory_notes import MemoryMetrics
from tests.world import World, answers, minutes


class Counted(World):
    """Whose desk tells what it saved, and whose pages arrive when a test says so."""

    follows_pages = True

    def __init__(self) -> None:
        super().__init__()
        counts = PageCounts(self.stores.metrics)
        self.desk = Desk(self.stores.cases, self.policy, self.clock, self.people, told=counts.note)

    def pass_by(self, count: float) -> None:
        self.clock.at += minutes(count)

    def arrives(self, ref: str, role: Role, *, nth: int = -1) -> None:
        """As the dispatcher writes it down, from the row of its lane."""
        self.desk.remark(ref, arrival(self.rows(ref, role)[nth]))

    def rows(self, ref: str, role: Role) -> list[Outgoing]:
        waiting = self.stores.outbox.pending(role_lane(role), 99)
        return [row for row in waiting if row.ref == ref and row.kind is OutboxKind.PAGE]

    def sent(self) -> Mapping[tuple[str, ...], float]:
        return counted(self.stores.metrics.read(), Metric.PAGES)

    def took(self, what: Timed, role: Role) -> tuple[float, float]:
        """How many, and seconds altogether."""
        found = timed(self.stores.metrics.read(), what)[role.value,]
        return found.buckets[-1][1], found.seconds


@pytest.fixture
def world() -> Counted:
    return Counted()


def test_a_page_is_counted_as_it_arrives_once_from_when_it_was_due(world: Counted) -> None:
    ref = world.report(markers=answers("suicidal_today"))
    world.pass_by(2)
    world.desk.recheck(ref)
    assert world.sent() == {}, "nobody has got it"
    world.arrives(ref, Role.FIM)
    world.arrives(ref, Role.FIM)
    assert world.sent()["fim-aware", "fim"] == 1
    assert world.took(Timed.DUE_TO_SENT, Role.FIM) == (1, 120.0)


def test_what_police_were_told_long_before_it_was_typed_was_not_due_then(world: Counted) -> None:
    ref = world.report(at=60, told=0, markers=answers("suicidal_today"))
    world.desk.recheck(ref)
    world.pass_by(0.5)
    world.arrives(ref, Role.FIM)
    assert world.took(Timed.DUE_TO_SENT, Role.FIM) == (1, 30.0)


def test_a_page_that_a_newer_one_has_overtaken_is_timed_from_when_it_was_due_itself(world: Counted) -> None:
    ref = world.report(markers=answers("suicidal_today"))
    world.desk.recheck(ref)
    world.pass_by(20)
    world.desk.recheck(ref)
    again, first = len(world.rows(ref, Role.FIM)) - 1, 0
    assert again > first, "the same role was paged twice"
    world.arrives(ref, Role.FIM, nth=first)
    assert world.took(Timed.DUE_TO_SENT, Role.FIM) == (1, 1200.0)


def test_a_page_of_an_older_release_was_due_when_it_was_written(world: Counted) -> None:
    ref = world.report(markers=answers("suicidal_today"))
    world.pass_by(2)
    world.desk.recheck(ref)
    world.pass_by(1)
    page = world.rows(ref, Role.FIM)[-1]
    clocks = tuple(line.clock for line in page.lines)
    world.desk.remark(ref, Delivered(page=page.version, role=Role.FIM, clocks=clocks))
    assert world.sent()["fim-aware", "fim"] == 1
    assert world.took(Timed.DUE_TO_SENT, Role.FIM) == (1, 60.0)


def test_no_history_is_read_to_count_a_page(world: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    def reads(*_: object) -> None:
        raise AssertionError("it grows with the case, and whoever posts waits for it")

    ref = world.report(markers=answers("suicidal_today"))
    world.desk.recheck(ref)
    monkeypatch.setattr(MemoryCases, "entries", reads)
    world.arrives(ref, Role.FIM)
    assert world.sent()["fim-aware", "fim"] == 1


def test_an_acknowledgement_is_timed_from_the_page_s_arrival(world: Counted) -> None:
    ref = world.report(markers=answers("suicidal_today"))
    world.desk.recheck(ref)
    world.pass_by(1)
    world.arrives(ref, Role.FIM)
    world.pass_by(3)
    world.desk.handle(ref, Acknowledge(), world.actor("fay"), "test")
    assert world.took(Timed.ACKNOWLEDGED, Role.FIM) == (1, 180.0)


def test_no_step_fails_because_it_could_not_be_counted(
    world: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise StoreUnavailable("ConnectionError")

    ref = world.report(markers=answers("suicidal_today"))
    world.desk.recheck(ref)
    monkeypatch.setattr(MemoryMetrics, "add", away)
    world.arrives(ref, Role.FIM)
    case = world.stores.cases.load(ref)
    assert case is not None and case.pages[Role.FIM].taken_at is not None
