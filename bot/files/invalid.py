"""A file that a person wrote and that cannot be used: which file, which line, and what was expected there."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import PydanticCustomError

Where = tuple[str | int, ...]
"""The keys and list positions from the top of a file down to one value."""


class Problem(Struct, frozen=True):
    where: Where
    expected: str


class FileInvalid(Exception):
    """`file:line: what was expected`, one line for each mistake."""

    def __init__(self, path: Path, found: Iterable[tuple[int, str]]):
        self.path = path
        self.found = sorted(found)
        super().__init__("\n".join(f"{path}:{line}: {expected}" for line, expected in self.found))


def text_of(path: Path) -> str:
    """Raises FileInvalid where it is no text, or may not be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as no:
        raise FileInvalid(path, [(1, f"expected a file that this user may read ({no.strerror})")]) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise FileInvalid(path, [(line, "expected text in UTF-8")]) from None


def toml_of(path: Path) -> tuple[str, dict[str, Any]]:
    """The text, in which a mistake is looked up, and its tables. Raises FileInvalid."""
    text = text_of(path)
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise FileInvalid(path, [(line, f"expected TOML: {error}")]) from None


class Strict(BaseModel):
    """A table of a file: unknown keys are refused, and the known ones named."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _known_keys_only(cls, data: Any) -> Any:
        data = cls.cleaned(data)
        if not isinstance(data, Mapping):
            raise PydanticCustomError("no_table", "expected keys {known}", {"known": cls._known()})
        for key in data:
            if key not in cls._keys():
                context = {"key": str(key), "known": cls._known()}
                raise PydanticCustomError(
                    "unknown_key", "unknown key {key}; expected one of {known}", context
                )
        return data

    @classmethod
    def cleaned(cls, data: Any) -> Any:
        """What was written, made ready for its check."""
        return data

    @classmethod
    def _known(cls) -> str:
        return ", ".join(cls._keys())

    @classmethod
    def _keys(cls) -> list[str]:
        return [field.alias or name for name, field in cls.model_fields.items()]


_IN_WORDS = {
    "tuple_type": "a list in brackets",
    "dict_type": "keys, each with its value",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "date_type": "a date such as 2010-05-06",
    "date_parsing": "a date such as 2010-05-06",
    "date_from_datetime_parsing": "a date such as 2010-05-06",
}
"""What pydantic calls a mistake → what was expected, where its own words are a programmer's."""


def problems_of(error: ValidationError) -> list[Problem]:
    """Each mistake that pydantic found, in a person's words."""
    return [Problem(*_in_words(each["loc"], each["type"], each)) for each in error.errors(include_url=False)]


def _in_words(where: Where, kind: str, error: Mapping[str, Any]) -> tuple[Where, str]:
    context = error.get("ctx", {})
    if kind == "unknown_key":
        return (*where, context["key"]), error["msg"]
    name = _named(where)
    if kind == "missing":
        return where, f"{name} is missing"
    said = _IN_WORDS.get(kind) or context.get("error", error["msg"].removeprefix("Input should be "))
    return where, f"{name}: expected {str(said).removeprefix('expected ')}"


def _named(where: Where) -> str:
    """`steps.2.at`: positions from 1, as a person counts and as `refused` does."""
    parts = [str(part + 1) if isinstance(part, int) else part for part in where if part != "[key]"]
    return ".".join(parts) or "the file"
