"""Given any open cases, what is found by their order is what going over all of them would find; and whatever changes,
it is as if it had been put in order anew."""

from collections.abc import Sequence
from datetime import datetime
from random import Random

import pytest

from bot.domain.facts import Grade
from bot.views import limits
from bot.views.lists import reckoned
from bot.views.lists.in_order import InOrder, in_order
from bot.views.lists.outlines import Outline
from tests.contract.steps import START
from tests.unit.views.some_outlines import MINUTE, an_outline


def crowd(how_many: int, seed: int = 0) -> list[Outline]:
    chance = Random(seed)
    return [an_outline(number, chance) for number in range(how_many)]


def is_late(each: Outline, now: datetime) -> bool:
    return bool(each.owed) and each.owed[0].due <= now


def is_soon(each: Outline, now: datetime) -> bool:
    return each.first_soon is not None and each.first_soon <= now


def refs(outlines: Sequence[Outline]) -> list[str]:
    return [each.ref for each in outlines]


@pytest.mark.parametrize("how_many", [0, 1, 7, 200])
@pytest.mark.parametrize("minute", [-10, -5, 0, 17, 30, 30.5, 60, 90])
def test_it_counts_and_finds_what_going_over_all_of_them_would(how_many: int, minute: float) -> None:
    every, now = in_order(crowd(how_many)), START + minute * MINUTE
    children = [each for each in every.outlines if not each.training]
    late = [each for each in children if is_late(each, now)]
    assert every.children == len(children)
    assert every.late(now) == len(late)
    assert every.due_soon(now) == sum(is_soon(each, now) and each not in late for each in children)
    assert every.unowned == sum(each.owner is None for each in children)
    for grade in Grade:
        assert every.of_grade(grade) == sum(each.running_grade is grade for each in children)
    is_high = {each.ref: each.running_grade is Grade.HIGH for each in every.outlines}
    assert refs(every.which_are_late(now)) == refs([each for each in every.outlines if is_late(each, now)])
    assert refs(every.which_are_high()) == [ref for ref in refs(every.outlines) if is_high[ref]]
    assert refs(every.which_are_high_or_late(now)) == refs(
        [each for each in every.outlines if is_high[each.ref] or is_late(each, now)]
    )
    coming = [at for each in every.outlines for at in each.moments if at > now]
    assert every.changes_after(now) == min(coming, default=None)


@pytest.mark.parametrize("at_once", [1, 3, 40])
def test_after_any_changes_it_is_as_if_put_in_order_anew(at_once: int) -> None:
    chance, held, every = Random(at_once), dict[str, Outline](), InOrder()
    for turn in range(60):
        out = chance.sample(list(held.values()), min(chance.randint(0, at_once), len(held)))
        put_in = [an_outline(1000 * turn + number, chance) for number in range(chance.randint(0, at_once))]
        before, was = every, list(every.outlines)
        every = every.changed(out, put_in)
        held = {ref: each for ref, each in held.items() if each not in out}
        held |= {each.ref: each for each in put_in}
        assert every == in_order(list(held.values())), turn
        assert list(before.outlines) == was, "whoever was handed it goes on with it"


def test_a_case_that_goes_on_leaves_nothing_of_what_it_was() -> None:
    before, after = an_outline(1, Random(1)), an_outline(1, Random(2))
    assert in_order([before]).changed([before], [after]) == in_order([after])


@pytest.mark.parametrize("how_many", [1_000, 1_083, 1_084, 1_200])
def test_so_many_that_no_message_could_name_them_leave_no_room_in_it(how_many: int) -> None:
    rest = crowd(how_many)
    needed = limits.size(reckoned.also(rest, 100 * limits.MESSAGE))
    assert (reckoned.size(rest) >= limits.MESSAGE) == (needed >= limits.MESSAGE - 200)


def test_training_is_named_after_every_child() -> None:
    rest = crowd(50)
    said = [block["text"]["text"] for block in reckoned.also(in_order(rest).outlines, limits.MESSAGE)]
    of_training = [each.ref for each in in_order(rest).outlines if each.training]
    assert said[-1] == f"*Also TRAINING ({len(of_training)}):* {', '.join(of_training)}"
    assert not any("TRAINING" in line for line in said[:-1])
