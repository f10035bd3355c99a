"""The bot in a workspace: real Bolt app over real Socket Mode, real desk, memory for a record. No worker runs, so a
test posts the cards that it wants people to press on."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk import WebClient

import config
from bot import plan_document
from bot.desk import Desk
from bot.directory import RosteredDirectory
from bot.domain.events import Entry, Paged, PageLine
from bot.domain.people import AccountKind, Role
from bot.domain.processing import Processing, ProcessingKind
from bot.duty_desk import DutyDesk
from bot.files import forces_file, language_file, reasons_file, risk_words_file
from bot.open_book import OpenBook
from bot.pools import Pools
from bot.ports import reach_answers
from bot.ports.cases import Pulse
from bot.ports.reach_answers import ReachAnswers
from bot.ports.stores import Stores
from bot.ports.time_source import TimeSource
from bot.reading_desk import ReadingDesk
from bot.slack import slack_client
from bot.slack.slack_reach import SlackReach
from bot.stored_places import StoredPlaces
from bot.views.cards.renderer import Screens
from bot.views.message import Message as Rendered
from bot.views.screen import Setting
from cli.socket_line import Line
from handlers.app import build_app
from handlers.dependencies import Dependencies
from handlers.intake import Identity
from handlers.live_pages.board_keeper import wanted
from handlers.live_pages.refresher import Refresher
from sandbox.client import Message, Modal, Outcome, Person, Workspace
from sandbox.runner import running_workspace
from tests.disconnecting import disconnect
from tests.handlers.at_work import PoolsAtWork, settle
from tests.waiting import BUSY
from tests.world import PEOPLE, TOLD, People, World
from workers.reach_asking import Questions, ask

MANIFEST = Path(config.__file__).with_name("slack-manifest.yaml")
NAMES = {
    "cal": "Cal Reeve",
    "cat": "Cat Moss",
    "fay": "Fay Marsh",
    "sam": "Sam Doyle",
    "sid": "Sid Penn",
    "ian": "Ian Holt",
    "sue": "Sue Larch",
    "ola": "Ola Brandt",
    "oz": "Oz Teal",
}


LONDON = ZoneInfo("Europe/London")


def id_of(name: str) -> str:
    return f"U0{name.upper()}"


class Staff(People):
    """The people of `tests.world`, by their ids in Slack."""

    def __init__(self) -> None:
        super().__init__({id_of(name): PEOPLE[name] for name in NAMES})

    def name(self, person: str) -> str:
        return next((full for name, full in NAMES.items() if id_of(name) == person), person)


class Ticking:
    """A `Watch` over timers that looked this very moment, until a test says otherwise."""

    def __init__(self, clock: TimeSource) -> None:
        self.clock = clock
        self.stopped_since: datetime | None = None

    def pulse(self) -> Pulse:
        return Pulse(last_check=self.stopped_since or self.clock.now(), stopped_since=self.stopped_since)


class Restless:
    """A machine clock by which whatever was read is old."""

    def __init__(self) -> None:
        self._seconds = 0.0

    def seconds(self) -> float:
        self._seconds += 10
        return self._seconds


class Evening(World):
    """A world whose people sit in a workspace."""

    def __init__(
        self, workspace: Workspace, *, full: bool, stores: Stores | None = None, pools: Pools | None = None
    ) -> None:
        super().__init__()
        self.at_work = PoolsAtWork()
        self.full = full
        self.stores = stores or self.stores
        self.workspace = workspace
        self.people = Staff()
        self.directory = RosteredDirectory(self.people, self.stores.rosters.load, Restless())
        self.setting = Setting(
            policy=self.policy,
            directory=self.directory,
            zone=LONDON,
            reasons=reasons_file.load(),
            forces=forces_file.load(),
            language=language_file.load(),
            risk_words=risk_words_file.shipped(),
            full=full,
        )
        rules = self.setting.content_rules
        self.desk = Desk(self.stores.cases, self.policy, self.clock, self.directory, content=rules)
        self.duty_desk = DutyDesk(
            self.stores.rosters,
            self.policy,
            self.clock,
            self.directory,
            self.people,
            zone=LONDON,
            plan=partial(plan_document.load, self.stores.documents),
            content=rules,
        )
        self.screens = Screens(self.setting, self.clock)
        token = workspace.app().bot_token
        self.machine_ms = 0
        self.ticking = Ticking(self.clock)
        self.places = self._places(slack_client.delivering(token, workspace.api_url))
        self.deps = Dependencies(
            desk=self.desk,
            duty_desk=self.duty_desk,
            appointments=self.people,
            reading=ReadingDesk(
                self.stores.cases,
                self.directory,
                self.clock,
                self.stores.processing_log,
                OpenBook(self.stores.cases, self.policy),
            ),
            outbox=self.stores.outbox,
            requests=self.stores.requests,
            drafts=self.stores.drafts,
            drafts_kept=timedelta(hours=12),
            documents=self.stores.documents,
            clock=self.clock,
            watch=self.ticking,
            places=self.places,
            setting=self.setting,
            machine_ms=lambda: self.machine_ms,
            asking=slack_client.asking(token, workspace.api_url),
            posting=slack_client.posting(token, workspace.api_url),
            redrawing=slack_client.delivering(token, workspace.api_url),
            pools=pools or self.at_work,
            slack_waits=BUSY["ack_seconds"],
        )

        self.refresher = Refresher(self.deps)  # runs by no clock of its own: a test takes its turns

    @property
    def viewed(self) -> list[tuple[str, str]]:
        """Who looked at what, and was let."""
        return [(each.by, each.action) for each in self.looks if each.allowed]

    @property
    def looks(self) -> list[Processing]:
        """All that was noted of what was looked at so far."""
        self.settle()
        noted = self.stores.log_reader.newest(100_000)
        return [each for each in noted if each.kind is ProcessingKind.CONSULTATION]

    def _places(self, client: WebClient) -> StoredPlaces:
        """Slack is asked when a test first wants to know, and of a channel that it was not asked about."""
        self._slack = SlackReach(client)
        configured = [self.workspace.channel_id(name) for name in ("cases", "fim")]
        self._configured = frozenset(configured)
        return StoredPlaces(
            self._slack_said, self.people.account, lambda kind: kind, configured, frozenset(), self
        )

    def seconds(self) -> float:
        return self.machine_ms / 1000

    def _slack_said(self) -> ReachAnswers:
        kept = reach_answers.load(self.stores.documents) or ReachAnswers()
        is_asked = self._concerned() <= kept.channels.keys() | kept.refused.keys()
        return kept if is_asked else self.asks_slack()

    def asks_slack(self) -> ReachAnswers:
        """The round of each minute: what each channel is, and who is in it."""
        about = Questions(
            channels=self._concerned(),
            people=(),
            listed=lambda person: self.people.account(person) is not AccountKind.UNKNOWN,
        )
        before = reach_answers.load(self.stores.documents) or ReachAnswers()
        kept = ask(self._slack, about, before, self.seconds())
        reach_answers.save(self.stores.documents, kept)
        return kept

    def _concerned(self) -> frozenset[str]:
        board = wanted(self.stores.documents)
        return self._configured | ({board.channel} if board else frozenset())

    # --- people ---------------------------------------------------------------------------------------------

    def person(self, name: str) -> Person:
        return self.workspace.person(name)

    @contextmanager
    def before_the_switch(self) -> Iterator[None]:
        """Steps of a time in which full content was allowed here."""
        now = self.desk, self.full
        self.desk, self.full = Desk(self.stores.cases, self.policy, self.clock, self.directory), True
        try:
            yield
        finally:
            self.desk, self.full = now

    def missing(self, name: str, words: str = "") -> Outcome:
        return self.person(name).type(f"/missing {words}".strip(), "control")

    def opened(self, name: str, title: str) -> Modal:
        """The modal in front of that person, once it has this title."""

        def probe() -> Modal | None:
            modal = self.person(name).modal
            return modal if modal and modal.title == title else None

        found = self.workspace.wait_for(probe, f"the modal {title!r}")
        assert found is not None
        return found

    def reads(self, name: str, title: str, words: str) -> Modal:
        """The modal in front, once it says so."""

        def probe() -> Modal | None:
            modal = self.person(name).modal
            return modal if modal and modal.title == title and modal.says(words) else None

        found = self.workspace.wait_for(probe, f"{words!r} in {title!r}")
        assert found is not None
        return found

    def told(self, name: str, words: str) -> Message:
        """What only that person sees."""
        return self.workspace.expect(words, to=name)

    def told_directly(self, words: str) -> Message:
        """In somebody's direct messages with the bot."""
        return self.workspace.expect(words)

    # --- what follows an answer -----------------------------------------------------------------------------

    def settle(self) -> None:
        """Slack has every answer, and all that follows those is done: what is not there now does not come any more."""
        settle(self.workspace, self.at_work)

    def says_nothing_more(self) -> None:
        """Fails where the bot said what nobody claimed."""
        self.settle()
        self.workspace.expect_nothing_more()

    # --- cards ----------------------------------------------------------------------------------------------

    def post(self, card: Rendered, channel: str = "cases", thread: str | None = None) -> Message:
        """As the delivery worker would."""
        ask: dict[str, Any] = {"thread_ts": thread} if thread else {}
        place = self.workspace.channel_id(channel) if not channel.startswith("U0") else channel
        ts = self.deps.posting.chat_postMessage(channel=place, text=card.text, blocks=card.blocks, **ask)[
            "ts"
        ]
        found = next(each for each in self.workspace.posts() if each.ts == ts)
        self.workspace.claim(found)
        return found

    def page(self, role: Role = Role.FIM) -> Rendered:
        """The newest page of the first case to that role."""
        entries = self.entries()
        return self.screens.page(self.case(), entries, role, newest_lines(entries, role))

    def entries(self, ref: str = "MC-26-0001") -> list[Entry]:
        return self.stores.cases.entries(ref)

    def did(self, ref: str = "MC-26-0001") -> list[str]:
        """What people did, in order, and what the bot noted of it for them once Slack was answered."""
        self.settle()
        return [type(entry.event).__name__ for entry in self.entries(ref) if entry.by != "timer"]


def newest_lines(entries: list[Entry], role: Role) -> tuple[PageLine, ...]:
    for entry in reversed(entries):
        if isinstance(entry.event, Paged):
            lines = tuple(line for line in entry.event.lines if line.role is role)
            if lines:
                return lines
    raise AssertionError(f"nothing was paged to {role}")


def seed() -> dict[str, Any]:
    everybody = list(NAMES)
    return {
        "people": {name: {"id": id_of(name), "real_name": full} for name, full in NAMES.items()}
        | {"pat": {"id": "U0PAT", "real_name": "Pat Lowe"}},
        "channels": {
            "cases": {"kind": "private", "members": [*everybody, "missing"]},
            "fim": {"kind": "private", "members": ["fay", "missing"]},
            "control": {"kind": "private", "members": [*everybody, "pat", "missing"]},
            "lobby": {"kind": "public", "members": [*everybody, "missing"]},
            "canteen": {"kind": "private", "members": everybody},
        },
    }


@contextmanager
def an_evening(*, full: bool = True, stores: Stores | None = None) -> Iterator[Evening]:
    start = (TOLD + timedelta(minutes=1)).timestamp()
    with running_workspace(MANIFEST, seed(), start=start) as workspace:
        workspace.settings(**BUSY)
        evening = Evening(workspace, full=full, stores=stores)
        evening.clock.at = TOLD + timedelta(minutes=1)
        with connected(evening):
            yield evening


@contextmanager
def connected(evening: Evening) -> Iterator[None]:
    workspace = evening.workspace
    app_token = workspace.app().app_token
    web_client = slack_client.asking(app_token, workspace.api_url)
    identity = Identity(evening.deps.asking)
    identity.learn()
    app = build_app(evening.deps, evening.refresher, identity)
    line = Line(app, app_token, web_client)
    line.connect()
    workspace.wait_for_app()
    try:
        yield
    finally:
        disconnect(line, workspace)
        evening.deps.close()


REPORT: dict[str, Any] = {
    "name": "Rowan Pike",
    "age": "13",
    "why_worried": "He texted that he wants to end it.",
    "yes": ["suicidal_today", "self_harm"],
    "last_seen_at": "1245",
    "last_seen_where": "Avonmead School",
    "reporter_name": "Tom Pike",
    "reporter_phone": "07700 900001",
    "reporter_relationship": "father",
    "incident": "LOG-1042",
    "told_at": "1340",
}
REFERENCES: dict[str, Any] = {
    "age": "13",
    "yes": ["suicidal_today", "self_harm"],
    "last_seen_at": "1245",
    "incident": "LOG-1042",
    "told_at": "1340",
}


def of_yesterday(report: dict[str, Any]) -> dict[str, Any]:
    """For an installation that keeps the day's own time: at night nothing of today has happened yet."""
    return {**report, "last_seen_at": "yest 2130", "told_at": "yest 2230"}


def typed(values: dict[str, Any]) -> dict[str, Any]:
    """By block; a block has one input."""
    live = {
        "age",
        "yes",
        "where_now",
        "level",
        "yes_health",
        "yes_people",
        "no_first",
        "no_health",
        "no_people",
    }
    return {block: {"live" if block in live else "value": value} for block, value in values.items()}
