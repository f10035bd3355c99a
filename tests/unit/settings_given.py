"""The environment of a test of settings: what an installation needs, and nothing that this machine has beside it."""

from pathlib import Path

import pytest

GOOD = {
    "REDIS_URL": "redis://:hunter2@127.0.0.1:1/0",
    "SLACK_BOT_TOKEN": "xoxb-hunter2",
    "MISSING_RECORD_KEY": "ab" * 32,
    "MISSING_CHANNELS__CASES": "C0CASES",
    "MISSING_CHANNELS__FIM": "C0FIM",
}


def only_good(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """`folder`: where `.env` may lie."""
    monkeypatch.chdir(folder)
    for name in ("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.delenv(name, raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
