"""The bot process: Bolt over Socket Mode, or over HTTP behind a gateway, for as long as it is wanted."""

from collections.abc import Callable
from datetime import timedelta
from time import monotonic

from msgspec import Struct
from slack_bolt import App
from slack_sdk import WebClient

from bot.directory import RosteredDirectory, StoredDirectory
from bot.directory_document import DOCUMENT, Snapshot
from bot.pools import THREADS, Pools
from bot.ports import reach_answers
from bot.ports.cases import Watch
from bot.ports.damaged import understood
from bot.ports.metrics import Metric
from bot.ports.notes import Arrivals, Documents, Requests
from bot.ports.reach_answers import ReachAnswers
from bot.slack import slack_client
from bot.stored_reach import StoredReach
from cli.compose.bot import Bot, app_of
from cli.compose.shared import Parts
from cli.http_line import HttpLine
from cli.socket_line import Heard, Line
from config.setting_parts import Http
from config.settings import Settings, bot_token, signing_secret, socket_token
from handlers.app import build_app
from handlers.dependencies import Body, Dependencies
from handlers.intake import Gate, Identity, Looks
from handlers.live_pages.refresher import Refresher
from handlers.request_url import RequestUrl
from workers.alarm.second_copy import Lookout


class Listening:
    """Connected from `start` to `close`."""

    def __init__(self, ours: Bot) -> None:
        settings = ours.settings
        self.url = settings.slack_base_url
        self.not_begun = ""  # why no connection was begun yet, for the technician
        self.lookout = Lookout(
            ours.copies, ours.machine, lambda: self._line.connections(), every=settings.patience.count
        )
        self._deps = dependencies(
            ours, ours.watchdog, _clients(ours), second_copy=lambda: self.lookout.is_seen
        )
        self.refresher = Refresher(self._deps)
        self._identity = Identity(self._deps.asking)
        gate = Gate(lambda: ours.stores.metrics.count(Metric.MISSHAPEN))
        app = build_app(
            self._deps,
            self.refresher,
            self._identity,
            signing_secret=signing_secret(settings) if settings.http else None,
            workspaces=settings.workspaces,
            gate=gate,
        )
        self._lag = Lag(lambda: ours.slack.now)
        app.use(Looks(self._lag.note))
        self._line = (
            _http_line(app, gate, settings.http, ours) if settings.http else _socket_line(app, gate, settings)
        )
        self._line.hears(self.lookout.heard)

    def start(self) -> None:
        """Raises SlackClientError, OSError, HTTPException or SecondInstallation: to be tried again."""
        known = self._identity.learn()
        self.lookout.enter(app_of(self.url, known.team_id, known.bot_id))
        self._line.connect()

    def hears(self, listener: Heard) -> None:
        """Everything that Slack sends, before it is answered."""
        self._line.hears(listener)

    @property
    def is_connected(self) -> bool:
        return self._line.is_connected

    @property
    def trouble(self) -> str:
        """Why there is no connection, for the technician."""
        return self.not_begun or self._line.trouble

    @property
    def event_lag(self) -> float | None:
        """Seconds that the newest event took from Slack to here."""
        return self._lag.seconds

    def close(self) -> None:
        """Takes no more, finishes what is in hand."""
        self._line.leave()
        self.lookout.leave()
        self._deps.close()


def _socket_line(app: App, gate: Gate, settings: Settings) -> Line:
    token = socket_token(settings)
    return Line(app, token, slack_client.asking(token, settings.slack_base_url), gate.answer)


def _http_line(app: App, gate: Gate, http: Http, ours: Bot) -> HttpLine:
    def told(heard: Callable[[Body], None]) -> RequestUrl:
        return RequestUrl(
            app,
            signing_secret(ours.settings),
            gate,
            ours.machine,
            http.path,
            heard=heard,
            refused=lambda: ours.stores.metrics.count(Metric.UNSIGNED),
        )

    return HttpLine(http, told)


class Clients(Struct, frozen=True, kw_only=True):
    """Of Slack's Web API, each with the retries that are safe for it."""

    asking: WebClient
    posting: WebClient
    redrawing: WebClient


def _clients(ours: Bot) -> Clients:
    token, url = bot_token(ours.settings), ours.settings.slack_base_url
    kinds = (slack_client.asking, slack_client.posting, slack_client.delivering)
    asking, posting, redrawing = (kind(token, url).telling(ours.counts_slack) for kind in kinds)
    return Clients(asking=asking, posting=posting, redrawing=redrawing)


def dependencies(
    ours: Parts,
    watch: Watch,
    clients: Clients,
    *,
    second_copy: Callable[[], bool] = lambda: False,
    pools: Pools = THREADS,
    monotonic: Callable[[], float] = monotonic,
) -> Dependencies:
    settings = ours.settings
    return Dependencies(
        desk=ours.desk,
        duty_desk=ours.duty_desk,
        appointments=ours.force,
        reading=ours.reading,
        outbox=ours.stores.outbox,
        requests=Entrance(
            ours.stores.arrivals,
            ours.stores.documents,
            ours.stores.requests,
            ours.force,
            ours.directory,
            ours.reach,
        ),
        drafts=ours.stores.drafts,
        drafts_kept=timedelta(hours=settings.drafts_kept_hours),
        documents=ours.stores.documents,
        clock=ours.clock,
        watch=watch,
        places=ours.places,
        second_copy=second_copy,
        refused=lambda because: ours.quick_stores.metrics.count(Metric.REFUSALS, 1, because),
        setting=ours.setting,
        machine_ms=lambda: int(ours.machine.seconds() * 1000),
        asking=clients.asking,
        posting=clients.posting,
        redrawing=clients.redrawing,
        pools=pools,
        monotonic=monotonic,
    )


class Entrance:
    """`Requests` for the handlers: was it seen before, and who is on duty, asked of the record in one go. What it hears
    on the way is what the request is decided by."""

    def __init__(
        self,
        arrivals: Arrivals,
        documents: Documents,
        requests: Requests,
        force: StoredDirectory,
        directory: RosteredDirectory,
        reach: StoredReach,
    ) -> None:
        self._arrivals = arrivals
        self._documents = documents
        self._requests = requests
        self._force = force
        self._directory = directory
        self._reach = reach

    def seen_before(self, request: str, now_ms: int) -> bool:
        arrived = self._arrivals.arrive(request, now_ms, DOCUMENT, reach_answers.DOCUMENT)
        people, reach = arrived.documents
        self._force.hear(understood(self._documents, DOCUMENT, people, Snapshot))
        self._directory.hear(arrived.roster)
        answers = understood(self._documents, reach_answers.DOCUMENT, reach, ReachAnswers)
        self._reach.hear(answers, arrived.roster)
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

    def note(self, body: Body, _: object) -> None:
        """A look at each request."""
        now = self._slack_now()
        if now is not None and "event_time" in body:
            self.seconds = max(0.0, now - float(body["event_time"]))
