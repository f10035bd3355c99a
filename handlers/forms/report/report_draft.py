"""A report while it is being typed: what its live lines are drawn from. Nothing of it is kept."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field

from bot.domain.case import Case
from bot.domain.clocks import ClockName, clocks
from bot.domain.events import Entry, Reported
from bot.domain.facts import ADVERSE_EVENT, Answer, Attendance, Category, Child, Reporter
from bot.domain.fold import fold
from bot.risk_words import Ask
from bot.views.screen import Screen


class Draft(Struct, frozen=True, kw_only=True):
    told_preset: str  # "1340": when the modal was opened; a redraw must not move it
    told_at: datetime
    training: bool = False
    child: Child = Child()
    yes: tuple[str, ...] = ()  # marker codes, and ADVERSE_EVENT
    known: bool = False
    concern: bool = False  # "Concern for safety instead" was pressed
    attendance: Attendance = Attendance.UNDECIDED
    asks: tuple[Ask, ...] = ()  # what their words ask about
    pressed: Mapping[str, bool] = field(default_factory=dict)  # marker → yes, as pressed on those questions

    @property
    def all_yes(self) -> tuple[str, ...]:
        """Ticked, or pressed Yes. What is ticked outweighs a No."""
        return tuple(dict.fromkeys([*self.yes, *(code for code, yes in self.pressed.items() if yes)]))

    @property
    def all_no(self) -> tuple[str, ...]:
        return tuple(code for code, yes in self.pressed.items() if not yes and code not in self.yes)

    @property
    def category(self) -> Category:
        """A child known to be with somebody named is not missing; any other is, unless somebody says not."""
        return Category.CONCERN_FOR_SAFETY if self.known or self.concern else Category.MISSING


def as_case(draft: Draft, screen: Screen) -> Case:
    """The case that saving this would make: proposals and deadlines come from the same code as the real ones."""
    said = Reported(
        ref="",
        incident="",
        child=draft.child,
        category=draft.category,
        whereabouts_known=draft.known,
        attendance=draft.attendance,
        rationale="",
        told_at=draft.told_at,
        told_on=draft.told_at.astimezone(screen.zone).date(),
        last_seen_at=None,
        last_seen_where="",
        why_worried="",
        reporter=Reporter(),
        adverse_event=ADVERSE_EVENT in draft.all_yes,
        markers={code: Answer.YES for code in draft.all_yes if code != ADVERSE_EVENT},
    )
    return fold([Entry(at=screen.now, by="", event=said)])


def due(case: Case, clock: ClockName, screen: Screen) -> datetime | None:
    return next((each.due for each in clocks(case, screen.policy) if each.name is clock), None)
