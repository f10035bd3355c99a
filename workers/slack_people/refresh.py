"""Slack's user groups and people → the directory that every process reads. A little each second, so that however many
accounts there are, and whatever Slack asks to wait for, who is on duty is known first."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.directory_document import (
    NOTHING,
    Everybody,
    GroupAnswer,
    Person,
    Snapshot,
    load,
    load_everybody,
    save,
    save_everybody,
)
from bot.domain.people import Role
from bot.ports.notes import Documents
from bot.slack.slack_client import understood
from bot.time import MachineClock, has_passed
from workers.slack_people.accounts import PAGE, ListWalk, OneByOne
from workers.slack_people.groups import GroupRounds
from workers.slack_people.told_changes import ToldChanges

_SMALL = 60.0  # machine seconds between two readings of a list of one page
_LARGE = 600.0  # and of a longer one: meanwhile those who hold a role are asked about one by one


class Appointed(Struct, frozen=True, kw_only=True):
    """As the settings say it."""

    groups: Mapping[Role, str]  # who is on duty
    may_hold: Mapping[Role, str]
    people: Mapping[Role, frozenset[str]]  # who is on duty, where there are no user groups
    workspaces: frozenset[str] = frozenset()  # whose people count beside those of the bot's own


class DirectoryRefresh:
    def __init__(
        self,
        client: WebClient,
        given: Appointed,
        documents: Documents,
        machine: MachineClock,
        handed_to: Callable[[], Iterable[str]] = lambda: (),
    ) -> None:
        """`handed_to`: who holds a role by a hand-over, whatever the groups say."""
        self._client = client
        self._given = given
        self._documents = documents
        self._machine = machine
        self._handed_to = handed_to
        self._groups = GroupRounds(client, machine, [*given.groups.values(), *given.may_hold.values()])
        self._walk = ListWalk(client, machine)
        self._one_by_one = OneByOne(client, machine)
        self._told = ToldChanges(self._groups)
        self.heard = self._told.heard
        self._own = ""  # the workspace that the bot is installed in
        self._stands = NOTHING

    def turn(self) -> None:
        """Each second. Slack's troubles are kept, with what was known before. Raises StoreUnavailable."""
        stored = self._take_up()
        ours = self._ours()
        self._one_by_one.again(self._told.turn(ours) if ours else ())
        self._groups.turn()
        wanted = self._wanted()
        known = self._stands.people
        people = {person: known[person] for person in wanted if person in known}
        if ours:
            people |= self._listed(wanted, ours)
            people |= self._one_by_one.turn(wanted, ours)
        people |= self._told.dropped()
        self._keep(stored, people)

    @property
    def is_begun(self) -> bool:
        """Whether every group was asked, and of everybody in them it is known what they are."""
        return self._groups.are_all_asked and self._wanted() <= self._stands.people.keys()

    def _take_up(self) -> Snapshot:
        """What is stored: what was known before this process, and what another bot has read since. Where that cannot
        be believed, what this one knew goes on, and is written over it."""
        stored = load(self._documents) or NOTHING
        if stored is not NOTHING:
            self._stands = stored
        self._groups.take_up([*stored.holders.values(), *stored.may_hold.values()])
        return stored

    def _ours(self) -> frozenset[str]:
        """Empty until the bot knows where it is: till then anybody might be a stranger."""
        if not self._own:
            with suppress(SlackClientError, OSError), understood("auth.test"):
                self._own = str(self._client.auth_test()["team_id"])
        return self._given.workspaces | {self._own} if self._own else frozenset()

    def _wanted(self) -> frozenset[str]:
        in_groups = (self._groups.answers[group].members for group in self._given.groups.values())
        return frozenset().union(*in_groups, *self._given.people.values(), self._handed_to())

    def _listed(self, wanted: frozenset[str], ours: frozenset[str]) -> dict[str, Person]:
        """Of those wanted, who stand on the page that was read just now."""
        if not self._walk.pages and not self._is_due():
            return {}
        page = self._walk.turn(ours, in_haste=self._stands.listed_at is None) or {}
        self._one_by_one.heard(page.keys() & wanted)
        if self._walk.is_over:
            self._keep_everybody()
        return {person: page[person] for person in page.keys() & wanted}

    def _is_due(self) -> bool:
        """By whichever bot it was read last."""
        last = self._stands.listed_at
        wait = _SMALL if self._stands.listed <= PAGE else _LARGE
        return last is None or has_passed(wait, last, self._machine.seconds())

    def _keep_everybody(self) -> None:
        """Written where it says something new: every process then reads it anew."""
        now, seen = self._machine.seconds(), self._walk.seen
        before = load_everybody(self._documents)
        if before is None or before.people != seen:
            before = Everybody(read_at=now, people=seen)
            save_everybody(self._documents, before)
        self._stands = replace(self._stands, everybody_at=before.read_at, listed_at=now, listed=len(seen))
        self._walk.begin()
        self._told.read_anew()

    def _keep(self, stored: Snapshot, people: dict[str, Person]) -> None:
        answers, given = self._groups.answers, self._given
        named = {role: GroupAnswer(members=members) for role, members in given.people.items()}
        self._stands = replace(
            self._stands,
            holders={role: answers[group] for role, group in given.groups.items()} | named,
            may_hold={role: answers[group] for role, group in given.may_hold.items()},
            people=people,
            list_trouble=self._walk.trouble,
        )
        if self._stands != stored:
            save(self._documents, self._stands)
