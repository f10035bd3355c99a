"""Would a page reach them? Role by role, as people read it. Times stay true where nobody redraws."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.people import AccountKind, Role
from bot.domain.reach import HolderReach, Reach, RoleReach, WayReach
from bot.views.screen import Screen
from bot.views.wording import naming, words

_NAMED = 5  # holders in one line
_DAY = timedelta(days=1)
_ACCOUNTS = {
    AccountKind.DEACTIVATED: "account deactivated",
    AccountKind.GUEST: "a guest",
    AccountKind.STRANGER: "of another workspace",
    AccountKind.MACHINE: "no person",
    AccountKind.UNKNOWN: "not yet on Slack's list",
}


def roles(reach: Reach, shown: Iterable[Role], screen: Screen) -> list[str]:
    """A line for each."""
    return [role(reach.of(each), screen) for each in shown]


def role(one: RoleReach, screen: Screen) -> str:
    """ "FIM: Kim Rudd · Do Not Disturb until 07:00 · SMS tested 3 days ago"."""
    head = f"{words.sentence(words.ROLES[one.role])}: "
    people = [_person(holder, screen) for holder in one.holders[:_NAMED]]
    more = len(one.holders) - len(people)
    said = "; ".join([*people, *([f"{more} more"] if more > 0 else [])]) or "nobody"
    gone = [] if one.is_manned else ["pages skip this role"]
    shut = ["Slack lets nothing into its channel"] if one.refused else []
    line = " · ".join([head + said, *gone, *shut, ways(one.ways, screen.now)])
    return f"{words.LATE} {line}" if is_wrong(one) else line


def is_wrong(one: RoleReach) -> bool:
    """Nobody would hear a page in Slack now."""
    return not one.is_manned or one.unheard is not None


def taken_over(one: RoleReach, person: str, screen: Screen) -> str:
    """After "Kim Rudd is now FIM": what a page to them would meet. Empty where nothing is known of it."""
    holder = next((each for each in one.holders if each.person == person), None)
    notes = _notes(holder, screen) if holder else []
    return " · ".join([*notes, ways(one.ways, screen.now)])


def _person(holder: HolderReach, screen: Screen) -> str:
    return " · ".join([naming.staff(holder.person, screen), *_notes(holder, screen)])


def _notes(holder: HolderReach, screen: Screen) -> list[str]:
    known = [] if holder.account is AccountKind.MEMBER else [_ACCOUNTS[holder.account]]
    outside = ["not in the channel"] if holder.in_channel is False else []
    quiet = [f"Do Not Disturb until {screen.time(holder.quiet_until)}"] if holder.quiet_until else []
    return [*known, *outside, *quiet]


def ways(tried: Iterable[WayReach], now: datetime) -> str:
    return ", ".join(_way(way, now) for way in tried) or "no other way is set up"


def _way(way: WayReach, now: datetime) -> str:
    name = words.escape(way.name)
    if way.tried_at is None:
        return f"{name} never tested"
    return f"{name} {'tested' if way.taken else 'FAILED'} {_ago(now - way.tried_at)}"


def as_of(reach: Reach) -> str:
    """How old what is said here is."""
    listed, asked = reach.facts.directory_age, reach.facts.asked_age
    people = "was never read" if listed is None else f"was read {_ago(listed)}"
    heard = "were never asked for" if asked is None else f"were asked for {_ago(asked)}"
    old = f" {words.LATE} That is too long ago." if reach.is_old else ""
    return f"Who holds what {people}; Do Not Disturb and channels {heard}.{old}"


def _ago(span: timedelta) -> str:
    if span >= 2 * _DAY:
        return f"{span.days} days ago"
    return f"{words.length(span)} ago"
