"""Whether a page reached anybody: the one place that says "paged", "being paged" and "not delivered".

"Paged" is said of a page that Slack, or another way, took (`Case.pages`); nothing else may call it so.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.case_parts import Page
from bot.domain.events import OutReason, TextFailed
from bot.domain.handover import Offer
from bot.domain.people import SUPERVISING, Role
from bot.views.screen import Screen
from bot.views.wording import naming, words

_RINGS = 3  # names


class OutWords(Struct, frozen=True, kw_only=True):
    """Why a page left another way than Slack."""

    asks: str  # ends the message that leaves; {role}: who was paged, where somebody else may read it in their place
    because: str  # in the case's thread: "Page sent by SMS to FIM: …"


OUT_WORDS: dict[OutReason, OutWords] = {
    OutReason.SLACK: OutWords(
        asks="Slack has not taken this page. Ring the control room", because="Slack did not take it"
    ),
    OutReason.SILENT: OutWords(
        asks="Nobody has acknowledged it. Open Slack, or ring the control room",
        because="nobody acknowledged it on the last step",
    ),
    OutReason.NOBODY: OutWords(
        asks="Nobody is on duty for it. Open Slack, or ring the control room", because="nobody was on duty"
    ),
    OutReason.UNANSWERED: OutWords(
        asks="Nobody has acknowledged it yet. Open Slack, or ring the control room",
        because="nobody had acknowledged it",
    ),
    OutReason.QUIET: OutWords(
        asks="Do Not Disturb keeps Slack silent for the {role}. Open Slack, or ring the control room",
        because="everybody paged has Do Not Disturb on",
    ),
    OutReason.UNREACHABLE: OutWords(
        asks="The {role} cannot be reached in Slack. Ring the control room",
        because="nobody paged can be reached in Slack",
    ),
}
assert set(OUT_WORDS) == set(OutReason), "a reason without words would leave as a page that does not say why"

_CHANNEL = "the {who}'s channel cannot be reached ({why})"
_NOT_IN = _CHANNEL.replace("{why}", "the bot is not in it")
_MAY_NOT = _CHANNEL.replace("{why}", "the bot may not post there")
_TOKEN = "Slack no longer accepts the bot's token"  # nosec B105 # words for a person
_GONE = "the {who} cannot be reached in Slack"
_REFUSED = {
    "not_in_channel": _NOT_IN,
    "channel_not_found": _CHANNEL.replace("{why}", "the bot is not in it, or it is gone"),
    "is_archived": _CHANNEL.replace("{why}", "it is archived"),
    "missing_scope": _MAY_NOT,
    "restricted_action": _MAY_NOT,
    "token_revoked": _TOKEN,
    "token_expired": _TOKEN,
    "invalid_auth": _TOKEN,
    "not_authed": _TOKEN,
    "account_inactive": _TOKEN,
    "user_not_found": _GONE,
    "user_disabled": _GONE,
    "user_not_visible": _GONE,
    "cannot_dm_bot": _GONE,
}


# What GOV.UK Notify says of a text that it took (docs/ways-out.md).
NOT_BROUGHT = {
    "permanent-failure": "the text could not be delivered: the number may be wrong, or not in use",
    "temporary-failure": "the text could not be delivered: the phone is off, full, or has no signal",
    "technical-failure": "the text was not sent: a fault between the service and the network",
}
_REFUSED |= NOT_BROUGHT


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


def undelivered(cases: Iterable[Case]) -> list[tuple[Case, Role]]:
    """Cases with the roles that were paged about something that waits, and that no page has reached."""
    return [(case, role) for case in cases for role, page in _waiting(case) if page.is_undelivered]


def says(case: Case, role: Role, page: Page, screen: Screen) -> str:
    who = words.sentence(words.ROLES[role])
    out = _beside(page, screen)
    beside = f", {out}" if out else ""
    if page.taken_at:
        by = f" by {words.escape(page.way)}" if page.way else ""
        return f"{who} paged{by} {screen.time(page.taken_at)}{beside}"
    if not page.is_undelivered:
        return f"{who} being paged since {screen.time(page.at)}{beside}"
    return f"{words.LATE} {refused(role, page.why, screen.time(page.at))}. {ring(case, role, screen)}"


def beside(case: Case, role: Role, screen: Screen) -> str:
    """That its newest page leaves, or left, another way too; empty where it does not."""
    page = case.pages.get(role)
    said = _beside(page, screen) if page else ""
    if page is None or page.beside is None or not said:
        return ""
    sentence = f"{words.sentence(said)}."
    if page.beside.over_at and not page.beside.reached:
        return f"{words.LATE} {sentence} {ring(case, role, screen)}."
    return sentence


def _beside(page: Page, screen: Screen) -> str:
    """Of one that nobody has answered nothing is said before it has left: its role may have no other way."""
    out = page.beside
    if out is None or (out.over_at is None and out.why == OutReason.UNANSWERED):
        return ""
    why = because(out.why)
    said = f" ({why})" if why else ""
    if out.over_at is None:
        return f"being sent another way since {screen.time(out.at)}{said}"
    if out.reached:
        return f"sent by {words.escape(out.way)} {screen.time(out.over_at)}{said}"
    return f"not sent another way{said}"


def refused(role: Role, why: str, since: str = "") -> str:
    """`why`: Slack's own word, where it refused the page for good; `since`: when the page was to go out."""
    of = f" of {since}" if since else ""
    return f"{words.sentence(words.ROLES[role])} page{of} not delivered: {cause(role, why)}"


def cause(role: Role, why: str) -> str:
    """Slack's own word for a refusal, as people say it."""
    if not why:
        return "Slack has not taken it"
    return _REFUSED.get(why, f"Slack refuses it ({words.escape(why)})").format(who=words.ROLES[role])


def lost(event: TextFailed) -> str:
    """Of a page that a way beside Slack took, and did not bring."""
    said = _cause_beside(event.why)
    return f"Page by {words.escape(event.way)} did NOT reach the {words.ROLES[event.role]}: {said}"


def _cause_beside(why: str) -> str:
    return NOT_BROUGHT.get(why, f"it was not delivered ({words.escape(why)})")


def because(why: str) -> str:
    """Of a page that left another way; empty where a newer version wrote the reason."""
    return OUT_WORDS[OutReason(why)].because if why in OUT_WORDS else ""


def of_hand_over(offer: Offer, screen: Screen) -> str:
    """Of its card on the way to the taker."""
    page, taker = offer.page, naming.staff(offer.to, screen)
    what = f"Hand-over of {words.ROLES[offer.role]}"
    if page.taken_at:
        late = f". Slack had not taken it {screen.time(page.undelivered_at)}" if page.undelivered_at else ""
        return f"{what} reached {taker} {screen.time(page.taken_at)}{late}"
    if not page.is_undelivered:
        return f"{what} being sent to {taker} since {screen.time(page.at)}"
    why = "they cannot be reached in Slack" if page.why else cause(offer.role, "")
    return f"{words.LATE} {what} not delivered to {taker}: {why}. Ring {taker}, or offer it to another"


def ring(case: naming.Named, role: Role, screen: Screen) -> str:
    """Whom to ring in place of the page."""
    holders = [case.owner] if role is Role.OWNER and case.owner else screen.on_duty([role])
    if holders:
        return f"Ring {_named(holders, screen)}"
    leading = screen.on_duty([each for each in Role if each in SUPERVISING])
    nobody = f"Nobody is on duty as {words.ROLES[role]}"
    return f"{nobody}: ring {_named(leading, screen) or 'the superintendent'}"


def _named(people: Sequence[str], screen: Screen) -> str:
    return ", ".join(naming.staff(person, screen) for person in people[:_RINGS])
