"""Slack's user groups → the directory that every process reads."""

from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient

from bot.directory import Snapshot, save
from bot.domain.people import Role
from bot.ports import Documents


def refresh(
    client: WebClient, groups: Mapping[Role, str], may_hold: Mapping[Role, str], documents: Documents
) -> Snapshot:
    """Reads who is in the user groups of each role, and everybody's name. Raises slack_sdk's errors; the old one stays.

    `groups` say who is on duty, `may_hold` who may be put on.
    """
    members = {group: _members(client, group) for group in {*groups.values(), *may_hold.values()}}
    snapshot = Snapshot(
        holders={role: members[group] for role, group in groups.items()},
        may_hold={role: members[group] for role, group in may_hold.items()},
        names=_names(client),
    )
    save(documents, snapshot)
    return snapshot


def _members(client: WebClient, group: str) -> frozenset[str]:
    return frozenset(client.usergroups_users_list(usergroup=group)["users"])


def _names(client: WebClient) -> dict[str, str]:
    names: dict[str, str] = {}
    for page in client.users_list(limit=200):
        people: list[dict[str, Any]] = page["members"]
        names |= {person["id"]: _name(person) for person in people if not _is_gone(person)}
    return names


def _is_gone(person: dict[str, Any]) -> bool:
    return bool(person.get("deleted") or person.get("is_bot"))


def _name(person: dict[str, Any]) -> str:
    return str(person.get("real_name") or person.get("name") or person["id"])
