"""`missing-bot demo`: stage, story and transcript put together."""

import os
import signal
import threading
from pathlib import Path
from zoneinfo import ZoneInfo

import click

import config
from bot.cli.demo.page import PageNarrator, open_browser
from bot.cli.demo.scene import Scene
from bot.cli.demo.stage import Stage, set_up
from bot.cli.demo.story import Story
from bot.cli.demo.transcript import Transcript
from bot.cli.plainly import told_plainly
from bot.replay import scenario

STORY = Path(config.__file__).parent.parent / "scenarios" / "d01-one-evening.yaml"
_ZONE = ZoneInfo("Europe/London")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_POSITIVE = click.FloatRange(min=0, min_open=True)


@click.command()
@click.option("--page/--no-page", default=True, help="Tell it in the workspace's page too, or here only.")
@click.option("--browser/--no-browser", default=True, help="Open the page in a browser.")
@click.option("--story", type=_FILE, default=STORY, help="A scenario to play.")
@click.option("--speed", type=_POSITIVE, default=60.0, show_default=True, help="Case seconds a second.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The workspace's; 0 takes a free one.")
@click.option("--until-end", is_flag=True, help="End when the story ends.")
def demo(page: bool, browser: bool, story: Path, speed: float, port: int, until_end: bool) -> None:
    """One evening of a control room, on this machine, with invented people."""
    ended = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: ended.set())
    redis_url = os.environ.get("REDIS_URL")
    with told_plainly():
        told = scenario.load(story)
        with set_up(told.said.people, told.start, speed, port=port, redis_url=redis_url) as stage:
            click.echo(f"workspace {stage.workspace.url}")
            if page and browser:
                open_browser(stage.workspace.url)
            _play(told, stage, ended, page=page, until_end=until_end)


def _play(
    told: scenario.Scenario, stage: Stage, ended: threading.Event, *, page: bool, until_end: bool
) -> None:
    with Transcript(stage.workspace, stage.clock, _ZONE, click.echo) as transcript:
        narrator = PageNarrator(stage.workspace, transcript) if page else transcript
        story = Story(Scene(stage.workspace, told, _ZONE, ended), stage.clock, narrator)
        last = story.play(ended)
        transcript.wait_until_quiet(ended)
        if not until_end:
            narrator.end(last)
            ended.wait()
