"""A setting that is missing or wrong: one line that names it and says what to do. Never a value."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.domain.people import Role
from bot.store.address import ServerAddress
from cli import main
from cli.compose.record_server import record_server
from config.bad_settings import BadSettings
from config.setting_parts import Content
from config.settings import read_settings
from tests.unit.settings_given import GOOD, only_good


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    only_good(monkeypatch, tmp_path)


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


@pytest.mark.parametrize(
    "line", [" this is no line", "MISSING_CONTENT full", "MISSING_CONTENT", "MISSING_CONTENT='full"]
)
def test_a_line_that_would_count_for_nothing_is_named(line: str) -> None:
    Path(".env").write_text(f"# ours\n\nMISSING_READERS=members\n{line}\n", encoding="utf-8")
    with pytest.raises(BadSettings) as no:
        read_settings()
    assert str(no.value) == ".env holds no setting in line 4. Write NAME=value there, or # before a remark."


@pytest.mark.parametrize(
    ("mistyped", "mend"),
    [
        ("MISSING_POLICY", "Did you mean MISSING_POLICY_FILE?"),
        ("MISSING_TOKEN", "Take it out: README.md has the settings."),
    ],
)
def test_what_is_suggested_is_like_it_in_more_than_the_beginning_of_all(
    mistyped: str, mend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(mistyped, "1")
    with pytest.raises(BadSettings) as no:
        read_settings()
    assert str(no.value) == f"{mistyped} is no setting of missing-bot. {mend}"


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


def test_a_force_says_how_its_numbers_look(monkeypatch: pytest.MonkeyPatch) -> None:
    look = '{"pattern": "WP-[0-9]{4}", "example": "WP-0141"}'
    monkeypatch.setenv("MISSING_NUMBERS__INCIDENT", look)
    numbers = read_settings().numbers.shapes(full=False)
    assert numbers.incident.takes("WP-0142") and not numbers.incident.takes("LOG-1042")
    assert numbers.person_ref.takes("N-20881") and not numbers.person_ref.takes("Rowan-Pike-13")
    whole = read_settings().numbers.shapes(full=True)
    assert not whole.incident.takes("LOG-1042") and whole.person_ref.takes("Rowan-Pike-13")


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
        ("MISSING_WORKERS", "hunter2", "MISSING_WORKERS is wrong: it should be a whole number."),
        ("MISSING_WORKERS", "0", "MISSING_WORKERS is wrong: it should be more than 0."),
        ("MISSING_WORKERS", "9" * 5000, "it should be a whole number, and a smaller one."),
        ("MISSING_HEALTH__PORT", "hunter2", "MISSING_HEALTH__PORT is wrong: it should be a whole number."),
        ("MISSING_HEALTH__PORT", "-1", "it should be 0 or more."),
        ("MISSING_HEALTH__PORT", "80000", "it should be 65535 or less."),
        ("MISSING_REPLICAS", "-1", "it should be 0 or more."),
        ("MISSING_PATIENCE__SLACK", "hunter2", "it should be a number such as 2.5."),
        ("MISSING_GUESTS", "hunter2", "MISSING_GUESTS is wrong: it should be true or false."),
        ("MISSING_CONTENT", "everything", "it should be 'reference' or 'full'."),
        ("MISSING_NUMBERS__INCIDENT", '{"pattern": "[0-9", "example": "hunter2"}', "no regular expression"),
        ("MISSING_NUMBERS__PERSON_REF", '{"pattern": "[0-9]+", "example": "hunter2"}', "does not match"),
        ("MISSING_POLICY_FILE", "nowhere.toml", "names no file"),
        ("MISSING_FORCES_FILE", "nowhere.toml", "names no file"),
        ("MISSING_CASE_TIME__SPEED", "60", "MISSING_CASE_TIME__STARTED"),
        ("MISSING_CASE_TIME__FILE", "nowhere/hunter2", "file"),
        ("MISSING_USER_GROUPS", "hunter2", "JSON"),
        ("MISSING_WAYS_OUT", '{"milkman": {"SMS": "json://hunter2"}}', "technician"),
        ("MISSING_PATIENCE__SLACK", "0", "it should be more than 0."),
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


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"MISSING_PEOPLE__fim": "U0FAY, Kim"}, "MISSING_PEOPLE__FIM is wrong: should be a member id"),
        ({"MISSING_USER_GROUPS": '{"cook": "S0COOK"}'}, "MISSING_USER_GROUPS__COOK is wrong: it should be"),
        (
            {"MISSING_PEOPLE__officer": "U0FAY", "MISSING_USER_GROUPS__officer": "S0OFFICER"},
            "MISSING_PEOPLE__officer and MISSING_USER_GROUPS__officer both say who is officer: keep one.",
        ),
        ({"MISSING_CA_FILE": "nowhere.pem"}, "MISSING_CA_FILE is wrong: it should be a file that is there."),
        ({"MISSING_CA_FILE": __file__}, "MISSING_CA_FILE is wrong: it should hold certificates in PEM."),
        ({"MISSING_TERMINAL__PEOPLE": "reevec:U0CAL"}, "in MISSING_TERMINAL__PEOPLE."),
        ({"MISSING_WAYS_OUT": "{"}, 'such as {"technician": {"e-mail": "mailtos://…"}}.'),
    ],
)
def test_it_is_named_as_it_was_given(
    given: dict[str, str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as wrong:
        read_settings()
    line = str(wrong.value)
    assert says in line
    assert "__0" not in line and "MISSING_ " not in line and "[KEY]" not in line


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


def test_sentinels_are_asked_for_the_name_that_stands_in_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "rediss://:hunter2@missing-record/0")
    monkeypatch.setenv("MISSING_SENTINELS", "one.police.example:26379, [2001:db8::1]:26380")
    monkeypatch.setenv("MISSING_SENTINEL_PASSWORD", "hunter3")
    monkeypatch.setenv("MISSING_REPLICAS", "1")
    assert record_server(read_settings()) == ServerAddress(
        url="rediss://:hunter2@missing-record/0",
        sentinels=(("one.police.example", 26379), ("2001:db8::1", 26380)),
        sentinel_password="hunter3",
        replicas=1,
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"MISSING_SENTINELS": "one.police.example"}, "HOST:PORT"), ({"REDIS_URL": None}, "needs REDIS_URL")],
)
def test_sentinels_that_cannot_be_asked_are_refused(
    wrong: dict[str, str | None], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", "rediss://:hunter2@missing-record/0")
    monkeypatch.setenv("MISSING_SENTINELS", "one.police.example:26379")
    for name, value in wrong.items():
        if value is None:
            monkeypatch.delenv(name)
        else:
            monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings, match=said):
        read_settings()


def test_anchors_go_by_a_way_of_the_technician(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert (read_settings().anchor.folder, read_settings().anchor.way) == (None, "")
    monkeypatch.setenv("MISSING_ANCHOR__FOLDER", str(tmp_path))
    monkeypatch.setenv("MISSING_ANCHOR__WAY", "e-mail")
    with pytest.raises(
        BadSettings, match="MISSING_ANCHOR is wrong: names the way e-mail, and MISSING_WAYS_OUT has"
    ):
        read_settings()
    monkeypatch.setenv("MISSING_WAYS_OUT", '{"technician": {"e-mail": "mailtos://u:p@example.org"}}')
    assert (read_settings().anchor.folder, read_settings().anchor.way) == (tmp_path, "e-mail")
