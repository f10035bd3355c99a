"""`missing-bot ways-out`: does a page that Slack does not take reach anybody?"""

import os
import sys
import time
from collections.abc import Callable

import click
from msgspec.structs import replace

from bot.ports.ways_tried import Way, WayAnswer
from bot.store.errors import ServerTrouble
from bot.time import HostClock
from bot.views.wording.delivery import NOT_BROUGHT
from cli.compose.configured_ways import notify_of, ways_of
from cli.compose.shared import share
from cli.network import go_out
from cli.plainly import told_plainly
from cli.terminal.session import with_server
from config.settings import Settings, read_without_slack
from workers.ways_out.channel import Attempt, Letter
from workers.ways_out.leaving import FailingWays
from workers.ways_out.notify_api import NotifyApi, NotifyAway, NotifyRefused

_BODY = "This is a test. No child is missing. You need do nothing.\nOFFICIAL-SENSITIVE"
_ASKED_EVERY = 1.0  # seconds between two questions whether a text arrived


@click.group("ways-out")
def ways_out() -> None:
    """Other ways to reach people: e-mail, SMS, pager."""


@ways_out.command("test")
@click.option("--wait", default=20.0, show_default=True, help="Seconds to wait for word that a text arrived.")
def test(wait: float) -> None:
    """Sends a test message by every way, and says of each what was asked for and what came of it. Ends with 1 where
    one was not taken, or did not arrive."""
    with told_plainly():
        settings, machine = read_without_slack(), HostClock()
        go_out(settings, os.environ)
        ways, notify = ways_of(settings, machine), notify_of(settings, machine)
        note = _kept(settings)
    if not ways.all:
        click.echo(
            "No other way to reach people is set up. A page that Slack does not take reaches nobody. "
            "Set MISSING_WAYS_OUT."
        )
        sys.exit(1)
    letter = Letter(title="TEST from missing-bot", body=_BODY)
    attempts = ways.deliver(dict.fromkeys(ways.all, letter))
    until = time.monotonic() + wait
    for way, taken in attempts.items():
        attempt = _arrived(taken, notify, until) if notify and taken.receipt else taken
        note(way, attempt)
        click.echo(_came_of(way, ways.all[way].asks, attempt))
        attempts[way] = attempt
    sys.exit(0 if all(attempt.was_taken for attempt in attempts.values()) else 1)


def _kept(settings: Settings) -> Callable[[Way, Attempt], None]:
    """Where there is a record to keep it in: without REDIS_URL the one of the `run` that is up."""
    try:
        shared = share(with_server(settings))
    except ServerTrouble:
        return lambda _, __: None
    return FailingWays(shared.quick_stores.documents, shared.clock, was_test=True).note


def _arrived(taken: Attempt, notify: NotifyApi, until: float) -> Attempt:
    """What the service says of it by then; as it was where it says nothing yet."""
    while True:
        try:
            status = notify.status(taken.receipt)
        except (NotifyRefused, NotifyAway):
            status = None
        if status == "delivered":
            return replace(taken, answer=WayAnswer.DELIVERED)
        if status in NOT_BROUGHT:
            return replace(taken, answer=WayAnswer.UNDELIVERED, said=NOT_BROUGHT[status])
        if time.monotonic() >= until:
            return taken
        time.sleep(_ASKED_EVERY)


def _came_of(way: Way, asked: str, attempt: Attempt) -> str:
    """With what was really asked for: a number that is another than was meant is seen here."""
    what = f"{way.recipient}, {way.name} (asked {asked})"
    if attempt.answer is WayAnswer.DELIVERED:
        return f"✅ {what}: delivered."
    if attempt.was_taken:
        return f"✅ {what}: taken. Ask them whether it came."
    if attempt.answer is WayAnswer.UNDELIVERED:
        return f"🔺 {what}: taken, and did NOT arrive: {attempt.said}."
    why = f": {attempt.said}" if attempt.said else ""
    return f"🔺 {what}: NOT taken{why}. Check its address and password in MISSING_WAYS_OUT."
