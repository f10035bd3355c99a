"""A setting that is missing or wrong: one line that names it and says what to do. Never a value."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.domain.people import Role
from cli import main
from config.settings import BadSettings, Content, read_settings

GOOD = {
    "REDIS_URL": "redis://:hunter2@127.0.0.1:1/0",
    "SLACK_BOT_TOKEN": "xoxb-hunter2",
    "MISSING_RECORD_KEY": "ab" * 32,
    "MISSING_CHANNELS__CASES": "C0CASES",
    "MISSING_CHANNELS__FIM": "C0FIM",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.delenv(name, raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)


def test_the_rest_has_defaults_and_the_safe_one_is_reference_only() -> None:
    settings = read_settings()
    assert (settings.content, settings.zone) == (Content.REFERENCE, "Europe/London")
    assert settings.channels.of(Role.SUPERVISOR) == "C0FIM"


@pytest.mark.parametrize(
    ("name", "wrong", "says"),
    [
        ("MISSING_CHANNELS__FIM", "#fim", "should be a channel id such as C0123456789"),
        ("MISSING_CHANNELS__ROLES__SUPERVISOR", "sergeants", "at the bottom), or direct, not a name"),
        ("MISSING_USER_GROUPS__FIM", "@fim", "should be a user group id such as S0123456789"),
        ("MISSING_MAY_HOLD__FIM", "C0FIM", "should be a user group id such as S0123456789"),
        ("MISSING_USER_GROUPS__COOK", "S0COOK", "MISSING_USER_GROUPS__COOK"),
    ],
)
def test_where_a_role_is_paged_is_an_id_and_not_a_name(
    name: str, wrong: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, wrong)
    with pytest.raises(BadSettings) as no:
        read_settings()
    assert says in str(no.value)


def test_a_person_may_have_ways_of_their_own_and_nobody_else_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISSING_WAYS_OUT", '{"U0KIM1": {"SMS": "notify://07700900124"}, "technician": {}}')
    assert list(read_settings().ways_out) == ["U0KIM1", "technician"]
    monkeypatch.setenv("MISSING_WAYS_OUT", '{"kim": {"SMS": "notify://07700900124"}}')
    with pytest.raises(
        BadSettings, match=r"MISSING_WAYS_OUT is wrong: names kim, none of .*, nor a person's id"
    ):
        read_settings()


def test_a_template_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISSING_NOTIFY__KEY", "hunter2")
    monkeypatch.setenv("MISSING_NOTIFY__TEMPLATE", "our text")
    with pytest.raises(BadSettings, match="MISSING_NOTIFY__TEMPLATE is wrong") as wrong:
        read_settings()
    assert "our text" not in str(wrong.value)


def test_no_secret_is_ever_printed() -> None:
    assert "hunter2" not in repr(read_settings())
    assert "ab" * 32 not in str(read_settings())


def test_dot_env_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MISSING_RECORD_KEY")
    (tmp_path / ".env").write_text(f"MISSING_RECORD_KEY={'cd' * 32}\n")
    assert read_settings().record_key.get_secret_value() == "cd" * 32


def test_role_channels_and_groups_one_by_one_or_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISSING_CHANNELS__ROLES__SUPERVISOR", "C0SUPER")
    monkeypatch.setenv("MISSING_USER_GROUPS", '{"fim": "S0FIM"}')
    settings = read_settings()
    assert settings.channels.of(Role.SUPERVISOR) == "C0SUPER"
    assert settings.user_groups == {Role.FIM: "S0FIM"}


@pytest.mark.parametrize("name", [name for name in GOOD if name != "REDIS_URL"])
def test_what_is_missing_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name)
    with pytest.raises(BadSettings) as wrong:
        read_settings()
    assert str(wrong.value).startswith(f"{name} is not set.")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("MISSING_RECORD_KEY", "hunter2", "at least 64 hexadecimal digits"),
        ("MISSING_ZONE", "Europe/Lundun", "no time zone"),
        ("MISSING_WORKERS", "hunter2", "valid integer"),
        ("MISSING_CONTENT", "everything", "'reference' or 'full'"),
        ("MISSING_POLICY_FILE", "nowhere.toml", "names no file"),
        ("MISSING_FORCES_FILE", "nowhere.toml", "names no file"),
        ("MISSING_CASE_TIME__SPEED", "60", "MISSING_CASE_TIME__STARTED"),
        ("MISSING_CASE_TIME__FILE", "nowhere/hunter2", "file"),
        ("MISSING_USER_GROUPS", "hunter2", "JSON"),
        ("MISSING_WAYS_OUT", '{"milkman": {"SMS": "json://hunter2"}}', "technician"),
        ("MISSING_PATIENCE__SLACK", "0", "greater than 0"),
    ],
)
def test_what_is_wrong_is_named_and_mended_but_not_repeated(
    name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as wrong:
        read_settings()
    line = str(wrong.value)
    assert name.partition("__")[0] in line.upper()
    assert said in line
    assert "hunter2" not in line
    assert "\n" not in line


@pytest.mark.parametrize("command", [["run"], ["timer"], ["worker", "recheck"], ["bot"]])
def test_the_commands_say_it_in_a_line_and_end_with_2(
    command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISSING_ZONE", "Europe/Lundun")
    told = CliRunner().invoke(main, command)
    assert told.exit_code == 2
    assert told.stderr.count("\n") == 1
    assert "MISSING_ZONE" in told.stderr


@pytest.mark.parametrize("command", [["run"], ["bot"]])
def test_who_listens_to_slack_needs_the_app_token(command: list[str]) -> None:
    told = CliRunner().invoke(main, command)
    assert told.exit_code == 2
    assert "SLACK_APP_TOKEN" in told.stderr


@pytest.mark.parametrize("command", [["timer"], ["worker", "deliver"], ["bot"]])
def test_a_process_on_its_own_needs_to_know_its_server(
    command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REDIS_URL")
    told = CliRunner().invoke(main, command)
    assert told.exit_code == 2
    assert "REDIS_URL" in told.stderr
