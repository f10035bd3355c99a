"""A case for another program: codes and times with their offset, in place of words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.domain.case import Case
from bot.domain.events import Entry
from bot.views.plain.text import one_line
from bot.views.screen import Screen
from bot.views.wording import debts, forecast_words, naming, thread_line


def summary(case: Case, screen: Screen) -> dict[str, Any]:
    return {
        "ref": case.ref,
        "incident": case.incident,
        "status": case.status.value,
        "category": case.category.value,
        "grade": case.running_grade.value,
        "age": case.age,
        "owner": case.owner,
        "assigned_to": case.ownership.assigned_to,
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
