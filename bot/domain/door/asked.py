"""What every door knows, and the checks that several share, in the order of `scenarios/README.md`."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, tzinfo
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.commands import Acknowledge, Command
from bot.domain.content import FULL_CONTENT, ContentRules
from bot.domain.declared import Field, FieldKind, fields_of
from bot.domain.door.allowed import need_allowed
from bot.domain.events import AnyEvent, EpisodesUnread, Event
from bot.domain.facts import OLDEST, Child, Episode, Grade, coded
from bot.domain.people import Actor, Role
from bot.domain.permissions import may
from bot.domain.policy import Policy
from bot.domain.refusals import Because, Refused


class Recalled(Struct, frozen=True, kw_only=True):
    """What the record has of a child's earlier cases."""

    last: Episode | None = None
    unread: tuple[str, ...] = ()  # could not be read; perhaps the last one among them


class Room(Struct, frozen=True, kw_only=True):
    """Everything a decision may rest on, beside the case and the command."""

    actor: Actor
    now: datetime
    policy: Policy
    zone: tzinfo = UTC  # by which the force's calendar goes
    content: ContentRules = FULL_CONTENT
    exists: Callable[[str], bool]  # is there such a person?
    # Of this person_ref, before then. A hand-over is of no case, and asks none of these.
    recall: Callable[[str, datetime], Recalled] = lambda *_: Recalled()
    # By its reference or its incident number.
    case_of: Callable[[str], Case | None] = lambda _: None
    # The reference behind a reference or an incident number.
    find_case: Callable[[str], str | None] = lambda _: None
    # Whom the force appointed to a role, and whether a person may be given it. No case asks these.
    appointed: Callable[[Role], frozenset[str]] = lambda _: frozenset()
    may_hold: Callable[[str, Role], bool] = lambda *_: True
    # Whether the force's own list of who may be given it has that person.
    named: Callable[[str, Role], bool] = lambda *_: False
    # Who is known to count for nothing, whatever they hold: their account was deactivated, say.
    is_nobody: Callable[[str], bool] = lambda _: False


Events = list[AnyEvent]
Choice = TypeVar("Choice", bound=StrEnum)
Happened = TypeVar("Happened", bound=Event)


def refuse(because: Because, *, field: str = "", case: str = "", about: Iterable[str] = ()) -> NoReturn:
    raise Refused(because, field=field, case=case, about=tuple(about))


def recorded(kind: type[Happened], command: Struct, /, **otherwise: Any) -> Happened:
    """The event that keeps what the command says: each field that both have, but what is `otherwise`.

    So a field that is asked and kept is told twice, in `commands` and in `events`, and nothing is lost between them.
    """
    both = (name for name in kind.__struct_fields__ if name in command.__struct_fields__)
    return kind(**{**{name: getattr(command, name) for name in both}, **otherwise})


def need_people(room: Room, command: Command) -> None:
    """Who asks, and whoever the step names."""
    if not room.exists(room.actor.id):
        refuse(Because.NO_SUCH_PERSON, field="by")
    for field in fields_of(type(command)):
        person = getattr(command, field.attribute) if field.kind is FieldKind.PERSON else ""
        if person and not room.exists(person):
            refuse(Because.NO_SUCH_PERSON, field=field.attribute)


OUTDATED = "outdated"
"""In a refusal: who is on duty was not heard for too long."""


def need_standing(room: Room, command: Command | type[Command]) -> None:
    """Whoever is on duty by a list that is too old is paged and acknowledges, and no more."""
    if room.actor.outdated and not isinstance(command, Acknowledge):
        refuse(Because.NOT_PERMITTED, about=(OUTDATED,))


def need_fields(command: Struct, room: Room, called: str = "") -> None:
    """What is declared as needed is there, no text is over-long, and each field holds what it may. `called`: before the
    names of the fields; those of a child have none."""
    held = [
        (field, getattr(command, field.attribute), called + field.attribute)
        for field in fields_of(type(command))
    ]
    for field, value, name in held:
        if field.bare in (str, tuple):
            _need_text_of(field, value, room, name)
    for field, value, name in held:
        need_allowed(field, value, room.content, name, command)
        if field.within and value is not None:
            need_fields(value, room, "" if field.within is Child else f"{name}_")


def _need_text_of(field: Field, value: str | tuple[str, ...], room: Room, name: str) -> None:
    each = (value,) if isinstance(value, str) else value
    longest = max(map(len, each), default=0)
    if (field.needed and not "".join(each).strip()) or longest > room.policy.longest_text:
        refuse(Because.REQUIRED_FIELD, field=name)


def need_text(**fields: str) -> None:
    for name, text in fields.items():
        if not text.strip():
            refuse(Because.REQUIRED_FIELD, field=name)


def need_age(born: date | None, room: Room, field: str) -> None:
    """A birth date is of somebody who is alive now, as an age is."""
    age = Child(born=born).age_on(room.now.astimezone(room.zone).date())
    if age is not None and not 0 <= age <= OLDEST:
        refuse(Because.REQUIRED_FIELD, field=field)


def not_in_the_future(room: Room, **times: datetime | None) -> None:
    for name, at in times.items():
        if at is not None and at > room.now:
            refuse(Because.IN_THE_FUTURE, field=name)


def choice(kind: type[Choice], text: str, field: str, because: Because = Because.REQUIRED_FIELD) -> Choice:
    """The member of that name, or a refusal about that field."""
    try:
        return kind(text)
    except ValueError:
        refuse(because, field=field)


def code(kind: type[Choice], text: str, field: str) -> Choice | None:
    """None where nothing is said; a refusal where there is no such code."""
    try:
        return coded(kind, text)
    except ValueError:
        refuse(Because.REQUIRED_FIELD, field=field)


def need_permission(room: Room, command: Command | type[Command]) -> None:
    kind = command if isinstance(command, type) else type(command)
    if not may(room.actor.roles, kind):
        refuse(Because.NOT_PERMITTED)


def need_rationale(field: str, text: str) -> None:
    if not text.strip():
        refuse(Because.RATIONALE_REQUIRED, field=field)


def need_considered(case: Case, considered: tuple[str, ...]) -> None:
    left_out = [code for code in case.live_markers if code not in considered]
    if left_out:
        refuse(Because.MARKER_NOT_CONSIDERED, field="considered", about=left_out)


def recall(room: Room, person_ref: str, before: datetime) -> tuple[Episode | None, Events]:
    """The last episode, and what the case is to say where an earlier one could not be read.

    A report is never refused for that: a child's clocks must run, and somebody can still look on paper.
    """
    recalled = room.recall(person_ref, before) if person_ref else Recalled()
    said: Events = [EpisodesUnread(refs=recalled.unread)] if recalled.unread else []
    return recalled.last, said


def floor(case: Case, policy: Policy) -> Grade:
    """The lowest grade this force allows for this person."""
    return policy.child_floor if case.is_child else policy.adult_floor
