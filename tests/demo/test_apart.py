"""The demo beside a force's own bot on one machine: neither hears of the other."""

from pathlib import Path

import pytest

from bot.replay import scenario
from cli.demo.apart import without_settings
from cli.demo.demo_command import STORY
from cli.demo.stage import StageTrouble, set_up


def test_what_the_force_told_its_own_bot_is_not_handed_to_the_demos() -> None:
    told = {
        "PATH": "/usr/bin",
        "MISSING_WAYS_OUT": '{"technician": {"e-mail": "mailtos://force.example"}}',
        "missing_heartbeat_url": "https://force.example/alive",
        "SLACK_BOT_TOKEN_FILE": "/run/secrets/bot",
        "REDIS_URL_FILE": "/run/secrets/redis",
        "MISSING_WORKERS": "1",
    }
    assert without_settings(told) == {"PATH": "/usr/bin", "MISSING_WORKERS": "1"}


@pytest.mark.slow
def test_the_demo_starts_where_the_forces_settings_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("MISSING_CONTENT=nothing of the demo\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MISSING_RECORD_KEY_FILE", str(tmp_path / "key"))
    story = scenario.load(STORY)
    with set_up(story.said.people, story.start) as stage:
        assert any(each["sockets"] for each in stage.workspace.info["apps"])


@pytest.mark.slow
def test_a_bot_that_cannot_start_is_told_of_at_once_in_its_own_words() -> None:
    story = scenario.load(STORY)
    elsewhere = "redis://192.0.2.1:6379/0"  # neither TLS nor a password
    with (
        pytest.raises(StageTrouble, match=r"ended before it had started[^\n]*\nREDIS_URL is wrong") as told,
        set_up(story.said.people, story.start, redis_url=elsewhere),
    ):
        pass
    assert "busy" not in str(told.value)
