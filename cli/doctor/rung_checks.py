"""Whether somebody on each rung would hear a page, by the same account of reach as everywhere (`bot.domain.reach`)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import chain
from zoneinfo import ZoneInfo

from bot.domain.people import AccountKind, Role
from bot.domain.policy import Policy
from bot.domain.reach import Quiet, Reach, ReachFacts, RoleReach, Unheard
from bot.slack.slack_chat import ChatError
from bot.slack.slack_client import Client
from bot.slack.slack_reach import AT_ONCE, SlackReach
from bot.time import HostClock
from bot.views.wording import words
from cli.doctor.finding import Finding, FindingState, ok, unknown, wrong
from cli.doctor.given import Given, People, Unasked
from config.settings import Settings


def rungs(
    client: Client,
    given: Given,
    people: People,
    on_duty: Mapping[Role, frozenset[str]],
    settings: Settings,
    policy: Policy,
) -> Iterator[Finding]:
    if isinstance(given.groups, Unasked):
        yield unknown("rungs", "known once Slack has said who is on duty")
        return
    now = datetime.fromtimestamp(HostClock().seconds(), UTC)
    facts = ReachFacts(
        holders=on_duty,
        accounts={person: kind or AccountKind.STRANGER for person, kind in people.items()},
        quiet=_quiet(client, chain(*on_duty.values())),
        inside=_inside(given, settings),
    )
    reach = Reach(facts=facts, now=now)
    for role in policy.paged:
        yield _rung(reach.of(role), now, settings)


def _quiet(client: Client, people: Iterable[str]) -> dict[str, Quiet]:
    """Of the first so many. Where Slack does not say, nothing is held against anybody."""
    asked = list(dict.fromkeys(people))[:AT_ONCE]
    try:
        spans = SlackReach(client).quiet(asked) if asked else {}
    except ChatError:
        return {}
    return {
        person: Quiet(start=datetime.fromtimestamp(begin, UTC), end=datetime.fromtimestamp(end, UTC))
        for person, (begin, end) in spans.items()
    }


def _inside(given: Given, settings: Settings) -> dict[Role, frozenset[str]]:
    places = {role: settings.channels.of(role) for role in Role}
    known = {role: given.inside.get(place) for role, place in places.items() if place}
    return {role: inside for role, inside in known.items() if isinstance(inside, frozenset)}


def _rung(reach: RoleReach, now: datetime, settings: Settings) -> Finding:
    role = reach.role
    about = f"rung {words.ROLES[role]}"
    if not reach.is_manned:
        setting = f"MISSING_{'PEOPLE' if role in settings.people else 'USER_GROUPS'}__{role}"
        return wrong(about, "nobody holds it: it is skipped", "name its people or their user group", setting)
    if reach.unheard is Unheard.UNREACHABLE:
        mend = "/invite them to it: who is outside is not notified"
        where = f"MISSING_CHANNELS__{f'ROLES__{role}' if role in settings.channels.roles else 'FIM'}"
        return wrong(about, "none of them is in the channel of its pages", mend, where)
    if reach.quiet_until:
        until = words.time(reach.quiet_until, now, ZoneInfo(settings.zone))
        says = f"Do Not Disturb is on until {until}: a HIGH page leaves another way at once"
        return Finding(
            about=about,
            state=FindingState.NOTE,
            says=says,
            mend="see that there is one",
            setting="MISSING_WAYS_OUT",
        )
    return ok(about, f"{sum(holder.is_reachable for holder in reach.holders)} can be paged")
