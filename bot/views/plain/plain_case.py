"""One case: what to do by when, what happens otherwise, what is known, and history last."""

from collections.abc import Iterator, Sequence

from bot.domain.case import Case
from bot.domain.clocks import Clock
from bot.domain.events import Entry
from bot.views.blocks import MARKING
from bot.views.cards import case_parts
from bot.views.plain.text import indented, one_line
from bot.views.screen import Screen
from bot.views.wording import clock_words, debts, delivery, forecast_words, naming, standing, undone

_MOMENTS = 6


def headline(case: Case, screen: Screen) -> str:
    """Grade, reference, how it stands, whose it is."""
    said = [naming.heading(case), standing.category(case), standing.owner(case, screen)]
    return one_line(" · ".join(said))


def status(case: Case, screen: Screen) -> str:
    """What is said after every step: how the case stands, and the first that is owed."""
    owed = debts.outstanding(case, screen)
    due = f"Next: {_debt(owed[0], case, screen)}" if owed else "Nothing is due."
    paged = [one_line(said) for said in delivery.on_their_way(case, screen)]
    return "\n".join([headline(case, screen), *paged, one_line(due)])


def one_case(case: Case, entries: Sequence[Entry], screen: Screen) -> str:
    parts = (
        ("OUTSTANDING", [_debt(clock, case, screen) for clock in debts.outstanding(case, screen)]),
        ("NEVER DONE", undone.if_closed(case, screen)),
        ("PAGED", delivery.lines(case, screen)),
        ("IF NOTHING IS DONE", _if_nothing_is_done(case, screen)),
        ("WAITS FOR A SECOND PERSON", [standing.who_asked(case, screen).replace("*", "")]),
        ("RISK", case_parts.risk(case, screen)),
        ("FACTS", [*_child(case, screen), *case_parts.facts(case, screen)]),
        ("ENQUIRIES", _numbered(case_parts.enquiries(case, screen))),
        ("NEW INFORMATION", _numbered(case_parts.information(case, screen))),
        ("TOLD", case_parts.told(case, screen)),
        ("EPISODES", case_parts.episodes(case, screen)),
        ("TIMELINE, newest first", case_parts.timeline(entries, screen)),
    )
    blocks = [_part(title, [line for line in lines if line]) for title, lines in parts]
    return "\n".join(
        [f"{headline(case, screen)} · as at {screen.time(screen.now)}", *filter(None, blocks), MARKING]
    )


def _part(title: str, lines: Sequence[str]) -> str:
    return "\n".join([title, *map(indented, lines)]) if lines else ""


def _child(case: Case, screen: Screen) -> Iterator[str]:
    yield f"{naming.child_and_age(case, screen)} · {naming.incident(case, screen)}"


def _debt(clock: Clock, case: Case, screen: Screen) -> str:
    owed = debts.in_short(clock, debts.mark_dated(clock, screen), screen)
    return f"{owed}{_number(clock, case)}. Cleared when: {clock_words.of(clock.key).cleared_when}"


def _number(clock: Clock, case: Case) -> str:
    """Of several enquiries, or pieces of information, the one that is meant."""
    for items in (case.enquiries, case.information):
        if clock.item in items:
            return f" {list(items).index(clock.item) + 1}"
    return ""


def _numbered(lines: Sequence[str]) -> list[str]:
    """An item is asked for by its number: what Slack knows it by, nobody can say."""
    return [f"{number}: {line}" for number, line in enumerate(lines, 1)]


def _if_nothing_is_done(case: Case, screen: Screen) -> list[str]:
    return forecast_words.lines(forecast_words.coming(case, screen), screen, moments=_MOMENTS)
