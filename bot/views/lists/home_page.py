"""App Home: what waits for this person, before everything that is open (screens.md §9)."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from bot.domain.handover import Offer
from bot.domain.people import BY_RANK, SUPERVISING, Actor, Role
from bot.ports.cases import Pulse
from bot.views import limits
from bot.views.blocks import context, header, marking, section
from bot.views.cards import handover_card, undelivered
from bot.views.lists import guide, listing, reckoned, waiting
from bot.views.lists.in_order import InOrder, Open, Outlined, outlined
from bot.views.lists.listing import Filter, Shown, page_of
from bot.views.lists.reckoned import counted
from bot.views.message import Block, View
from bot.views.screen import Screen
from bot.views.wording import reach_words, standing, words

_DEBTS = 10  # with a row and a button of their own


class HomeDrawn(Struct, frozen=True, kw_only=True):
    view: View
    changes_at: datetime | None  # when it says something else though nobody does anything


def home(
    opened: Open,
    viewer: Actor,
    shown: Shown | None,
    pulsing: Pulse,
    screen: Screen,
    *,
    offers: Sequence[Offer] = (),
    first_run: bool = False,
    second_copy: bool = False,
) -> HomeDrawn:
    """`shown`: None for what this role begins with. `offers`: hand-overs that nobody has accepted yet."""
    role = role_of(viewer)
    found = outlined(opened, screen.policy)
    cases = found.every
    to_accept = [offer for offer in offers if offer.to == viewer.id]
    first = Shown(Filter.MINE if role is Role.OFFICER else Filter.ALL)
    page = page_of(found, viewer.id, shown or first, screen)
    waits, unread = _waiting(found, to_accept, viewer, screen)
    blocks = [
        header(f"{_board_of(role)} · as at {screen.time(screen.now)}"),
        section(standing.said(pulsing, screen)),
        *(_second_copy(viewer) if second_copy else []),
        *_reach(viewer, screen),
        *reckoned.unreadable(list(dict.fromkeys((*found.unreadable, *page.unread, *unread)))),
        *undelivered.on_a_list(reckoned.not_reached(cases.outlines), screen),
        *(guide.welcome(role, screen) if first_run else []),
        *waits,
        section(f"*{reckoned.open_now(cases).replace('open', 'OPEN')}:* {counted(cases, screen)}"),
        *listing.paged(page, screen),
        marking(),
    ]
    view: View = {"type": "home", "private_metadata": page.shown.value, "blocks": blocks}
    return HomeDrawn(view=view, changes_at=_changes_at(cases, to_accept, screen))


def closed_home(why: str) -> HomeDrawn:
    """For who may read nothing: what stood there before is gone."""
    view: View = {"type": "home", "blocks": [section(why), marking()]}
    return HomeDrawn(view=view, changes_at=None)


def _second_copy(viewer: Actor) -> list[Block]:
    """For who can ring somebody: presses may be lost to another record."""
    if not viewer.roles & {Role.FIM, Role.SUPERVISOR}:
        return []
    said = "Another copy of this bot is connected to Slack with the same tokens."
    return [section(f"{words.LATE} *{said}* Presses may go to it. Tell the technician.")]


def _reach(viewer: Actor, screen: Screen) -> list[Block]:
    """For who can ring somebody: who holds what, and who would not hear a page."""
    reach = screen.reach()
    if reach is None or not viewer.roles & SUPERVISING:
        return []
    lines = reach_words.roles(reach, screen.policy.paged, screen)
    old = [f"{words.LATE} The list of who is on duty is old. Tell the technician."] if reach.is_old else []
    return [context("\n".join([f"*On duty at {screen.time(screen.now)}*", *old, *lines]))]


def _nothing(cases: InOrder) -> str:
    """Not said while a HIGH child has no owner: it would calm."""
    loose = [each.ref for each in cases.outlines[: cases.children] if not each.calms]
    if not loose:
        return "Nothing waits for you."
    shown, taken = limits.pack(loose, 200)
    more = f" and {len(loose) - taken} more" if taken < len(loose) else ""
    return f"Nothing is asked of you now. HIGH without an owner: {shown}{more}."


def _changes_at(cases: InOrder, offers: Sequence[Offer], screen: Screen) -> datetime | None:
    late = (handover_card.due_at(offer, screen) for offer in offers)
    coming = [at for at in (cases.changes_after(screen.now), *late) if at is not None and at > screen.now]
    return min(coming, default=None)


def role_of(viewer: Actor) -> Role | None:
    """Who holds several roles reads the page under one: as FIM, who is paged first; else as the highest of them."""
    first = (Role.FIM, *BY_RANK)
    return next((role for role in first if role in viewer.roles), None)


def _board_of(role: Role | None) -> str:
    return f"{words.sentence(words.ROLES[role])} board" if role else "Not on duty · open cases"


def _waiting(
    opened: Outlined, offers: Sequence[Offer], viewer: Actor, screen: Screen
) -> tuple[list[Block], tuple[str, ...]]:
    """And what cannot be read of it."""
    found = waiting.waiting(opened.outlines, viewer, screen)
    handed = [handover_card.waiting_row(offer, screen) for offer in offers[:_DEBTS]]
    rows, unread = waiting.rows(found, _DEBTS, opened, viewer, screen)
    said = [*handed, *rows] or ([] if unread else [section(_nothing(opened.every))])
    return [section(f"*WAITING FOR YOU ({len(offers) + len(found)})*"), *said], unread
