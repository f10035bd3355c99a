"""The clocks on one page card: what waits for the role, what else is late, and what was done since."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from bot.domain.case import Case, Paging
from bot.domain.clocks import Clock, State, clocks
from bot.domain.events import Entry, PageLine
from bot.domain.people import Role
from bot.views.screen import Screen
from bot.views.wording import debts, history, naming, standing, words

_DONE_SHOWN = 3
_SHOWN = 8  # a card is read in a second; the rest is in Open case


class OnCard(Struct, frozen=True, kw_only=True):
    waiting: tuple[Clock, ...]  # paged to the role and not done
    also_late: tuple[Clock, ...]
    done: tuple[Clock, ...]  # once paged to the role; newest first
    calms: bool = True  # whether a tick may stand on it


def on_card(case: Case, entries: Sequence[Entry], role: Role, screen: Screen) -> OnCard:
    owed = debts.outstanding(case, screen)
    waiting = tuple(clock for clock in owed if is_paged_to(role, clock, case))
    late = tuple(
        clock for clock in owed if clock.state(screen.now) is State.BREACHED and clock not in waiting
    )
    done = _done(case, entries, role, screen)
    return OnCard(waiting=waiting, also_late=late, done=done, calms=standing.calms(case))


def is_paged_to(role: Role, clock: Clock, case: Case) -> bool:
    paging = case.paging.get(clock.key)
    return paging is not None and paging.started == clock.started and role in paging.told


def _done(case: Case, entries: Sequence[Entry], role: Role, screen: Screen) -> tuple[Clock, ...]:
    paged = history.clocks_paged_to(role, entries)
    done = [clock for clock in clocks(case, screen.policy) if clock.done and clock.key in paged]
    return tuple(sorted(done, key=lambda clock: clock.done or clock.started, reverse=True))


def skipped(pages: Iterable[PageLine | Paging]) -> list[str]:
    """An empty rung is passed over at once, and said so."""
    said = []
    for page in pages:
        to = "FIM channel" if page.rung < 0 else words.ROLES[page.role]
        said += [f"No {words.ROLES[role]} on duty: {to} paged at once." for role in page.skipped]
    return list(dict.fromkeys(said))


def text(card: OnCard, entries: Sequence[Entry], role: Role, screen: Screen) -> str:
    owed = [debts.on_page(clock, role, screen) for clock in (*card.waiting, *card.also_late)]
    shown = debts.first_lines(owed, _SHOWN, "and {n} more in Open case")
    done = [
        debts.done(clock, who_ended(clock, entries, screen), screen, ticked=card.calms)
        for clock in card.done[:_DONE_SHOWN]
    ]
    return "\n".join(part for part in (shown, *done) if part)


def who_ended(clock: Clock, entries: Sequence[Entry], screen: Screen) -> str:
    by = history.by_whom(clock.done, entries) if clock.done else None
    return naming.staff(by, screen) if by else ""
