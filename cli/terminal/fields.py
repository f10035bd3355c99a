"""What a verb takes, read off the scenario format's own classes: one vocabulary, and a field added there is there."""

from collections.abc import Iterator
from datetime import datetime
from enum import Enum, StrEnum, auto
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from msgspec import Struct

from bot.replay.verbs.closing_verbs import CorrectSaid
from bot.replay.verbs.verb import Arguments


class Kind(StrEnum):
    WORDS = (
        auto()
    )  # anybody's own words, a name, a place: full-content mode only, unless there is a coded list
    CODE = auto()
    FLAG = auto()
    AGE = auto()
    BORN = auto()
    PAST = auto()
    COMING = auto()
    MARKERS = auto()
    CONSIDERED = auto()
    PERSON = auto()
    NUMBER = auto()  # a reference of the force's own
    CASE = auto()  # a reference of ours, or an incident number
    ITEM = auto()
    WHO = auto()  # somebody outside who was told


REPEATED = (Kind.MARKERS, Kind.CONSIDERED)

# Strings that are no free words, by name. What is not listed is words, and so stays out of reference-only mode.
_STRINGS = {
    "ref": Kind.NUMBER,
    "person_ref": Kind.NUMBER,
    "category": Kind.CODE,
    "role": Kind.CODE,
    "field": Kind.CODE,
    "to": Kind.PERSON,
    "owner": Kind.PERSON,
    "person": Kind.PERSON,
    "of": Kind.CASE,
    "earlier": Kind.CASE,
    "id": Kind.ITEM,
    "who": Kind.WHO,
}
_TO_COME = ("due", "next")


class Field(Struct, frozen=True):
    path: tuple[str, ...]  # ("child", "name")
    kind: Kind
    choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As `correct` names it: child.name."""
        return ".".join(self.path)

    @property
    def option(self) -> str:
        return "--" + "-".join(self.path).replace("_", "-")


def fields_of(model: type[Arguments], above: tuple[str, ...] = ()) -> Iterator[Field]:
    for name, info in model.model_fields.items():
        types = list(_types(info.annotation))
        within = next((each for each in types if issubclass(each, Arguments)), None)
        if within:
            yield from fields_of(within, (*above, name))
        else:
            yield Field((*above, name), _kind(model, name, types), _choices(types))


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


def _kind(model: type[Arguments], name: str, types: list[type]) -> Kind:
    if datetime in types:
        return Kind.COMING if name in _TO_COME else Kind.PAST
    if str in types:
        return Kind.WORDS if (model, name) == (CorrectSaid, "to") else _STRINGS.get(name, Kind.WORDS)
    if name in ("age", "born"):
        return Kind(name)
    return next(kind for kind, classes in _BY_CLASS.items() if issubclass(types[0], classes))


_BY_CLASS: dict[Kind, tuple[type, ...]] = {
    Kind.MARKERS: (dict,),
    Kind.CONSIDERED: (tuple,),
    Kind.FLAG: (bool,),
    Kind.CODE: (Enum,),
}


def _choices(types: list[type]) -> tuple[str, ...]:
    return tuple(str(member.value) for each in types if issubclass(each, Enum) for member in each)
