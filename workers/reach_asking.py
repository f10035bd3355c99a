"""Slack's answers → what is kept of who would hear a page and who reads what is said: the token, each channel and who
is in it, Do Not Disturb.

Asked every minute and after each event that tells of a change, since nobody posts in a quiet hour. What Slack merely
does not tell now (a time-out, too many requests) stays as it was.
"""

from collections.abc import Callable, Collection, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.people import AccountKind
from bot.ports.reach_answers import ChannelAnswer, ReachAnswers
from bot.slack.slack_chat import ChatError, PostDeclined
from bot.slack.slack_codes import OF_THE_TOKEN
from bot.slack.slack_reach import AT_ONCE, OurBot, SlackReach, is_private, offered_to, shared_with
from workers.slack_people.accounts import read_person

_NEW_PEOPLE = 20  # asked about one by one in a round: users.info is tier 4, a hundred a minute
_NOBODYS = frozenset(("user_not_found", "user_not_visible"))  # who is in a channel, and not of this workspace


class Questions(Struct, frozen=True, kw_only=True):
    """What a round asks about."""

    channels: Collection[str]  # of all roles, of the cases, of the board
    people: Collection[str]  # whose Do Not Disturb matters
    listed: Callable[[str], bool]  # whether the list of people says what somebody is
    workspaces: frozenset[str] = frozenset()  # whose people are the force's, beside those of the bot's own


def ask(slack: SlackReach, wanted: Questions, before: ReachAnswers, now: float) -> ReachAnswers:
    """`now`: machine seconds."""
    try:
        we = slack.token()
    except PostDeclined as no:
        return replace(before, at=now, token=no.code)
    except ChatError:
        return before
    kept = replace(before, at=now, token="", bot=we.bot)  # nosec B106 # no trouble with it
    for channel in wanted.channels:
        kept = _of_channel(slack, channel, we, kept)
    kept = _only(wanted.channels, kept)
    kept = _of_people(slack, sorted(wanted.people), kept)
    return _of_unlisted(slack, wanted, we, kept)


def _only(channels: Collection[str], kept: ReachAnswers) -> ReachAnswers:
    """The board may have left one."""
    return replace(
        kept,
        channels={each: said for each, said in kept.channels.items() if each in channels},
        members={each: people for each, people in kept.members.items() if each in channels},
        refused={each: code for each, code in kept.refused.items() if each in channels},
    )


def _of_channel(slack: SlackReach, channel: str, we: OurBot, kept: ReachAnswers) -> ReachAnswers:
    without = replace(
        kept,
        channels={each: said for each, said in kept.channels.items() if each != channel},
        members={each: people for each, people in kept.members.items() if each != channel},
        refused={each: code for each, code in kept.refused.items() if each != channel},
    )
    try:
        about = slack.channel(channel)
        members = slack.members(channel)
    except PostDeclined as no:
        if no.code in OF_THE_TOKEN:
            return replace(kept, token=no.code)
        return replace(without, refused={**without.refused, channel: no.code})
    except ChatError:
        return kept
    said = ChannelAnswer(
        at=kept.at,
        is_private=is_private(about),
        shared_with=shared_with(about, we.workspace),
        offered_to=offered_to(about, we.workspace),
    )
    return replace(
        without,
        channels={**without.channels, channel: said},
        members={**without.members, channel: members},
    )


def _of_unlisted(slack: SlackReach, wanted: Questions, we: OurBot, kept: ReachAnswers) -> ReachAnswers:
    """Who is in a channel and not on the list of people: somebody new, or a stranger, who may never be on it."""
    inside = frozenset().union(*kept.members.values()) - {we.bot}
    unlisted = sorted(person for person in inside if not wanted.listed(person))
    kinds = {person: kept.kinds[person] for person in unlisted if person in kept.kinds}
    for person in sorted(unlisted, key=kinds.__contains__)[:_NEW_PEOPLE]:
        try:
            kinds[person] = read_person(slack.person(person), wanted.workspaces | {we.workspace}).kind
        except PostDeclined as no:
            if no.code in _NOBODYS:
                kinds[person] = AccountKind.STRANGER
        except ChatError:
            break
    return replace(kept, kinds=kinds)


def _of_people(slack: SlackReach, people: Sequence[str], kept: ReachAnswers) -> ReachAnswers:
    quiet = {person: span for person, span in kept.quiet.items() if person in people}
    for some in _by(AT_ONCE, people):
        try:
            found = slack.quiet(some)
        except PostDeclined as no:
            return replace(kept, quiet={}, quiet_unknown=no.code)
        except ChatError:
            continue
        quiet = {person: span for person, span in quiet.items() if person not in some} | found
    return replace(kept, quiet=quiet, quiet_unknown="")


def _by(size: int, people: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(people), size):
        yield people[first : first + size]
