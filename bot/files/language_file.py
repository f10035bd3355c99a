"""config/language.toml → bot.views.wording.language.Language, checked whole when it is read."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

import config
from bot.files.invalid import FileInvalid, problems_of, toml_of
from bot.views.wording.language import AdvisedPhrase, Language

DEFAULT = Path(config.__file__).with_name("language.toml")

Words = Annotated[str, Field(pattern=r"^[a-z'*| -]{3,100}$")]


class _Phrase(BaseModel):
    model_config = ConfigDict(extra="forbid")

    words: Words
    instead: Annotated[str, Field(min_length=1, max_length=200)]


class _LanguageFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    phrase: list[_Phrase]


def load(path: Path = DEFAULT) -> Language:
    """Raises FileInvalid, with the line of each phrase that is wrong."""
    text, tables = toml_of(path)
    try:
        found = _LanguageFile.model_validate(tables).phrase
    except ValidationError as error:
        raise FileInvalid(
            path, [(_line_of(text, problem.where), problem.expected) for problem in problems_of(error)]
        ) from None
    return Language([AdvisedPhrase(words=each.words, instead=each.instead) for each in found])


def _line_of(text: str, where: tuple[int | str, ...]) -> int:
    """Of the phrase that is meant, counted from the top."""
    number = next((part for part in where if isinstance(part, int)), 0)
    begins = [line for line, said in enumerate(text.splitlines(), 1) if said.strip() == "[[phrase]]"]
    return begins[number] if number < len(begins) else 1
