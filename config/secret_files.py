"""A secret may be told by a file in its place, as containers and systemd do: `SLACK_BOT_TOKEN_FILE` names it.

What the file says is read once, at start; the line break at its end does not belong to it.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from dotenv import dotenv_values
from pydantic import BaseModel, SecretStr
from pydantic_settings import BaseSettings, EnvSettingsSource

from config.setting_names import setting_names

SUFFIX = "_FILE"
_DEEPER = "__"


class Untold(ValueError):
    """A file that tells no secret: a sentence that begins with the setting's name, and repeats nothing of the file."""


def is_secret_file(name: str, settings: type[BaseModel]) -> bool:
    """Whether the environment's `name` tells where a secret is. A setting that ends so by itself does not."""
    known = dict(setting_names(settings))
    told = name.upper().removesuffix(SUFFIX)
    if told == name.upper() or name.upper() in known:
        return False
    return any(_holds_a_secret(kind) for base, kind in known.items() if _is_named(told, base))


def _is_named(name: str, base: str) -> bool:
    return name == base or (base.endswith(_DEEPER) and name.startswith(base) and name != base)


def _holds_a_secret(kind: Any) -> bool:
    return kind is SecretStr or any(_holds_a_secret(part) for part in get_args(kind))


def told(written: Mapping[str, str | None], settings: type[BaseModel]) -> dict[str, str]:
    """Setting → secret, for each name in `written` that tells of a file. Raises Untold."""
    secrets = {}
    for name in _naming_files(written, settings):
        setting = name[: -len(SUFFIX)]
        if any(other.upper() == setting.upper() and written[other] for other in written):
            raise Untold(f"{setting} and {name} are both set: keep one.")
        secrets[setting] = _read(name, Path(written[name] or ""))
    return secrets


def _naming_files(written: Iterable[str], settings: type[BaseModel]) -> Iterator[str]:
    return (name for name in written if is_secret_file(name, settings))


def _read(name: str, path: Path) -> str:
    try:
        said = path.read_text().strip("\r\n")
    except OSError as no:
        mend = "Mend its path, or who may read it."
        raise Untold(f"{name} is wrong: its file cannot be read ({no.strerror}). {mend}") from None
    except UnicodeDecodeError:
        raise Untold(f"{name} is wrong: its file holds no text. Put the secret alone into it.") from None
    if not said:
        raise Untold(f"{name} is wrong: its file is empty. Put the secret into it.")
    return said


class WithSecretFiles(EnvSettingsSource):
    """The environment, and what the files say that it or `.env` names."""

    def __init__(self, settings: type[BaseSettings], env_file: str, environment: Mapping[str, str]) -> None:
        super().__init__(settings)
        secrets = told({**dotenv_values(env_file), **environment}, settings)
        self.env_vars = {**self.env_vars, **{name.lower(): secret for name, secret in secrets.items()}}
