"""Given secrets in the settings, then no repr, error or trace of any of them shows one, whatever is wrong beside it."""

import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, get_args

import pytest
from pydantic import AliasChoices, BaseModel, SecretStr

from bot.slack import slack_client
from bot.time import HostClock
from cli import network
from cli.compose.bot import check_given
from cli.compose.configured_ways import ways_of
from cli.compose.shared import share
from config.bad_settings import BadSettings
from config.settings import Settings, SlackSettings, bot_token, read_settings, read_without_slack

KEY = "ca" * 32
OFFICE = "26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"
SECRETS = {
    "REDIS_URL": "redis://:hunter2-redis@127.0.0.1:9/0",
    "MISSING_SENTINEL_PASSWORD": "hunter2-sentinel",
    "SLACK_BOT_TOKEN": "xoxb-hunter2-bot",
    "SLACK_APP_TOKEN": "xapp-hunter2-app",
    "SLACK_SIGNING_SECRET": "hunter2-signing",
    "MISSING_RECORD_KEY": KEY,
    "MISSING_OLD_RECORD_KEYS": KEY,
    "MISSING_WAYS_OUT": '{"fim": {"e-mail": "mailtos://bot:hunter2-mail@mail.example/?to=fim@police.example"}}',
    "MISSING_NOTIFY__KEY": f"hunter2-{OFFICE}",
    "MISSING_PROXY": "http://bot:hunter2-proxy@127.0.0.1:9",
    "MISSING_HEARTBEAT_URL": "https://ping.example/hunter2-heartbeat",
}
GOOD = SECRETS | {
    "MISSING_CHANNELS__CASES": "C0CASES",
    "MISSING_CHANNELS__FIM": "C0FIM",
    "MISSING_NOTIFY__TEMPLATE": "f33517ff-2a88-4f6e-b855-c550268ce08a",
}
CANARIES = ("hunter2", KEY, OFFICE)
OURS = ("bot.", "cli.", "config.", "handlers.", "workers.")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in dict.fromkeys(network.NAMES, "").items() | GOOD.items():
        monkeypatch.setenv(name, value)


def leaks(*said: str) -> list[str]:
    return [canary for canary in CANARIES for one in said if canary in one]


def secret_names(model: type[BaseModel], before: str = "MISSING_") -> Iterator[str]:
    for name, field in model.model_fields.items():
        given = f"{before}{name}".upper()
        alias = field.validation_alias
        given = str(alias.choices[0]) if isinstance(alias, AliasChoices) else given
        for inner in (field.annotation, *get_args(field.annotation)):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from secret_names(inner, f"{given}__")
        if "SecretStr" in f"{field.annotation} {get_args(field.annotation)}":
            yield given


def test_each_secret_is_looked_at_here() -> None:
    assert set(secret_names(SlackSettings)) == set(SECRETS)


def test_the_settings_show_none() -> None:
    settings = read_settings()
    assert not leaks(repr(settings), str(settings), f"{settings.model_dump()}", settings.model_dump_json())


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize(
    "wrong", ["hunter2 \n", "file:///hunter2", "http://[hunter2]/", "redis://hunter2:hunter2", "{"]
)
def test_a_wrong_one_is_named_and_never_repeated_in_a_message_or_a_trace(
    name: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, wrong)
    try:
        check_given(read_settings())
    except BadSettings as bad:
        trace = "".join(traceback.format_exception(bad))
        assert not leaks(str(bad), repr(bad), trace)
        assert bad.__context__ is None or not leaks(repr(bad.__context__), str(bad.__context__))
        assert str(bad).startswith(name)
    else:
        assert name in ("SLACK_SIGNING_SECRET", "MISSING_SENTINEL_PASSWORD"), "they have no shape"


@pytest.mark.parametrize(
    "name", ["MISSING_WORKERS", "MISSING_CHANNELS__FIM", "MISSING_NOTIFY__TEMPLATE", "MISSING_ZONE"]
)
def test_another_wrong_one_brings_none_to_light(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "hunter2")
    with pytest.raises(BadSettings) as bad:
        read_settings()
    assert not leaks("".join(traceback.format_exception(bad.value)))


def test_nothing_that_is_made_of_them_shows_one() -> None:
    """Every object of ours that a process is made of."""
    settings = read_settings()
    client = slack_client.asking(bot_token(settings))
    made = [share(settings), check_given(settings), ways_of(settings, HostClock()), client]
    seen = list(reached(made))
    assert len(seen) > 60
    for one in seen:
        assert not leaks(repr(one), str(one)), type(one)


def reached(root: object) -> Iterator[object]:
    known, todo = {id(root)}, [root]
    while todo:
        one = todo.pop()
        if isinstance(one, SecretStr):
            continue
        if type(one).__module__.startswith((*OURS, "redis")):
            yield one
        for inner in parts(one):
            if id(inner) not in known and not isinstance(inner, (type, ModuleType, str, bytes, int, float)):
                known.add(id(inner))
                todo.append(inner)


def parts(one: object) -> Iterator[Any]:
    if isinstance(one, dict):
        yield from one.values()
    elif isinstance(one, (list, tuple, set, frozenset)):
        yield from one
    elif isinstance(one, FunctionType):
        yield from (cell.cell_contents for cell in one.__closure__ or () if cell_is_full(cell))
    elif hasattr(one, "__self__"):
        yield one.__self__
    else:
        yield from vars(one).values() if hasattr(one, "__dict__") else ()
        for name in getattr(type(one), "__struct_fields__", ()):
            yield getattr(one, name)


def cell_is_full(cell: Any) -> bool:
    try:
        return cell.cell_contents is not None
    except ValueError:
        return False


# --- what shape each has ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-1-2-3", "a person's token (xoxp-)"),
        ("SLACK_BOT_TOKEN", "xapp-1-A0-2", "an app-level token (xapp-)"),
        ("SLACK_BOT_TOKEN", "xoxe.xoxb-1-abc", "a token that expires"),
        ("SLACK_BOT_TOKEN", '"xoxb-1-2"', "no token of Slack's"),
        ("SLACK_BOT_TOKEN", "xoxb-1 2", "cut off, or has a space"),
        ("SLACK_BOT_TOKEN", "", "empty"),
        ("SLACK_APP_TOKEN", "xoxb-1-2-3", "a bot token (xoxb-)"),
        ("SLACK_APP_TOKEN", "xoxp-1-2-3", "a person's token (xoxp-)"),
        ("MISSING_HEARTBEAT_URL", "file:///etc/passwd", "http:// or https://"),
        ("MISSING_HEARTBEAT_URL", "ftp://ping.example/", "http:// or https://"),
        ("MISSING_HEARTBEAT_URL", "https:///path", "no web address"),
        ("MISSING_NOTIFY__URL", "http://notify.example", "https://"),
        ("MISSING_SLACK_BASE_URL", "http://slack.example/api/", "https://"),
        ("REDIS_URL", "http://record.example", "redis://, rediss:// or unix://"),
        ("REDIS_URL", "redis://record.example:6379/0", "without TLS and without a password"),
        ("REDIS_URL", "redis://:word@10.0.0.7:6379/0", "without TLS."),
        ("REDIS_URL", "rediss://record.example:6379/0", "without a password."),
        ("REDIS_URL", "redis:///0?host=record.example", "without TLS and without a password"),
        ("REDIS_URL", "rediss://:word@record.example/0?ssl_cert_reqs=none", "without TLS."),
        ("REDIS_URL", "redis://127.0.0.1.record.example/0", "without TLS and without a password"),
    ],
)
def test_what_is_wrong_is_named_with_what_was_expected(
    name: str, given: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, given)
    with pytest.raises(BadSettings) as bad:
        read_settings()
    said = str(bad.value)
    assert said.startswith(f"{name} is wrong: ") and says in said and "\n" not in said
    assert ". " in said, "what mends it is a sentence of its own"
    assert not given or given not in said


@pytest.mark.parametrize(
    "url",
    [
        "redis://127.0.0.1:6379/0",
        "redis://127.8.8.8/0",
        "redis://[::1]:6379/0",
        "redis://localhost/0",
        "redis:///0",
        "unix:///run/record.sock?db=1",
        "rediss://:word@record.example:6380/0",
        "rediss://bot:word@10.0.0.7:6380/0",
        "rediss://record.example/0?password=word",
    ],
)
def test_a_server_on_this_machine_or_one_with_tls_and_a_password_is_taken(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", url)
    assert read_settings().redis_url is not None


def test_a_force_may_say_that_nobody_else_is_on_the_network_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://record.example:6379/0")
    monkeypatch.setenv("MISSING_REDIS_UNPROTECTED", "true")
    assert read_settings().redis_unprotected


def test_a_terminal_asks_nothing_of_slacks_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxp-1")
    assert isinstance(read_without_slack(), Settings)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "")
    assert read_settings().slack_app_token is None and bot_token(read_settings()) == "xoxb-1"
