"""The first time somebody opens the home page: what they will be paged for, and a page to try (screens.md §15).

Read off the force's own ladders, so that it promises no page that does not come.
"""

from bot.domain.clocks import ClockName
from bot.domain.people import Role
from bot.views import ids
from bot.views.blocks import actions, button, section
from bot.views.message import Block
from bot.views.screen import Screen
from bot.views.wording import clock_words

_AS = {
    Role.CONTROL_ROOM: "in the control room",
    Role.OFFICER: "an officer",
    Role.SUPERVISOR: "a supervisor",
    Role.FIM: "FIM",
    Role.DUTY_INSPECTOR: "a duty inspector",
    Role.SUPERINTENDENT: "the superintendent on call",
    Role.MPC: "a missing persons co-ordinator",
    Role.OWNER: "the owner of a case",
}
_MEANS = "Acknowledge means you know; only the action stops the clock."


def welcome(role: Role | None, screen: Screen) -> list[Block]:
    return [
        section(f"*Welcome.* {_you_are(role)} {_paged_for(role, screen)}".rstrip()),
        actions(
            button("Practice page", ids.PRACTICE, spoken="Send me a practice page"),
            button("See the board", ids.WELCOMED, primary=True, spoken="Put this away, and see the board"),
        ),
    ]


def _you_are(role: Role | None) -> str:
    return f"You are {_AS[role]}." if role else "You have no role now: nothing is paged to you."


def _paged_for(role: Role | None, screen: Screen) -> str:
    if role is None:
        return ""
    if role is Role.OFFICER:
        owned = _of(Role.OWNER, screen, first=True)
        also = _paged_in(role, screen)
        return f"A case is yours once you press Accept; then you are paged for: {owned}. {also}{_MEANS}"
    paged = _paged_in(role, screen)
    return f"{paged}{_MEANS}" if paged else "You report and record; nothing is paged to you."


def _paged_in(role: Role, screen: Screen) -> str:
    """In its own right; empty where no ladder has the role. Ends with a space."""
    first, later = _of(role, screen, first=True), _of(role, screen, first=False)
    if first:
        return f"You are paged for: {first}. {'Unanswered pages are escalated to you. ' if later else ''}"
    return f"Unanswered pages are escalated to you: {later}. " if later else ""


def _of(role: Role, screen: Screen, *, first: bool) -> str:
    """What is paged to this role at once, or when those before it did not answer."""
    found = []
    for name, clock in screen.policy.clocks.items():
        if role in clock.ladder and (clock.ladder[0] is role) is first:
            found.append("high risk" if name is ClockName.FIM_AWARE else clock_words.of(name).missing)
    return ", ".join(dict.fromkeys(found))
