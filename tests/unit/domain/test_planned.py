"""The force's plan: it proposes, an hour ahead; nobody is put on duty by it."""

from datetime import UTC, datetime, timedelta

from bot.domain.people import Role
from bot.domain.planned import AHEAD, Plan, PlannedTurn

SEVEN = datetime(2026, 3, 2, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)


def turn(person: str, since: float, until: float, role: Role = Role.FIM) -> PlannedTurn:
    """Hours after seven."""
    return PlannedTurn(role=role, person=person, since=SEVEN + since * HOUR, until=SEVEN + until * HOUR)


DAY = Plan((turn("fay", 0, 8), turn("kim", 8, 16), turn("kim", 16, 24)))


def test_an_hour_before_a_turn_ends_its_holder_hears_who_is_next() -> None:
    (due,) = DAY.due(SEVEN, SEVEN + 7 * HOUR)
    assert due.at == SEVEN + 8 * HOUR - AHEAD
    assert [(end.person, end.next) for end in due.ending] == [("fay", ("kim",))]


def test_when_a_turn_begins_whose_it_is_hears_it() -> None:
    (due,) = DAY.due(SEVEN + 7 * HOUR, SEVEN + 8 * HOUR)
    assert [begins.person for begins in due.beginning] == ["kim"]


def test_who_goes_straight_on_is_not_asked_to_hand_over() -> None:
    assert all(not due.ending for due in DAY.due(SEVEN + 8 * HOUR, SEVEN + 16 * HOUR))


def test_nobody_next_is_said_by_nobody() -> None:
    (due,) = DAY.due(SEVEN + 16 * HOUR, SEVEN + 24 * HOUR)
    assert [(end.person, end.next) for end in due.ending] == [("kim", ())]


def test_the_next_moment_to_look_at() -> None:
    assert DAY.next_due(SEVEN) == SEVEN + 7 * HOUR
    assert DAY.next_due(SEVEN + 24 * HOUR) is None
    assert Plan().next_due(SEVEN) is None


def test_whom_a_hand_over_is_proposed_to() -> None:
    proposed = DAY.next(Role.FIM, SEVEN + 7.5 * HOUR)
    assert proposed is not None and proposed.person == "kim"
    just_begun = DAY.next(Role.FIM, SEVEN + 8.5 * HOUR)
    assert just_begun is not None and just_begun.since == SEVEN + 8 * HOUR, "still to be taken"
    assert DAY.next(Role.SUPERVISOR, SEVEN) is None
