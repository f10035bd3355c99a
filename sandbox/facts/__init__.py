"""Facts of Slack's Web API reference: arguments, errors, scopes and tiers by method."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sandbox.wire import JSON

CALLS_PER_MINUTE = {"t1": 1, "t2": 20, "t3": 50, "t4": 100, "t5": 300}


@dataclass(frozen=True)
class Method:
    name: str
    args: dict[str, frozenset[str]]
    required: tuple[str, ...]
    errors: frozenset[str]
    bot_scopes: tuple[str, ...]
    per_minute: int


def method(name: str) -> Method:
    return methods()[name]


@cache
def methods() -> dict[str, Method]:
    source = Path(__file__).with_name("slack-web-api.json")
    return {name: _read(name, facts) for name, facts in json.loads(source.read_text())["methods"].items()}


def _read(name: str, facts: JSON) -> Method:
    return Method(
        name=name,
        args={arg: _types(types) for arg, types in facts["args"].items()},
        required=tuple(facts["required"]),
        errors=frozenset(facts["errors"]),
        bot_scopes=tuple(facts["scope"].get("bot", ())),
        per_minute=CALLS_PER_MINUTE[facts["tier"]],
    )


def _types(types: str | list[str]) -> frozenset[str]:
    return frozenset([types] if isinstance(types, str) else types) - {""}
