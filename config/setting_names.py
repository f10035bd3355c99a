"""Every name that a setting may have in the environment, so that a mistyped one is not passed over in silence."""

import os
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from pydantic import AliasChoices, BaseModel
from pydantic.fields import FieldInfo

PREFIX = "MISSING_"
_DEEPER = "__"
_BESIDE = ("MISSING_PERSON",)  # a terminal's own: who sits there


def given_names(env_file: str) -> list[str]:
    """Those of ours in the environment and in the file, as they are written there."""
    written = [*os.environ, *dotenv_values(env_file)]
    return [name for name in dict.fromkeys(written) if name.upper().startswith(PREFIX)]


def lines_without_setting(env_file: str) -> list[int]:
    """Numbers of the lines in the file, from 1, that name no value and are no remark."""
    if not Path(env_file).is_file():
        return []
    with Path(env_file).open(encoding="utf-8") as written:
        return [
            each.original.line
            for each in parse_stream(written)
            if each.error or (each.key and each.value is None)
        ]


def unknown_names(given: Iterable[str], settings: type[BaseModel]) -> dict[str, str]:
    """Each name that is no setting → the nearest that is one; "" where none is near."""
    known = [*(name for name, _ in setting_names(settings)), *_BESIDE]
    exact = {name.upper() for name in known if not name.endswith(_DEEPER)}
    open_ones = tuple(name.upper() for name in known if name.endswith(_DEEPER))

    def is_known(name: str) -> bool:
        upper = name.upper()
        return upper in exact or any(upper.startswith(one) and upper != one for one in open_ones)

    return {name: _nearest(name, known) for name in given if not is_known(name)}


def _nearest(name: str, known: list[str]) -> str:
    written = {_own_part(each): each for each in known}
    found = get_close_matches(_own_part(name), written, n=1)
    return written[found[0]] if found else ""


def _own_part(name: str) -> str:
    """What all of them begin with makes none like another."""
    return name.upper().removeprefix(PREFIX)


def setting_names(settings: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    """Each name with the type of its value. One that ends in __ goes on as the force likes."""
    for name, field in settings.model_fields.items():
        if isinstance(field.validation_alias, AliasChoices):
            yield from ((str(each), field.annotation) for each in field.validation_alias.choices)
        yield from _of_field(f"{PREFIX}{name.upper()}", field)


def _of_field(name: str, field: FieldInfo) -> Iterator[tuple[str, Any]]:
    yield name, field.annotation
    yield from _under(name, field.annotation)


def _under(name: str, kind: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for inner, field in kind.model_fields.items():
            yield from _of_field(f"{name}{_DEEPER}{inner.upper()}", field)
    elif get_origin(kind) is dict:
        key, value = get_args(kind)
        is_listed = isinstance(key, type) and issubclass(key, Enum)
        deeper = [f"{name}{_DEEPER}{each.value}" for each in key] if is_listed else [f"{name}{_DEEPER}"]
        yield from ((each, value) for each in deeper)
    else:
        for part in get_args(kind):  # Optional, Annotated
            yield from _under(name, part)
