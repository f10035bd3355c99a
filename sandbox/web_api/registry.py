"""The methods this workspace has. Each is one small function under its Slack name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sandbox.errors import ApiError
from sandbox.slack import Slack
from sandbox.state import App, Team
from sandbox.web_api.args import Args
from sandbox.wire import JSON


@dataclass(frozen=True)
class Caller:
    slack: Slack
    app: App

    @property
    def team(self) -> Team:
        return self.slack.team

    @property
    def user(self) -> str:
        return self.app.bot_user

    def needs(self, *any_of: str) -> None:
        if not set(any_of) & set(self.app.manifest.scopes):
            raise ApiError(
                "missing_scope", needed=",".join(any_of), provided=",".join(self.app.manifest.scopes)
            )


Handler: TypeAlias = Callable[[Caller, Args], JSON]


@dataclass(frozen=True)
class Registered:
    name: str
    handler: Handler
    token: str  # "bot", "app" or "none"


METHODS: dict[str, Registered] = {}


def method(name: str, token: str = "bot") -> Callable[[Handler], Handler]:  # nosec B107 # which kind of token
    def register(handler: Handler) -> Handler:
        METHODS[name] = Registered(name, handler, token)
        return handler

    return register
