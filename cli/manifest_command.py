"""`missing-bot manifest`: the Slack app as JSON, as Slack's own command line and *Create from manifest* take it."""

import json
from urllib.parse import urlsplit

import click

from config import slack_app


def _over_tls(_context: click.Context, _option: click.Parameter, given: str | None) -> str | None:
    """Slack takes no other, and says so only once the manifest is pasted."""
    try:
        is_one = given is None or (urlsplit(given).scheme == "https" and bool(urlsplit(given).hostname))
    except ValueError:
        is_one = False
    if not is_one:
        raise click.BadParameter("it should be the gateway's address, such as https://GATEWAY/slack/events.")
    return given


@click.command()
@click.option(
    "--request-url",
    metavar="URL",
    callback=_over_tls,
    help="Slack calls in there, through the force's gateway, in place of Socket Mode.",
)
@click.option("--source", hidden=True, help="The project's folder, which Slack's command line adds.")
def manifest(request_url: str | None, source: str | None) -> None:  # noqa: ARG001 - there is one manifest
    """The Slack app's manifest as JSON."""
    app = slack_app.manifest()
    click.echo(json.dumps(slack_app.called_in(app, request_url) if request_url else app, indent=2))
