"""The steps of a scenario: when, who, and one verb, with what the verb's step is declared to take (`declared.py`)."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from msgspec import Struct
from pydantic import BeforeValidator, Field, create_model, model_validator
from pydantic_core import PydanticCustomError

from bot import durations
from bot.domain import commands, declared
from bot.domain.commands import Command
from bot.domain.corrections import TIMES
from bot.domain.declared import STEPS, FieldKind, fields_of, made
from bot.files.invalid import Strict
from bot.replay.values import Age, Born, Code, FlagIfKnown, Given, Moment, MomentIfKnown, Word, moment_from

_BESIDE_THE_VERB = ("at", "by", "case", "times")
TIMERVERBS = ("down", "up")
WITHOUT_CASE = (*TIMERVERBS, *(each.verb for each in STEPS.values() if not each.of_case))


class Arguments(Strict):
    """Nothing is required here: what is missing is for the domain to refuse."""

    makes: ClassVar[type[Struct]]

    @classmethod
    def cleaned(cls, data: Any) -> Any:
        """What is left empty is left out."""
        if data is None:
            return {}
        if isinstance(data, Mapping):
            return {key: value for key, value in data.items() if value is not None}
        return data

    def values(self, start: datetime, now: datetime) -> dict[str, Any]:
        """With times for offsets: what is to come counts from the step, what has passed from the scenario's start."""
        kinds = {field.path[-1]: field.kind for field in fields_of(self.makes)}

        def value(name: str, said: Any) -> Any:
            if isinstance(said, Arguments):
                return said.values(start, now)
            if isinstance(said, timedelta | datetime):
                return moment_from(now if kinds[name] is FieldKind.COMING else start, said)
            return said

        return {name: value(name, said) for name, said in self}


class _Correcting(Arguments):
    def values(self, start: datetime, now: datetime) -> dict[str, Any]:
        """A time may be said as an offset from T, like the one that it corrects."""
        said = super().values(start, now)
        if said["field"] in TIMES:
            with suppress(ValueError):  # then it is an absolute time, or nothing that the domain takes
                said["to"] = (start + durations.parse(said["to"] or "")).isoformat()
        return said


class _TakingOver(Arguments):
    to: str | None = None  # the person who accepts; may be said again, and adds nothing


def _one_or_several(written: Any) -> Any:
    return written if isinstance(written, list | tuple) else (written,)


_KINDS: Mapping[FieldKind, Any] = {
    FieldKind.FLAG: FlagIfKnown,
    FieldKind.CODE: Word,
    FieldKind.AGE: Age,
    FieldKind.BORN: Born,
    FieldKind.PAST: MomentIfKnown,
    FieldKind.COMING: Moment | None,
    FieldKind.MARKERS: dict[Code, Given] | None,
    FieldKind.CONSIDERED: tuple[Code, ...] | None,
    FieldKind.TOLD: Annotated[tuple[str, ...], BeforeValidator(_one_or_several)] | None,
}


def _annotation(field: declared.Field) -> Any:
    if field.within:
        return _arguments(field.within) | None
    if issubclass(field.bare, Enum):
        return field.bare | None
    return _KINDS.get(field.kind, str | None)


def _arguments(kind: type[Struct], base: type[Arguments] = Arguments) -> type[Arguments]:
    said: dict[str, Any] = {field.path[-1]: (_annotation(field), None) for field in fields_of(kind)}
    model = create_model(f"{kind.__name__}Arguments", __base__=base, **said)
    model.makes = kind
    return model


class _Nothing(Arguments):
    """`down` and `up`: the timer itself stops, and starts again."""


_BASES: Mapping[type[Command], type[Arguments]] = {
    commands.Correct: _Correcting,
    commands.AcceptHandover: _TakingOver,
}
_MODELS: Mapping[str, type[Arguments]] = {
    **{
        step.verb: _arguments(kind, _BASES.get(kind, Arguments))
        for kind, step in STEPS.items()
        if step.in_scenarios
    },
    **dict.fromkeys(TIMERVERBS, _Nothing),
}
VERBS = tuple(_MODELS)


class ScenarioStep(Strict):
    at: Moment
    by: str | None = None
    case: str | None = None
    times: int = Field(default=1, ge=1)

    @classmethod
    def cleaned(cls, data: Any) -> Any:
        """`acknowledge:` with nothing behind it is a step too."""
        if not isinstance(data, Mapping):
            return data
        return {
            key: {} if value is None and key not in _BESIDE_THE_VERB else value for key, value in data.items()
        }

    @model_validator(mode="after")
    def _one_verb_by_somebody(self) -> "ScenarioStep":
        if len(self._verbs()) != 1:
            raise PydanticCustomError("verb", "exactly one verb of {known}", {"known": ", ".join(VERBS)})
        if self.verb in TIMERVERBS and self.by:
            raise PydanticCustomError("by", "no 'by': the timer stops and starts by itself")
        if self.verb not in TIMERVERBS and not self.by:
            raise PydanticCustomError("by", "'by', the person who takes the step")
        if self.times > 1 and self.verb != "report":
            raise PydanticCustomError("times", "'times' beside a report only")
        return self

    def _verbs(self) -> list[str]:
        return [name for name in VERBS if name in self.model_fields_set]

    @property
    def verb(self) -> str:
        return self._verbs()[0]

    def said(self, field: str) -> Any:
        """As it was written; None where it was left out."""
        return getattr(getattr(self, self.verb), field)

    def command(self, start: datetime) -> Command:
        """What it asks of the desk, in a scenario that began then. Raises Refused where nothing was said that could be
        asked."""
        now = moment_from(start, self.at)
        arguments: Arguments = getattr(self, self.verb)
        command = made(arguments.makes, arguments.values(start, now), now)
        assert isinstance(command, Command), "down and up ask nothing"
        return command


_verbs: dict[str, Any] = {verb: (model | None, None) for verb, model in _MODELS.items()}
if TYPE_CHECKING:
    AnyStep = ScenarioStep
else:
    AnyStep = create_model("AnyStep", __base__=ScenarioStep, **_verbs)
