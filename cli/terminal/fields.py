"""What a verb takes, read off the scenario format's own classes: one vocabulary, and a field added there is there."""

from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from msgspec import Struct

from bot.domain.declared import FieldKind
from bot.replay.verbs.closing_verbs import CorrectSaid
from bot.replay.verbs.verb import Arguments

REPEATED = (FieldKind.MARKERS, FieldKind.CONSIDERED)

# Strings that are no free words, by name. What is not listed is words, and so stays out of reference-only mode.
_STRINGS = {
    "ref": FieldKind.NUMBER,
    "person_ref": FieldKind.NUMBER,
    "category": FieldKind.CODE,
    "role": FieldKind.CODE,
    "field": FieldKind.CODE,
    "to": FieldKind.PERSON,
    "owner": FieldKind.PERSON,
    "person": FieldKind.PERSON,
    "of": FieldKind.CASE,
    "earlier": FieldKind.CASE,
    "id": FieldKind.ITEM,
    "who": FieldKind.TOLD,
}
_TO_COME = ("due", "next")


class VerbField(Struct, frozen=True):
    path: tuple[str, ...]  # ("child", "name")
    kind: FieldKind
    choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As `correct` names it: child.name."""
        return ".".join(self.path)

    @property
    def option(self) -> str:
        return "--" + "-".join(self.path).replace("_", "-")


def fields_of(model: type[Arguments], above: tuple[str, ...] = ()) -> Iterator[VerbField]:
    for name, info in model.model_fields.items():
        types = list(_types(info.annotation))
        within = next((each for each in types if issubclass(each, Arguments)), None)
        if within:
            yield from fields_of(within, (*above, name))
        else:
            yield VerbField((*above, name), _kind(model, name, types), _choices(types))


def _types(annotation: Any) -> Iterator[type]:
    """Every class that may stand there, but None."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _types(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for each in get_args(annotation):
            yield from _types(each)
    elif annotation is not type(None):
        yield origin or annotation


def _kind(model: type[Arguments], name: str, types: list[type]) -> FieldKind:
    if datetime in types:
        return FieldKind.COMING if name in _TO_COME else FieldKind.PAST
    if str in types:
        return (
            FieldKind.WORDS if (model, name) == (CorrectSaid, "to") else _STRINGS.get(name, FieldKind.WORDS)
        )
    if name in ("age", "born"):
        return FieldKind(name)
    return next(kind for kind, classes in _BY_CLASS.items() if issubclass(types[0], classes))


_BY_CLASS: dict[FieldKind, tuple[type, ...]] = {
    FieldKind.MARKERS: (dict,),
    FieldKind.CONSIDERED: (tuple,),
    FieldKind.FLAG: (bool,),
    FieldKind.CODE: (Enum,),
}


def _choices(types: list[type]) -> tuple[str, ...]:
    return tuple(str(member.value) for each in types if issubclass(each, Enum) for member in each)
