"""`missing-bot`: the composition root. It may import everything; nothing imports it.

One small file per group of commands; a group is named below.
"""

from importlib import import_module

import click

_COMMANDS = {
    "run": "cli.run",
    "bot": "cli.run",
    "timer": "cli.run",
    "worker": "cli.run",
    "demo": "cli.demo.command",
    "replay": "cli.replay",
    "ask": "cli.ask",
    "policy": "cli.policy",
    "risk-words": "cli.risk_words",
    "case": "cli.terminal.command",
    "board": "cli.terminal.command",
    "ways-out": "cli.ways_out",
}


class OnDemand(click.Group):
    """A command's module is loaded when it is asked for: nobody at a terminal waits for Slack's libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's own
        where = _COMMANDS.get(cmd_name)
        if where is None:
            return None
        found = getattr(import_module(where), cmd_name.replace("-", "_"))
        assert isinstance(found, click.Command)
        return found


@click.group(cls=OnDemand, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="missing-bot")
def main() -> None:
    """Makes the failures around missing children loud."""
