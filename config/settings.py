"""What an installation decides. Read once by the composition root (`cli`) and handed in from there.

From the environment or `.env`: `MISSING_…`, except for the names that Slack and Redis users expect. A secret is a
`SecretStr`: it prints as asterisks wherever it lands.
"""

import os
import re
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    AliasChoices,
    Field,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from bot.domain.people import AccountKind, Role
from bot.domain.permissions import Readers
from config import bad_settings
from config.bad_settings import BadSettings
from config.record_keys import HexKey, OldKeys
from config.secret_files import Untold, WithSecretFiles, is_secret_file
from config.secret_values import (
    AppToken,
    BotToken,
    KeyedAddress,
    NoneIfEmpty,
    ProxyAddress,
    WebAddress,
    unprotected,
)
from config.setting_names import given_names, lines_without_setting, unknown_names
from config.setting_parts import (
    PERSON,
    Accounts,
    Anchoring,
    CaseTime,
    Certificates,
    Channels,
    Content,
    Health,
    Http,
    KeptPromises,
    Notify,
    NumbersLook,
    Patience,
    Sentinels,
    TerminalUsers,
    UserGroup,
    Workspaces,
)

EDITS_A_MINUTE = 44  # Slack: "50+" (tier 3 of its documentation); the rest is for the board and the watchdog
TECHNICIAN = "technician"  # holds no role; is told when time stands still
HERE = Path(__file__).parent
_ENV_FILE = ".env"


def _with_slash(url: str) -> str:
    return url if url.endswith("/") else f"{url}/"


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

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, WithSecretFiles(settings_cls, _ENV_FILE, os.environ), dotenv_settings

    redis_unprotected: bool = (
        False  # a server on another machine without TLS or password, where nobody else is
    )
    redis_keeps: KeptPromises = frozenset()  # what the force has looked up of its server, and answers for
    redis_url: SecretStr | None = Field(None, validation_alias=_usual("REDIS_URL"))
    sentinels: Sentinels = ()  # they know which server of several takes writes; REDIS_URL names it as they do
    sentinel_password: SecretStr | None = None
    replicas: NonNegativeInt = 0  # copies of the server that hold a step before it counts as saved
    data_dir: Path = Path(
        "var/redis"
    )  # of the server that `missing-bot run` starts where no REDIS_URL is given
    slack_bot_token: SecretStr | None = Field(None, validation_alias=_usual("SLACK_BOT_TOKEN"))
    slack_app_token: SecretStr | None = Field(None, validation_alias=_usual("SLACK_APP_TOKEN"))
    slack_signing_secret: SecretStr | None = Field(None, validation_alias=_usual("SLACK_SIGNING_SECRET"))
    http: Http | None = None  # None: Socket Mode
    proxy: ProxyAddress | None = None  # to everything but the record server
    ca_file: Certificates | None = None  # of the certificates that are trusted, in place of the machine's own
    slack_base_url: Annotated[KeyedAddress, AfterValidator(_with_slash)] = "https://slack.com/api/"
    record_key: HexKey
    old_record_keys: OldKeys = ()  # until `missing-bot keys rotate` is through
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
    anchor: Anchoring = Anchoring()
    terminal: TerminalUsers = TerminalUsers()
    heartbeat_url: WebAddress | None = None  # asked for every minute, while nothing is overdue and unsent
    policy_file: Path = HERE / "policy.toml"
    forces_file: Path = HERE / "forces.toml"
    zone: str = "Europe/London"
    content: Content = Content.REFERENCE
    numbers: NumbersLook = NumbersLook()  # the force's own, of incidents and of people
    ethnicity: bool = False  # ask for its code in reference-only mode too: special category data
    case_time: CaseTime = CaseTime()
    # What somebody typed into a form that was lost is offered again for so long: a shift, and no longer.
    people_trusted_hours: PositiveFloat = (
        12.0  # what Slack said of people and roles; then they acknowledge only
    )
    drafts_kept_hours: PositiveInt = 12
    workers: PositiveInt = 2  # of each kind: re-checks, deliveries
    # Redrawn cards, in all channels. More, where Slack has granted the app more.
    edits_a_minute: PositiveInt = EDITS_A_MINUTE
    prefix: str = Field(
        "missing", pattern=r"^[a-z][a-z0-9-]*$"
    )  # sets installations on one Redis server apart
    timer_steps_in: bool = True  # off only in tests that must see the workers do it

    @field_validator("redis_url")
    @classmethod
    def _the_record_is_out_of_reach(cls, given: SecretStr | None, so_far: ValidationInfo) -> SecretStr | None:
        """For whoever is on the network between: who reaches the server reads every case."""
        lacks = unprotected(given.get_secret_value()) if given and given.get_secret_value() else ""
        if lacks and not so_far.data.get("redis_unprotected"):
            raise ValueError(
                f"it leads to another machine without {lacks}. Make it rediss://:PASSWORD@HOST:PORT/0; or, where "
                "nobody else is on the network between, say so: MISSING_REDIS_UNPROTECTED=true"
            )
        return given

    @model_validator(mode="after")
    def _sentinels_are_asked_for_a_name(self) -> Self:
        if self.sentinels and not self.redis_url:
            raise ValueError(
                "MISSING_SENTINELS needs REDIS_URL, whose host is the name that they have for the server: "
                "redis://:PASSWORD@NAME/0"
            )
        return self

    def record_keys(self) -> tuple[bytes, ...]:
        """The one for what is new, then the others."""
        return tuple(
            bytes.fromhex(key.get_secret_value()) for key in (self.record_key, *self.old_record_keys)
        )

    def record_keys_now(self) -> tuple[bytes, ...]:
        """As the environment and its files give them by now. Raises ValueError, SettingsError."""
        return type(self)().record_keys()  # type: ignore[call-arg]  # its arguments are the environment

    @field_validator("ways_out")
    @classmethod
    def _recipients_exist(cls, ways: dict[str, dict[str, SecretStr]]) -> dict[str, dict[str, SecretStr]]:
        known = [*Role, TECHNICIAN]
        if strangers := [to for to in ways if to not in known and not re.fullmatch(PERSON, to)]:
            whom = f"none of {', '.join(known)}, nor a person's id such as U0123456789"
            raise ValueError(f"names {', '.join(strangers)}, {whom}")
        return ways

    @field_validator("anchor")
    @classmethod
    def _anchors_go_by_a_way_of_the_technician(cls, given: Anchoring, so_far: ValidationInfo) -> Anchoring:
        ways = so_far.data.get("ways_out", {}).get(TECHNICIAN, {})
        if given.way and given.way not in ways:
            known = ", ".join(ways) or "none"
            raise ValueError(
                f"names the way {given.way}, and MISSING_WAYS_OUT has of the {TECHNICIAN}: {known}"
            )
        return given

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

    slack_bot_token: BotToken = Field(validation_alias=_usual("SLACK_BOT_TOKEN"))
    slack_app_token: Annotated[AppToken | None, NoneIfEmpty] = Field(
        None, validation_alias=_usual("SLACK_APP_TOKEN")
    )


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


def signing_secret(settings: Settings) -> str:
    """Only who is sent requests over HTTP needs it. Raises BadSettings."""
    if settings.slack_signing_secret is None or not settings.slack_signing_secret.get_secret_value():
        raise BadSettings(
            "SLACK_SIGNING_SECRET is not set. MISSING_HTTP__PORT needs it (from the app's page Basic "
            "Information)."
        )
    return settings.slack_signing_secret.get_secret_value()


def check_line(settings: Settings) -> None:
    """That whatever leads from Slack to here has its secret. Raises BadSettings."""
    (signing_secret if settings.http else socket_token)(settings)


def read_settings() -> Settings:
    """From the environment and `.env`, for what calls Slack. Raises BadSettings."""
    return _read(SlackSettings)


def read_without_slack() -> Settings:
    """The same for a terminal: no token of Slack's is asked for. Raises BadSettings."""
    return _read(Settings)


def _read(settings: type[Settings]) -> Settings:
    """What is raised holds no trace of the values: neither as its cause nor as its context."""
    _refuse_what_would_not_count()
    try:
        return settings()  # type: ignore[call-arg]  # its arguments are the environment
    except Untold as nothing:
        said = str(nothing)
    except SettingsError as unreadable:
        said = bad_settings.not_json(unreadable)
    except ValidationError as wrong:
        said = bad_settings.lines(wrong)
    raise BadSettings(said)


def _refuse_what_would_not_count() -> None:
    """A mistyped name or line would count for nothing, and nobody would hear of it. Raises BadSettings."""
    if unread := lines_without_setting(_ENV_FILE):
        raise BadSettings(bad_settings.unread(_ENV_FILE, unread))
    given = [name for name in given_names(_ENV_FILE) if not is_secret_file(name, SlackSettings)]
    unknown = unknown_names(given, SlackSettings)
    if unknown:
        raise BadSettings(bad_settings.unknown(unknown))
