"""Help, the welcome of the first time, and a page to try (screens.md §15)."""

import re
from datetime import datetime, timedelta

from bot.domain.clocks import ClockName
from bot.domain.facts import Grade
from bot.domain.people import Role
from bot.views import ids
from bot.views.blocks import actions, button, header, marking, section
from bot.views.message import Block, Message
from bot.views.screen import Screen
from bot.views.wording import clock_words, words

_LINES = (
    "*/missing*: report a missing child.",
    "*/missing LOG-1042*: open the case of that number, or report it.",
    "*/missing status MC-26-0142*: one case. An incident number finds it too.",
    "*/missing list*: the open cases. *list late*, *high*, *no owner*, *concern*, *mine*; a number turns the page.",
    "*/missing mine*: those that you own, were assigned, or reported.",
    "*/missing board*: one message here that is kept up to date. A supervisor or above puts it.",
    "*/missing handover*: hand your role over; you stay in it until it is accepted.",
    "*/missing duty fim*: who is FIM now (or another role).",
    "*/missing audit 7d*: how the cases of the last 7 days stood against the seven checks; up to 31d.",
    "*/missing training*: report a TRAINING case: real clocks and pages, no child, in no audit.",
    "In a case's thread: *@bot status*. The same words in a message to me.",
    "Never type a name after a slash command.",
)
# The words that these lines name.
TOLD = frozenset(re.findall(r"/missing ([a-z]+)\b", " ".join(_LINES)))


def guide() -> Message:
    practice = button("Practice page", ids.PRACTICE, spoken="Send me a practice page")
    plain = " ".join(line.replace("*", "") for line in _LINES)
    return Message(text=plain, blocks=[section("\n".join(_LINES)), actions(practice), marking()])


# A page to try: no first page should be real (screens.md §15). It is about no case, and calls nobody.

_NO_CASE = "This is about no child and no case; nobody else sees it."


def practice_page(screen: Screen) -> Message:
    by = screen.time(screen.now + screen.policy.step.of(Grade.HIGH))
    text = f"PRACTICE. HIGH, no case: acknowledge by {by}."
    return Message(
        text=text,
        blocks=[
            header(f"PRACTICE · {words.LATE} HIGH · no case · acknowledge by {by}"),
            section(
                f"{_NO_CASE}\nA page looks like this, and rings. The first line says what to do, and by when."
            ),
            section(f"*If nothing is done* {by}: a real page would go one rung up. This one goes nowhere."),
            actions(
                button("Acknowledge", ids.PRACTICE_ACKNOWLEDGE, primary=True, spoken="Acknowledge, practice")
            ),
            marking("Acknowledge means “I know”. Only the action stops a clock."),
        ],
    )


def practised(who: str, screen: Screen) -> Message:
    """What would have happened, by the force's own numbers."""
    at = screen.time(screen.now)
    quiet = _until(screen.now, screen.policy.quiet.of(Grade.HIGH), screen)
    return Message(
        text=f"PRACTICE. {who} acknowledged at {at}. Nothing else happened.",
        blocks=[
            header(f"PRACTICE · {words.TAKEN_UP} acknowledged {at} · nothing else happened"),
            section(
                f"On a real page this card would now say: {who} acknowledged {at}. Quiet about this until {quiet}; "
                "the clock runs on.\nWhoever would have been paged next is not. If the action is still not done "
                f"at {quiet}, you are paged again."
            ),
            section(_NO_CASE),
            marking(),
        ],
    )


def _until(now: datetime, length: timedelta, screen: Screen) -> str:
    return screen.time(now + length)


# The first time somebody opens the home page: what they will be paged for, and a page to try (screens.md
# §15).

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
    return f"You are {words.you_are(role)}." if role else "You have no role now: nothing is paged to you."


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
