"""`missing-bot`: the composition root. It may import everything; nothing imports it.

One small file per group of commands; a group is named below.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

import click


class Listed(NamedTuple):
    module: str
    help: str  # the first paragraph of what the command says of itself, so that a list of them loads none


_COMMANDS = {
    "run": Listed(
        "cli.run",
        "Everything on this machine: bot, timer, workers, and a Redis server where REDIS_URL names none.",
    ),
    "bot": Listed("cli.bot_process", "Listens to Slack, and keeps the list of who is on duty."),
    "timer": Listed("cli.timing_processes", "Claims what is due, and does what no worker does in time."),
    "worker": Listed("cli.timing_processes", "Runs the jobs of one queue."),
    "demo": Listed(
        "cli.demo.demo_command", "One evening of a control room, on this machine, with invented people."
    ),
    "replay": Listed("cli.replay", "Run each scenario FILE in virtual time and judge what it expects."),
    "synth": Listed(
        "cli.synth_command",
        "Write a year of invented incidents to standard output, as CSV (docs/backtest.md).",
    ),
    "backtest": Listed(
        "cli.backtest_command",
        "Play LOG, a CSV of past incidents (docs/backtest.md), under one policy or two: whom it pages, and when.",
    ),
    "ask": Listed("cli.ask", "Answer TEXT about a case as it stands at a moment of a scenario."),
    "policy": Listed("cli.policy_command", "A force's numbers: durations, ladders, floors, quiet times."),
    "risk-words": Listed(
        "cli.risk_words", "Say which risks the bot would ask about where TEXT are the caller's words."
    ),
    "case": Listed(
        "cli.terminal.case_command",
        "One case, or all of them, without Slack: the same desk, the same record, the same refusals.",
    ),
    "board": Listed(
        "cli.terminal.case_command",
        "Every open case on paper (A4 upright, 80 columns), with room for a pen: missing-bot board | lp",
    ),
    "duty": Listed(
        "cli.duty",
        "Who holds each role that is paged, and would they hear it? Ends with 1 where nobody would.",
    ),
    "ways-out": Listed("cli.ways_out", "Other ways to reach people: e-mail, SMS, pager."),
    "damaged": Listed(
        "cli.damaged_command",
        "Lists what lies in the record and cannot be read, a line each: its name, and what follows.",
    ),
    "keys": Listed("cli.keys_command", "Which record keys are given, and which ones the record is under."),
    "manifest": Listed("cli.manifest_command", "The Slack app's manifest as JSON."),
    "export": Listed("cli.export", "A case as JSON, and as a page to read and print."),
    "audit": Listed(
        "cli.audit_command",
        "Each case that police were told of in that time: every clock met, late or missed, the "
        "inspectors' seven checks, its grade; then all of them together, and by who the child is.",
    ),
    "purge": Listed(
        "cli.purge_command",
        "Erases a closed case for ever, once it was exported: one person asks, another one confirms "
        "with the same command within 24 hours.",
    ),
    "retention": Listed(
        "cli.retention_command",
        "Lists closed cases, when the period of each is over ([retention] in the policy), and what each waits for.",
    ),
    "processing-log": Listed(
        "cli.log_command",
        "Who collected, altered, looked at, was shown, combined or erased what, in the order of time.",
    ),
    "verify": Listed(
        "cli.verify_command",
        "Is the record as the bot wrote it, all of it or the case REF? Has it come as far as an anchor "
        "says? Or is an export as it was made?",
    ),
    "doctor": Listed(
        "cli.doctor.doctor_command",
        "Look at everything that a page needs on its way: a line each, with what mends it.",
    ),
    "who-may": Listed("cli.who_may", "Print who reads what, and who may take which step (Markdown)."),
}

_STAGE = ("aiohttp", "sandbox")
"""What production leaves out: the local Slack, and what it is served with."""


_NOT_HERE = "Not installed here."


class NotInstalled(click.ClickException):
    exit_code = 2


class OnDemand(click.Group):
    """A command's module is loaded when it is asked for: nobody at a terminal waits for Slack's libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's own
        listed = _COMMANDS.get(cmd_name)
        if listed is None:
            return None
        if cmd_name == "demo" and not _has_its_stage():
            return _without_its_stage()
        found = getattr(import_module(listed.module), cmd_name.replace("-", "_"))
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _short(name, formatter)) for name in self.list_commands(ctx)])


def _short(name: str, formatter: click.HelpFormatter) -> str:
    """In one line, as click cuts it."""
    said = _COMMANDS[name].help if name != "demo" or _has_its_stage() else _NOT_HERE
    room = formatter.width - 6 - max(map(len, _COMMANDS))
    return click.Command(name, help=said).get_short_help_str(room)


def _has_its_stage() -> bool:
    return all(find_spec(name) for name in _STAGE)


def _without_its_stage() -> click.Command:
    """Stands in for `demo`, whatever is asked of it."""

    def refuse() -> None:
        raise NotInstalled(
            "The demo is not installed here: `pip install '.[demo]'` in the project's folder brings it."
        )

    loose = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}
    return click.Command("demo", context_settings=loose, callback=refuse, help=_NOT_HERE)


@click.group(cls=OnDemand, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="missing-bot")
def main() -> None:
    """Makes the failures around missing children loud."""
