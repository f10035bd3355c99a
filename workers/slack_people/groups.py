"""User groups, read one by one: each keeps its last answer, and one that Slack does not give harms no other."""

from collections.abc import Iterable, Mapping

import structlog
from msgspec.structs import replace
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.directory_document import GroupAnswer
from bot.slack.slack_client import understood
from bot.time import MachineClock, has_passed
from workers.slack_people.asking_pace import AskingPace, trouble_of

log = structlog.get_logger()

_EVERY = 60.0  # machine seconds: six or twelve groups at usergroups.users.list's twenty a minute


class GroupRounds:
    """`answers`: group → its newest. Two roles that one group stands for are asked about once."""

    def __init__(self, client: WebClient, machine: MachineClock, groups: Iterable[str]) -> None:
        self._client = client
        self._machine = machine
        self._groups = tuple(dict.fromkeys(groups))
        self._pace = AskingPace(machine)
        self._asked_at: dict[str, float] = {}
        self.answers: dict[str, GroupAnswer] = {group: GroupAnswer(group=group) for group in self._groups}

    @property
    def are_all_asked(self) -> bool:
        return all(group in self._asked_at for group in self._groups)

    def take_up(self, known: Iterable[GroupAnswer]) -> None:
        """What this or another bot has read before: the newer of two answers counts."""
        for answer in known:
            ours = self.answers.get(answer.group)
            if ours and (answer.read_at or 0.0) > (ours.read_at or 0.0):
                self.answers[answer.group] = answer

    def turn(self) -> Mapping[str, GroupAnswer]:
        """Those that were asked just now."""
        asked: dict[str, GroupAnswer] = {}
        for group in filter(self._is_due, self._groups):
            if not self._pace.is_open:
                break
            if (answer := self._ask(group)) is not None:
                asked[group] = self.answers[group] = answer
                self._asked_at[group] = self._machine.seconds()
        return asked

    def lost(self, group: str, people: frozenset[str]) -> None:
        """Slack tells that they are in it no more: they are out at once, and the group is asked about next."""
        if group in self.answers:
            before = self.answers[group]
            left = before.members - people
            if left != before.members:
                self.answers[group] = replace(before, members=left, read_at=self._machine.seconds())
            self._asked_at[group] = float("-inf")

    def _is_due(self, group: str) -> bool:
        return has_passed(_EVERY, self._asked_at.get(group, float("-inf")), self._machine.seconds())

    def _ask(self, group: str) -> GroupAnswer | None:
        """None where Slack asks to wait."""
        before = self.answers[group]
        try:
            with understood("usergroups.users.list"):
                members = frozenset(map(str, self._client.usergroups_users_list(usergroup=group)["users"]))
        except (SlackClientError, OSError) as error:
            if self._pace.hold(error):
                return None
            trouble = trouble_of(error)
            if trouble != before.trouble:
                log.error("a user group could not be read", group=group, why=trouble)
            return replace(before, trouble=trouble)
        return GroupAnswer(members=members, group=group, read_at=self._machine.seconds())
