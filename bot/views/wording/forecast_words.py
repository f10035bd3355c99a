"""What happens if nobody does anything: which roles will be paged when, about what."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby, islice

from msgspec import Struct
from msgspec.structs import replace

from bot.domain import escalation
from bot.domain.case import Case
from bot.domain.events import Entry, Escalated
from bot.domain.facts import EscalationWhy
from bot.domain.fold import advance
from bot.domain.people import BY_RANK, Actor, Role
from bot.views.screen import Screen
from bot.views.wording import clock_words, delivery, words

_MOMENTS_LOOKED_AT = 12  # escalation has no end while a clock runs
_ROUNDS = 2  # times named of what comes round


class Coming(Struct, frozen=True):
    """One page that will go out unless somebody acts."""

    at: datetime
    role: Role
    clocks: tuple[str, ...]  # their keys
    again: bool = False  # that role was paged about the case before


def coming(case: Case, screen: Screen) -> list[Coming]:
    def is_manned(role: Role) -> bool:
        return bool(screen.directory.on_duty(role))

    ahead = escalation.forecast(
        case, screen.policy, is_manned, screen.now, is_nobody=screen.directory.is_nobody
    )
    moments = islice(ahead, _MOMENTS_LOOKED_AT)
    found: list[Coming] = []
    paged = {role for role, page in case.pages.items() if page.taken_at}
    for at, lines in moments:
        for role in dict.fromkeys(line.role for line in lines):
            about = tuple(line.clock for line in lines if line.role is role)
            found.append(Coming(at, role, about, role in paged))
            paged.add(role)
    return found


def nobody_left(case: Case, roles: frozenset[Role], screen: Screen) -> str:
    """To one who asks for whoever is above these roles, where nobody is left to be paged."""
    above = escalation.above(roles, screen.policy)
    pages = [(role, case.pages[role]) for role in above if role in case.pages]
    late = [delivery.says(case, role, page, screen) for role, page in pages if not page.taken_at]
    if pages and not late:
        return "Everybody above was paged already. Ring them."
    return " ".join(["Nobody above is left to page.", *(f"{said}." for said in late)])


def if_escalated(case: Case, viewer: Actor, screen: Screen) -> str:
    """Whom it pages, told to who is about to ask for it."""
    asked = escalation.asked_for(case, viewer.roles, screen.policy)
    if not asked.clocks and asked.wanted is None:
        return nobody_left(case, viewer.roles, screen)
    said = Escalated(why=EscalationWhy.DECISION, clocks=asked.clocks, wanted=asked.wanted)
    hurried = advance(case, Entry(at=screen.now, by=viewer.id, roles=viewer.roles, event=said))
    roles = dict.fromkeys(page.role for page in coming(hurried, screen) if page.at <= screen.now)
    return f"This pages now: {words.listed([words.ROLES[role] for role in roles])}. Every clock runs on."


def says(pages: Sequence[Coming], screen: Screen, *, you: Role | None = None, moments: int = 3) -> str:
    """A line for each time; empty where nothing comes."""
    return "\n".join(lines(pages, screen, you=you, moments=moments))


def lines(pages: Sequence[Coming], screen: Screen, *, you: Role | None = None, moments: int) -> list[str]:
    """ "13:45 you paged again (no owner); duty inspector paged (FIM not aware)", one for each time; what comes round is
    said once: "14:47 supervisor paged (no review), again 14:52, 14:57"."""
    minutes = groupby(pages, key=lambda page: screen.time(page.at))
    said = [(at, _by_rank(together, you)) for at, together in minutes]
    rounds = [
        list(alike) for _, alike in groupby(said, key=lambda moment: [_about(page) for page in moment[1]])
    ]
    return [
        f"{at} {'; '.join(_page(page, you) for page in paged)}{_again([at for at, _ in others])}"
        for (at, paged), *others in rounds[:moments]
    ]


def _again(times: Sequence[str]) -> str:
    return f", again {', '.join(times[:_ROUNDS])}" if times else ""


def _by_rank(pages: Iterable[Coming], you: Role | None) -> list[Coming]:
    """You first; then who is furthest up, since that page says most. Each role once a minute."""
    of_role: dict[Role, Coming] = {}
    for page in pages:
        before = of_role.get(page.role)
        of_role[page.role] = replace(before, clocks=before.clocks + page.clocks) if before else page
    return sorted(of_role.values(), key=lambda page: (page.role is not you, BY_RANK.index(page.role)))


def _page(page: Coming, you: Role | None) -> str:
    who = "you" if page.role is you else words.ROLES[page.role]
    _, about = _about(page)
    return f"{who} paged{' again' if page.again else ''} ({', '.join(about)})"


def _about(page: Coming) -> tuple[Role, list[str]]:
    return page.role, list(dict.fromkeys(clock_words.of(key).missing for key in page.clocks))


def next_about(pages: Sequence[Coming], keys: Sequence[str]) -> Coming | None:
    """The next page about any of those clocks."""
    about = [page for page in pages if set(keys) & set(page.clocks)]
    return min(about, key=lambda page: page.at, default=None)
