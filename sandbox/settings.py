"""What Slack measures in seconds. Tests may shorten it; the defaults are Slack's."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from sandbox.errors import BadSeed
from sandbox.wire import JSON


@dataclass(frozen=True)
class Settings:
    ack_seconds: float = 3.0
    retry_seconds: tuple[float, ...] = (0.0, 60.0, 300.0)  # between the attempts at one event
    trigger_seconds: float = 3.0
    response_url_seconds: float = 1800.0
    response_url_uses: int = 5
    ping_seconds: float = 30.0
    rate_limits: bool = True
    rate_scale: float = 1.0  # 10 allows ten times as many calls
    post_burst: int = 5
    most_sockets: int = 10

    def changed(self, changes: dict[str, Any]) -> "Settings":
        unknown = changes.keys() - {field.name for field in fields(self)}
        if unknown:
            raise BadSeed(f"no such settings: {', '.join(sorted(unknown))}")
        if "retry_seconds" in changes:
            changes = {**changes, "retry_seconds": tuple(changes["retry_seconds"])}
        return replace(self, **changes)

    def as_json(self) -> JSON:
        return asdict(self)
