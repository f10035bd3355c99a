"""Slack's side of a call: takes whatever it is asked, and keeps what it was told, to be looked through."""

from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

BOT, TEAM = "U0BOT", "T000000001"


class TakesAll(WebClient):
    def __init__(self) -> None:
        super().__init__(token="xoxb-fuzzed")
        self.told: list[tuple[str, dict[str, Any]]] = []
        self._number = 0

    def api_call(self, api_method: str, **how: Any) -> SlackResponse:  # type: ignore[override]
        asked = {**(how.get("params") or {}), **(how.get("json") or {}), **(how.get("data") or {})}
        self.told.append((api_method, asked))
        self._number += 1
        return SlackResponse(
            client=self,
            http_verb="POST",
            api_url=api_method,
            req_args={},
            data=self._answer(asked),
            headers={},
            status_code=200,
        )

    def files_upload_v2(self, **how: Any) -> SlackResponse:  # type: ignore[override]
        return self.api_call(
            "files.upload", params={key: value for key, value in how.items() if key != "content"}
        )

    def _answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        ts = f"1772460000.{self._number:06}"
        view = {"id": f"V{self._number}", "hash": str(self._number), **(asked.get("view") or {})}
        user = {"user_id": BOT, "team_id": TEAM, "bot_id": "B1", "user": "missing", "team": "Force"}
        return {
            "ok": True,
            "ts": ts,
            "channel": asked.get("channel", "C1"),
            "view": view,
            "messages": [],
            **user,
        }

    def behind(self, _: str, **__: Any) -> "Webhook":
        """What a `response_url` leads to."""
        return Webhook(self)


class Webhook:
    status_code = 200

    def __init__(self, slack: TakesAll) -> None:
        self._slack = slack

    def send(self, **said: Any) -> "Webhook":
        self._slack.told.append(("response_url", said))
        return self
