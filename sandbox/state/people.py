"""Who is in the workspace: people, groups of them, and apps."""

from dataclasses import dataclass, field

from sandbox.manifest import Manifest


@dataclass
class User:
    id: str
    name: str
    real_name: str
    tz: str = "Europe/London"
    bot_id: str | None = None
    app_id: str | None = None
    email: str | None = None
    title: str = ""
    deleted: bool = False  # left: deactivated
    quiet: tuple[int, int] | None = None  # the present, or next, time of Do Not Disturb: seconds since 1970
    restricted: bool = False  # a guest of several channels
    ultra_restricted: bool = False  # of one
    team: str | None = None  # of another workspace, met in a shared channel

    @property
    def is_bot(self) -> bool:
        return self.bot_id is not None

    @property
    def is_slackbot(self) -> bool:
        return self.id == "USLACKBOT"


def slackbot() -> User:
    """In every workspace, and not a bot by its own account of itself."""
    return User("USLACKBOT", "slackbot", "Slackbot")


@dataclass
class Group:
    id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)
    disabled: bool = False


@dataclass
class App:
    id: str
    name: str
    manifest: Manifest
    bot_user: str
    bot_id: str
    bot_token: str
    app_token: str
    signing_secret: str
    verification_token: str
    request_url: str | None = None  # given: signed HTTP instead of Socket Mode

    @property
    def over_http(self) -> bool:
        return self.request_url is not None or not self.manifest.socket_mode

    def url_for(self, kind: str, command: str | None = None) -> str | None:
        if self.request_url:
            return self.request_url
        if command:
            return self.manifest.commands[command].url
        return self.manifest.events_url if kind == "events_api" else self.manifest.interactivity_url
