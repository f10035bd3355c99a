"""What is wrong with a payload, each finding with a JSON pointer, in Slack's words."""

from collections.abc import Callable
from typing import Any, TypeAlias

Check: TypeAlias = "Callable[[Any, str, Report], None]"


class Report:
    def __init__(self) -> None:
        self.findings: list[str] = []

    def add(self, what: str, at: str) -> None:
        self.findings.append(f"{what} [json-pointer:{at}]")

    def __bool__(self) -> bool:
        return bool(self.findings)
