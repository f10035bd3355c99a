"""What settings are made of: the ids of Slack, places, patience, and whatever stands under a name of its own."""

import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from ssl import PROTOCOL_TLS_CLIENT, SSLContext, SSLError
from typing import Annotated, Self
from uuid import UUID

from msgspec.structs import replace
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    Field,
    FilePath,
    PositiveFloat,
    SecretStr,
    model_validator,
)
from pydantic_settings import NoDecode

from bot.domain.content import LONGEST_NUMBER, Numbers, NumberShape
from bot.domain.people import Role
from config.secret_values import KeyedAddress


class Content(StrEnum):
    """What Slack may carry (domain.md §6)."""

    REFERENCE = "reference"
    FULL = "full"


class ServerPromise(StrEnum):
    """What a record server has to hold to. One that somebody else runs may not say whether it does."""

    PERSISTENCE = "persistence"  # it keeps its data when its machine stops
    DURABILITY = "durability"  # all that it has answered is on disk
    EVICTION = "eviction"  # it throws nothing away when its memory is full


DIRECT = "direct"


def _matching(pattern: str, expected: str) -> Callable[[str], str]:
    def check(given: str) -> str:
        if not re.fullmatch(pattern, given):
            raise ValueError(f"should be {expected}, not a name")
        return given

    return check


PERSON = r"[UW][A-Z0-9]+"
_CHANNEL = "a channel id such as C0123456789 (in Slack: the channel's details, at the bottom)"
Channel = Annotated[str, AfterValidator(_matching(r"[CGD][A-Z0-9]+", _CHANNEL))]
Place = Annotated[str, AfterValidator(_matching(rf"[CGD][A-Z0-9]+|{DIRECT}", f"{_CHANNEL}, or {DIRECT}"))]


def _one_by_one(given: object) -> object:
    """Several of them in one line, with commas between; or as JSON."""
    return [each.strip() for each in given.split(",") if each.strip()] if isinstance(given, str) else given


_ACCOUNT = "a member id such as U0123456789 (in Slack: the person's profile, Copy member ID)"
Account = Annotated[str, AfterValidator(_matching(PERSON, _ACCOUNT))]
Accounts = Annotated[frozenset[Account], BeforeValidator(_one_by_one)]
Workspace = Annotated[str, AfterValidator(_matching(r"[TE][A-Z0-9]+", "a workspace id such as T0123456789"))]
Workspaces = Annotated[frozenset[Workspace], NoDecode, BeforeValidator(_one_by_one)]
KeptPromises = Annotated[frozenset[ServerPromise], NoDecode, BeforeValidator(_one_by_one)]


def _host_and_port(given: object) -> object:
    if not isinstance(given, str):
        return given
    host, _, port = given.rpartition(":")
    if not host or not port.isdigit():
        raise ValueError("should be HOST:PORT of each Sentinel, with commas between")
    return host.strip("[]"), int(port)


Sentinel = Annotated[tuple[str, int], BeforeValidator(_host_and_port)]
Sentinels = Annotated[tuple[Sentinel, ...], NoDecode, BeforeValidator(_one_by_one)]
UserGroup = Annotated[str, AfterValidator(_matching(r"S[A-Z0-9]+", "a user group id such as S0123456789"))]


def _vouching(path: Path) -> Path:
    """Else every line of ours would be refused, and nobody would know why."""
    try:
        SSLContext(PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except SSLError:
        raise ValueError("it should hold certificates in PEM") from None
    except OSError as no:
        raise ValueError(f"its file cannot be read ({no.strerror}): mend who may read it") from None
    return path


Certificates = Annotated[FilePath, AfterValidator(_vouching)]


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

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.cases, self.fim, *self.own.values())))

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
    """`/healthz` and `/metrics` of the bot process; without a port there is none."""

    address: str = "127.0.0.1"
    port: int | None = Field(default=None, ge=0, le=65535)


class Anchoring(BaseModel):
    """Where the hourly anchor of the record goes (docs/security.md); without a folder and a way there is none."""

    folder: Path | None = None  # outside of the record server's own, and best on another machine
    way: str = ""  # one of the technician's ways out, by its name


class Http(BaseModel):
    """Where the bot waits for Slack's requests, which a gateway hands on, in place of Socket Mode."""

    port: int = Field(ge=0, le=65535)
    address: str = "127.0.0.1"
    path: str = Field("/slack/events", pattern=r"^/[\w/.-]*$")


class TerminalUsers(BaseModel):
    """Who sits at a terminal of these machines."""

    people: dict[str, Account] = Field(default_factory=dict)  # the operating system's user → the person's id
    as_others: bool = (
        False  # whether somebody may act as another (`--as`): the machine's user is recorded too
    )


class Notify(BaseModel):
    """GOV.UK Notify, for the ways whose URL begins with notify:// (docs/ways-out.md)."""

    key: SecretStr  # of a service that may send to these numbers: a live one, or of its team and guest list
    template: UUID  # a text whose whole content is ((message))
    sender: UUID | None = None  # of its text message senders; None: the service's own
    url: KeyedAddress = "https://api.notifications.service.gov.uk"
    poll: PositiveFloat = 5.0  # machine seconds between two looks for replies


class HowNumbersLook(BaseModel):
    """A number of the force's own: a regular expression for the whole of it, and one that people are shown."""

    pattern: str = Field(min_length=1)
    example: str = Field(min_length=1, max_length=LONGEST_NUMBER)

    @model_validator(mode="after")
    def _example_fits(self) -> Self:
        try:
            fits = self.shape.takes(self.example)
        except re.error as wrong:
            raise ValueError(f"has a pattern that is no regular expression: {wrong}") from None
        if not fits:
            raise ValueError("has an example that its pattern does not match")
        return self

    @property
    def shape(self) -> NumberShape:
        return NumberShape(self.pattern, self.example)


class NumbersLook(BaseModel):
    """Left out, in reference-only mode a number is digits, with at most four letters before them; in full content
    whatever stands there."""

    incident: HowNumbersLook | None = None
    person_ref: HowNumbersLook | None = None

    def shapes(self, *, full: bool) -> Numbers:
        given = {"incident": self.incident, "person_ref": self.person_ref}
        said = {field: look.shape for field, look in given.items() if look}
        return replace(Numbers.unless_said(full=full), **said)


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
