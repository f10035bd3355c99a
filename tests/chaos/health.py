"""What the bot answers for its health."""

import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.outside import free_port


class Health:
    """Of the bot that is started next."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        port = free_port()
        self._url = f"http://127.0.0.1:{port}/healthz"
        monkeypatch.setenv("MISSING_HEALTH__PORT", str(port))

    def ask(self) -> tuple[int, dict[str, Any]]:
        """The status and the facts, well or not."""
        try:
            with urlopen(self._url, timeout=60) as answer:
                return answer.status, json.load(answer)
        except HTTPError as unwell:
            with unwell:
                return unwell.code, json.load(unwell)

    @property
    def facts(self) -> dict[str, Any]:
        """Whether all is well or not: on a busy machine a timer may be late."""
        return self.ask()[1]

    @property
    def is_well(self) -> bool:
        return self.ask()[0] == 200
