"""What the arguments of every verb have in common."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from msgspec import Struct

from bot.domain.commands import Command
from bot.domain.refusals import Because, Refused
from bot.files.invalid import Strict
from bot.replay.values import moment_from


class Said(Struct, frozen=True, kw_only=True):
    """When a step is taken, in a scenario that began at `start`."""

    start: datetime
    now: datetime
    ref: str  # the scenario's name for the case

    def from_start(self, moment: timedelta | datetime | None) -> datetime | None:
        return None if moment is None else moment_from(self.start, moment)

    def from_now(self, moment: timedelta | datetime | None) -> datetime | None:
        return None if moment is None else moment_from(self.now, moment)


class Arguments(Strict):
    """Nothing is required here: what is missing is for the domain to refuse."""

    asks: ClassVar[type[Command]]

    @classmethod
    def cleaned(cls, data: Any) -> Any:
        """What is left empty is left out."""
        if data is None:
            return {}
        if isinstance(data, Mapping):
            return {key: value for key, value in data.items() if value is not None}
        return data

    def command(self, _: Said, /) -> Command:
        """What the step asks of the desk. Raises Refused where nothing was said that could be asked."""
        return self.asks(**self.model_dump())


def needed(value: Any, field: str) -> Any:
    """The value, where the command cannot even be said without it."""
    if value is None:
        raise Refused(Because.REQUIRED_FIELD, field=field)
    return value
