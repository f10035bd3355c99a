"""`missing-bot manifest`: the Slack app as JSON, as Slack's own command line and *Create from manifest* take it."""

import json

import click

from config import slack_app


@click.command()
@click.option(
    "--request-url",
    metavar="URL",
    help="Slack calls in there, through the force's gateway, in place of Socket Mode.",
)
@click.option("--source", hidden=True, help="The project's folder, which Slack's command line adds.")
def manifest(request_url: str | None, source: str | None) -> None:  # noqa: ARG001 - there is one manifest
    """The Slack app's manifest as JSON."""
    app = slack_app.manifest()
    click.echo(json.dumps(slack_app.called_in(app, request_url) if request_url else app, indent=2))
