"""Slack's user groups → the directory that every process reads."""

from collections.abc import Iterable, Mapping
from typing import Any

import structlog
from msgspec.structs import replace
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.directory_document import GroupAnswer, Person, Snapshot, load, save
from bot.domain.people import AccountKind, Role
from bot.ports.notes import Documents
from bot.slack.slack_client import understood
from bot.time import MachineClock

log = structlog.get_logger()

_SLACKBOT = "USLACKBOT"  # the one machine that Slack does not list as one


def refresh(
    client: WebClient,
    groups: Mapping[Role, str],
    may_hold: Mapping[Role, str],
    documents: Documents,
    machine: MachineClock,
    ours: frozenset[str] = frozenset(),
) -> Snapshot:
    """Reads who is in the user groups of each role, and everybody's name. A group that Slack does not give stays as it
    was. Raises SlackClientError or OSError where it gives no names; then all of it stays.

    `groups` say who is on duty, `may_hold` who may be put on. `ours`: workspaces whose people are the force's.
    """
    before = load(documents) or Snapshot(holders={}, people={})
    people = _people(client, ours)
    read = _Groups(client, machine, [*before.holders.values(), *before.may_hold.values()])
    snapshot = Snapshot(
        holders={role: read.listed(group) for role, group in groups.items()},
        may_hold={role: read.listed(group) for role, group in may_hold.items()},
        people=people,
    )
    save(documents, snapshot)
    return snapshot


class _Groups:
    """Each is asked once, however many roles it stands for, and keeps its last answer."""

    def __init__(self, client: WebClient, machine: MachineClock, before: Iterable[GroupAnswer]) -> None:
        self._client = client
        self._machine = machine
        self._before = {listed.group: listed for listed in before}
        self._read: dict[str, GroupAnswer] = {}

    def listed(self, group: str) -> GroupAnswer:
        if group not in self._read:
            self._read[group] = self._ask(group)
        return self._read[group]

    def _ask(self, group: str) -> GroupAnswer:
        try:
            with understood("usergroups.users.list"):
                members = frozenset(self._client.usergroups_users_list(usergroup=group)["users"])
        except (SlackClientError, OSError) as error:
            trouble = _code(error) or type(error).__name__
            log.error("a user group could not be read", group=group, why=trouble)
            return replace(self._before.get(group, GroupAnswer(group=group)), trouble=trouble)
        return GroupAnswer(members=members, group=group, read_at=self._machine.seconds())


def _code(error: Exception) -> str:
    return str(error.response.get("error", "")) if isinstance(error, SlackApiError) else ""


def _people(client: WebClient, ours: frozenset[str]) -> dict[str, Person]:
    people: dict[str, Person] = {}
    with understood("users.list"):
        for page in client.users_list(limit=1000):
            members: list[dict[str, Any]] = page["members"]
            people |= {person["id"]: read_person(person, ours) for person in members}
    return people


def read_person(said: Mapping[str, Any], ours: frozenset[str]) -> Person:
    """`said`: a user object of Slack's. Without `ours` nobody is a stranger for their workspace alone."""
    name = str(said.get("real_name") or said.get("name") or said["id"])
    return Person(name=name, kind=_kind(said, ours))


def _kind(said: Mapping[str, Any], ours: frozenset[str]) -> AccountKind:
    if said.get("deleted"):
        return AccountKind.DEACTIVATED
    if said.get("is_bot") or said.get("is_workflow_bot") or said["id"] == _SLACKBOT:
        return AccountKind.MACHINE
    team = said.get("team_id")
    if said.get("is_stranger") or (ours and team and team not in ours):
        return AccountKind.STRANGER
    if said.get("is_restricted") or said.get("is_ultra_restricted"):
        return AccountKind.GUEST
    return AccountKind.MEMBER
