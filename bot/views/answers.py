"""Answers in a case's thread: each is a dated snapshot, so it says "At 14:09" (screens.md §6)."""

from collections.abc import Callable

from bot.domain.case import Case, Status
from bot.domain.clocks import Clock, State
from bot.domain.facts import MarkerAnswer
from bot.domain.grading import proposal
from bot.domain.markers import MARKERS
from bot.views import clock_words, debts, forecast, ids, limits, naming, standing, words
from bot.views.blocks import actions, button, marking, modal, section
from bot.views.message import Block, Message, View
from bot.views.screen import Screen

NOT_UNDERSTOOD = (
    "I can answer: status, owner, late, outstanding, next, timeline, markers, why high, told, episodes."
)
_LINES = 10


def status(case: Case, screen: Screen) -> Message:
    at = screen.time(screen.now)
    said = [_grade(case, screen), _category(case, screen), _owner(case, screen)]
    first = f"*At {at}.* {' '.join(said)} {_late(case, screen)}"
    coming = _next(case, screen)
    return Message(
        text=f"At {at}: {naming.spoken(case)}, {standing.category(case)}, {standing.owner(case, screen)}.",
        blocks=[section(first + (f"\n{coming}" if coming else "")), _doors(case), marking()],
    )


def _doors(case: Case) -> Block:
    return actions(
        button("Details", ids.DETAILS, case.ref, spoken=f"Details of {case.ref}"),
        button("Open case", ids.OPEN_CASE, case.ref, spoken=f"Open case {case.ref}"),
    )


def details(case: Case, screen: Screen) -> View:
    """Where each thing that was said comes from: who, when, and from what."""
    said = [
        f"Report: {screen.time(case.typed_at)} {naming.staff(case.reported_by, screen)}",
        _grade(case, screen),
    ]
    said += [_category(case, screen), _owner(case, screen)]
    sources = [_source(code, given, screen) for code, given in case.markers.items()]
    shown, taken = limits.pack(sources, limits.SECTION - 100, joint="\n")
    blocks = [section("\n".join(said)), *([section(f"*Markers*\n{shown}")] if taken else []), marking()]
    return modal(ids.CASE, f"Details {case.ref}", blocks, metadata=case.ref)


def _source(code: str, given: MarkerAnswer, screen: Screen) -> str:
    answer = given.answer.value.replace("_", " ")
    who = naming.staff(given.by, screen)
    return f"{MARKERS[code]}: {answer} ({given.source}, {screen.time(given.at)}, {who})"


def _grade(case: Case, screen: Screen) -> str:
    level = words.grade(case.running_grade)
    step = case.risk.recorded_step
    if step is None or case.risk.recorded is not case.running_grade:
        return f"{level} (proposed, nobody has recorded it)."
    return f"{level} ({naming.staff(step.by, screen)}, {screen.time(step.at)})."


def _category(case: Case, screen: Screen) -> str:
    since = case.concern.ended_at if case.concern and not case.is_concern else None
    if case.status is Status.OPEN and since:
        return f"MISSING since {screen.time(since)}."
    return f"{standing.category(case)}."


def _owner(case: Case, screen: Screen) -> str:
    held = case.ownership
    if held.owner and held.accepted_at:
        at = screen.time(held.accepted_at)
        return f"Owner: {naming.staff(held.owner, screen)}, accepted {at}."
    return f"{words.sentence(standing.owner(case, screen))}."


def _late(case: Case, screen: Screen) -> str:
    late = [debts.on_card(clock, screen) for clock in debts.late(case, screen)]
    return "Late: " + debts.first_lines(late, _LINES, "and {n} more") if late else "Late: nothing."


def _next(case: Case, screen: Screen) -> str:
    """The next two debts that are not late yet, and whom the first calls if nobody pays it."""
    owed = [clock for clock in debts.outstanding(case, screen) if clock.state(screen.now) is State.RUNNING]
    if not owed:
        return "Next: nothing is due."
    first, *later = [f"{screen.time(due)} {_titled(clock)}" for clock in owed[:2] if (due := clock.due)]
    follows = forecast.next_about(forecast.coming(case, screen), [owed[0].key])
    otherwise = f", or {words.ROLES[follows.role]} is paged" if follows else ""
    return f"Next: {'; '.join([first + otherwise, *later])}."


def _titled(clock: Clock) -> str:
    return words.lower_first(clock_words.of(clock.key).title)


def _owed(case: Case, screen: Screen) -> str:
    owed = [debts.dated(clock, screen) for clock in debts.outstanding(case, screen)]
    lines = debts.first_lines(owed, _LINES, "and {n} more in Open case")
    return f"Outstanding:\n{lines}" if owed else "Outstanding: nothing."


def _markers(case: Case, _: Screen) -> str:
    return f"{standing.markers(case)}."


def _why(case: Case, _: Screen) -> str:
    level, codes = proposal(case)
    running = [code for code, raised in case.risk.raised.items() if raised is case.running_grade]
    standing_on = [standing.reason(code) for code in running if code not in codes]
    beside = f" Also not yet answered: {words.listed(standing_on)}." if standing_on else ""
    return f"Proposed {words.grade(level)}: {standing.reasons(codes)}.{beside}"


def _told(case: Case, screen: Screen) -> str:
    said = [
        f"{screen.time(notice.at)} {naming.told_whom(notice.who, screen)}, by "
        f"{naming.staff(notice.step.by, screen)}"
        for notice in case.told
    ]
    return (
        "Told:\n" + debts.first_lines(said, _LINES, "and {n} more in Open case")
        if said
        else "Told: nobody yet."
    )


def _episodes(case: Case, screen: Screen) -> str:
    last = case.last_episode
    if last is None:
        return "No earlier episode is linked."
    at = screen.date(last.reported_at)
    return f"Last episode {words.grade(last.grade)}, {at}: {last.ref}."


_ANSWERS: dict[str, Callable[[Case, Screen], str]] = {
    "owner": _owner,
    "late": _late,
    "outstanding": _owed,
    "next": _next,
    "markers": _markers,
    "why high": _why,
    "told": _told,
    "episodes": _episodes,
}


def answer(question: str, case: Case, screen: Screen) -> Message | None:
    """None where the question is not one of those it knows."""
    asked = " ".join(question.lower().split())
    if asked in ("", "status"):
        return status(case, screen)
    if asked not in _ANSWERS:
        return None
    at = screen.time(screen.now)
    said = _ANSWERS[asked](case, screen)
    return Message(
        text=f"At {at}: {case.ref}, {asked}.",
        blocks=[section(f"*At {at}.* {said}"), _doors(case), marking()],
    )


def not_understood() -> Message:
    return Message(text=NOT_UNDERSTOOD, blocks=[section(NOT_UNDERSTOOD), marking()])
