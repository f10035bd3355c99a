"""When the next post may leave, for each channel and each lane. Machine seconds throughout.

Slack takes about one post per second per channel, from all processes together, and says 429 when that was too many.
Nobody sleeps on it: a lane that has to wait is put down until then, and the timer takes it up again. A wait is at most
`LONGEST_WAIT`: where Slack asks for longer, it is asked again after that.
"""

from collections import Counter
from collections.abc import Mapping
from math import ceil
from typing import Protocol, cast
from uuid import uuid4

from redis import Redis

from bot.time import LONGEST_WAIT, is_ahead, later_of

GAP = 1.0  # seconds between two posts in one channel (Slack's documentation of chat.postMessage)
# Slack takes some 50 edits a minute from an app, whatever their channels (tier 3 of its documentation). The board and
# the watchdog edit, too, so the setting stays below; and case cards, which nobody waits for, leave a third of it for
# cards that paged.
_MINUTE = 60.0
_PATIENT_SHARE = 2 / 3
EDITS = "edits"  # their gate: Slack counts them together, so it shuts for all of them

# One post passes and closes the gate behind it, or learns when it opens.
_ENTER = """
local opens = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0')
if opens > tonumber(ARGV[2]) and opens <= tonumber(ARGV[4]) then return tostring(opens) end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return ARGV[2]
"""

# So many in a minute; one that is too many learns when the oldest that stands in its way is a minute old.
_ENTER_EDIT = """
local now, minute, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - minute)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. now + minute, '+inf')
local made = redis.call('ZCARD', KEYS[1])
if made < most then
  redis.call('ZADD', KEYS[1], ARGV[1], ARGV[4])
  return ARGV[1]
end
local oldest = redis.call('ZRANGE', KEYS[1], made - most, made - most, 'WITHSCORES')
return string.format('%.6f', oldest[2] + minute)
"""

# Of two answers to wait, the later one holds (`later_of`).
_SHUT = """
local opens = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0')
if opens <= tonumber(ARGV[2]) or opens > tonumber(ARGV[3]) then redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end
"""


class RateLimits(Protocol):
    def enter(self, channel: str, machine_now: float) -> float:
        """When a post may leave. Not later than now: it may, and nobody else's for GAP."""

    def enter_edit(self, machine_now: float, *, is_patient: bool) -> float:
        """When an edit may be made. Not later than now: it may, and is counted."""

    def shut(self, gate: str, until: float) -> None:
        """Slack asked to wait."""

    def opens(self, gate: str) -> float:
        """When it opens, or opened."""

    def hold(self, lane: str, until: float) -> None: ...

    def holds(self) -> Mapping[str, float]: ...

    def fell(self, lane: str) -> int:
        """How many times in a row Slack has not taken this lane's post, with this one."""

    def recovered(self, lane: str) -> None: ...

    def refuse(self, lane: str, code: str) -> None:
        """Slack lets nothing into its place, until it has recovered. `code` is Slack's."""

    def refused(self) -> Mapping[str, str]:
        """Lane → why."""


def back_off(
    rate_limits: RateLimits, lane: str, machine_now: float, *, soonest: float, latest: float
) -> None:
    """Puts the lane down: twice as long each time in a row."""
    doublings = min(rate_limits.fell(lane) - 1, 10)
    rate_limits.hold(lane, machine_now + min(soonest * 2**doublings, latest))


def _most(edits: int, is_patient: bool) -> int:
    return ceil(edits * _PATIENT_SHARE) if is_patient else edits


class RedisRateLimits:
    def __init__(self, redis: Redis, prefix: str = "missing", *, edits_a_minute: int) -> None:
        self._redis = redis
        self._edits_a_minute = edits_a_minute
        names = ("gates", "holds", "falls", "refused")
        self._gates, self._holds, self._falls, self._refused = (f"{prefix}:{name}" for name in names)
        self._edits = f"{prefix}:edits"
        self._enter = redis.register_script(_ENTER)
        self._enter_edit = redis.register_script(_ENTER_EDIT)
        self._shut = redis.register_script(_SHUT)

    def enter(self, channel: str, machine_now: float) -> float:
        times = (repr(machine_now), repr(machine_now + GAP), repr(machine_now + LONGEST_WAIT))
        return float(cast(bytes, self._enter(keys=[self._gates], args=[channel, *times])))

    def enter_edit(self, machine_now: float, *, is_patient: bool) -> float:
        asked = (repr(machine_now), _MINUTE, _most(self._edits_a_minute, is_patient), uuid4().hex)
        return float(cast(bytes, self._enter_edit(keys=[self._edits], args=asked)))

    def shut(self, gate: str, until: float) -> None:
        self._shut(keys=[self._gates], args=[gate, repr(until), repr(until + LONGEST_WAIT)])

    def opens(self, gate: str) -> float:
        return float(cast(bytes | None, self._redis.hget(self._gates, gate)) or 0)

    def hold(self, lane: str, until: float) -> None:
        self._redis.hset(self._holds, lane, repr(until))

    def holds(self) -> Mapping[str, float]:
        found = cast(dict[bytes, bytes], self._redis.hgetall(self._holds))
        return {lane.decode(): float(until) for lane, until in found.items()}

    def fell(self, lane: str) -> int:
        return self._redis.hincrby(self._falls, lane, 1)

    def recovered(self, lane: str) -> None:
        self._redis.hdel(self._falls, lane)
        self._redis.hdel(self._refused, lane)

    def refuse(self, lane: str, code: str) -> None:
        self._redis.hset(self._refused, lane, code)

    def refused(self) -> Mapping[str, str]:
        found = cast(dict[bytes, bytes], self._redis.hgetall(self._refused))
        return {lane.decode(): code.decode() for lane, code in found.items()}


class MemoryRateLimits:
    def __init__(self, *, edits_a_minute: int) -> None:
        self._edits_a_minute = edits_a_minute
        self._gates: dict[str, float] = {}
        self._holds: dict[str, float] = {}
        self._falls: Counter[str] = Counter()
        self._edits: list[float] = []
        self._refused: dict[str, str] = {}

    def enter(self, channel: str, machine_now: float) -> float:
        opens = self._gates.get(channel, 0.0)
        if is_ahead(opens, machine_now):
            return opens
        self._gates[channel] = machine_now + GAP
        return machine_now

    def enter_edit(self, machine_now: float, *, is_patient: bool) -> float:
        most = _most(self._edits_a_minute, is_patient)
        self._edits = [at for at in self._edits if machine_now - _MINUTE < at <= machine_now + _MINUTE]
        if len(self._edits) >= most:
            return self._edits[-most] + _MINUTE
        self._edits.append(machine_now)
        return machine_now

    def shut(self, gate: str, until: float) -> None:
        self._gates[gate] = later_of(self.opens(gate), until)

    def opens(self, gate: str) -> float:
        return self._gates.get(gate, 0.0)

    def hold(self, lane: str, until: float) -> None:
        self._holds[lane] = until

    def holds(self) -> Mapping[str, float]:
        return dict(self._holds)

    def fell(self, lane: str) -> int:
        self._falls[lane] += 1
        return self._falls[lane]

    def recovered(self, lane: str) -> None:
        del self._falls[lane]
        self._refused.pop(lane, None)

    def refuse(self, lane: str, code: str) -> None:
        self._refused[lane] = code

    def refused(self) -> Mapping[str, str]:
        return dict(self._refused)
