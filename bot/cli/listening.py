"""The bot process: Bolt over Socket Mode, for as long as it is wanted."""

from datetime import timedelta
from typing import Any

from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler

from bot import slack_client
from bot.cli.compose import Bot
from config.settings import bot_token, socket_token
from handlers.app import build_app
from handlers.lag import Lag
from handlers.parts import Parts
from handlers.upkeep import Upkeep

# The client pings this often. A line that was cut without a word is noticed by it; slack_sdk's built-in client does
# not notice one at all (measured: not within 40 s; this one reconnects in 2).
_PING = 1.0  # seconds
_AT_ONCE = 64  # envelopes in hand; with the client's ten, forty presses would wait for each other


class Listening:
    """Connected from `start` to `close`."""

    def __init__(self, ours: Bot) -> None:
        settings = ours.settings
        self._parts = _parts(ours)
        self.upkeep = Upkeep(self._parts)
        token = socket_token(settings)
        app = build_app(self._parts, self.upkeep)
        self._lag = Lag(self._parts.machine_ms)
        app.use(self._lag.note)
        self._handler: Any = SocketModeHandler(
            app,
            token,
            web_client=slack_client.asking(token, settings.slack_base_url),
            ping_interval=_PING,
            concurrency=_AT_ONCE,
        )

    def start(self) -> None:
        self._handler.connect()

    @property
    def is_connected(self) -> bool:
        return bool(self._handler.client.is_connected())

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
        self._parts.close()


def _parts(ours: Bot) -> Parts:
    settings = ours.settings
    token = bot_token(settings)
    return Parts(
        desk=ours.desk,
        duty_desk=ours.duty_desk,
        appointments=ours.force,
        cases=ours.stores.cases,
        outbox=ours.stores.outbox,
        requests=ours.stores.requests,
        drafts=ours.stores.drafts,
        drafts_kept=timedelta(hours=settings.drafts_kept_hours),
        documents=ours.stores.documents,
        clock=ours.clock,
        watch=ours.watchdog,
        setting=ours.setting,
        machine_ms=lambda: int(ours.machine.seconds() * 1000),
        asking=slack_client.asking(token, settings.slack_base_url),
        posting=slack_client.posting(token, settings.slack_base_url),
        redrawing=slack_client.delivering(token, settings.slack_base_url),
    )
