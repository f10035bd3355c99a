"""The smallest checks, and how they are put together into objects and lists."""

import re
from collections.abc import Mapping
from typing import Any

from sandbox.limits.report import Check, Report


def string(most: int, least: int = 1) -> Check:
    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, str):
            report.add("must be a string", at)
        elif len(value) > most:
            report.add(f"must be less than {most + 1} characters", at)
        elif len(value) < least:
            report.add(f"must be more than {least - 1} characters", at)

    return check


def boolean(value: Any, at: str, report: Report) -> None:
    if not isinstance(value, bool):
        report.add("must be a boolean", at)


def integer(least: int, most: int | None = None) -> Check:
    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            report.add("must be a valid integer", at)
        elif value < least or (most is not None and value > most):
            report.add(f"must be between {least} and {most if most is not None else 'any'}", at)

    return check


def anything(_value: Any, _at: str, _report: Report) -> None:
    """Accepted as it is: Slack checks more here than this workspace does."""


def one_of(*allowed: str) -> Check:
    def check(value: Any, at: str, report: Report) -> None:
        if value not in allowed:
            report.add("must be a valid enum value", at)

    return check


def like(pattern: str, what: str) -> Check:
    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            report.add(f"must be a valid {what}", at)

    return check


def items(of: Check, least: int = 1, most: int = 10_000) -> Check:
    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, list):
            report.add("must be an array", at)
            return
        if len(value) > most:
            report.add(f"no more than {most} items allowed", at)
        if len(value) < least:
            report.add(f"no less than {least} items allowed", at)
        for number, item in enumerate(value):
            of(item, f"{at}/{number}", report)

    return check


def shape(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with exactly these keys: Slack refuses a key it does not know."""
    known = {**required, **(optional or {})}

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add("must be an object", at)
            return
        for key in required.keys() - value.keys():
            report.add(f"missing required field: {key}", at)
        for key, part in value.items():
            if key in known:
                known[key](part, f"{at}/{key}", report)
            else:
                report.add(f"invalid additional property: {key}", at)

    return check


def both(*checks: Check) -> Check:
    def check(value: Any, at: str, report: Report) -> None:
        for each in checks:
            each(value, at, report)

    return check


def by_type(known: Mapping[str, Check], what: str) -> Check:
    """The check that belongs to the object's own `type`."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add("must be an object", at)
        elif (kind := value.get("type")) is None:
            report.add("missing required field: type", at)
        elif kind not in known:
            report.add(f"unsupported {what}: {kind}", f"{at}/type")
        else:
            known[kind](value, at, report)

    return check


def at_least_one(*keys: str) -> Check:
    def check(value: Any, at: str, report: Report) -> None:
        if isinstance(value, dict) and not any(key in value for key in keys):
            report.add(f"missing required field: {' or '.join(keys)}", at)

    return check


def at_most_one(*keys: str) -> Check:
    def check(value: Any, at: str, report: Report) -> None:
        if isinstance(value, dict) and sum(key in value for key in keys) > 1:
            report.add(f"only one of {', '.join(keys)} is allowed", at)

    return check
