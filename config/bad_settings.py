"""What is said of settings that are missing or wrong: a line each, with its name and what to do. Never its value."""

from collections.abc import Mapping, Sequence

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import SettingsError

from config.setting_names import PREFIX

_USUAL = ("REDIS_URL", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")
_BOT_TOKEN = "SLACK_BOT_TOKEN"  # nosec B105 # its name
_HINTS = {
    _BOT_TOKEN: " (xoxb-…, from the app's page OAuth & Permissions)",
    "MISSING_RECORD_KEY": "; make one with: openssl rand -hex 32",
    "MISSING_CHANNELS": ": MISSING_CHANNELS__CASES and MISSING_CHANNELS__FIM, channel ids such as C0123456789",
}
_GROUP = '{"fim": "S0123456789"}'
_JSON = {
    "MISSING_CHANNELS": '{"cases": "C0123456789", "fim": "C1234567890"}',
    "MISSING_PEOPLE": '{"fim": "U0123456789"}',
    "MISSING_TERMINAL": '{"reevec": "U0123456789"} in MISSING_TERMINAL__PEOPLE',
    "MISSING_WAYS_OUT": '{"technician": {"e-mail": "mailtos://…"}}',
    "MISSING_NUMBERS": '{"pattern": "WP-[0-9]{4}", "example": "WP-0141"} in MISSING_NUMBERS__INCIDENT',
}
_IN_WORDS = {
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a whole number, and a smaller one",
    "int_from_float": "a whole number",
    "float_type": "a number such as 2.5",
    "float_parsing": "a number such as 2.5",
    "greater_than": "more than {gt:g}",
    "greater_than_equal": "{ge:g} or more",
    "less_than_equal": "{le:g} or less",
    "path_not_file": "a file that is there",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
}
"""What pydantic calls a mistake → what it should be, where its own words are a programmer's."""


class BadSettings(Exception):
    """One line for each setting that is missing or wrong."""


def unknown(names: Mapping[str, str]) -> str:
    """`names`: each that is no setting → the nearest that is one, or ""."""
    return "\n".join(_no_setting(name, nearest) for name, nearest in names.items())


def unread(env_file: str, numbers: Sequence[int]) -> str:
    """`numbers`: of the lines in it that hold no setting."""
    return "\n".join(
        f"{env_file} holds no setting in line {number}. Write NAME=value there, or # before a remark."
        for number in numbers
    )


def lines(wrong: ValidationError) -> str:
    return "\n".join(_line(error["loc"], error["type"], _in_words(error)) for error in wrong.errors())


def not_json(unreadable: SettingsError) -> str:
    """pydantic-settings names the field in quotes, and nothing else of use to an operator."""
    name = _env_name((str(unreadable).partition('"')[2].partition('"')[0],))
    return f"{name} is wrong: what it holds, or a name under it, should be JSON, such as {_JSON.get(name, _GROUP)}."


def _no_setting(name: str, nearest: str) -> str:
    mend = f"Did you mean {nearest}?" if nearest else "Take it out: README.md has the settings."
    return f"{name} is no setting of missing-bot. {mend}"


def _in_words(error: ErrorDetails) -> str:
    if (ours := _IN_WORDS.get(error["type"])) is not None:
        return f"it should be {ours.format_map(error.get('ctx', {}))}"
    return error["msg"].removeprefix("Value error, ").replace("Input should be ", "it should be ", 1)


def _line(location: tuple[int | str, ...], kind: str, message: str) -> str:
    name = _env_name(location)
    if not location:  # of several settings, which it names
        return f"{message}."
    if kind == "missing":
        return f"{name} is not set. Put it in the environment or in .env{_HINTS.get(name, '')}."
    return f"{name} is wrong: {message}."


def _env_name(location: tuple[int | str, ...]) -> str:
    """Without where in a list, or that it is a key's: no setting is called so."""
    named = [part for part in location if isinstance(part, str) and part != "[key]"]
    name = "__".join(named).upper()
    return name if name.startswith(PREFIX) or name in _USUAL else f"{PREFIX}{name}"
