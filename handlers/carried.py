"""What our own buttons and views carry through Slack and back. One of an older version may carry something else."""

import re
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from bot.domain.people import Role
from handlers.errors import NotDone

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
OLD_BUTTON = "This button no longer works. Nothing changed. Open the case by /missing list."
OLD_COMMAND = "Not done. The bot answers to /missing. Type /missing help."
OLD_FORM = "Not saved: this form no longer works. Copy your words, close it, and open it again."


def decoded(view: dict[str, Any], kind: type[T]) -> T:
    """What the view carries. Raises NotDone where it is none of ours."""
    try:
        return msgspec.json.decode(view["private_metadata"], type=kind)
    except (msgspec.DecodeError, RecursionError):
        raise NotDone(OLD_FORM) from None


def number(value: str) -> int:
    """Of a hand-over. Raises NotDone."""
    return _whole(value, 9, OLD_BUTTON)


def role(value: str) -> Role:
    """Raises NotDone."""
    return _one_of(Role, value, OLD_BUTTON)


def chosen(kind: type[E], value: str) -> E:
    """In a form. Raises NotDone for what is offered no longer."""
    return _one_of(kind, value, OLD_FORM)


def minutes(value: str) -> int:
    """Chosen in a form. Raises NotDone."""
    return _whole(value, 5, OLD_FORM)


def _one_of(kind: type[E], value: str, otherwise: str) -> E:
    try:
        return kind(value)
    except ValueError:
        raise NotDone(otherwise) from None


def _whole(value: str, digits: int, otherwise: str) -> int:
    if not re.fullmatch(rf"[0-9]{{1,{digits}}}", value):
        raise NotDone(otherwise)
    return int(value)


def picked(body: dict[str, Any]) -> str:
    """What was picked from a menu. Raises NotDone."""
    option = body["actions"][0].get("selected_option")
    if not option:
        raise NotDone(OLD_BUTTON)
    return str(option["value"])
