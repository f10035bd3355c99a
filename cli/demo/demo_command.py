"""`missing-bot demo`: stage, story and transcript put together, as often as whoever watches wants to see it."""

import os
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import click
from msgspec import Struct, field
from msgspec.structs import replace

import config
from bot.ports.errors import StoreUnavailable
from bot.replay import scenario
from bot.store import server_state
from bot.store.connection import for_probing
from bot.views.wording import record_words
from cli.demo.pace import SPEED, Again, Audience, Ended, Nobody, Pace, reading
from cli.demo.page import PageNarrator, open_browser, open_stage
from cli.demo.scene import Scene
from cli.demo.stage import Stage, set_up
from cli.demo.story import Narrator, PlayedStory
from cli.demo.transcript import Transcript
from cli.doctor import server_checks
from cli.doctor.finding import FindingState, line
from cli.plainly import told_plainly
from sandbox.client import Workspace
from sandbox.guard import new_token
from workers.periodic import Stop, stop_on_signals

STORY = Path(config.__file__).parent.parent / "scenarios" / "d01-one-evening.yaml"
OPENING = (
    "This is a police control room's Slack on your own machine: a child is reported missing. All people are invented.",
    "The bot starts a clock for each thing that has to be done, and pages whoever must act until somebody does it.",
    "Click or type anywhere and the story pauses: case time stands while you look around or act as anybody.",
)
_TITLE = "An evening in a control room"
_ZONE = ZoneInfo("Europe/London")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_POSITIVE = click.FloatRange(min=0, min_open=True)


class _Address:
    """Where the workspace is, which whoever plays it is told once."""

    def __init__(self) -> None:
        self._is_told = False

    def tell(self, line: str) -> None:
        if not self._is_told:
            self._is_told = True
            click.echo(line)


class _Show(Struct, frozen=True):
    """What was asked for."""

    told: scenario.Scenario
    page: bool
    browser: bool
    speed: float
    until_end: bool
    ended: Stop
    texts: bool
    is_first: bool = True  # False of an evening that is played again
    address: _Address = field(default_factory=_Address)
    token: str = field(default_factory=new_token)  # the page of one evening goes on with the next


@click.command()
@click.option("--page/--no-page", default=True, help="Tell it in the workspace's page too, or here only.")
@click.option("--browser/--no-browser", default=True, help="Open the page in a browser.")
@click.option("--story", type=_FILE, default=STORY, help="A scenario to play.")
@click.option(
    "--speed",
    type=_POSITIVE,
    default=SPEED,
    show_default=True,
    help="Case seconds a second; captions stand as much shorter or longer.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The workspace's; 0 takes a free one.")
@click.option("--texts", is_flag=True, help="Give everybody a phone too, on a page of its own.")
@click.option("--until-end", is_flag=True, help="Wait for no viewer, and end when the story ends.")
def demo(
    page: bool, browser: bool, story: Path, speed: float, port: int, texts: bool, until_end: bool
) -> None:
    """One evening of a control room, on this machine, with invented people.

    With a page it begins once somebody looks at it.
    """
    ended = stop_on_signals()
    with told_plainly():
        show = _Show(scenario.load(story), page, browser, speed, until_end, ended, texts)
        while (next_port := _evening(show, port)) is not None:
            port, show = next_port, replace(show, browser=False, is_first=False)


def _evening(show: _Show, port: int) -> int | None:
    """From the opening to the end, in a fresh workspace with a fresh record. The port of one more, or None."""
    told, opened = show.told, partial(_open_page, show)
    redis_url = os.environ.get("REDIS_URL")
    if redis_url and show.is_first:
        _warn_of(redis_url)
    with set_up(
        told.said.people,
        told.start,
        port=port,
        opened=opened,
        redis_url=redis_url,
        texts=show.texts,
        token=show.token,
    ) as stage:
        show.address.tell(f"workspace {stage.workspace.address}")
        if stage.phones:
            click.echo(f"phones {stage.phones}")
        try:
            _play(show, stage)
        except Again:
            return urlsplit(stage.workspace.url).port
        except Ended:
            pass
    return None


def _warn_of(redis_url: str) -> None:
    """The evening is played all the same: nobody in it is real."""
    with for_probing(redis_url) as redis:
        try:
            found = list(server_checks.server(server_state.ask(redis), ()))
        except StoreUnavailable as away:
            click.echo(f"REDIS_URL: {record_words.stands(away.trouble)}", err=True)
            return
    for each in found:
        if each.state is FindingState.WRONG:
            click.echo(f"No case of a force could be kept there. {line(each)}", err=True)


def _open_page(show: _Show, workspace: Workspace) -> None:
    """Before the bot is up: its reader has something to read meanwhile."""
    if show.page:
        open_stage(workspace, show.told.said.title or _TITLE, OPENING, show.speed, ready=False)
    if show.page and show.browser and not open_browser(workspace.address):
        show.address.tell(f"Open {workspace.address} in a browser: the story begins once somebody looks.")


def _play(show: _Show, stage: Stage) -> None:
    """Raises Again, Ended."""
    title, ended, read = show.told.said.title or _TITLE, show.ended, reading(" ".join(OPENING))
    with Transcript(stage.workspace, stage.clock, _ZONE, click.echo) as transcript:
        narrator: Narrator = transcript
        audience: Audience = Nobody(ended, show.speed / SPEED)
        if show.page:
            soon = read / (show.speed / SPEED)
            page = open_stage(stage.workspace, title, OPENING, show.speed, ready=True, begins_after=soon)
            audience = page
            narrator = PageNarrator(stage.workspace, page, transcript)
        pace = Pace(stage.clock, audience, ended)
        if not show.until_end:
            pace.wait_for_viewer()
        if show.page:
            pace.read(read)
        story = PlayedStory(Scene(stage.workspace, show.told, _ZONE, ended), pace, narrator)
        last = story.play()
        transcript.wait_until_quiet(ended)
        if not show.until_end:
            story.end(last)
            pace.stay()
