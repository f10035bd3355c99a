"""config/reasons.toml → bot.views.wording.reasons.Reasons: checked whole when read, not when somebody needs it."""

import re
from pathlib import Path
from typing import Annotated

from pydantic import Field, RootModel, ValidationError

import config
from bot.files.invalid import FileInvalid, problems_of, toml_of
from bot.views.wording.reasons import QUESTIONS, Reasons

DEFAULT = Path(config.__file__).with_name("reasons.toml")

Code = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
Words = Annotated[str, Field(min_length=1, max_length=75)]
Choices = Annotated[dict[Code, Words], Field(min_length=1, max_length=10)]  # as many as radio buttons hold


class _Tables(RootModel[dict[str, Choices]]):
    pass


def load(path: Path = DEFAULT) -> Reasons:
    """Raises FileInvalid, with the line of each mistake."""
    text, tables = toml_of(path)
    try:
        lists = _Tables.model_validate(tables).root
    except ValidationError as error:
        found = [(_line_of(text, str(p.where[-1])), p.expected) for p in problems_of(error)]
        raise FileInvalid(path, found) from None
    if missing := [name for name in QUESTIONS if name not in lists]:
        raise FileInvalid(path, [(1, f"expected a table [{name}]") for name in missing])
    if clashes := _clashes(lists):
        raise FileInvalid(
            path,
            [
                (_line_of(text, code), f"expected the same words in every list with {code}")
                for code in clashes
            ],
        )
    return Reasons(lists)


def _clashes(lists: dict[str, Choices]) -> list[str]:
    """Codes whose words depend on the list: the record keeps the code without it."""
    said: dict[str, set[str]] = {}
    for choices in lists.values():
        for code, words in choices.items():
            said.setdefault(code, set()).add(words)
    return [code for code, words in said.items() if len(words) > 1]


def _line_of(text: str, name: str) -> int:
    lines = text.splitlines()
    return next(
        (number for number, line in enumerate(lines, 1) if re.search(rf"\b{re.escape(name)}\b", line)), 1
    )
