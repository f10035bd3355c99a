"""Slack's Web API: the methods that the bot and its tests call, and no more."""

from sandbox.web_api import apps, chat, conversations, dnd, files, users, views
from sandbox.web_api.registry import METHODS

__all__ = ["METHODS", "apps", "chat", "conversations", "dnd", "files", "users", "views"]
