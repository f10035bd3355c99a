"""`missing-bot`: the composition root. It may import everything; nothing imports it.

One small file per group of commands; a group is named below.
"""

import click

from bot.cli.ask import ask
from bot.cli.demo.command import demo
from bot.cli.policy import policy
from bot.cli.replay import replay
from bot.cli.run import bot, run, timer, worker
from bot.cli.terminal.command import board, case
from bot.cli.ways_out import ways_out


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="missing-bot")
def main() -> None:
    """Makes the failures around missing children loud."""


for command in (run, bot, timer, worker, demo, replay, ask, policy, case, board, ways_out):
    main.add_command(command)
