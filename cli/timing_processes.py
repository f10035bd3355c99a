"""`missing-bot timer` and `missing-bot worker`: what time does. They load nothing of Slack's listening."""

import click

from cli.compose.jobs import compose_worker
from cli.compose.timer_process import compose_timer
from cli.composed import composed
from workers.periodic import stop_on_signals


@click.command("timer")
def timer() -> None:
    """Claims what is due, and does what no worker does in time."""
    stop = stop_on_signals()
    with composed(compose_timer) as ours:
        ours.run(stop)


@click.command("worker")
@click.argument("kind", type=click.Choice(["recheck", "deliver"]))
def worker(kind: str) -> None:
    """Runs the jobs of one queue."""
    with composed(compose_worker) as ours:
        ours.run(kind)
