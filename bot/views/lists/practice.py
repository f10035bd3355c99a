"""A page to try: no first page should be real (screens.md §15). It is about no case, and calls nobody."""

from datetime import datetime, timedelta

from bot.domain.grades import Grade
from bot.views import ids
from bot.views.blocks import actions, button, header, marking, section
from bot.views.message import Message
from bot.views.screen import Screen
from bot.views.wording import words

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
