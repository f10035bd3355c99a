"""Whom a page calls: the role's user group, and once the role has changed hands, whoever holds it now."""

from msgspec.structs import replace

from bot.domain.people import Role
from bot.views.screen import Screen
from tests.unit.views.story import Told
from tests.world import PEOPLE, People

GROUP = "<!subteam^S0FIM>"


def called(**held_now: tuple[Role, ...]) -> str:
    """The force appointed Fay; these people's roles have changed since."""
    told = Told()
    told.people.people.update(held_now)
    setting = replace(told.setting, mentions={Role.FIM: GROUP}, appointments=People(PEOPLE))
    screen: Screen = setting.at(told.clock.now())
    return screen.mention(Role.FIM)


def test_where_nothing_was_handed_on_it_is_the_group() -> None:
    assert called() == GROUP


def test_handed_over_it_is_who_took_the_role_and_not_who_gave_it() -> None:
    assert called(fay=(), ola=(Role.FIM,)) == "<@ola>"


def test_put_on_duty_beside_the_group_both_are_called() -> None:
    assert called(ola=(Role.OFFICER, Role.FIM)) == f"{GROUP} <@ola>"


def test_with_nobody_on_duty_the_group_is_called_all_the_same() -> None:
    assert called(fay=()) == GROUP


def test_without_user_groups_each_of_those_named_is_called() -> None:
    told = Told()
    told.people.people["fen"] = (Role.FIM,)
    setting = replace(told.setting, mentions={Role.FIM: ""}, appointments=told.people)
    assert setting.at(told.clock.now()).mention(Role.FIM) == "<@fay> <@fen>"
    told.people.people.update(fay=(), fen=())
    assert setting.at(told.clock.now()).mention(Role.FIM) == "@fim"
