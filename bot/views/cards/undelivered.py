"""Pages that reached nobody, for whoever can ring instead: to who reported, in the cases channel, on home pages."""

from collections.abc import Iterable, Sequence

from bot.domain.case import Case
from bot.domain.people import Role
from bot.views import limits
from bot.views.blocks import marking, section
from bot.views.message import Block, Message
from bot.views.screen import Screen
from bot.views.wording import delivery, words

Pages = Sequence[tuple[Case, Role]]
_NAMED = 1000  # characters of references
_NAMED_ON_A_LIST, _ON_A_LIST = 200, 1200  # characters


def on_a_list(cases: Iterable[Case], screen: Screen) -> list[Block]:
    """What of these cases' pages is not delivered: a line for each place that cannot be reached, with whom to ring.

    Above the rows of a home page or a board, which name every case. `cases`: the worst first."""
    said = _not_delivered(delivery.undelivered(cases), screen, _NAMED_ON_A_LIST)
    shown, taken = limits.pack(said, _ON_A_LIST, joint="\n")
    more = f"\nand {len(said) - taken} more: see the cards" if taken < len(said) else ""
    return [section(f"{shown}{more}")] if said else []


def undelivered(pages: Pages, screen: Screen) -> Message | None:
    """A dated snapshot: what has not arrived, and what did at last. None where there is nothing of either."""
    waiting = [(case, role) for case, role in pages if case.awaits(role)]
    stuck = [(case, role) for case, role in waiting if case.pages[role].is_undelivered]
    arrived = [(case, role) for case, role in waiting if case.pages[role].taken_at]
    said = [f"*At {screen.time(screen.now)}.* {line}" for line in _not_delivered(stuck, screen)]
    said += [_arrived(case, role, screen) for case, role in arrived]
    if not said:
        return None
    text = "\n".join(f"{line}." for line in said)
    return Message(text=text.replace("*", ""), blocks=[section(text), marking()])


def _not_delivered(pages: Pages, screen: Screen, longest: int = _NAMED) -> list[str]:
    groups: dict[tuple[str, str, str], list[Case]] = {}
    for case, role in pages:
        why, ring = delivery.cause(role, case.pages[role].why), delivery.ring(case, role, screen)
        groups.setdefault((words.ROLES[role], why, ring), []).append(case)
    return [
        f"{words.LATE} {words.sentence(who)} page not delivered for {_named(cases, longest)}: {why}. {ring}"
        for (who, why, ring), cases in groups.items()
    ]


def _arrived(case: Case, role: Role, screen: Screen) -> str:
    page = case.pages[role]
    late = f"Slack had not taken it {screen.time(page.undelivered_at)}" if page.undelivered_at else ""
    return ". ".join(filter(None, [f"{delivery.says(case, role, page, screen)} for {_named([case])}", late]))


def _named(cases: Sequence[Case], longest: int = _NAMED) -> str:
    refs = [f"{words.grade(case.running_grade)} {case.ref}" for case in cases]
    shown, taken = limits.pack(refs, longest)
    return f"{shown} and {len(refs) - taken} more" if taken < len(refs) else shown
