"""Privacy: the one place that decides what of a person may be shown, and where.

A child's name, a place and anybody's own words are shown on case cards, in their threads and in modals, and there
in full-content mode only (domain.md §6). Page cards, digests and every `text` never have them (screens.md §14).
"""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.case import Case
from bot.domain.facts import CALLER, SOCIAL_CARE, TOLD_OUTSIDE, Grade
from bot.domain.people import Role
from bot.domain.training import TRAINING
from bot.views.screen import Screen
from bot.views.wording import words


class Named(Protocol):
    """A case, or its outline: enough to name it, and whoever answers for it."""

    @property
    def ref(self) -> str: ...

    @property
    def running_grade(self) -> Grade: ...

    @property
    def training(self) -> bool: ...

    @property
    def owner(self) -> str | None: ...


def heading(case: Case) -> str:
    """What names a case anywhere: grade, reference, age."""
    return f"{short(case, ' · ')} · {age(case)}"


def spoken(case: Case) -> str:
    """The same for `text`, which is read out."""
    return f"{short(case)}, {age(case)}"


def short(case: Named, joint: str = " ") -> str:
    """Grade and reference. Of a training case the reference says so, and comes first."""
    named = [words.grade(case.running_grade), case.ref]
    return joint.join(reversed(named) if case.training else named)


def label(case: Case) -> str:
    """Before a sentence that does not name the case; empty of a child's."""
    return f"{TRAINING}. " if case.training else ""


def how_many(cases: Sequence[Case]) -> str:
    """ "3 cases", "2 cases and 1 TRAINING", "TRAINING: 1 case": nobody runs for a child who is none."""
    trains = sum(case.training for case in cases)
    real = len(cases) - trains or trains
    said = "1 case" if real == 1 else f"{real} cases"
    if trains == len(cases):
        return f"{TRAINING}: {said}" if cases else said
    return f"{said} and {trains} {TRAINING}" if trains else said


def age(case: Case) -> str:
    return "age not known" if case.age is None else f"age {case.age}"


def child(case: Case, screen: Screen) -> str:
    """For case cards and modals."""
    if not screen.full or not case.child.name:
        return age(case)
    return words.escape(case.child.name)


def child_and_age(case: Case, screen: Screen) -> str:
    if not screen.full or not case.child.name:
        return age(case)
    return f"{words.escape(case.child.name)}, {case.age if case.age is not None else 'age not known'}"


def incident(case: Case, screen: Screen) -> str:
    return words.escape(case.incident) if screen.full else f"details in {words.escape(case.incident)}"


def said(text: str, screen: Screen) -> str:
    """Somebody's own words, or a coded reason; empty where they may not be shown."""
    return words.escape(plainly_said(text, screen))


def plainly_said(text: str, screen: Screen) -> str:
    """The same where nothing is markup: in a label."""
    coded = screen.reasons.words(text)
    if coded is not None:
        return coded
    return text.strip() if screen.full else ""


def staff(person: str, screen: Screen) -> str:
    """Staff are named in both modes."""
    return words.escape(screen.directory.name(person))


def plain_staff(person: str, screen: Screen) -> str:
    """The same where nothing is markup: in a picture."""
    return screen.directory.name(person)


TOLD = {
    CALLER: "the caller",
    Role.DUTY_INSPECTOR.value: f"the {words.ROLES[Role.DUTY_INSPECTOR]}",
    SOCIAL_CARE: "social care",
    "carer": "the carer",
    "pnc": words.LABELS["pnc"],
    "ukmpu": "UKMPU",
}
assert set(TOLD) == set(TOLD_OUTSIDE), "each that has a code has words"


SOURCES = {"report": "report", "correction": "correction"}
"""Where a fact comes from; anything else is the id of a piece of information."""


def is_listed(who: str) -> bool:
    return who in TOLD


def told(who: str) -> str:
    """Whoever is not on the list was typed, and may be anybody's name: those are among the words of a step."""
    return TOLD.get(who, "somebody outside")


def told_whom(who: str, screen: Screen) -> str:
    """For case cards' threads and modals."""
    return TOLD.get(who) or said(who, screen) or told(who)
