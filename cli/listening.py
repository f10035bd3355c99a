"""The bot process: Bolt over Socket Mode, for as long as it is wanted."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.directory import RosteredDirectory, StoredDirectory
from bot.directory_document import DOCUMENT, decode
from bot.ports import reach_answers
from bot.ports.notes import Arrivals, Requests
from bot.slack import slack_client
from bot.stored_reach import StoredReach
from cli.compose.bot import Bot, app_of
from cli.socket_line import Line
from config.settings import bot_token, socket_token
from handlers.app import build_app
from handlers.dependencies import Body, Dependencies
from handlers.intake import Identity
from handlers.live_pages.refresher import Refresher
from workers.alarm.second_copy import Lookout


class Listening:
    """Connected from `start` to `close`."""

    def __init__(self, ours: Bot) -> None:
        settings = ours.settings
        self.url = settings.slack_base_url
        self.not_begun = ""  # why no connection was begun yet, for the technician
        self.lookout = Lookout(
            ours.copies, ours.machine, lambda: self._handler.connections(), every=settings.patience.count
        )
        self._deps = _parts(ours, self.lookout)
        self.refresher = Refresher(self._deps)
        token = socket_token(settings)
        self._identity = Identity(self._deps.asking)
        app = build_app(self._deps, self.refresher, self._identity, workspaces=settings.workspaces)
        self._lag = Lag(lambda: ours.slack.now)
        app.use(self._lag.note)
        self._handler: Any = Line(app, token, slack_client.asking(token, settings.slack_base_url))
        self._handler.client.message_listeners.append(self.lookout.heard)

    def start(self) -> None:
        """Raises SlackClientError, OSError, HTTPException or SecondInstallation: to be tried again."""
        known = self._identity.learn()
        self.lookout.enter(app_of(self.url, known.team_id, known.bot_id))
        self._handler.connect()

    def hears(self, listener: Callable[[object, dict[str, Any], str | None], None]) -> None:
        """Everything that Slack sends, before it is answered."""
        self._handler.client.message_listeners.append(listener)

    @property
    def is_connected(self) -> bool:
        return bool(self._handler.client.is_connected())

    @property
    def trouble(self) -> str:
        """Why there is no connection, for the technician."""
        return self.not_begun or str(self._handler.client.trouble)

    @property
    def event_lag(self) -> float | None:
        """Seconds that the newest event took from Slack to here."""
        return self._lag.seconds

    def close(self) -> None:
        """Takes no more, finishes what is in hand.

        slack_sdk's own `close` waits for its reader to notice, which takes the length of a ping time-out (10 s). Its
        threads are daemons: they end with the process.
        """
        client = self._handler.client
        client.auto_reconnect_enabled = False
        client.disconnect()
        self.lookout.leave()
        self._deps.close()


def _parts(ours: Bot, lookout: Lookout) -> Dependencies:
    settings = ours.settings
    token = bot_token(settings)
    return Dependencies(
        desk=ours.desk,
        duty_desk=ours.duty_desk,
        appointments=ours.force,
        cases=ours.stores.cases,
        outbox=ours.stores.outbox,
        requests=Entrance(ours.stores.arrivals, ours.stores.requests, ours.force, ours.directory, ours.reach),
        drafts=ours.stores.drafts,
        drafts_kept=timedelta(hours=settings.drafts_kept_hours),
        documents=ours.stores.documents,
        clock=ours.clock,
        watch=ours.watchdog,
        second_copy=lambda: lookout.is_seen,
        setting=ours.setting,
        readers=settings.readers,
        machine_ms=lambda: int(ours.machine.seconds() * 1000),
        asking=slack_client.asking(token, settings.slack_base_url),
        posting=slack_client.posting(token, settings.slack_base_url),
        redrawing=slack_client.delivering(token, settings.slack_base_url),
    )


class Entrance:
    """`Requests` for the handlers: was it seen before, and who is on duty, asked of the record in one go. What it hears
    on the way is what the request is decided by."""

    def __init__(
        self,
        arrivals: Arrivals,
        requests: Requests,
        force: StoredDirectory,
        directory: RosteredDirectory,
        reach: StoredReach,
    ) -> None:
        self._arrivals = arrivals
        self._requests = requests
        self._force = force
        self._directory = directory
        self._reach = reach

    def seen_before(self, request: str, now_ms: int) -> bool:
        arrived = self._arrivals.arrive(request, now_ms, DOCUMENT, reach_answers.DOCUMENT)
        people, reach = arrived.documents
        self._force.hear(decode(people))
        self._directory.hear(arrived.roster)
        self._reach.hear(reach_answers.decode(reach), arrived.roster)
        return arrived.seen_before

    def forget(self, request: str) -> None:
        self._requests.forget(request)


class Lag:
    """How late Slack's events come: they can lag by minutes, and nothing else shows it.

    `seconds`: of the newest event, by Slack's clock alone; None until one has come.
    """

    def __init__(self, slack_now: Callable[[], float | None]) -> None:
        """`slack_now`: what Slack's clock shows, in seconds since 1970; None before it has said so."""
        self._slack_now = slack_now
        self.seconds: float | None = None

    def note(self, body: Body, next: Callable[[], None]) -> None:
        """A middleware."""
        now = self._slack_now()
        if now is not None and "event_time" in body:
            self.seconds = max(0.0, now - float(body["event_time"]))
        next()
