"""Each set of pictures: who tells it, who is there beside the story's people, and how fast its clock runs."""

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from bot.domain.people import Role
from cli.demo.cast import People
from scripts.pictures.evenings import Evening, evening, quiet, storm
from scripts.pictures.homes import homes
from scripts.pictures.references import references
from scripts.pictures.reporting import reporting
from scripts.pictures.shift import shift
from scripts.pictures.silence import silence
from scripts.pictures.training import training


class Set(Struct, frozen=True):
    tell: Callable[[Evening], None]
    speed: float = 1.0  # case seconds a second
    also: People = {}
    content: Literal["full", "reference"] = "full"


SETS = (
    Set(quiet),
    Set(evening, speed=20.0),
    Set(storm, speed=4.0),
    Set(homes),
    Set(reporting, also={"pat": ()}),
    Set(shift, also={"kim": (Role.FIM,)}),
    Set(silence, speed=12.0),
    Set(training),
    Set(references, content="reference"),
)
