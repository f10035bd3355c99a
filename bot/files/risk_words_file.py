"""config/risk_words.toml → bot.risk_words.RiskWords, checked whole when it is read."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

import config
from bot.domain.facts import ADVERSE_EVENT, MARKERS
from bot.files.invalid import FileInvalid, problems_of, toml_of
from bot.risk_words import RiskWords, Written, WrittenBeside

DEFAULT = Path(config.__file__).with_name("risk_words.toml")

Line = Annotated[str, Field(min_length=1, max_length=3000)]
Lines = Annotated[list[Line], Field(min_length=1)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Spelling(_Table):
    leave: str


class _Negation(_Table):
    governs: Lines
    governs_not: Lines
    ends: Lines
    subjects: Lines
    tells: Lines


class _Third(_Table):
    fillers: Lines


class _Beside(_Table):
    markers: Lines
    within: list[Line] = []
    after: list[Line] = []
    answered: list[Line] = []
    unless: list[Line] = []


class _Ordinary(_Table):
    words: Lines
    everyday: Lines


class _Marker(_Table):
    asks: Lines
    stands: list[Line] = []
    alone: list[Line] = []


class _RiskWordsFile(BaseModel):
    model_config = ConfigDict(extra="allow")

    same: dict[str, str]
    classes: dict[str, Lines]
    spelling: _Spelling
    negation: _Negation
    third: _Third
    beside: dict[str, _Beside]
    ordinary: _Ordinary
    __pydantic_extra__: dict[str, _Marker]


def load(path: Path = DEFAULT) -> RiskWords:
    """Raises FileInvalid, with the line of each phrase that is wrong."""
    text, tables = toml_of(path)
    written = _read(path, text, tables)
    try:
        return RiskWords(written)
    except (ValueError, KeyError) as error:
        wrong = [(_line_of(text, line), f"expected a phrase: {why}") for line, why in _wrong_lines(tables)]
        raise FileInvalid(path, wrong or [(1, f"expected phrases that can be read: {error}")]) from None


@cache
def shipped() -> RiskWords:
    """The file as it stands in `config/`; read once, for it is large."""
    return load()


def _read(path: Path, text: str, tables: dict[str, Any]) -> Written:
    try:
        found = _RiskWordsFile.model_validate(tables)
    except ValidationError as error:
        problems = [(_line_of(text, str(each.where[-1])), each.expected) for each in problems_of(error)]
        raise FileInvalid(path, problems) from None
    markers = found.__pydantic_extra__
    if strays := [code for code in markers if code not in MARKERS and code != ADVERSE_EVENT]:
        raise FileInvalid(
            path, [(_line_of(text, f"[{code}]"), "expected the code of a marker") for code in strays]
        )
    return _written(found, markers)


def _written(found: _RiskWordsFile, markers: dict[str, _Marker]) -> Written:
    return Written(
        same=found.same,
        leave=found.spelling.leave.split(),
        classes=found.classes,
        governs=found.negation.governs,
        governs_not=found.negation.governs_not,
        ends=found.negation.ends,
        subjects=found.negation.subjects,
        tells=found.negation.tells,
        third=found.third.fillers,
        beside=[
            WrittenBeside(
                markers=kind.markers,
                within=kind.within,
                after=kind.after,
                answered=kind.answered,
                unless=kind.unless,
            )
            for kind in found.beside.values()
        ],
        ordinary=found.ordinary.words,
        everyday=found.ordinary.everyday,
        asks={code: table.asks for code, table in markers.items()},
        stands={code: table.stands for code, table in markers.items()},
        alone={code: table.alone for code, table in markers.items()},
    )


_CLASS = re.compile(r"\{(\w*)\}")


def _wrong_lines(tables: dict[str, Any]) -> list[tuple[str, str]]:
    classes = set(tables["classes"])
    return [(line, why) for line in _strings(tables) if (why := _wrong_with(line, classes))]


def _wrong_with(line: str, classes: set[str]) -> str:
    if strange := [name for name in _CLASS.findall(line) if name not in classes]:
        return f"there is no class {{{strange[0]}}}"
    if line.count("(") != line.count(")") or line.count("[") != line.count("]"):
        return "its brackets do not pair"
    bare = re.sub(r"\[[^\[\]]*\]", "", line).replace("...", "").strip()
    return "" if bare else "it would be found everywhere"


def _strings(tables: Any) -> Sequence[str]:
    """The lines of the lists, however deep they lie."""
    if not isinstance(tables, dict):
        return tables if isinstance(tables, list) else []
    return [line for table in tables.values() for line in _strings(table)]


def _line_of(text: str, said: str) -> int:
    return next((number for number, line in enumerate(text.splitlines(), 1) if said in line), 1)
