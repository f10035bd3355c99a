"""The house's arrows run one way (docs/architecture.md). Read from the imports themselves."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("bot", "cli", "handlers", "workers", "config", "sandbox")

# room → what it may import of ours, beside itself
ALLOWED = {
    "bot/domain": (),
    "bot/ports": ("bot.domain",),
    "bot/questions": (),
    "bot/risk_words": ("bot.questions",),
    "bot/typed_times": ("bot.durations",),
    "bot/views": ("bot.domain", "bot.ports", "bot.questions", "bot.risk_words", "bot.typed_times"),
    "bot/typed_cases.py": ("bot.domain", "bot.ports", "bot.views"),
    "bot/typed_values.py": ("bot.domain", "bot.typed_times", "bot.views"),
    "bot/steps.py": ("bot.domain", "bot.ports"),
    "bot/desk.py": ("bot.domain", "bot.ports", "bot.outgoing", "bot.steps"),
    "bot/duty_desk.py": ("bot.domain", "bot.ports", "bot.outgoing", "bot.steps"),
    "bot/digest.py": ("bot.domain", "bot.ports"),
    "bot/slack": ("bot.ports", "bot.time", "bot.views"),
    "bot/store": ("bot.deadline", "bot.domain", "bot.ports", "bot.time"),
    "bot/deadline.py": (),
    "handlers": (
        "bot.domain",
        "bot.ports",
        "bot.views",
        "bot.questions",
        "bot.risk_words",
        "bot.deadline",
        "bot.typed_cases",
        "bot.typed_times",
        "bot.typed_values",
        "bot.desk",
        "bot.duty_desk",
        "bot.slack.slack_client",
        "bot.outgoing",
        "bot.slack.slack_chat",
        "bot.time",
    ),
    "bot/directory.py": ("bot.deadline", "bot.directory_document", "bot.domain", "bot.ports", "bot.time"),
    "bot/directory_document.py": ("bot.domain", "bot.ports"),
    "bot/outgoing.py": ("bot.domain", "bot.ports"),
    "bot/files": ("bot.domain", "bot.durations", "bot.risk_words", "bot.time", "bot.views", "config"),
    "bot/replay": (
        "bot.desk",
        "bot.digest",
        "bot.domain",
        "bot.durations",
        "bot.duty_desk",
        "bot.files",
        "bot.ports",
    ),
    "config": ("bot.domain",),
    "workers": (
        "bot.desk",
        "bot.digest",
        "bot.directory",
        "bot.directory_document",
        "bot.domain",
        "bot.duty_desk",
        "bot.outgoing",
        "bot.ports",
        "bot.slack",
        "bot.store",
        "bot.time",
        "bot.views",
    ),
    "sandbox": (),
}


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files(room: str) -> list[Path]:
    place = ROOT / room
    return [place] if place.is_file() else sorted(place.rglob("*.py"))


def is_under(name: str, rooms: tuple[str, ...]) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


@pytest.mark.parametrize("room", ALLOWED)
def test_a_room_imports_only_what_lies_under_it(room: str) -> None:
    itself = room.removesuffix(".py").replace("/", ".")
    found = files(room)
    assert found, f"{room} is gone: mend this test"
    strays = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in found
        for name in imports(file)
        if is_under(name, OURS) and not is_under(name, (itself, *ALLOWED[room]))
    ]
    assert strays == []


def test_nothing_imports_the_command_line() -> None:
    others = [file for room in OURS for file in files(room) if file.relative_to(ROOT).parts[0] != "cli"]
    assert [str(file) for file in others for name in imports(file) if is_under(name, ("cli",))] == []


_KNOW_REDIS = ("bot/store", "workers/rq", "cli")


def test_only_the_store_and_those_who_hand_it_its_connection_know_redis() -> None:
    """Everybody else meets `StoreUnavailable`."""
    strays = [
        f"{file.relative_to(ROOT)} imports {name}"
        for room in OURS
        for file in files(room)
        for name in imports(file)
        if is_under(name, ("redis",))
        and not any(
            file.is_relative_to(ROOT / knows)
            for knows in ("bot/store", "workers/rq", "workers/delivery/rate_limits.py", "cli")
        )
    ]
    assert strays == []


def test_the_servers_own_errors_stay_in_the_store() -> None:
    strays = [
        f"{file.relative_to(ROOT)} imports {name}"
        for room in OURS
        for file in files(room)
        for name in imports(file)
        if is_under(name, ("redis.exceptions",)) and not file.is_relative_to(ROOT / "bot/store")
    ]
    assert strays == []
