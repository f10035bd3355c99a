"""What must be gone once it is quiet, and what must never be there."""

import re
from collections import Counter
from typing import cast

from benchmarks.soak.evidence import Evidence, Offender
from benchmarks.soak.people import NAMES
from workers.timing.timer import LEASE

_REF = re.compile(r"MC-\d+-\d+|[0-9a-f]{16,}|[UCD][A-Z0-9]{5,}|\d+")
_SILENT = ("Traceback", "card not drawn", "delivery failed", "recheck failed")


def kinds_of_keys(found: Evidence) -> Counter[str]:
    """How many keys of each kind, and how many fields of each hash or set that all share."""
    redis, prefix = found.house.bot.redis, found.house.bot.settings.prefix
    counted: Counter[str] = Counter()
    for key in redis.scan_iter(count=1000):
        name = key.decode()
        kind = _REF.sub("#", name.replace(prefix, "ours"))
        counted[kind] += 1
    for name in ("cards", "gates", "holds", "falls", "documents", "requests", "due:claimed", "due:leases"):
        counted[f"in {name}"] = _size(found, f"{prefix}:{name}")
    return counted


def _size(found: Evidence, key: str) -> int:
    redis = found.house.bot.redis
    kind = cast(bytes, redis.type(key)).decode()
    return int(redis.hlen(key) if kind == "hash" else redis.zcard(key) if kind == "zset" else 0)


def waiting(found: Evidence) -> list[Offender]:
    redis, prefix = found.house.bot.redis, found.house.bot.settings.prefix
    offenders = [Offender(f"lane {lane} waits", found.read_at) for lane in found.stores.outbox.lanes()]
    for key in redis.scan_iter(match=f"{prefix}:lane:*", count=1000):
        name = key.decode()
        if name.endswith((":rows", ":order", ":marks")):
            offenders.append(Offender(f"{name} is left over", found.read_at))
    lost = redis.zcount(f"{prefix}:due:leases", "-inf", found.quiet_at - LEASE)
    return offenders + ([Offender(f"{lost} claims outlived their lease", found.read_at)] if lost else [])


def said(found: Evidence) -> list[Offender]:
    offenders = []
    for log in sorted(found.house.home.glob("*.log")):
        for line in log.read_text(errors="replace").splitlines():
            if any(word in line for word in (*NAMES, *_SILENT)):
                offenders.append(Offender(f"{log.stem}: {line[:400]}", found.read_at))
    names = {part for name in NAMES for part in name.split()}
    keys = [key.decode() for key in found.house.bot.redis.scan_iter(count=1000)]
    return offenders + [Offender(key, 0.0) for key in keys if any(name in key for name in names)]


def logged(found: Evidence) -> Counter[str]:
    """Warnings and errors by what they say."""
    lines: Counter[str] = Counter()
    for log in sorted(found.house.home.glob("*.log")):
        for line in log.read_text(errors="replace").splitlines():
            plain = re.sub(r"\x1b\[[0-9;]*m", "", line)
            if "[error" in plain or "[warning" in plain:
                lines[_REF.sub("#", plain.split("] ", 1)[-1])[:110]] += 1
    return lines
