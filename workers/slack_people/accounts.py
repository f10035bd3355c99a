"""What Slack says of people's accounts: everybody's, page by page, and at any time those of whom it must be known."""

from collections.abc import Iterable, Mapping
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.directory_document import Person
from bot.domain.people import AccountKind
from bot.slack.slack_client import understood
from bot.time import MachineClock, has_passed
from workers.slack_people.asking_pace import AskingPace, trouble_of

log = structlog.get_logger()

PAGE = 1000  # the most that Slack gives at once
_GAP = 3.0  # seconds: users.list is tier 2, twenty a minute
_AT_ONCE = 5  # people asked about in one turn: users.info is tier 4, a hundred a minute
_FRESH = (
    90.0  # machine seconds for which it is not asked again what somebody is: a short list says it each minute
)
_SLACKBOT = "USLACKBOT"  # the one machine that Slack does not list as one


def read_person(said: Mapping[str, Any], ours: frozenset[str]) -> Person:
    """`said`: a user object of Slack's. `ours`: the workspaces whose people are the force's."""
    name = str(said.get("real_name") or said.get("name") or said["id"])
    return Person(name=name, kind=_kind(said, ours))


def _kind(said: Mapping[str, Any], ours: frozenset[str]) -> AccountKind:
    if said.get("deleted"):
        return AccountKind.DEACTIVATED
    if said.get("is_bot") or said.get("is_workflow_bot") or said["id"] == _SLACKBOT:
        return AccountKind.MACHINE
    team = said.get("team_id")
    if team not in ours if team else said.get("is_stranger"):
        return AccountKind.STRANGER
    if said.get("is_restricted") or said.get("is_ultra_restricted"):
        return AccountKind.GUEST
    return AccountKind.MEMBER


class ListWalk:
    """Through users.list, a page a turn. What was read stays read, whatever stops it; it goes on from there."""

    def __init__(self, client: WebClient, machine: MachineClock) -> None:
        self._client = client
        self._pace = AskingPace(machine, _GAP)
        self._cursor = ""
        self.seen: dict[str, Person] = {}
        self.pages = 0
        self.trouble = ""  # why it stands still; "" while it goes on

    def turn(self, ours: frozenset[str], *, in_haste: bool) -> Mapping[str, Person] | None:
        """What one more page says, where it is time for one. `in_haste`: as fast as Slack lets us."""
        if not self._pace.is_open:
            return None
        self._pace.asked(in_haste=in_haste)
        try:
            return self._read(ours)
        except (SlackClientError, OSError) as error:
            if not self._pace.hold(error):
                self._fail(trouble_of(error))
            return None

    @property
    def is_over(self) -> bool:
        return self.pages > 0 and not self._cursor

    def begin(self) -> None:
        self.seen, self._cursor, self.pages = {}, "", 0

    def _read(self, ours: frozenset[str]) -> Mapping[str, Person]:
        with understood("users.list"):
            answer = self._client.users_list(limit=PAGE, cursor=self._cursor or None)
            page = {str(said["id"]): read_person(said, ours) for said in answer["members"]}
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        self.seen |= page
        self._cursor, self.trouble = cursor, ""
        self.pages += 1
        return page

    def _fail(self, trouble: str) -> None:
        if trouble != self.trouble:
            log.error("the list of people could not be read, will go on", why=trouble, read=len(self.seen))
        self.trouble = trouble
        if trouble == "invalid_cursor":
            self.begin()


class OneByOne:
    """Of those who hold a role it is known within a minute what they are, however long the list of all takes."""

    def __init__(self, client: WebClient, machine: MachineClock) -> None:
        self._client = client
        self._machine = machine
        self._pace = AskingPace(machine)
        self._read_at: dict[str, float] = {}
        self._troubles: dict[str, str] = {}

    def heard(self, people: Iterable[str]) -> None:
        """The list has just said it."""
        self._read_at |= dict.fromkeys(people, self._machine.seconds())

    def again(self, people: Iterable[str]) -> None:
        """Something is told of them: they are asked about next."""
        for person in people:
            self._read_at.pop(person, None)

    def turn(self, wanted: Iterable[str], ours: frozenset[str]) -> Mapping[str, Person]:
        """What some of them are, as far as Slack answers; those who wait longest first."""
        found: dict[str, Person] = {}
        waiting = sorted(filter(self._is_due, wanted), key=lambda person: self._read_at.get(person, 0.0))
        for person in waiting[:_AT_ONCE]:
            if not self._pace.is_open:
                break
            self._read_at[person] = self._machine.seconds()
            if (answer := self._ask(person, ours)) is not None:
                found[person] = answer
        return found

    def _is_due(self, person: str) -> bool:
        return has_passed(_FRESH, self._read_at.get(person, float("-inf")), self._machine.seconds())

    def _ask(self, person: str, ours: frozenset[str]) -> Person | None:
        try:
            with understood("users.info"):
                return read_person(self._client.users_info(user=person)["user"], ours)
        except (SlackClientError, OSError) as error:
            if self._pace.hold(error):
                del self._read_at[person]
            elif self._troubles.get(person) != (trouble := trouble_of(error)):
                self._troubles[person] = trouble
                log.error("what somebody is could not be read", person=person, why=trouble)
            return None
