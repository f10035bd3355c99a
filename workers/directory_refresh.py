"""Slack's user groups → the directory that every process reads."""

from collections.abc import Mapping
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.directory import Snapshot, load, save
from bot.domain.people import Role
from bot.ports.notes import Documents
from bot.slack.slack_client import understood

log = structlog.get_logger()


def refresh(
    client: WebClient, groups: Mapping[Role, str], may_hold: Mapping[Role, str], documents: Documents
) -> Snapshot:
    """Reads who is in the user groups of each role, and everybody's name. A group that Slack does not give stays as it
    was. Raises SlackClientError or OSError where it gives no names; then all of it stays.

    `groups` say who is on duty, `may_hold` who may be put on.
    """
    before = load(documents) or Snapshot(holders={}, names={})
    names = _names(client)
    read = {group: _members(client, group) for group in {*groups.values(), *may_hold.values()}}
    snapshot = Snapshot(
        holders=_moved_on(before.holders, groups, read),
        may_hold=_moved_on(before.may_hold, may_hold, read),
        names=names,
    )
    save(documents, snapshot)
    return snapshot


def _moved_on(
    before: Mapping[Role, frozenset[str]],
    groups: Mapping[Role, str],
    read: Mapping[str, frozenset[str] | None],
) -> dict[Role, frozenset[str]]:
    found: dict[Role, frozenset[str]] = {}
    for role, group in groups.items():
        members = read[group]
        found[role] = before.get(role, frozenset()) if members is None else members
    return found


def _members(client: WebClient, group: str) -> frozenset[str] | None:
    """None where Slack does not say."""
    try:
        with understood("usergroups.users.list"):
            return frozenset(client.usergroups_users_list(usergroup=group)["users"])
    except (SlackClientError, OSError) as error:
        log.error("a user group could not be read", group=group, why=type(error).__name__, code=_code(error))
        return None


def _code(error: Exception) -> str:
    return str(error.response.get("error", "")) if isinstance(error, SlackApiError) else ""


def _names(client: WebClient) -> dict[str, str]:
    names: dict[str, str] = {}
    with understood("users.list"):
        for page in client.users_list(limit=200):
            people: list[dict[str, Any]] = page["members"]
            names |= {person["id"]: _name(person) for person in people if not _is_gone(person)}
    return names


def _is_gone(person: dict[str, Any]) -> bool:
    return bool(person.get("deleted") or person.get("is_bot"))


def _name(person: dict[str, Any]) -> str:
    return str(person.get("real_name") or person.get("name") or person["id"])
