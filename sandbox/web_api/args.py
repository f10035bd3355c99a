"""A call's arguments, from a form or from JSON, checked against the facts."""

import json
from typing import Any

from sandbox.errors import ApiError
from sandbox.facts import Method
from sandbox.wire import JSON

TRUE, FALSE = ("1", "true", "True", True, 1), ("0", "false", "False", "", False, 0)


class Args:
    def __init__(self, given: JSON) -> None:
        self._given = {key: value for key, value in given.items() if value is not None}

    def check(self, method: Method) -> None:
        missing = [f"missing required field: {arg}" for arg in method.required if self._is_missing(arg)]
        if missing:
            raise ApiError("invalid_arguments", *missing)
        for arg, types in method.args.items():
            if arg in self._given:
                self._check_type(arg, types)

    def has(self, name: str) -> bool:
        return name in self._given

    def text(self, name: str) -> str | None:
        value = self._given.get(name)
        return None if value is None else str(value)

    def required(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise ApiError("invalid_arguments", f"missing required field: {name}")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        return self._given[name] in TRUE if name in self._given else default

    def number(self, name: str, default: int) -> int:
        return int(self._given.get(name, default))

    def names(self, name: str) -> list[str]:
        """A list that Slack takes comma-separated as well."""
        value = self._given.get(name, [])
        return (
            [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        )

    def decoded(self, name: str, error: str) -> Any:
        """A structured argument: JSON itself, or a string that holds it."""
        value = self._given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError as problem:
            raise ApiError(error) from problem

    def _is_missing(self, name: str) -> bool:
        return self._given.get(name) in (None, "")

    def _check_type(self, name: str, types: frozenset[str]) -> None:
        value = self._given[name]
        if types == {"boolean"} and not (isinstance(value, (str, bool, int)) and value in TRUE + FALSE):
            raise ApiError("invalid_arguments", f"must be a boolean [json-pointer:/{name}]")
        if types <= {"number", "integer"} and types and not str(value).lstrip("-").isdigit():
            raise ApiError("invalid_arguments", f"must be a number [json-pointer:/{name}]")
