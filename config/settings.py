"""What an installation decides. Read once by the composition root (`cli`) and handed in from there.

From the environment or `.env`: `MISSING_…`, except for the names that Slack and Redis users expect. A secret is a
`SecretStr`: it prints as asterisks wherever it lands.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    AliasChoices,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    Field,
    FilePath,
    PositiveFloat,
    PositiveInt,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict, SettingsError

from bot.domain.people import AccountKind, Role
from bot.domain.permissions import Readers
from config.setting_names import given_names, unknown_names

EDITS_A_MINUTE = 44  # Slack: "50+" (tier 3 of its documentation); the rest is for the board and the watchdog
TECHNICIAN = "technician"  # holds no role; is told when time stands still
HERE = Path(__file__).parent
_ENV_FILE = ".env"


class Content(StrEnum):
    """What Slack may carry (domain.md §6)."""

    REFERENCE = "reference"
    FULL = "full"


DIRECT = "direct"


def _matching(pattern: str, expected: str) -> Callable[[str], str]:
    def check(given: str) -> str:
        if not re.fullmatch(pattern, given):
            raise ValueError(f"should be {expected}, not a name")
        return given

    return check


_PERSON = r"[UW][A-Z0-9]+"
_CHANNEL = "a channel id such as C0123456789 (in Slack: the channel's details, at the bottom)"
Channel = Annotated[str, AfterValidator(_matching(r"[CGD][A-Z0-9]+", _CHANNEL))]
Place = Annotated[str, AfterValidator(_matching(rf"[CGD][A-Z0-9]+|{DIRECT}", f"{_CHANNEL}, or {DIRECT}"))]


def _one_by_one(given: object) -> object:
    """Several of them in one line, with commas between; or as JSON."""
    return [each.strip() for each in given.split(",") if each.strip()] if isinstance(given, str) else given


_ACCOUNT = "a member id such as U0123456789 (in Slack: the person's profile, Copy member ID)"
Account = Annotated[str, AfterValidator(_matching(r"[UW][A-Z0-9]+", _ACCOUNT))]
Accounts = Annotated[frozenset[Account], BeforeValidator(_one_by_one)]
Workspace = Annotated[str, AfterValidator(_matching(r"[TE][A-Z0-9]+", "a workspace id such as T0123456789"))]
Workspaces = Annotated[frozenset[Workspace], NoDecode, BeforeValidator(_one_by_one)]
UserGroup = Annotated[str, AfterValidator(_matching(r"S[A-Z0-9]+", "a user group id such as S0123456789"))]


class Channels(BaseModel):
    """A role without a place of its own is paged in the FIM's channel: a page always has somewhere to go.

    `direct`: in a direct message to whoever holds the role, as long as that is one person.
    """

    cases: Channel
    fim: Channel
    roles: dict[Role, Place] = Field(default_factory=dict)

    @property
    def own(self) -> dict[Role, str]:
        """Of the roles that have one."""
        return {role: place for role, place in self.roles.items() if place != DIRECT}

    def of(self, role: Role) -> str | None:
        """In which a role is paged; None where that is in person."""
        place = self.roles.get(role, self.fim)
        return None if place == DIRECT else place


class Patience(BaseModel):
    """Machine seconds, until somebody is told."""

    slack: PositiveFloat = 60.0  # a high page that Slack has not taken leaves another way
    give_up: PositiveFloat = 300.0  # a page that no way out took: the case says that it reached nobody
    silent: PositiveFloat = 10.0  # no timer has looked at the time: it stands still
    stood_still: PositiveFloat = 30.0  # after which what came due goes out as one digest
    undecided: PositiveFloat = 15.0  # a case stays due while timers run
    count: PositiveFloat = 300.0  # between two counts of who is connected to Slack with our tokens
    remind: PositiveFloat = 1800.0  # said again while it lasts


class Health(BaseModel):
    """`/healthz` of the bot process; without a port there is none."""

    address: str = "127.0.0.1"
    port: int | None = Field(default=None, ge=0, le=65535)


class Notify(BaseModel):
    """GOV.UK Notify, for the ways whose URL begins with notify:// (docs/ways-out.md)."""

    key: SecretStr  # of a service that may send to these numbers: a live one, or of its team and guest list
    template: UUID  # a text whose whole content is ((message))
    sender: UUID | None = None  # of its text message senders; None: the service's own
    url: str = "https://api.notifications.service.gov.uk"
    poll: PositiveFloat = 5.0  # machine seconds between two looks for replies


class CaseTime(BaseModel):
    """Demo only. `started` is a moment of real time; at it, case time was `origin`, and has run `speed` × since.

    Or a `file` tells it, now running, now standing (bot.files.time_file).
    """

    speed: PositiveFloat = 1.0
    started: AwareDatetime | None = None
    origin: AwareDatetime | None = None
    file: FilePath | None = None

    @property
    def is_real(self) -> bool:
        return self.started is None and self.file is None

    @model_validator(mode="after")
    def _all_processes_agree(self) -> Self:
        if self.started is None and (self.speed != 1 or self.origin is not None):
            raise ValueError(
                "needs MISSING_CASE_TIME__STARTED, so that every process counts from the same moment"
            )
        return self


def _bytes_in_hex(key: SecretStr) -> SecretStr:
    try:
        long_enough = len(bytes.fromhex(key.get_secret_value())) >= 32
    except ValueError:
        long_enough = False
    if not long_enough:
        raise ValueError("must be at least 64 hexadecimal digits; make one with: openssl rand -hex 32")
    return key


def _with_slash(url: str) -> str:
    return url if url.endswith("/") else f"{url}/"


HexKey = Annotated[SecretStr, AfterValidator(_bytes_in_hex)]


def _usual(name: str) -> AliasChoices:
    return AliasChoices(name, f"MISSING_{name}")


class Settings(BaseSettings):
    """Everything but the force's own numbers, which are in its policy file.

    Enough for a terminal, which works while Slack is down and on a machine that was never given its tokens.
    """

    model_config = SettingsConfigDict(
        env_prefix="MISSING_",
        env_nested_delimiter="__",
        env_file=_ENV_FILE,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    redis_url: SecretStr | None = Field(None, validation_alias=_usual("REDIS_URL"))
    data_dir: Path = Path(
        "var/redis"
    )  # of the server that `missing-bot run` starts where no REDIS_URL is given
    slack_bot_token: SecretStr | None = Field(None, validation_alias=_usual("SLACK_BOT_TOKEN"))
    slack_app_token: SecretStr | None = Field(None, validation_alias=_usual("SLACK_APP_TOKEN"))
    slack_signing_secret: SecretStr | None = Field(None, validation_alias=_usual("SLACK_SIGNING_SECRET"))
    slack_base_url: Annotated[str, AfterValidator(_with_slash)] = "https://slack.com/api/"
    record_key: HexKey
    channels: Channels
    user_groups: dict[Role, UserGroup] = Field(default_factory=dict)  # who is on duty; mentioned by a page
    people: dict[Role, Accounts] = Field(default_factory=dict)  # in place of a group, where there are none
    may_hold: dict[Role, UserGroup] = Field(default_factory=dict)  # who may be handed the role; else anybody
    guests: bool = False  # whether guests of the workspace are the force's people
    workspaces: Workspaces = frozenset()  # whose people are the force's, beside the bot's own
    readers: Readers = Readers.ROLE_HOLDERS
    # Recipient (a role, a person's id, the technician) → name of a way, as people shall read it → its URL, which
    # holds passwords.
    ways_out: dict[str, dict[str, SecretStr]] = Field(default_factory=dict)
    notify: Notify | None = None
    patience: Patience = Patience()
    health: Health = Health()
    heartbeat_url: SecretStr | None = None  # asked for every minute, while nothing is overdue and unsent
    policy_file: Path = HERE / "policy.toml"
    forces_file: Path = HERE / "forces.toml"
    zone: str = "Europe/London"
    content: Content = Content.REFERENCE
    ethnicity: bool = False  # ask for its code in reference-only mode too: special category data
    case_time: CaseTime = CaseTime()
    # What somebody typed into a form that was lost is offered again for so long: a shift, and no longer.
    drafts_kept_hours: PositiveInt = 12
    workers: PositiveInt = 2  # of each kind: re-checks, deliveries
    # Redrawn cards, in all channels. More, where Slack has granted the app more.
    edits_a_minute: PositiveInt = EDITS_A_MINUTE
    prefix: str = Field(
        "missing", pattern=r"^[a-z][a-z0-9-]*$"
    )  # sets installations on one Redis server apart
    timer_steps_in: bool = True  # off only in tests that must see the workers do it

    @field_validator("ways_out")
    @classmethod
    def _recipients_exist(cls, ways: dict[str, dict[str, SecretStr]]) -> dict[str, dict[str, SecretStr]]:
        known = [*Role, TECHNICIAN]
        if strangers := [to for to in ways if to not in known and not re.fullmatch(_PERSON, to)]:
            whom = f"none of {', '.join(known)}, nor a person's id such as U0123456789"
            raise ValueError(f"names {', '.join(strangers)}, {whom}")
        return ways

    @field_validator("people")
    @classmethod
    def _somebody_is_named(cls, people: dict[Role, frozenset[str]]) -> dict[Role, frozenset[str]]:
        if empty := [role for role, named in people.items() if not named]:
            raise ValueError(f"names nobody as {', '.join(empty)}: it should be member ids, U…,U…")
        return people

    @model_validator(mode="after")
    def _a_role_is_held_by_one_list(self) -> Self:
        if twice := [role for role in self.people if role in self.user_groups]:
            both = " and ".join(f"MISSING_{where}__{twice[0]}" for where in ("PEOPLE", "USER_GROUPS"))
            raise ValueError(f"{both} both say who is {twice[0]}: keep one")
        return self

    @property
    def whose(self) -> frozenset[AccountKind]:
        """The accounts that count."""
        return frozenset({AccountKind.MEMBER, *([AccountKind.GUEST] if self.guests else [])})

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError) as unknown:
            raise ValueError("is no time zone of the tz database, such as Europe/London") from unknown
        return zone

    @field_validator("policy_file", "forces_file")
    @classmethod
    def _file_is_there(cls, path: Path) -> Path:
        if not path.is_file():
            raise ValueError("names no file")
        return path


class SlackSettings(Settings):
    """Of the processes that call Slack."""

    slack_bot_token: SecretStr = Field(min_length=1, validation_alias=_usual("SLACK_BOT_TOKEN"))


class BadSettings(Exception):
    """One line for each setting that is missing or wrong: its name, and what to do. Never its value."""


def bot_token(settings: Settings) -> str:
    """Empty where a terminal was given none: it calls nobody."""
    return settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""


def socket_token(settings: Settings) -> str:
    """Only who listens to Slack needs it. Raises BadSettings."""
    if settings.slack_app_token is None:
        raise BadSettings(
            "SLACK_APP_TOKEN is not set. Socket Mode needs it (xapp-…, from the app's page Basic Information)."
        )
    return settings.slack_app_token.get_secret_value()


def read_settings() -> Settings:
    """From the environment and `.env`, for what calls Slack. Raises BadSettings."""
    return _read(SlackSettings)


def read_without_slack() -> Settings:
    """The same for a terminal: no token of Slack's is asked for. Raises BadSettings."""
    return _read(Settings)


def _read(settings: type[Settings]) -> Settings:
    _refuse_unknown_names()
    try:
        return settings()  # type: ignore[call-arg]  # its arguments are the environment
    except SettingsError as unreadable:
        raise BadSettings(_not_json(str(unreadable))) from None
    except ValidationError as wrong:
        lines = [_line(error["loc"], error["type"], error["msg"]) for error in wrong.errors()]
        raise BadSettings("\n".join(lines)) from None


def _refuse_unknown_names() -> None:
    """A mistyped one would count for nothing, and nobody would hear of it. Raises BadSettings."""
    unknown = unknown_names(given_names(_ENV_FILE), SlackSettings)
    if unknown:
        raise BadSettings("\n".join(_no_setting(name, nearest) for name, nearest in unknown.items()))


def _no_setting(name: str, nearest: str) -> str:
    mend = f"Did you mean {nearest}?" if nearest else "Take it out: README.md has the settings."
    return f"{name} is no setting of missing-bot. {mend}"


def _line(location: tuple[int | str, ...], kind: str, message: str) -> str:
    name = _env_name(location)
    if kind == "missing":
        return f"{name} is not set. Put it in the environment or in .env{_HINTS.get(name, '')}."
    return f"{name} is wrong: {message.removeprefix('Value error, ')}."


def _not_json(said: str) -> str:
    """pydantic-settings names the field in quotes, and nothing else of use to an operator."""
    field = said.partition('"')[2].partition('"')[0]
    return f'{_env_name((field,))} is wrong: it should be JSON, such as {{"fim": "S0123456789"}}.'


def _env_name(location: tuple[int | str, ...]) -> str:
    name = "__".join(str(part) for part in location).upper()
    return name if name.startswith(("MISSING_", "REDIS_", "SLACK_")) else f"MISSING_{name}"


_HINTS = {
    "SLACK_BOT_TOKEN": " (xoxb-…, from the app's page OAuth & Permissions)",
    "MISSING_RECORD_KEY": "; make one with: openssl rand -hex 32",
    "MISSING_CHANNELS": ": MISSING_CHANNELS__CASES and MISSING_CHANNELS__FIM, channel ids such as C0123456789",
}
