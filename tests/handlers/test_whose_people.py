"""Whoever stands in a role's user group and is not the force's: refused, with the sentence that says why; and how old
the list is, where that is why. The real application, as the bot process has it, on a real record."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import config
from bot.directory_document import GroupAnswer, Person, Snapshot, save
from bot.domain.people import AccountKind, Role
from bot.time import HostClock
from cli.compose.bot import Bot, compose_bot
from cli.listening import Listening
from cli.socket_line import Line
from config.settings import read_settings
from sandbox.client import Workspace
from sandbox.runner import running_workspace
from tests.disconnecting import disconnect
from tests.handlers.evening import seed
from tests.waiting import BUSY

MANIFEST = Path(config.__file__).with_name("slack-manifest.yaml")
NOW = HostClock().seconds


class Room:
    """One workspace with the bot in it; Cal's account, in the control room's user group, is what a test makes of it."""

    def __init__(self, workspace: Workspace, bot: Bot) -> None:
        self.workspace = workspace
        self.bot = bot
        self.cal = workspace.person("cal").id

    def is_known(self, kind: AccountKind | None, *, in_group: bool = True, minutes_ago: float = 0) -> None:
        """`kind`: of Cal's account; None: not on Slack's list."""
        read_at = NOW() - minutes_ago * 60
        members = frozenset({self.cal}) if in_group else frozenset[str]()
        group = GroupAnswer(members=members, group="S0CALLS", read_at=read_at)
        people = {} if kind is None else {self.cal: Person(name="Cal Reeve", kind=kind)}
        snapshot = Snapshot(holders={Role.CONTROL_ROOM: group}, people=people, listed_at=read_at)
        save(self.bot.stores.documents, snapshot)

    def types(self, command: str) -> str:
        """What Cal reads then."""
        before = len(self.workspace.posts())
        self.workspace.person("cal").type(command, "control")
        told = self.workspace.wait_for(lambda: self.workspace.posts()[before:], "an answer")
        return told[0].words


@pytest.fixture
def room(redis_url: str, prefix: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with running_workspace(MANIFEST, seed()) as workspace:
        workspace.settings(**BUSY)
        for name, value in {
            "REDIS_URL": redis_url,
            "SLACK_BOT_TOKEN": workspace.app().bot_token,
            "SLACK_APP_TOKEN": workspace.app().app_token,
            "MISSING_SLACK_BASE_URL": workspace.api_url,
            "MISSING_RECORD_KEY": "ab" * 32,
            "MISSING_CHANNELS__CASES": workspace.channel_id("cases"),
            "MISSING_CHANNELS__FIM": workspace.channel_id("fim"),
            "MISSING_PREFIX": prefix,
        }.items():
            monkeypatch.setenv(name, value)
        bot = compose_bot(read_settings())
        listening = Listening(bot)
        listening.start()
        workspace.wait_for_app()
        try:
            yield Room(workspace, bot)
        finally:
            assert isinstance(listening._line, Line)
            disconnect(listening._line, workspace)
            listening.close()
            bot.redis.close()


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (AccountKind.GUEST, "You are a guest in this workspace"),
        (AccountKind.STRANGER, "Your account is another organisation's"),
        (AccountKind.DEACTIVATED, "your account is deactivated"),
        (AccountKind.MACHINE, "Apps and workflows read and record nothing here."),
    ],
)
@pytest.mark.parametrize("command", ["/missing list", "/missing"])
def test_who_is_not_the_forces_reads_why(room: Room, kind: AccountKind, command: str, says: str) -> None:
    room.is_known(kind)
    assert says in room.types(command)
    assert room.workspace.person("cal").modal is None


def test_who_is_not_on_the_list_at_all_is_not_set_up(room: Room) -> None:
    room.is_known(None)
    assert "You are not set up here." in room.types("/missing list")


def test_a_member_in_the_group_may(room: Room) -> None:
    room.is_known(AccountKind.MEMBER)
    room.workspace.person("cal").type("/missing", "control")
    room.workspace.wait_for(lambda: room.workspace.person("cal").modal, "the form")


def test_who_asks_from_another_workspace_is_nobody_whatever_the_list_says(room: Room) -> None:
    room.is_known(AccountKind.MEMBER)
    room.workspace.seed({"people": {"cal": {"id": room.cal, "team": "T0ELSE"}}})
    assert "another organisation's" in room.types("/missing list")


def test_who_is_refused_by_an_old_list_reads_how_old_it_is(room: Room) -> None:
    room.is_known(AccountKind.MEMBER, in_group=False, minutes_ago=12)
    said = room.types("/missing")
    assert "That list is 12 minutes old: Slack gives us no newer one." in said
    assert "no role" not in said


def test_who_is_not_on_an_old_list_of_people_reads_that_too(room: Room) -> None:
    room.is_known(None, minutes_ago=12)
    said = room.types("/missing list")
    assert "12 minutes old" in said
    assert "not set up" not in said


def test_by_a_new_list_one_without_a_role_is_told_that_there_is_none(room: Room) -> None:
    room.is_known(AccountKind.MEMBER, in_group=False)
    assert "you have no role here" in room.types("/missing")
