"""What happens if nobody does anything: which roles will be paged when, about what."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from msgspec import Struct

from bot.domain.people import Role
from bot.views import clock_words, words
from bot.views.screen import Screen


class Coming(Struct, frozen=True):
    """One page that will go out unless somebody acts."""

    at: datetime
    role: Role
    clocks: tuple[str, ...]  # their keys


def says(
    coming: Sequence[Coming], screen: Screen, now: datetime, *, you: Role | None = None, moments: int = 3
) -> str:
    """"13:45 you: no owner · 13:50 duty inspector: no owner; supervisor: no grade"; empty where nothing comes."""
    ordered = sorted(coming, key=lambda page: page.at)
    grouped = [(at, list(pages)) for at, pages in groupby(ordered, key=lambda page: page.at)]
    return " · ".join(
        f"{words.time(at, now, screen.zone)} " + "; ".join(_page(page, you) for page in pages)
        for at, pages in grouped[:moments]
    )


def _page(page: Coming, you: Role | None) -> str:
    who = "you" if page.role is you else words.ROLES[page.role]
    about = [missing for key in page.clocks if (missing := clock_words.of(key).missing)]
    return f"{who}: {', '.join(dict.fromkeys(about))}" if about else who


def next_for(coming: Sequence[Coming], key: str) -> Coming | None:
    """The next page about that clock."""
    about = [page for page in coming if key in page.clocks]
    return min(about, key=lambda page: page.at, default=None)
