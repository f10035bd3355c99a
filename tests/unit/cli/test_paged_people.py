"""Whom Slack is asked about each minute: everybody who may be paged, without a case being read for it."""

from collections.abc import Sequence

import pytest

from bot.domain.case import Case
from bot.domain.commands import Take
from bot.open_book import OpenBook
from cli.compose.reaching import paged_people
from tests.world import World


def test_they_are_who_holds_a_role_on_a_ladder_and_who_owns_a_case(monkeypatch: pytest.MonkeyPatch) -> None:
    world, asked = World(), list[str]()
    for who in ("ola", "nobody"):
        world.report()
        if who == "ola":
            world.do(1, who, Take())
    book = OpenBook(world.stores.cases, world.policy)
    book.look()
    readable = world.stores.cases.readable

    def counted(refs: Sequence[str]) -> tuple[list[Case], tuple[str, ...]]:
        asked.extend(refs)
        return readable(refs)

    monkeypatch.setattr(world.stores.cases, "readable", counted)
    found = paged_people(world.policy, world.people, book.look())
    holders = {person for role in world.policy.paged for person in world.people.on_duty(role)}
    assert found == holders | {"ola"}
    assert "ola" not in holders
    assert asked == []
