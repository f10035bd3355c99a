"""What a person asks of the desk. Each is one step of `scenarios/`, one action in Slack, one terminal command.

Times are absolute and aware: the edge that hears "in 30 minutes" knows when it was said.
"""

from datetime import datetime

from msgspec import Struct, field

from bot.domain.facts import Child, Reporter
from bot.domain.grades import Grade
from bot.domain.markers import Answer


class Command(Struct, frozen=True, kw_only=True, tag_field="type"):
    """A wish; the door says whether it becomes events."""


class GradeGiven(Struct, frozen=True, kw_only=True):
    level: Grade
    rationale: str = ""
    considered: tuple[str, ...] = ()


class Report(Command, frozen=True, kw_only=True):
    """`full` says that names, places and words must be here; in reference-only mode they stay in the log."""

    incident: str
    child: Child
    category: str
    whereabouts_known: bool = False
    rationale: str = ""
    told_at: datetime
    last_seen_at: datetime | None = None
    last_seen_where: str = ""
    why_worried: str = ""
    reporter: Reporter = Reporter()
    adverse_event: bool = False
    not_adverse: bool = False  # asked, and told no
    markers: dict[str, Answer] = field(default_factory=dict)
    grade: GradeGiven | None = None
    full: bool = True


class AnswerMarkers(Command, frozen=True, kw_only=True):
    """What the caller said about more of the markers, after the report was saved."""

    markers: dict[str, Answer]
    adverse_event: bool | None = None


class GradeCase(Command, frozen=True, kw_only=True):
    level: Grade
    rationale: str = ""
    considered: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()  # of those considered, the ones said to be otherwise now


class Approve(Command, frozen=True, kw_only=True):
    why: str = ""


class Refuse(Command, frozen=True, kw_only=True):
    why: str = ""


class Categorise(Command, frozen=True, kw_only=True):
    category: str
    whereabouts_known: bool = False
    rationale: str = ""


class SignOff(Command, frozen=True, kw_only=True):
    why: str = ""


class Assign(Command, frozen=True, kw_only=True):
    to: str


class Accept(Command, frozen=True, kw_only=True):
    pass


class Decline(Command, frozen=True, kw_only=True):
    why: str = ""


class Release(Command, frozen=True, kw_only=True):
    why: str = ""


class Take(Command, frozen=True, kw_only=True):
    pass


class Acknowledge(Command, frozen=True, kw_only=True):
    pass


class Tell(Command, frozen=True, kw_only=True):
    """One call may tell several. `when` is when they were told; the clock asks for the record of it."""

    who: tuple[str, ...]
    how: str = ""
    took: str = ""  # the person there who took it
    when: datetime | None = None


class SetEnquiry(Command, frozen=True, kw_only=True):
    id: str
    text: str
    owner: str
    due_at: datetime | None
    kind: str = "enquiry"


class FinishEnquiry(Command, frozen=True, kw_only=True):
    id: str
    result: str = ""


class Note(Command, frozen=True, kw_only=True):
    text: str


class Inform(Command, frozen=True, kw_only=True):
    id: str
    kind: str
    text: str
    source: str = ""  # who says so
    markers: dict[str, Answer] = field(default_factory=dict)
    adverse_event: bool | None = None


class Consider(Command, frozen=True, kw_only=True):
    id: str
    outcome: str = ""


class Review(Command, frozen=True, kw_only=True):
    rationale: str = ""
    considered: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    next_at: datetime | None = None


class RecordPpn(Command, frozen=True, kw_only=True):
    ethnicity: str = ""
    school: str = ""


class Transfer(Command, frozen=True, kw_only=True):
    force: str


class AcceptTransfer(Command, frozen=True, kw_only=True):
    name: str


class Locate(Command, frozen=True, kw_only=True):
    where: str
    seen_in_person: bool
    when: datetime | None = None
    seen_by: str = ""  # who saw the child, by name; not who typed it


class Interview(Command, frozen=True, kw_only=True):
    kind: str
    in_person: bool
    by_whom: str = ""


class Close(Command, frozen=True, kw_only=True):
    reason: str = ""


class Reopen(Command, frozen=True, kw_only=True):
    why: str = ""


class Correct(Command, frozen=True, kw_only=True):
    field: str
    to: str
    why: str = ""


class Void(Command, frozen=True, kw_only=True):
    why: str = ""


class Duplicate(Command, frozen=True, kw_only=True):
    of: str
    why: str = ""


class Confirm(Command, frozen=True, kw_only=True):
    pass


class OfferHandover(Command, frozen=True, kw_only=True):
    role: str
    to: str


class TakeCase(Command, frozen=True, kw_only=True):
    """One case of a hand-over, on the way to accepting all."""

    number: int
    ref: str


class AcceptHandover(Command, frozen=True, kw_only=True):
    role: str
    number: int = 0  # which offer; 0: the one open offer of that role to this person
    first: str = ""


class PutOnDuty(Command, frozen=True, kw_only=True):
    role: str
    person: str


class TakeOffDuty(Command, frozen=True, kw_only=True):
    role: str
    person: str


class SameChild(Command, frozen=True, kw_only=True):
    """An earlier case is of the same child; by its reference or its incident number."""

    earlier: str


class ShowEpisodes(Command, frozen=True, kw_only=True):
    """Recorded by the screen that showed them, not asked for by a person."""

    refs: tuple[str, ...]
