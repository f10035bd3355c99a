"""Case time belongs to whoever watches: it waits for them, stands while they look or act, and stands after the end."""

from collections.abc import Iterator

import pytest

from sandbox.client import Workspace
from sandbox.client.stage import Stage
from sandbox.client.wires import Wires
from sandbox.errors import StillWaiting
from tests.demo.test_demo import demo, first_line
from tests.outside import free_port
from tests.waiting import until

pytestmark = pytest.mark.slow

FAST = "600"  # ten case minutes a second: what does not stand is soon paged
_UP = 150.0  # seconds; a busy machine takes most of a minute to stand a workspace up
_LONG = 3.0  # seconds: half an hour of a case, in which every HIGH one is paged


class Evening:
    def __init__(self, url: str) -> None:
        self.workspace = Workspace(url)
        self.stage = Stage(url)
        self.wires = Wires(url)

    def looks(self) -> None:
        """Somebody opens the page."""
        self.wires.get("screen", person="cal", since=0)

    def hears(self, caption: str) -> None:
        self.workspace.wait_for(lambda: caption in self.stage.caption, f"the caption {caption!r}", _UP)

    def pages(self) -> int:
        return sum(post.says("LATE") or post.says("acknowledge by") for post in self.workspace.posts())

    def settles(self) -> None:
        """What was on its way when time began to stand is there."""
        until("what was on its way is told", lambda: self.is_still(3 * _LONG), seconds=_UP)

    def is_still(self, seconds: float = _LONG) -> bool:
        """Nothing new is posted and nothing told, for as long as would do for many pages."""
        before = (len(self.workspace.posts()), self.stage.caption)
        try:
            self.workspace.wait_for(
                lambda: (len(self.workspace.posts()), self.stage.caption) != before, "news", seconds
            )
        except StillWaiting:
            return True
        return False


@pytest.fixture
def evening() -> Iterator[Evening]:
    with demo("--no-browser", "--speed", FAST, "--port", str(free_port()), page="--page") as (process, _):
        yield Evening(first_line(process).split()[-1])


def test_it_waits_for_its_first_viewer(evening: Evening) -> None:
    assert evening.is_still()
    assert evening.stage.caption == ""
    evening.looks()
    evening.hears("types /missing")


def test_nothing_comes_due_while_somebody_holds_it_nor_after_its_end(evening: Evening) -> None:
    evening.looks()
    evening.hears("pages the FIM")
    evening.wires.post("takeover", {})
    evening.settles()
    assert evening.is_still()
    evening.stage.resume()
    evening.hears("The story has ended")
    evening.settles()
    assert evening.is_still()

    before = evening.pages()
    evening.stage.resume()  # let time run
    evening.workspace.wait_for(lambda: evening.pages() > before, "the next page, once time runs", _UP)


def test_played_again_it_begins_with_an_empty_workspace_and_record(evening: Evening) -> None:
    evening.looks()
    evening.hears("pages the FIM")
    began = evening.wires.get("stage")["began"]
    evening.wires.post("again", {})

    def is_fresh() -> bool:
        try:
            stage = evening.wires.get("stage")
        except OSError:
            return False  # between the two
        return bool(stage["began"] != began and stage["opening"] and stage["opening"]["ready"])

    until("a fresh workspace stands at the same address", is_fresh, seconds=_UP)
    assert evening.workspace.posts() == []
    evening.looks()
    evening.hears("pages the FIM")
    assert any(post.says("MC-26-0001") for post in evening.workspace.posts())


def test_until_its_end_it_waits_for_nobody() -> None:
    with demo("--no-browser", "--until-end", "--speed", FAST, page="--page") as (process, _):
        told, _ = process.communicate(timeout=180)
    assert process.returncode == 0
    assert "records the child as missing" in told  # its last step
