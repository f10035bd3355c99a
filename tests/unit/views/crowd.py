"""Many open cases at once: a busy force's worst night, told once and looked at from many sides."""

from bot.ports.cases import OpenCases
from tests.unit.views.story import Told
from tests.world import answers

MARKS = (("suicidal_today",), (), (), ("cse",), ())


def crowd(how_many: int, *, full: bool = True, until: float = 50) -> Told:
    """Every five: two high by their markers. Told a second apart; a third have an owner."""
    told = Told(full=full)
    for number in range(how_many):
        told.report(number / 60, told=number / 60, markers=answers(*MARKS[number % len(MARKS)]))
    told.until(until)
    return told


def opened(told: Told, *unreadable: str) -> OpenCases:
    return OpenCases(cases=told.stores.cases.open_cases().cases, unreadable=unreadable)
