"""A healthy installation: every setting right, a real record, and a workspace in which everybody is in their place."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

import config
from bot.store.redis_stores import RedisStores
from cli import main
from sandbox.client import Workspace
from sandbox.runner import running_workspace

MANIFEST = Path(config.__file__).with_name("slack-manifest.yaml")
ON_DUTY = {
    "control_room": "cal",
    "officer": "ola",
    "supervisor": "sam",
    "fim": "fay",
    "duty_inspector": "ian",
    "superintendent": "sue",
}
PEOPLE = {name: {"id": f"U0{name.upper()}"} for name in ON_DUTY.values()}
SEED: dict[str, Any] = {
    "people": PEOPLE | {"gus": {"id": "U0GUS", "restricted": True}},
    "groups": {
        role: {"id": f"S0{role.replace('_', '').upper()}", "users": [name]} for role, name in ON_DUTY.items()
    },
    "channels": {
        "cases": {"id": "C0CASES", "members": [*PEOPLE, "missing"]},
        "fim": {"id": "C0FIM", "members": [*PEOPLE, "missing"]},
    },
}


class Installation:
    """What stands in its environment, and the workspace it points at. A test spoils one thing."""

    def __init__(self, workspace: Workspace, given: Mapping[str, str], folder: Path) -> None:
        self.workspace = workspace
        self.given = dict(given)
        self.folder = folder

    def set(self, **changes: str | None) -> None:
        for name, value in changes.items():
            self.given.pop(name, None)
            if value is not None:
                self.given[name] = value

    @property
    def surroundings(self) -> dict[str, str]:
        """And nothing of whoever runs the tests."""
        return {
            k: v for k, v in os.environ.items() if not k.startswith(("MISSING_", "SLACK_", "REDIS_"))
        } | self.given

    def doctor(self, *options: str) -> Result:
        alone: dict[str, str | None] = {name: None for name in os.environ if name.startswith("MISSING_")}
        return CliRunner(env=alone | self.given).invoke(main, ["doctor", *options], catch_exceptions=False)

    def without_scope(self, scope: str) -> str:
        """The token of an app that was installed without it."""
        manifest = yaml.safe_load(MANIFEST.read_text())
        manifest["oauth_config"]["scopes"]["bot"].remove(scope)
        manifest["display_information"]["name"] = manifest["features"]["bot_user"]["display_name"] = "fewer"
        self.workspace.seed({"apps": [{"manifest": manifest, "bot_token": "xoxb-fewer"}]})
        self.workspace.seed({"channels": {name: {"members": ["fewer"]} for name in ("cases", "fim")}})
        return "xoxb-fewer"


@pytest.fixture
def installation(
    redis_url: str, prefix: str, redis_stores: RedisStores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Installation]:
    monkeypatch.chdir(tmp_path)
    with running_workspace(MANIFEST, SEED) as workspace:
        app = workspace.app()
        given = {
            "REDIS_URL": redis_url,
            "MISSING_PREFIX": prefix,
            "MISSING_RECORD_KEY": "ab" * 32,
            "SLACK_BOT_TOKEN": app.bot_token,
            "SLACK_APP_TOKEN": app.app_token,
            "MISSING_SLACK_BASE_URL": workspace.api_url,
            "MISSING_CHANNELS__CASES": "C0CASES",
            "MISSING_CHANNELS__FIM": "C0FIM",
            "MISSING_ANCHOR__FOLDER": str(tmp_path),
            "MISSING_WAYS_OUT": '{"fim": {"e-mail": "mailto://127.0.0.1:9?from=a@b.example&to=c@d.example"}, '
            '"technician": {"e-mail": "mailto://127.0.0.1:9?from=a@b.example&to=t@d.example"}}',
            **{f"MISSING_USER_GROUPS__{role}": f"S0{role.replace('_', '').upper()}" for role in ON_DUTY},
        }
        yield Installation(workspace, given, tmp_path)
