"""config/forces.toml, or a force's own in its place → Forces: checked whole, each mistake named by its line."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import Field, RootModel, ValidationError

import config
from bot.files.invalid import FileInvalid, Problem, Strict, problems_of, toml_of
from bot.files.policy_file import line_of
from bot.views.wording.forces import Force, Forces

DEFAULT = Path(config.__file__).with_name("forces.toml")

_NONE = "none"  # said on purpose: what is left out is a mistake
Code = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
Words = Annotated[str, Field(min_length=1, max_length=75)]


class _ForceTable(Strict):
    name: Words
    missing_child: Words

    def value(self) -> Force:
        return Force(self.name, "" if self.missing_child == _NONE else self.missing_child)


class _ForceTables(RootModel[dict[Code, _ForceTable]]):
    pass


def load(path: Path = DEFAULT, offered: Iterable[str] = ()) -> Forces:
    """`offered`: the codes of every force to which a case may be passed; each has its table. Raises FileInvalid."""
    text, tables = toml_of(path)
    try:
        read = _ForceTables.model_validate(tables).root
    except ValidationError as error:
        found = [Problem(problem.where, problem.expected) for problem in problems_of(error)]
        raise FileInvalid(path, [(line_of(text, p.where), p.expected) for p in found]) from None
    if missing := [code for code in offered if code not in read]:
        expected = [(1, f"expected a table [{code}]: a case may be passed to it") for code in missing]
        raise FileInvalid(path, expected)
    return Forces({code: table.value() for code, table in read.items()})
