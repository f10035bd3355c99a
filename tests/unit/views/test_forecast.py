"""What comes if nobody does anything, in few words."""

from bot.domain.people import Role
from bot.views.wording.forecast_words import Coming, says
from tests.unit.views.story import Told
from tests.world import TOLD, minutes


def page(minute: float, role: Role, *clocks: str) -> Coming:
    return Coming(TOLD + minutes(minute), role, clocks)


def test_what_comes_round_says_so_instead_of_being_said_again() -> None:
    rounds = [page(minute, Role.SUPERVISOR, "review") for minute in (5, 10, 15, 20)]
    later = page(30, Role.FIM, "review")
    assert says([*rounds, later], Told().screen) == (
        "13:45 supervisor paged (no review), again 13:50, 13:55\n14:10 FIM paged (no review)"
    )


def test_a_minute_and_in_it_a_role_is_said_once() -> None:
    together = [
        page(11.2, Role.SUPERVISOR, "new-information"),
        page(11.6, Role.FIM, "grade-recorded"),
        page(11.6, Role.SUPERVISOR, "review"),
    ]
    assert says(together, Told().screen, you=Role.FIM) == (
        "13:51 you paged (no grade); supervisor paged (information not considered, no review)"
    )
