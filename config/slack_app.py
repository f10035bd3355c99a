"""What the app asks of Slack: config/slack-manifest.yaml, in the form of Slack's *Create from manifest*."""

from pathlib import Path
from typing import Any, cast

import yaml

MANIFEST = Path(__file__).with_name("slack-manifest.yaml")


def manifest() -> dict[str, Any]:
    return cast(dict[str, Any], yaml.safe_load(MANIFEST.read_text(encoding="utf-8")))


def called_in(app: dict[str, Any], url: str) -> dict[str, Any]:
    """The same app, with Slack calling in through a gateway in place of Socket Mode (docs/network.md)."""
    features, settings = app["features"], app["settings"]
    over_http = {
        "socket_mode_enabled": False,
        "event_subscriptions": settings["event_subscriptions"] | {"request_url": url},
        "interactivity": settings["interactivity"] | {"request_url": url},
    }
    commands = [command | {"url": url} for command in features["slash_commands"]]
    return app | {
        "features": features | {"slash_commands": commands},
        "settings": settings | over_http,
    }


def bot_scopes(app: dict[str, Any]) -> list[str]:
    return list(app["oauth_config"]["scopes"]["bot"])
