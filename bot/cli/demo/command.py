"""`missing-bot demo`: stage, story and transcript put together."""

import os
import signal
import threading
from pathlib import Path
from zoneinfo import ZoneInfo

import click

import config
from bot.cli.demo.stage import StageTrouble, set_up
from bot.cli.demo.story import Story
from bot.cli.demo.transcript import Transcript
from bot.replay import scenario

STORY = Path(config.__file__).parent.parent / "scenarios" / "d01-one-evening.yaml"
_ZONE = ZoneInfo("Europe/London")


@click.command()
@click.option("--page/--no-page", default=True, help="Open the workspace in a browser.")
@click.option(
    "--story",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=STORY,
    help="A scenario to play.",
)
@click.option(
    "--speed",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    help="Case seconds a second.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The workspace's; 0 takes a free one.")
@click.option("--until-end", is_flag=True, help="End when the story ends.")
def demo(page: bool, story: Path, speed: float, port: int, until_end: bool) -> None:
    """One evening of a control room, on this machine, with invented people."""
    told = scenario.load(story)
    ended = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: ended.set())
    try:
        _play(told, speed, port, until_end, ended)
    except StageTrouble as trouble:
        raise click.ClickException(str(trouble)) from trouble


def _play(told: scenario.Scenario, speed: float, port: int, until_end: bool, ended: threading.Event) -> None:
    redis_url = os.environ.get("REDIS_URL")
    with set_up(told.said.people, told.start, speed, port=port, redis_url=redis_url) as stage:
        click.echo(f"workspace {stage.workspace.url}")
        with Transcript(stage.workspace, stage.clock, _ZONE, click.echo) as transcript:
            story = Story(told, stage.workspace, stage.clock, _ZONE, transcript)
            story.play(ended)
            transcript.wait_until_quiet(ended)
            if not until_end:
                click.echo("\nThe story has ended. Ctrl-C stops the demo.")
                ended.wait()
