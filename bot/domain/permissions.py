"""Who may read; who may take which step, as each is declared (`commands/`), and where it must be a second person."""

from enum import StrEnum

from bot.domain.case import Case
from bot.domain.case_parts import Concern, Downgrade, Information
from bot.domain.declared import STEPS, Command
from bot.domain.people import BY_RANK, SUPERVISING, Actor, Role
from bot.domain.policy import ClockName


class Readers(StrEnum):
    """Who reads what a role reads (domain.md §5: reading is a permission too)."""

    ROLE_HOLDERS = "role_holders"
    MEMBERS = "members"  # everybody of the force


class Look(StrEnum):
    """What of the record somebody may look at; the word that the processing log has for it."""

    CASE = "open case"
    STATUS = "status"
    DETAILS = "details"
    ANSWER = "answer"  # to a question, in a thread or privately
    TIMELINE = "timeline picture"
    FORM = "form"  # of a step: it says how the case stands
    LIST = "list"
    MINE = "mine"
    HOME = "home"
    WAITING = "all that waits for a role"
    EARLIER = "earlier episode"
    HANDOVER = "hand-over"
    BOARD = "board"
    DUTY = "who is on duty"
    EXPORT = "export"  # of a whole case, out of the record
    PURGE = "purge"  # what stands before a case is erased
    RETENTION = "retention"  # which closed cases are due for a decision
    LOG = "processing log"  # who did what to whose data
    AUDIT = "audit"  # of all cases of a period


OF_OWN_CASE = frozenset(
    (
        *(Look.CASE, Look.STATUS, Look.DETAILS, Look.ANSWER, Look.TIMELINE, Look.FORM),
        *(Look.LIST, Look.MINE, Look.HOME),  # which then hold nothing else
    )
)
"""What whoever a case is assigned to reads of that case, whatever role they hold."""

OF_SUPERVISORS = frozenset((Look.RETENTION, Look.LOG))
"""What the others do not read, whatever the force has set: it is about them, or theirs to decide."""


def reads_all(actor: Actor, readers: Readers) -> bool:
    """`actor`: of the force, with the roles held now."""
    return not actor.outdated and bool(readers is Readers.MEMBERS or actor.roles or actor.taking_over)


def may_read(actor: Actor, look: Look, readers: Readers, case: Case | None = None) -> bool:
    """Without a case: what holds several, or none."""
    if look in OF_SUPERVISORS:
        return actor.supervises and not actor.outdated
    return reads_all(actor, readers) or (look in OF_OWN_CASE and case is not None and _is_own(case, actor))


def _is_own(case: Case, actor: Actor) -> bool:
    return not actor.outdated and actor.id in (case.ownership.owner, case.ownership.assigned_to)


def may(roles: frozenset[Role], command: type[Command]) -> bool:
    """Whether these roles allow the step. Steps given to a named person (accept, release …) ask the door, not this."""
    allowed = who_may(command)
    return not allowed or bool(roles & allowed)


def who_may(command: type[Command]) -> frozenset[Role]:
    """The roles that may, for a refusal that names them; empty where it depends on the person."""
    return STEPS[command].may


def may_put_on(actor: Actor, person: str, role: Role, *, named: bool) -> bool:
    """Whether they may put that person on duty: never themselves, nor into a role above their own, unless the force's
    own list for it has the person (`named`)."""
    if person == actor.id or not actor.supervises:
        return False
    own = min(BY_RANK.index(held) for held in actor.roles & SUPERVISING)
    return named or BY_RANK.index(role) >= own


# Where the second of two people has to be another than the first (domain.md §5, "Who may").


def asked_it(asked: Downgrade, person: str) -> bool:
    """Who asked for a downgrade does not decide it."""
    return asked.asked.by == person


def is_in(spell: Concern, person: str) -> bool:
    """Who filed the concern for safety, or signed it off last, does not sign it off next."""
    return person in _are_in(spell)


def _are_in(spell: Concern) -> frozenset[str]:
    last = spell.last_sign_off
    return frozenset({spell.set_by, *([last.by] if last else [])})


def heard_it(item: Information, actor: Actor) -> bool:
    """Who recorded a piece of information does not judge it, unless a supervisor or above."""
    return item.received.by == actor.id and not actor.supervises


def asked_to_end(case: Case, person: str) -> bool:
    """Who asked to void a case, or to mark it a duplicate, does not confirm it."""
    return case.ending.void_asked is not None and case.ending.void_asked.by == person


def must_be_another(clock: ClockName, item: str, case: Case, actor: Actor) -> bool:
    """Whether this debt is for somebody else than this person to pay, whatever their role."""
    return is_barred(clock, barred(clock, item, case), actor)


def barred(clock: ClockName, item: str, case: Case) -> frozenset[str]:
    """Those who may not pay this debt, since they asked for it, or did what it is about."""
    if clock is ClockName.REGRADE_APPROVAL and case.risk.downgrade is not None:
        return frozenset({case.risk.downgrade.asked.by})
    if clock is ClockName.RATIONALE_SIGNED_OFF and case.concern is not None:
        return _are_in(case.concern)
    if clock is ClockName.NEW_INFORMATION and (heard := case.information.get(item)) is not None:
        return frozenset({heard.received.by})
    return frozenset()


def is_barred(clock: ClockName, barred: frozenset[str], actor: Actor) -> bool:
    """A supervisor or above judges what they have heard themselves."""
    return actor.id in barred and not (clock is ClockName.NEW_INFORMATION and actor.supervises)
