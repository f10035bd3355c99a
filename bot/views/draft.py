"""A report while it is being typed: what its live lines are drawn from. Nothing of it is kept."""

from datetime import datetime

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.clocks import clocks
from bot.domain.events import Entry, Reported
from bot.domain.facts import Category, Child, Reporter
from bot.domain.fold import fold
from bot.domain.markers import ADVERSE_EVENT, Answer
from bot.views.screen import Screen


class Draft(Struct, frozen=True, kw_only=True):
    told_preset: str  # "1340": when the modal was opened; a redraw must not move it
    told_at: datetime
    child: Child = Child()
    yes: tuple[str, ...] = ()  # marker codes, and ADVERSE_EVENT
    known: bool = False
    concern: bool = False  # "Concern for safety instead" was pressed

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
        rationale="",
        told_at=draft.told_at,
        last_seen_at=None,
        last_seen_where="",
        why_worried="",
        reporter=Reporter(),
        adverse_event=ADVERSE_EVENT in draft.yes,
        markers={code: Answer.YES for code in draft.yes if code != ADVERSE_EVENT},
    )
    return fold([Entry(at=screen.now, by="", event=said)])


def due(case: Case, clock: str, screen: Screen) -> datetime | None:
    return next((each.due for each in clocks(case, screen.policy) if each.name == clock), None)
