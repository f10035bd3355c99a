"""What comes if nobody does anything, in few words."""

import pytest

from bot.domain.commands import Escalate, GradeCase, Take
from bot.domain.facts import Grade
from bot.domain.people import Role
from bot.domain.refusals import Refused
from bot.views.wording import forecast_words, refusal_words
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


class Followed(Told):
    """Nothing counts as paged before somebody says that it has arrived."""

    follows_pages = True


def asked_for_everybody(told: Told) -> Told:
    told.report()
    told.do(1, "sam", GradeCase(level=Grade.MEDIUM, rationale="Rang"))
    told.do(1.5, "ola", Take())
    for minute in (2, 8):
        told.do(minute, "fay", Escalate(why="decision"))
        told.until(minute)
    return told


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (Told, "Everybody above was paged already. Ring them."),
        (
            Followed,
            "Nobody above is left to page. Duty inspector being paged since 13:42. "
            "Superintendent being paged since 13:48.",
        ),
    ],
)
def test_who_asks_for_more_than_is_left_reads_whom_a_page_has_reached(told: type[Told], said: str) -> None:
    asked = asked_for_everybody(told())
    fay = asked.people.actor("fay")
    assert fay and forecast_words.if_escalated(asked.case(), fay, asked.screen) == said
    with pytest.raises(Refused) as no:
        asked.do(20, "fay", Escalate(why="decision"))
    wish = refusal_words.Wish(Escalate(why="decision"), "fay")
    assert refusal_words.sentence(no.value, wish, asked.case(), asked.screen) == f"Not done. {said}"


def test_nobody_is_above_the_last_step() -> None:
    asked = asked_for_everybody(Told())
    sue = asked.people.actor("sue")
    assert (
        sue
        and forecast_words.if_escalated(asked.case(), sue, asked.screen) == "Nobody above is left to page."
    )
