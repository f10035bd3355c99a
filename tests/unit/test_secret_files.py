"""A secret told by a file in its place: each can be, and what a file does not tell is said without a word of it."""

from pathlib import Path

import pytest

from config.bad_settings import BadSettings
from config.secret_files import is_secret_file
from config.settings import SlackSettings, read_settings
from tests.unit.settings_given import only_good

SECRETS = {
    "SLACK_BOT_TOKEN": ("xoxb-from-a-file", lambda got: got.slack_bot_token),
    "SLACK_APP_TOKEN": ("xapp-from-a-file", lambda got: got.slack_app_token),
    "SLACK_SIGNING_SECRET": ("ab12" * 8, lambda got: got.slack_signing_secret),
    "REDIS_URL": ("redis://:secret@127.0.0.1:6379/0", lambda got: got.redis_url),
    "MISSING_HEARTBEAT_URL": ("https://example.org/ping/secret", lambda got: got.heartbeat_url),
    "MISSING_NOTIFY__KEY": ("a-key-of-notify", lambda got: got.notify.key),
    "MISSING_WAYS_OUT__technician__mail": (
        "mailto://a:b@example.org",
        lambda got: got.ways_out["technician"]["mail"],
    ),
}


@pytest.fixture(autouse=True)
def given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    only_good(monkeypatch, tmp_path)


@pytest.mark.parametrize("name", SECRETS)
def test_each_secret_is_told_by_a_file(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret, of = SECRETS[name]
    monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MISSING_NOTIFY__TEMPLATE", "f33517ff-2a88-4f6e-b855-c550268ce08a")
    if name != "MISSING_NOTIFY__KEY":
        monkeypatch.setenv("MISSING_NOTIFY__KEY", "another")
    (tmp_path / "secret").write_text(f"{secret}\n")
    monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "secret"))
    assert of(read_settings()).get_secret_value() == secret


def test_dot_env_may_name_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    (tmp_path / "secret").write_text("xoxb-from-a-file")
    Path(".env").write_text(f"SLACK_BOT_TOKEN_FILE={tmp_path / 'secret'}\n")
    assert read_settings().slack_bot_token.get_secret_value() == "xoxb-from-a-file"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            None,
            r"its file cannot be read \(No such file or directory\)\. Mend its path, or who may read it\.",
        ),
        ("", "its file is empty"),
        ("\n", "its file is empty"),
        ("\udcff", r"its file holds no text\. Put the secret alone into it\."),
    ],
)
def test_a_file_that_tells_nothing_is_named(
    content: str | None, says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    if content is not None:
        (tmp_path / "secret").write_text(content, errors="surrogateescape")
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", str(tmp_path / "secret"))
    with pytest.raises(BadSettings, match=f"SLACK_BOT_TOKEN_FILE is wrong: {says}"):
        read_settings()


def test_what_is_told_twice_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", str(tmp_path / "secret"))
    with pytest.raises(BadSettings, match="SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are both set: keep one"):
        read_settings()


def test_a_wrong_secret_in_a_file_is_refused_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    (tmp_path / "secret").write_text("xoxp-somebodys-own")
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", str(tmp_path / "secret"))
    with pytest.raises(BadSettings, match="SLACK_BOT_TOKEN is wrong") as no:
        read_settings()
    assert "somebodys" not in str(no.value)


def test_a_mistyped_one_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISSING_HEARTBET_URL_FILE", "/run/secrets/heartbeat")
    with pytest.raises(BadSettings, match="MISSING_HEARTBET_URL_FILE is no setting"):
        read_settings()


@pytest.mark.parametrize("name", ["MISSING_POLICY_FILE", "MISSING_FORCES_FILE", "MISSING_ZONE_FILE"])
def test_only_a_secret_is_told_so(name: str) -> None:
    assert not is_secret_file(name, SlackSettings)
