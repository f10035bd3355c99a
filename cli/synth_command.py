"""`missing-bot synth`: a force's year that never happened, as the log that `missing-bot backtest` reads."""

import csv
import sys
from datetime import date
from zoneinfo import ZoneInfo

import click

from bot.backtest.synthetic.year import year
from cli.plainly import UK, ZONE


@click.command()
@click.option(
    "--cases", type=click.IntRange(min=1), default=10_000, show_default=True, help="How many incidents."
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same number gives the same year.")
@click.option(
    "--zone", type=ZONE, default=UK, show_default=True, help="By whose clock the hours of the day are."
)
def synth(cases: int, seed: int, zone: ZoneInfo) -> None:
    """Write a year of invented incidents to standard output, as CSV (docs/backtest.md).

    Nobody in it exists. Each proportion, and where it comes from, is in docs/backtest.md.
    """
    begins = date(2025, 4, 1)
    csv.writer(sys.stdout, lineterminator="\n").writerows(year(cases, seed, begins, zone))
