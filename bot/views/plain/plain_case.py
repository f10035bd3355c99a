"""A case, or many, in plain text for a terminal, and as a document for another program."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from bot.domain.case import Case
from bot.domain.case_parts import TRANSFERRED
from bot.domain.clocks import Clock
from bot.domain.events import Entry, HandoverAccepted, HandoverOffered, PutOnDuty, TakenOffDuty
from bot.domain.handover import Roster
from bot.ports.cases import OpenCases
from bot.views.blocks import MARKING
from bot.views.cards import case_card, handover_card
from bot.views.lists.reckoned import Reckoned, counted, every, open_now, reckon
from bot.views.plain.plain_text import indented, one_line, unreadable
from bot.views.screen import Screen
from bot.views.wording import (
    clock_words,
    debts,
    delivery,
    forecast_words,
    naming,
    passed_on,
    risk_questions,
    standing,
    thread_line,
    words,
)

# Cases, a line each: highest risk first, then most late.

_LONGEST_WHY = 60


def rows(opened: OpenCases, screen: Screen) -> str:
    cases = reckon(opened.cases, screen)
    all_of_them = every(cases)
    head = f"{open_now(all_of_them)} · {counted(all_of_them, screen)} · as at {screen.time(screen.now)}"
    return "\n".join([head, *_lost(opened.unreadable), *(_row(each, screen) for each in cases), MARKING])


def _lost(refs: Sequence[str]) -> list[str]:
    return [unreadable(refs)] if refs else []


def _row(each: Reckoned, screen: Screen) -> str:
    first = each.owed[0] if each.owed else None
    due = debts.in_short(first, debts.mark_dated(first, screen), screen) if first else "nothing is due"
    since = f"police told {screen.time(each.case.told_at)}"
    why = [
        *standing.because(each.case, _LONGEST_WHY),
        *risk_questions.in_short(each.case, screen, _LONGEST_WHY),
    ]
    between = [*standing.alert_asked(each.case), *passed_on.in_short(each.case, screen)]
    said = [headline(each.case, screen), *why, *between, since, one_line(due)]
    paged = [one_line(f"  {said}") for said in delivery.on_their_way(each.case, screen)]
    return "\n".join([" · ".join(said), *paged])


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
    timeline = ("TIMELINE, newest first", case_card.timeline(entries, screen))
    blocks = [_part(title, lines) for title, lines in (*sections(case, screen), timeline)]
    return "\n".join(
        [f"{headline(case, screen)} · as at {screen.time(screen.now)}", *filter(None, blocks), MARKING]
    )


def sections(case: Case, screen: Screen) -> list[tuple[str, list[str]]]:
    """Everything about it but its timeline: title and lines, where there are any."""
    parts = (
        ("OUTSTANDING", [_debt(clock, case, screen) for clock in debts.outstanding(case, screen)]),
        ("NEVER DONE", debts.if_closed(case, screen)),
        ("PAGED", delivery.lines(case, screen)),
        ("IF NOTHING IS DONE", _if_nothing_is_done(case, screen)),
        ("WAITS FOR A SECOND PERSON", [standing.who_asked(case, screen).replace("*", "")]),
        ("RISK", case_card.risk(case, screen)),
        ("FACTS", [*_child(case, screen), *case_card.facts(case, screen)]),
        ("ENQUIRIES", _numbered(case_card.enquiries(case, screen))),
        ("NEW INFORMATION", _numbered(case_card.information(case, screen))),
        ("TOLD", case_card.told(case, screen)),
        ("EPISODES", case_card.episodes(case, screen)),
    )
    said = ((title, [line for line in lines if line]) for title, lines in parts)
    return [(title, lines) for title, lines in said if lines]


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


# A case for another program: codes and times with their offset, in place of words.


def summary(case: Case, screen: Screen) -> dict[str, Any]:
    return {
        "ref": case.ref,
        "training": case.training,
        "incident": case.incident,
        "status": case.status.value,
        "category": case.category.value,
        "grade": case.running_grade.value,
        "age": case.age,
        "owner": case.owner,
        "assigned_to": case.ownership.assigned_to,
        "transfer": _transfer(case, screen),
        "child_rescue_alert": case.alert.decision.value if case.alert else None,
        "pages": [
            {
                "role": role.value,
                "at": _time(page.at, screen),
                "taken_at": _time(page.taken_at, screen),
                "way": page.way,
                "undelivered_at": _time(page.undelivered_at, screen),
                "refused": page.why,
            }
            for role, page in case.pages.items()
        ],
        "outstanding": [
            {
                "clock": clock.name,
                "item": clock.item,
                "due": _time(clock.due, screen),
                "state": clock.state(screen.now).value,
            }
            for clock in debts.outstanding(case, screen)
        ],
    }


def _transfer(case: Case, screen: Screen) -> dict[str, Any] | None:
    """The newest, and what the newest refusal said; None where it was never passed on."""
    ending, refusal = case.ending, case.ending.refusal
    if ending.transfer_asked is None:
        return None
    return {
        "asked": _time(ending.transfer_asked.at, screen),
        "why": ending.transfer_why.value if ending.transfer_why else None,
        "answered": _time(ending.transfer_answered_at, screen),
        "accepted": ending.gone == TRANSFERRED,
        "refused": {
            "at": _time(refusal.step.at, screen),
            "why": refusal.why.value,
            "settled": _time(refusal.settled.at, screen) if refusal.settled else None,
        }
        if refusal
        else None,
    }


def document(case: Case, entries: Sequence[Entry], screen: Screen) -> dict[str, Any]:
    name = {"name": case.child.name} if screen.full else {}
    return {
        **summary(case, screen),
        **name,
        "told_at": _time(case.told_at, screen),
        "markers": {code: given.answer.value for code, given in case.markers.items()},
        "coming": [
            {"at": _time(page.at, screen), "role": page.role.value, "clocks": list(page.clocks)}
            for page in forecast_words.coming(case, screen)
        ],
        "timeline": [_happened(entry, screen) for entry in entries],
    }


def _happened(entry: Entry, screen: Screen) -> dict[str, Any]:
    line = thread_line.in_timeline(entry, screen)
    return {
        "at": _time(entry.at, screen),
        "by": naming.staff(entry.by, screen),
        "surface": entry.surface,
        "type": type(entry.event).__name__,
        "says": one_line(line) if line else "",
    }


def _time(at: datetime | None, screen: Screen) -> str | None:
    return at.astimezone(screen.zone).isoformat() if at else None


# A step on who holds a role, said to whoever took it at a terminal.


def done(roster: Roster, entry: Entry, screen: Screen) -> str:
    """Offered is not handed over: who holds it meanwhile, and until when."""
    event = entry.event
    if isinstance(event, HandoverOffered):
        offer = next(
            each for each in roster.offers.values() if (each.by, each.role) == (entry.by, event.role)
        )
        taker, due = naming.staff(event.to, screen), handover_card.due(offer, screen)
        return f"Done. You stay {words.ROLES[event.role]} until {taker} accepts (due {due})."
    if isinstance(event, HandoverAccepted):
        return f"Done. You are now {words.ROLES[event.role]}. Its pages come to you."
    if isinstance(event, PutOnDuty):
        return f"Done. {naming.staff(event.person, screen)} is on duty as {words.ROLES[event.role]}."
    if isinstance(event, TakenOffDuty):
        return (
            f"Done. {naming.staff(event.person, screen)} is no longer on duty as {words.ROLES[event.role]}."
        )
    return "Done."
