"""`missing-bot`: the composition root. It may import everything; nothing imports it.

One small file per group of commands; a group is named below.
"""

import click

from bot.cli.policy import policy
from bot.cli.replay import replay


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="missing-bot")
def main() -> None:
    """Makes the failures around missing children loud."""


main.add_command(policy)
main.add_command(replay)
