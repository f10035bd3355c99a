"""What must never happen does not happen, and each check is seen to fail when the rule behind it is broken."""

from collections.abc import Callable
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.domain import commands, door, events
from bot.domain.clocks import makers
from bot.domain.door import closing_rules, ownership_rules, risk_rules
from bot.domain.facts import Grade
from bot.domain.refusals import Because, Refused
from bot.store.memory_cases import MemoryCases
from tests.unit.domain.machine import Evening

_COMMON = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}
THOROUGH = settings(max_examples=40, stateful_step_count=30, **_COMMON)
# A planted fault is found, not shrunk: that it is found is all that is asked.
UNTIL_FOUND = settings(max_examples=2000, stateful_step_count=40, phases=[Phase.generate], **_COMMON)


def test_what_must_never_happen_does_not() -> None:
    run_state_machine_as_test(Evening, settings=THOROUGH)


def _no_floor(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(risk_rules, "floor", lambda *_: Grade.LOW)


def _one_person_is_enough(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(risk_rules, "_second_person", lambda _, case, *__: case.risk.downgrade or _nothing_waits())


def _nothing_waits() -> NoReturn:
    raise Refused(Because.NOTHING_WAITING)


def _closed_on_a_phone_call(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(closing_rules, "_need_seen_and_spoken_to", lambda _: None)


def _an_event_is_lost(patch: pytest.MonkeyPatch) -> None:
    append = MemoryCases.append

    def forgetful(self: MemoryCases, step: object) -> None:
        append(self, step)  # type: ignore[arg-type]
        record = self._entries["MC-26-0001"]
        if len(record) > 6:
            record.pop(3)

    patch.setattr(MemoryCases, "append", forgetful)


def _nothing_watches_a_child_who_was_seen(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(makers, "SEEN", ())
    patch.setattr(makers, "closure", lambda *_: iter(()))


def _sent_back_to_nobody(patch: pytest.MonkeyPatch) -> None:
    refuses = ownership_rules.refuse_transfer
    patch.setitem(
        door._DOORS,
        commands.RefuseTransfer,
        lambda command, case, room: [*refuses(command, case, room), events.Released(why="Sent back")],
    )


def _nobody_attends_and_nobody_hears(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(makers, "_nobody_comes", lambda clock, *_: clock)


# How soon chance comes upon it varies by a hundred times: each begins where it is come upon soon.
BROKEN = {
    _no_floor: 4,
    _one_person_is_enough: 1,
    _closed_on_a_phone_call: 4,
    _an_event_is_lost: 1,
    _nothing_watches_a_child_who_was_seen: 3,
    _sent_back_to_nobody: 1,
    _nobody_attends_and_nobody_hears: 3,
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_rule_is_caught(
    broken: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(seed(BROKEN[broken])(Evening), settings=UNTIL_FOUND)
