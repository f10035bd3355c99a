"""Every form as it refuses, taken while tests/browser/evening/verbs is played."""

from playwright.sync_api import Browser

from bot.replay import scenario
from sandbox.client import Workspace
from scripts.pictures.album import OF_STEPS
from scripts.pictures.camera import Camera
from tests.browser.conftest import pages_of
from tests.browser.evening.conftest import Cast, reporting_in
from tests.browser.evening.verbs import STORIES
from tests.browser.evening.verbs.acts import takes


def take_steps(workspace: Workspace, story: scenario.Scenario, browser: Browser, camera: Camera) -> None:
    reporting = reporting_in(workspace, story)
    reporting(incident="LOG-1900")
    with pages_of(browser, workspace) as opened:
        cast = Cast(workspace, opened)
        for told, acts in STORIES.items():
            card = reporting(concern=told == "category")
            for act, name in zip(acts, OF_STEPS[told], strict=True):
                takes(cast, act, card, lambda screen, name=name: camera.look(name, screen.page, of="dialog"))
