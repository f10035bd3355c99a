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
    "bot/audit": ("bot.domain",),
    "bot/backtest": ("bot.digest", "bot.domain", "bot.steps"),
    "bot/questions": (),
    "bot/risk_words": ("bot.questions",),
    "bot/typed_times": ("bot.durations",),
    "bot/anchor.py": ("bot.ports",),
    "bot/views": (
        "bot.anchor",
        "bot.audit",
        "bot.domain",
        "bot.ports",
        "bot.questions",
        "bot.risk_words",
        "bot.typed_times",
    ),
    "bot/period_audit.py": ("bot.audit", "bot.domain", "bot.ports", "bot.views"),
    "bot/typed_cases.py": ("bot.domain", "bot.ports", "bot.views"),
    "bot/typed_values.py": ("bot.domain", "bot.typed_times", "bot.views"),
    "bot/steps.py": ("bot.deadline", "bot.domain", "bot.ports"),
    "bot/earlier_cases.py": ("bot.domain", "bot.ports", "bot.steps"),
    "bot/consequences.py": ("bot.domain", "bot.ports", "bot.outgoing", "bot.steps"),
    "bot/case_writer.py": ("bot.domain", "bot.ports", "bot.steps"),
    "bot/desk.py": (
        "bot.case_writer",
        "bot.consequences",
        "bot.domain",
        "bot.earlier_cases",
        "bot.outgoing",
        "bot.ports",
        "bot.steps",
    ),
    "bot/open_book.py": ("bot.domain", "bot.ports", "bot.views"),
    "bot/reading_desk.py": (
        "bot.desk",
        "bot.domain",
        "bot.open_book",
        "bot.ports",
        "bot.typed_cases",
        "bot.views",
    ),
    "bot/duty_desk.py": ("bot.domain", "bot.ports", "bot.outgoing", "bot.steps"),
    "bot/digest.py": ("bot.domain", "bot.ports"),
    "bot/slack": ("bot.ports", "bot.time", "bot.views"),
    "bot/store": ("bot.deadline", "bot.domain", "bot.ports", "bot.time"),
    "bot/deadline.py": ("bot.ports",),
    "bot/pools.py": (),
    "handlers": (
        "bot.domain",
        "bot.ports",
        "bot.views",
        "bot.questions",
        "bot.risk_words",
        "bot.deadline",
        "bot.period_audit",
        "bot.typed_cases",
        "bot.typed_times",
        "bot.typed_values",
        "bot.desk",
        "bot.duty_desk",
        "bot.late_edits",
        "bot.reading_desk",
        "bot.steps",
        "bot.slack.slack_client",
        "bot.outgoing",
        "bot.pools",
        "bot.slack.slack_chat",
        "bot.time",
    ),
    "bot/directory.py": ("bot.deadline", "bot.directory_document", "bot.domain", "bot.ports", "bot.time"),
    "bot/directory_document.py": ("bot.domain", "bot.ports"),
    "bot/outgoing.py": ("bot.domain", "bot.ports"),
    "bot/late_edits.py": ("bot.outgoing", "bot.ports"),
    "bot/late_posts.py": ("bot.outgoing", "bot.ports", "bot.rows_again"),
    "bot/rows_again.py": ("bot.domain", "bot.late_edits", "bot.outgoing", "bot.ports"),
    "bot/files": (
        "bot.audit",
        "bot.domain",
        "bot.durations",
        "bot.risk_words",
        "bot.time",
        "bot.views",
        "config",
    ),
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
        "bot.anchor",
        "bot.desk",
        "bot.digest",
        "bot.deadline",
        "bot.directory",
        "bot.directory_document",
        "bot.domain",
        "bot.duty_desk",
        "bot.files.whole_file",
        "bot.late_edits",
        "bot.late_posts",
        "bot.outgoing",
        "bot.pools",
        "bot.ports",
        "bot.rows_again",
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


ADDRESS = "config/secret_values.py"  # looks at the server's address, and reads it as redis-py will


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
            for knows in ("bot/store", "workers/rq", "workers/delivery/rate_limits.py", "cli", ADDRESS)
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


# The processing log is for lawfulness, self-monitoring, integrity and criminal proceedings (Data Protection Act 2018,
# s.62): no report, board or digest runs off it.
_READ_THE_LOG = (
    "bot/store",
    "bot/ports/stores.py",
    "bot/views/plain/log_table.py",
    "cli/log_command.py",
    "cli/verify_command.py",
    "workers/alarm/log_watch.py",  # whether it is as it was written
)


def test_the_processing_log_is_read_by_its_own_command_alone() -> None:
    strays = [
        f"{file.relative_to(ROOT)} imports {name}"
        for room in (*OURS, "simulation", "benchmarks")
        for file in files(room)
        for name in imports(file)
        if is_under(name, ("bot.ports.log_reader", "bot.store.redis_log_reader", "bot.store.log_check"))
        and not any(file.is_relative_to(ROOT / knows) for knows in (*_READ_THE_LOG, "simulation/record.py"))
    ]
    assert strays == []


def test_nobody_else_takes_it_from_the_stores() -> None:
    taken = {
        str(file.relative_to(ROOT))
        for room in (*OURS, "benchmarks")
        for file in files(room)
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "log_reader" and isinstance(node.ctx, ast.Load)
    }
    by_hand = {file for file in taken if not file.startswith(("bot/store/", "benchmarks/soak/checks/"))}
    assert by_hand == {"cli/log_command.py", "cli/verify_command.py", "cli/watching.py"}
