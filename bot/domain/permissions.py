"""Who may read; who may take which step, as each is declared (`commands/`), and where it must be a second person."""

from enum import StrEnum

from bot.domain.case import Case
from bot.domain.case_parts import Concern, Downgrade, Information
from bot.domain.declared import STEPS, Command
from bot.domain.people import Actor, Role
from bot.domain.policy import ClockName


class Readers(StrEnum):
    """Who may read cases, lists, board, home and answers (domain.md §5: reading is a permission too)."""

    ROLE_HOLDERS = "role_holders"  # and of one case whoever it is assigned to
    MEMBERS = "members"  # everybody of the force


def may_read(actor: Actor, readers: Readers, case: Case | None = None) -> bool:
    """`actor`: of the force, with the roles held now. Without a case: lists, board, home."""
    if readers is Readers.MEMBERS or actor.roles:
        return True
    return case is not None and actor.id in (case.ownership.owner, case.ownership.assigned_to)


def may(roles: frozenset[Role], command: type[Command]) -> bool:
    """Whether these roles allow the step. Steps given to a named person (accept, release …) ask the door, not this."""
    allowed = who_may(command)
    return not allowed or bool(roles & allowed)


def who_may(command: type[Command]) -> frozenset[Role]:
    """The roles that may, for a refusal that names them; empty where it depends on the person."""
    return STEPS[command].may


# Where the second of two people has to be another than the first (domain.md §5, "Who may").


def asked_it(asked: Downgrade, person: str) -> bool:
    """Who asked for a downgrade does not decide it."""
    return asked.asked.by == person


def is_in(spell: Concern, person: str) -> bool:
    """Who filed the concern for safety, or signed it off last, does not sign it off next."""
    last = spell.last_sign_off
    return person == spell.set_by or (last is not None and last.by == person)


def heard_it(item: Information, actor: Actor) -> bool:
    """Who recorded a piece of information does not judge it, unless a supervisor or above."""
    return item.received.by == actor.id and not actor.supervises


def asked_to_end(case: Case, person: str) -> bool:
    """Who asked to void a case, or to mark it a duplicate, does not confirm it."""
    return case.ending.void_asked is not None and case.ending.void_asked.by == person


def must_be_another(clock: ClockName, item: str, case: Case, actor: Actor) -> bool:
    """Whether this debt is for somebody else than this person to pay, whatever their role."""
    if clock is ClockName.REGRADE_APPROVAL:
        return case.risk.downgrade is not None and asked_it(case.risk.downgrade, actor.id)
    if clock is ClockName.RATIONALE_SIGNED_OFF:
        return case.concern is not None and is_in(case.concern, actor.id)
    if clock is ClockName.NEW_INFORMATION:
        heard = case.information.get(item)
        return heard is not None and heard_it(heard, actor)
    return False
