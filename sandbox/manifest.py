"""An app's manifest: what it may call, what it hears, and what people can start."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox import yaml_file
from sandbox.errors import BadSeed
from sandbox.wire import JSON


@dataclass(frozen=True)
class Command:
    name: str
    url: str | None
    description: str = ""
    hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True)
class Shortcut:
    callback_id: str
    name: str
    kind: str  # "message" or "global"


@dataclass(frozen=True)
class Manifest:
    name: str
    bot_name: str
    scopes: tuple[str, ...]
    events: frozenset[str]
    commands: dict[str, Command]
    shortcuts: dict[str, Shortcut]
    interactive: bool
    has_home: bool
    socket_mode: bool
    events_url: str | None = None
    interactivity_url: str | None = None
    options_url: str | None = None


def load(source: str | Path | JSON) -> Manifest:
    if isinstance(source, dict):
        return read(source)
    raw = yaml_file.read(Path(source))
    if not isinstance(raw, dict):
        raise BadSeed(f"{source} is no app's manifest. Name one, such as config/slack-manifest.yaml.")
    return read(raw)


def read(raw: JSON) -> Manifest:
    features, settings = _part(raw, "features"), _part(raw, "settings")
    events, interactivity = _part(settings, "event_subscriptions"), _part(settings, "interactivity")
    name: str | None = _part(raw, "display_information").get("name")
    if not name:
        raise BadSeed("the manifest gives the app no name")
    return Manifest(
        name=name,
        bot_name=str(_part(features, "bot_user").get("display_name", name)),
        scopes=tuple(_part(_part(raw, "oauth_config"), "scopes").get("bot", ())),
        events=frozenset(events.get("bot_events", ())),
        commands={it["command"]: _command(it) for it in _list(features, "slash_commands")},
        shortcuts={it["callback_id"]: _shortcut(it) for it in _list(features, "shortcuts")},
        interactive=bool(interactivity.get("is_enabled")),
        has_home=bool(_part(features, "app_home").get("home_tab_enabled")),
        socket_mode=bool(settings.get("socket_mode_enabled")),
        events_url=events.get("request_url"),
        interactivity_url=interactivity.get("request_url"),
        options_url=interactivity.get("message_menu_options_url"),
    )


def _command(raw: JSON) -> Command:
    return Command(
        raw["command"],
        raw.get("url"),
        raw.get("description", ""),
        raw.get("usage_hint", ""),
        bool(raw.get("should_escape")),
    )


def _shortcut(raw: JSON) -> Shortcut:
    return Shortcut(raw["callback_id"], raw["name"], raw["type"])


def _part(raw: JSON, key: str) -> JSON:
    return raw.get(key) or {}


def _list(raw: JSON, key: str) -> list[Any]:
    return raw.get(key) or []
