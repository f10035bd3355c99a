"""Who holds a role; and what the engine writes down of pages by itself."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from bot.domain.events.case_events import Event
from bot.domain.people import Role
from bot.domain.planned import PlannedTurn, TurnEnds


class HandoverOffered(Event, frozen=True, kw_only=True):
    """Of a role, in the roster's record, not in a case's."""

    role: Role
    to: str


class HandoverCaseTaken(Event, frozen=True, kw_only=True):
    """The incoming person has looked at this case; the giver holds the role until all is accepted."""

    number: int  # of the offer
    ref: str


class HandoverAccepted(Event, frozen=True, kw_only=True):
    role: Role
    giver: str = ""  # empty: of the one open offer to this person
    first: str = ""  # what the new holder will do first, read back
    appointed: frozenset[str] = frozenset()  # whom the force had appointed to the role then


class PutOnDuty(Event, frozen=True, kw_only=True):
    role: Role
    person: str
    appointed: frozenset[str]


class TakenOffDuty(Event, frozen=True, kw_only=True):
    role: Role
    person: str
    appointed: frozenset[str]


class ShiftEnded(Event, frozen=True, kw_only=True):
    """These people were asked to hand over."""

    at: datetime
    asked: tuple[str, ...]


class TurnsDue(Event, frozen=True, kw_only=True):
    """By the force's plan, turns end within the hour, or begin now: whose they are is told."""

    at: datetime
    ending: tuple[TurnEnds, ...] = ()
    beginning: tuple[PlannedTurn, ...] = ()

    @property
    def asked(self) -> tuple[str, ...]:
        """Each once."""
        ending, beginning = [e.person for e in self.ending], [b.person for b in self.beginning]
        return tuple(dict.fromkeys([*ending, *beginning]))


class PageLine(Struct, frozen=True, kw_only=True):
    """One clock on one page."""

    clock: str  # the clock's key: its name, or name/item
    started: datetime  # which run of the clock
    role: Role
    rung: int  # index on the clock's ladder; -1 where nobody at all is on duty
    skipped: tuple[Role, ...] = ()  # empty rungs passed over at the same instant
    due: datetime | None = None  # when it was to be paged; None in old records


class Paged(Event, frozen=True, kw_only=True):
    """The timer decided that these are to be told. One post per role carries its lines."""

    lines: tuple[PageLine, ...]
    followed: bool = (
        False  # whether its arrival is written down too (`Delivered`); old records took it for granted
    )


class Delivered(Event, frozen=True, kw_only=True):
    """Slack took this page: it stands where the role reads. Once for each page and role."""

    page: int  # number of the entry that paged, from 1
    role: Role
    clocks: tuple[str, ...] = ()  # keys of what it was about
    due: datetime | None = None  # when the first of them was to be paged; None in old records


class Cleared(Event, frozen=True, kw_only=True):
    """These clocks were paged and need nobody now: done, off, restarted, or no longer due."""

    clocks: tuple[str, ...]


class SlackSilent(Event, frozen=True, kw_only=True):
    """Slack has not taken this page in time, or has refused it. Once for each page and role, and once for a refusal."""

    page: int  # number of the entry that paged, from 1
    role: Role
    why: str = ""  # Slack's own word where it refused for good, such as "not_in_channel"; "": not in time


class TextFailed(Event, frozen=True, kw_only=True):
    """What took a page beside Slack says later that it did not arrive. Once for each page, role and way."""

    page: int  # number of the entry that paged, from 1
    role: Role
    way: str  # one of those that `WentOut` names
    why: str  # the service's own word, such as "permanent-failure"


class OutReason(StrEnum):
    """Why a page leaves by other ways than Slack."""

    SLACK = "slack"
    SILENT = "silent"
    NOBODY = "nobody"
    UNANSWERED = "unanswered"  # for the force's `[beside_slack]`
    QUIET = "quiet"  # everybody who could hear it has Do Not Disturb on
    UNREACHABLE = "unreachable"  # nobody who holds the role can be reached in Slack


class CalledBeside(Event, frozen=True, kw_only=True):
    """These clocks' page is to leave another way too, whatever Slack does with it. Once for each page and role."""

    page: int  # number of the entry that paged, from 1
    role: Role
    clocks: tuple[str, ...]  # keys of those that nobody had answered
    why: str  # an `OutReason`


class WentOut(Event, frozen=True, kw_only=True):
    """A page left another way than Slack, or could not (`reached`), and why it had to."""

    way: str  # as the force named it: "SMS, e-mail"
    why: str  # an `OutReason`; others are read too, since a newer version may have written them
    role: Role | None = None  # None in old records
    page: int = 0  # number of the entry that called for it
    reached: bool = True
