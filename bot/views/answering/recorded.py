"""How the child was found, as far as somebody has recorded it."""

from bot.domain.case import Status
from bot.questions import Intent
from bot.views.answering.known_risk import About, answers_to
from bot.views.screen import Screen
from bot.views.wording import fact_words, naming, words


@answers_to(Intent.FOUND, "who found the child")
def found(about: About, screen: Screen) -> list[str]:
    """Found is not seen: it says which of the two."""
    case = about.case
    back = case.back
    if back.located is None:
        was = "The case is closed" if case.status is Status.CLOSED else "Not found yet"
        return [f"{was}: nobody has recorded the child as located."]
    where = naming.said(back.where, screen)
    at = screen.time(back.found_at or back.located.at)
    saw = naming.said(back.seen_by, screen)
    seen = f"Seen in person {screen.time(back.seen.at)}{f' by {saw}' if saw else ''}" if back.seen else ""
    return [
        words.stop(f"Located {at}" + (f": {where}" if where else "")),
        words.stop(seen or "NOT yet seen in person"),
        words.stop(fact_words.found(back) or "Who found the child, harm and why: nobody has recorded it"),
    ]
