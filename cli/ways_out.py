"""`missing-bot ways-out`: does a page that Slack does not take reach anybody?"""

import sys

import click

from cli.compose.configured_ways import ways_of
from cli.plainly import told_plainly
from config.settings import read_without_slack

_BODY = "This is a test. No child is missing. You need do nothing.\nOFFICIAL-SENSITIVE"


@click.group("ways-out")
def ways_out() -> None:
    """Other ways to reach people: e-mail, SMS, pager."""


@ways_out.command("test")
def test() -> None:
    """Sends a test message by every way, and says of each whether it was taken. Ends with 1 where one was not."""
    with told_plainly():
        ways = ways_of(read_without_slack())
    if not ways.recipients:
        click.echo(
            "No other way to reach people is set up. A page that Slack does not take reaches nobody. "
            "Set MISSING_WAYS_OUT."
        )
        sys.exit(1)
    all_taken = True
    for recipient in ways.recipients:
        sent = ways.send(recipient, "TEST from missing-bot", _BODY)
        all_taken = all_taken and not sent.failed
        for name in sent.taken:
            click.echo(f"✅ {recipient}, {name}: taken. Ask them whether it came.")
        for name in sent.failed:
            click.echo(
                f"🔺 {recipient}, {name}: NOT taken. Check its address and password in MISSING_WAYS_OUT."
            )
    sys.exit(0 if all_taken else 1)
