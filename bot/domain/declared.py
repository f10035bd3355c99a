"""How a step is declared: its struct says what it takes, of which kind, who may, and what a person is asked for it.

From this come the arguments of a scenario, the options and questions of the terminal, the labels of forms, and the
door's checks of what must be there.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from enum import Enum, StrEnum, auto
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import FieldInfo, fields

from bot.domain.people import Role
from bot.domain.refusals import Because, Refused


class FieldKind(StrEnum):
    """What a field holds. A string that says nothing of itself is words, and so stays out of reference-only mode."""

    WORDS = auto()  # anybody's own words, a name, a place: only in full-content mode, or as a coded reason
    CODE = auto()
    FLAG = auto()
    AGE = auto()
    BORN = auto()
    PAST = auto()
    COMING = auto()
    MARKERS = auto()
    CONSIDERED = auto()  # codes of markers
    PERSON = auto()
    NUMBER = auto()  # a reference of the force's own
    CASE = auto()  # a reference of ours, or an incident number
    ITEM = auto()
    TOLD = auto()  # somebody outside
    CORRECTION = auto()  # the right value of another field, of that one's kind
    WITHIN = auto()  # fields of its own
    UNSAID = auto()  # not for a person to say: a screen or the mode does


_OF_A_PERSON = (FieldKind.WORDS, FieldKind.BORN, FieldKind.TOLD, FieldKind.CORRECTION)
_NUMBERS_OF_A_PERSON = ("person_ref",)


class Command(Struct, frozen=True, kw_only=True, tag_field="type"):
    """A wish; the door says whether it becomes events."""


Code = Annotated[str, FieldKind.CODE]
PersonRef = Annotated[str, FieldKind.PERSON]
Number = Annotated[str, FieldKind.NUMBER]
CaseRef = Annotated[str, FieldKind.CASE]
ItemId = Annotated[str, FieldKind.ITEM]
ToCome = Annotated[datetime | None, FieldKind.COMING]


class Prompt(Struct, frozen=True):
    """What is asked for a field, in the order of the fields."""

    text: str
    coded: str = ""  # the list of config/reasons.toml that answers it where no words may be kept
    enter: str = ""  # what it means to leave it out, where it need not be answered
    preset: str = ""  # what is meant by no answer
    in_log: bool = False  # there, codes of what the incident log has may stand in its place
    of_concern: bool = False  # only where it is filed as a concern for safety


class Field(Struct, frozen=True):
    attribute: str
    path: tuple[str, ...]  # as scenarios name it: ("child", "name")
    kind: FieldKind
    bare: type  # str, datetime, Grade …: without None, and without what is noted of it
    needed: bool
    choices: type[Enum] | None = None
    prompt: Prompt | None = None

    @property
    def name(self) -> str:
        """As `correct` names it: child.name."""
        return ".".join(self.path)

    @property
    def is_personal(self) -> bool:
        """Says who somebody outside the force is, or something of them, in anything but codes and numbers of steps.

        Of the force's own people (`FieldKind.PERSON`) only who did what is recorded, under the name they work under.
        """
        return self.kind in _OF_A_PERSON or self.attribute in _NUMBERS_OF_A_PERSON

    @property
    def within(self) -> type[Struct] | None:
        return self.bare if issubclass(self.bare, Struct) else None


class Declared(Struct, frozen=True):
    """`may` is empty where it depends on the person and the case: then the door says."""

    verb: str  # in scenarios and at the terminal; empty where no person asks for it
    does: str
    may: frozenset[Role]
    after_closing: bool
    in_scenarios: bool
    of_case: bool


STEPS: dict[type[Command], Declared] = {}
"""Every command, in the order of `bot/domain/commands/`."""
Step = TypeVar("Step", bound=type[Command])


def step(
    verb: str = "",
    does: str = "",
    *,
    may: frozenset[Role] = frozenset(),
    after_closing: bool = False,
    in_scenarios: bool = True,
    of_case: bool = True,
) -> Callable[[Step], Step]:
    """`after_closing`: a closed case takes it still (domain.md §5)."""

    def declared(command: Step) -> Step:
        STEPS[command] = Declared(verb, does, may, after_closing, in_scenarios and bool(verb), of_case)
        return command

    return declared


@cache
def fields_of(kind: type[Struct], above: tuple[str, ...] = ()) -> tuple[Field, ...]:
    """What a person may say of it."""
    found = (_field(info, above) for info in fields(kind))
    return tuple(field for field in found if field.kind is not FieldKind.UNSAID)


def leaves_of(kind: type[Struct], above: tuple[str, ...] = ()) -> Iterator[Field]:
    """The same, with what lies within in place of what holds it."""
    for field in fields_of(kind, above):
        if field.within:
            yield from leaves_of(field.within, field.path)
        else:
            yield field


def prompt_of(kind: type[Struct], attribute: str) -> Prompt:
    found = next(field.prompt for field in fields_of(kind) if field.attribute == attribute)
    assert found is not None, f"{kind.__name__}.{attribute} says what is asked"
    return found


def _field(info: FieldInfo, above: tuple[str, ...]) -> Field:
    bare, notes = _unwrapped(info.type)
    choices = next(
        (each for each in (*notes, bare) if isinstance(each, type) and issubclass(each, Enum)), None
    )
    return Field(
        attribute=info.name,
        path=(*above, info.encode_name),
        kind=next((each for each in notes if isinstance(each, FieldKind)), None) or _kind(bare),
        bare=bare,
        needed=info.required,
        choices=choices,
        prompt=next((each for each in notes if isinstance(each, Prompt)), None),
    )


def _unwrapped(annotation: Any) -> tuple[type, tuple[Any, ...]]:
    """The class that stands there (None aside), and all that is noted beside it."""
    if get_origin(annotation) is Annotated:
        inner, *notes = get_args(annotation)
        bare, more = _unwrapped(inner)
        return bare, (*notes, *more)
    if get_origin(annotation) in (Union, UnionType):
        return _unwrapped(next(each for each in get_args(annotation) if each is not NoneType))
    return get_origin(annotation) or annotation, ()


_KINDS: Mapping[type, FieldKind] = {
    bool: FieldKind.FLAG,
    int: FieldKind.AGE,
    datetime: FieldKind.PAST,
    date: FieldKind.BORN,
    dict: FieldKind.MARKERS,
    tuple: FieldKind.CONSIDERED,
    str: FieldKind.WORDS,
}


def _kind(bare: type) -> FieldKind:
    if issubclass(bare, Enum):
        return FieldKind.CODE
    return _KINDS.get(bare, FieldKind.WITHIN)


Made = TypeVar("Made", bound=Struct)


def made(kind: type[Made], said: Mapping[str, Any], now: datetime) -> Made:
    """The struct, from what was said by the names of scenarios; None says nothing.

    What must be said and was not stands empty, for the door to refuse, and a time that has passed is now. Raises
    Refused where nothing can stand there.
    """
    given = {field.attribute: _given(field, said.get(field.path[-1]), now) for field in fields_of(kind)}
    return kind(**{name: value for name, value in given.items() if value is not None})


def _given(field: Field, value: Any, now: datetime) -> Any:
    if value is not None:
        return made(field.within, value, now) if field.within else value
    if not field.needed:
        return None
    if field.bare is datetime:
        return now
    if field.within:
        return made(field.within, {}, now)
    if field.bare in (str, tuple, dict):
        return field.bare()
    raise Refused(Because.REQUIRED_FIELD, field=field.attribute)
