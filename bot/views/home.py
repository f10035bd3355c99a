"""App Home: what waits for this person, before everything that is open (screens.md §9)."""

from datetime import datetime

from msgspec import Struct

from bot.domain.people import Actor, Role
from bot.ports import OpenCases, Pulse
from bot.views import listing, pulse, references, waiting, welcome, words
from bot.views.blocks import header, marking, section
from bot.views.filters import Filter, Shown, page_of
from bot.views.message import Block, View
from bot.views.reckoned import Reckoned, changes_at, counted, reckon
from bot.views.screen import Screen

# Who holds several roles reads the page under the first of these; what waits is that of all of them.
_RANK = (
    Role.FIM,
    Role.DUTY_INSPECTOR,
    Role.SUPERINTENDENT,
    Role.SUPERVISOR,
    Role.OFFICER,
    Role.CONTROL_ROOM,
    Role.MPC,
)
_DEBTS = 10  # with a row and a button of their own


class Drawn(Struct, frozen=True, kw_only=True):
    view: View
    changes_at: datetime | None  # when it says something else though nobody does anything


def home(
    opened: OpenCases,
    viewer: Actor,
    shown: Shown | None,
    pulsing: Pulse,
    screen: Screen,
    *,
    first_run: bool = False,
) -> Drawn:
    """`shown`: None for what this role begins with."""
    role = role_of(viewer)
    cases = reckon(opened.cases, screen)
    page = page_of(cases, viewer.id, shown or Shown(Filter.MINE if role is Role.OFFICER else Filter.ALL))
    blocks = [
        header(f"{_board_of(role)} · as at {screen.time(screen.now)}"),
        section(pulse.said(pulsing, screen)),
        *references.unreadable(opened.unreadable),
        *(welcome.welcome(role, screen) if first_run else []),
        *_waiting(cases, viewer, screen),
        section(f"*{len(cases)} OPEN:* {counted(cases)}"),
        *listing.paged(page, screen),
        marking(),
    ]
    view: View = {"type": "home", "private_metadata": page.shown.value, "blocks": blocks}
    return Drawn(view=view, changes_at=changes_at(cases, screen))


def role_of(viewer: Actor) -> Role | None:
    return next((role for role in _RANK if role in viewer.roles), None)


def _board_of(role: Role | None) -> str:
    return f"{words.sentence(words.ROLES[role])} board" if role else "Not on duty · open cases"


def _waiting(cases: list[Reckoned], viewer: Actor, screen: Screen) -> list[Block]:
    waits = waiting.waiting(cases, viewer, screen)
    rows = waiting.rows(waits, _DEBTS) or [section("Nothing waits for you.")]
    return [section(f"*WAITING FOR YOU ({len(waits)})*"), *rows]
