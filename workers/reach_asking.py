"""Slack's answers → what is kept of who would hear a page: the token, each channel, Do Not Disturb.

Asked every minute and after each event that tells of a change, since nobody posts in a quiet hour. What Slack merely
does not tell now (a time-out, too many requests) stays as it was.
"""

from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from bot.ports.reach_answers import ReachAnswers
from bot.slack.slack_chat import ChatError, PostDeclined
from bot.slack.slack_codes import OF_THE_TOKEN
from bot.slack.slack_reach import AT_ONCE, SlackReach


def ask(
    slack: SlackReach, channels: Collection[str], people: Collection[str], before: ReachAnswers, now: float
) -> ReachAnswers:
    """`channels`: of all roles and of the cases; `people`: whose Do Not Disturb matters; `now`: machine seconds."""
    try:
        slack.token()
    except PostDeclined as no:
        return replace(before, at=now, token=no.code)
    except ChatError:
        return before
    kept = replace(before, at=now, token="")
    for channel in channels:
        kept = _of_channel(slack, channel, kept)
    return _of_people(slack, sorted(people), kept)


def _of_channel(slack: SlackReach, channel: str, kept: ReachAnswers) -> ReachAnswers:
    try:
        slack.channel(channel)
        members = {**kept.members, channel: slack.members(channel)}
        refused = {each: code for each, code in kept.refused.items() if each != channel}
        return replace(kept, members=members, refused=refused)
    except PostDeclined as no:
        if no.code in OF_THE_TOKEN:
            return replace(kept, token=no.code)
        members = {each: people for each, people in kept.members.items() if each != channel}
        return replace(kept, members=members, refused={**kept.refused, channel: no.code})
    except ChatError:
        return kept


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
