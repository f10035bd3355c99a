"""Slack's own word that somebody left, became a guest, or is in a group no more: dropped at once, before it is read.

Events may come late and out of order, so nobody is taken in by one: what it says besides is asked for again.
"""

from collections import deque
from collections.abc import Iterator
from typing import Any

from bot.directory_document import Person
from bot.domain.people import AccountKind
from workers.slack_people.accounts import read_person
from workers.slack_people.groups import GroupRounds

GROUP_CHANGED = "subteam_members_changed"
ACCOUNT_CHANGED = "user_change"
_REMEMBERED = 10_000  # events between two turns, of which there is one a second


class ToldChanges:
    def __init__(self, groups: GroupRounds) -> None:
        self._groups = groups
        self._heard: deque[dict[str, Any]] = deque(maxlen=_REMEMBERED)
        self._dropped: dict[str, Person] = {}

    def heard(self, _client: object, message: dict[str, Any], _raw: str | None) -> None:
        """A listener of slack_sdk's client, on its thread."""
        event = (message.get("payload") or {}).get("event") or {}
        if event.get("type") in (GROUP_CHANGED, ACCOUNT_CHANGED):
            self._heard.append(event)

    def turn(self, ours: frozenset[str]) -> list[str]:
        """`ours`: the workspaces whose people are the force's. Of whom it is to be asked now what they are."""
        again: list[str] = []
        for event in self._drained():
            if event["type"] == GROUP_CHANGED:
                removed = frozenset(map(str, event.get("removed_users") or ()))
                self._groups.lost(str(event.get("subteam_id") or ""), removed)
            elif isinstance(said := event.get("user"), dict) and said.get("id"):
                again.append(self._account(said, ours))
        return again

    def dropped(self) -> dict[str, Person]:
        """Who does not count any more, by person, until everybody was read anew."""
        return dict(self._dropped)

    def read_anew(self) -> None:
        self._dropped.clear()

    def _drained(self) -> Iterator[dict[str, Any]]:
        while self._heard:
            yield self._heard.popleft()

    def _account(self, said: dict[str, Any], ours: frozenset[str]) -> str:
        person, now = str(said["id"]), read_person(said, ours)
        if now.kind is AccountKind.MEMBER:
            self._dropped.pop(person, None)
        else:
            self._dropped[person] = now
        return person
