"""`missing-bot`: the composition root. It may import everything; nothing imports it.

One small file per group of commands; a group is named below.
"""

from importlib import import_module
from importlib.util import find_spec

import click

_COMMANDS = {
    "run": "cli.run",
    "bot": "cli.bot_process",
    "timer": "cli.timing_processes",
    "worker": "cli.timing_processes",
    "demo": "cli.demo.demo_command",
    "replay": "cli.replay",
    "synth": "cli.synth_command",
    "backtest": "cli.backtest_command",
    "ask": "cli.ask",
    "policy": "cli.policy_command",
    "risk-words": "cli.risk_words",
    "case": "cli.terminal.case_command",
    "board": "cli.terminal.case_command",
    "duty": "cli.duty",
    "ways-out": "cli.ways_out",
    "damaged": "cli.damaged_command",
    "keys": "cli.keys_command",
    "manifest": "cli.manifest_command",
    "export": "cli.export",
    "audit": "cli.audit_command",
    "purge": "cli.purge_command",
    "retention": "cli.retention_command",
    "processing-log": "cli.log_command",
    "verify": "cli.verify_command",
    "doctor": "cli.doctor.doctor_command",
    "who-may": "cli.who_may",
}

_STAGE = ("aiohttp", "sandbox")
"""What production leaves out: the local Slack, and what it is served with."""


class NotInstalled(click.ClickException):
    exit_code = 2


class OnDemand(click.Group):
    """A command's module is loaded when it is asked for: nobody at a terminal waits for Slack's libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's own
        where = _COMMANDS.get(cmd_name)
        if where is None:
            return None
        if cmd_name == "demo" and not all(find_spec(name) for name in _STAGE):
            return _without_its_stage()
        found = getattr(import_module(where), cmd_name.replace("-", "_"))
        assert isinstance(found, click.Command)
        return found


def _without_its_stage() -> click.Command:
    """Stands in for `demo`, whatever is asked of it."""

    def refuse() -> None:
        raise NotInstalled("The demo is not installed here: `pip install 'missing-bot[demo]'` brings it.")

    loose = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}
    return click.Command("demo", context_settings=loose, callback=refuse, help="Not installed here.")


@click.group(cls=OnDemand, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="missing-bot")
def main() -> None:
    """Makes the failures around missing children loud."""
