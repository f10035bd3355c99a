"""Whether a page reached anybody: the one place that says "paged", "being paged" and "not delivered".

"Paged" is said of a page that Slack, or another way, took (`Case.pages`); nothing else may call it so.
"""

from collections.abc import Sequence

from bot.domain.case import Case, Page
from bot.domain.people import SUPERVISING, Role
from bot.views import naming, small_modals, words
from bot.views.screen import Screen

_RINGS = 3  # names

_NOT_IN = "the bot is not in that channel"
_ARCHIVED = "that channel is archived"
_TOKEN = "Slack no longer knows the bot"
_GONE = "they cannot be reached in Slack"
_REFUSED = {
    "not_in_channel": _NOT_IN,
    "channel_not_found": "the bot is not in that channel, or it is gone",
    "is_archived": _ARCHIVED,
    "token_revoked": _TOKEN,
    "token_expired": _TOKEN,
    "invalid_auth": _TOKEN,
    "not_authed": _TOKEN,
    "account_inactive": _TOKEN,
    "missing_scope": "the bot may not post there",
    "restricted_action": "the bot may not post there",
    "user_not_found": _GONE,
    "user_disabled": _GONE,
    "user_not_visible": _GONE,
    "cannot_dm_bot": _GONE,
}


def lines(case: Case, screen: Screen) -> list[str]:
    """What became of the newest page to each role that has not answered it; what is not delivered first."""
    return [says(case, role, page, screen) for role, page in _waiting(case)]


def _waiting(case: Case) -> list[tuple[Role, Page]]:
    waiting = [(role, page) for role, page in case.pages.items() if case.awaits(role)]
    return sorted(waiting, key=lambda each: (not each[1].is_undelivered, each[1].taken_at is not None))


def arrived(case: Case, screen: Screen) -> list[str]:
    """Of those, what did."""
    return [says(case, role, page, screen) for role, page in _waiting(case) if page.taken_at]


def on_their_way(case: Case, screen: Screen) -> list[str]:
    """Of those, what has not reached anybody."""
    return [says(case, role, page, screen) for role, page in _waiting(case) if page.taken_at is None]


def undelivered(case: Case) -> list[Role]:
    """Roles that were paged about something that waits, and that no page has reached."""
    return [role for role, page in case.pages.items() if page.is_undelivered and case.awaits(role)]


def says(case: Case, role: Role, page: Page, screen: Screen) -> str:
    who = words.sentence(words.ROLES[role])
    if page.taken_at:
        by = f" by {words.escape(page.way)}" if page.way else ""
        return f"{who} paged{by} {screen.time(page.taken_at)}"
    if not page.is_undelivered:
        return f"{who} being paged since {screen.time(page.at)}"
    return f"{words.LATE} {refused(role, page.why, screen.time(page.at))}. {ring(case, role, screen)}"


def refused(role: Role, why: str, since: str = "") -> str:
    """`why`: Slack's own word, where it refused the page for good; `since`: when the page was to go out."""
    of = f" of {since}" if since else ""
    return f"{words.sentence(words.ROLES[role])} page{of} not delivered: {cause(why)}"


def cause(why: str) -> str:
    """Slack's own word for a refusal, as people say it."""
    if not why:
        return "Slack has not taken it"
    return _REFUSED.get(why) or f"Slack refuses it ({words.escape(why)})"


def ring(case: Case, role: Role, screen: Screen) -> str:
    """Whom to ring in place of the page."""
    holders = [case.owner] if role is Role.OWNER and case.owner else small_modals.on_duty([role], screen)
    if holders:
        return f"Ring {_named(holders, screen)}"
    leading = small_modals.on_duty([each for each in Role if each in SUPERVISING], screen)
    nobody = f"Nobody is on duty as {words.ROLES[role]}"
    return f"{nobody}: ring {_named(leading, screen) or 'the superintendent'}"


def _named(people: Sequence[str], screen: Screen) -> str:
    return ", ".join(naming.staff(person, screen) for person in people[:_RINGS])
