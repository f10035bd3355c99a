"""What happens if nobody does anything: which roles will be paged when, about what."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter

from msgspec import Struct

from bot.domain import forecast
from bot.domain.case import Case
from bot.domain.people import BY_RANK, Role
from bot.views import clock_words, words
from bot.views.screen import Screen

_MOMENTS_LOOKED_AT = 12  # escalation has no end while a clock runs
_ROUNDS = 2  # times named of what comes round


class Coming(Struct, frozen=True):
    """One page that will go out unless somebody acts."""

    at: datetime
    role: Role
    clocks: tuple[str, ...]  # their keys


def coming(case: Case, screen: Screen) -> list[Coming]:
    def is_manned(role: Role) -> bool:
        return bool(screen.directory.on_duty(role))

    moments = islice(forecast.forecast(case, screen.policy, is_manned, screen.now), _MOMENTS_LOOKED_AT)
    return [
        Coming(at, role, tuple(line.clock for line in lines if line.role is role))
        for at, lines in moments
        for role in dict.fromkeys(line.role for line in lines)
    ]


def says(pages: Sequence[Coming], screen: Screen, *, you: Role | None = None, moments: int = 3) -> str:
    """ "13:45 you: no owner · 13:50 duty inspector: no owner; supervisor: no grade"; empty where nothing comes."""
    return " · ".join(lines(pages, screen, you=you, moments=moments))


def lines(pages: Sequence[Coming], screen: Screen, *, you: Role | None = None, moments: int) -> list[str]:
    """One for each moment; what comes round is said once: "14:47 supervisor: no review, again 14:52, 14:57"."""
    minutes = groupby(pages, key=lambda page: screen.time(page.at))
    said = [(at, "; ".join(_page(page, you) for page in _by_rank(together, you))) for at, together in minutes]
    rounds = [[at for at, _ in alike] for _, alike in groupby(said, key=itemgetter(1))]
    what = [words for words, _ in groupby(said, key=itemgetter(1))]
    return [
        f"{first} {words}{_again(others)}"
        for (first, *others), words in zip(rounds[:moments], what[:moments], strict=True)
    ]


def _again(times: Sequence[str]) -> str:
    return f", again {', '.join(times[:_ROUNDS])}" if times else ""


def _by_rank(pages: Iterable[Coming], you: Role | None) -> list[Coming]:
    """You first; then who is furthest up, since that page says most. Each role once a minute."""
    of_role: dict[Role, Coming] = {}
    for page in pages:
        before = of_role.get(page.role)
        of_role[page.role] = Coming(page.at, page.role, before.clocks + page.clocks) if before else page
    return sorted(of_role.values(), key=lambda page: (page.role is not you, BY_RANK.index(page.role)))


def _page(page: Coming, you: Role | None) -> str:
    who = "you" if page.role is you else words.ROLES[page.role]
    about = dict.fromkeys(clock_words.of(key).missing for key in page.clocks)
    return f"{who}: {', '.join(about)}"


def next_about(pages: Sequence[Coming], keys: Sequence[str]) -> Coming | None:
    """The next page about any of those clocks."""
    about = [page for page in pages if set(keys) & set(page.clocks)]
    return min(about, key=lambda page: page.at, default=None)
