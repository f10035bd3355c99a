"""`missing-bot ways-out`: does a page that Slack does not take reach anybody?"""

import sys

import click

from bot.ports.ways_tried import Way
from bot.time import HostClock
from cli.compose.configured_ways import ways_of
from cli.plainly import told_plainly
from config.settings import read_without_slack
from workers.ways_out.channel import Attempt, Letter

_BODY = "This is a test. No child is missing. You need do nothing.\nOFFICIAL-SENSITIVE"


@click.group("ways-out")
def ways_out() -> None:
    """Other ways to reach people: e-mail, SMS, pager."""


@ways_out.command("test")
def test() -> None:
    """Sends a test message by every way, and says of each whether it was taken. Ends with 1 where one was not."""
    with told_plainly():
        ways = ways_of(read_without_slack(), HostClock())
    if not ways.recipients:
        click.echo(
            "No other way to reach people is set up. A page that Slack does not take reaches nobody. "
            "Set MISSING_WAYS_OUT."
        )
        sys.exit(1)
    letter = Letter(title="TEST from missing-bot", body=_BODY)
    attempts = ways.deliver(dict.fromkeys(ways.all, letter))
    for way, attempt in attempts.items():
        click.echo(_came_of(way, ways.all[way].asks, attempt))
    sys.exit(0 if all(attempt.was_taken for attempt in attempts.values()) else 1)


def _came_of(way: Way, asked: str, attempt: Attempt) -> str:
    """With what was really asked for: a number that is another than was meant is seen here."""
    what = f"{way.recipient}, {way.name} (asked {asked})"
    if attempt.was_taken:
        return f"✅ {what}: taken. Ask them whether it came."
    why = f": {attempt.said}" if attempt.said else ""
    return f"🔺 {what}: NOT taken{why}. Check its address and password in MISSING_WAYS_OUT."
