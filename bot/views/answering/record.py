"""What happened, and who knows: from the record itself."""

from collections.abc import Sequence

from bot.domain import events
from bot.domain.clocks import ClockName, clocks
from bot.domain.events import Entry
from bot.domain.grades import Grade
from bot.domain.people import BY_RANK, Role
from bot.views import limits
from bot.views.answering.about import About
from bot.views.screen import Screen
from bot.views.wording import delivery, history, naming, thread_line, words

_LINE = 200  # characters of one event here; the record has the rest
_TIMES = 3  # named each; of more, the first and the last
_SHOWN = 40


def timeline(about: About, screen: Screen) -> list[str]:
    """Oldest first, as it happened; what does not fit is the oldest but the report."""
    lines = [line for entry in about.entries if (line := thread_line.in_timeline(entry, screen))]
    shown = [limits.clip_markup(line, _LINE, limits.IN_CASE) for line in lines]
    if len(shown) > _SHOWN:
        left = len(shown) - _SHOWN
        shown = [shown[0], f"… {left} between are in Open case …", *shown[-_SHOWN + 1 :]]
    return ["Timeline:", *shown]


def told(about: About, screen: Screen) -> list[str]:
    notices = [
        f"{screen.time(notice.at)} {naming.told_whom(notice.who, screen)}, by "
        f"{naming.staff(notice.step.by, screen)}"
        for notice in about.case.told
    ]
    paged = [said for role in BY_RANK if (said := _paged(role, about.entries, screen))]
    return [
        _fim(about, screen),
        f"Told: {words.listed(notices[-_SHOWN:]) or 'nobody yet'}.",
        *_inspector(about, screen),
        f"Paged: {words.listed(paged) or 'nobody yet'}.",
        *(f"{line}." for line in delivery.on_their_way(about.case, screen)),
        *_known(about.entries, screen),
    ]


def _fim(about: About, screen: Screen) -> str:
    """Aware is whoever did something with the case: from what happened, and since it is high, from then on."""
    acts = [entry for entry in about.entries if history.is_step_of(Role.FIM, entry)]
    counted = acts
    if about.case.running_grade is Grade.HIGH:
        since = about.case.risk.fim_aware_at
        counted = [entry for entry in acts if since and entry.at >= since]
    if counted:
        return f"FIM aware: {_did(counted[0], screen)}."
    before = f" Before it became high: {_did(acts[-1], screen)}." if acts else ""
    return f"FIM NOT aware: no FIM has acknowledged it or done anything on it.{before}"


def _did(entry: Entry, screen: Screen) -> str:
    known = isinstance(entry.event, events.Acknowledged)
    did = "acknowledged" if known else thread_line.says(entry, screen)[0]
    return f"{naming.staff(entry.by, screen)} {did}, {screen.time(entry.at)}"


def _inspector(about: About, screen: Screen) -> list[str]:
    """Tagged is not told: an inspector who was only paged may not know (IOPC, Staffordshire)."""
    at = about.case.inspector_told_at
    if at is None:
        owed = any(clock.name is ClockName.DUTY_INSPECTOR_TOLD for clock in clocks(about.case, screen.policy))
        return ["Duty inspector: NOT recorded as told."] if owed else []
    if any(notice.who == Role.DUTY_INSPECTOR.value for notice in about.case.told):
        return []
    return [f"Duty inspector: acknowledged {screen.time(at)}."]


def _paged(role: Role, entries: Sequence[Entry], screen: Screen) -> str:
    """When; of many, how often, the first and the last. Empty where no page reached it."""
    times = [screen.time(at) for at in history.delivered_to(role, entries)]
    if not times:
        return ""
    if len(times) > _TIMES:
        return f"{words.ROLES[role]} {len(times)} times, {times[0]} to {times[-1]}"
    return f"{words.ROLES[role]} {', '.join(times)}"


def _known(entries: Sequence[Entry], screen: Screen) -> list[str]:
    known: dict[str, list[str]] = {}
    for entry in entries:
        if isinstance(entry.event, events.Acknowledged):
            known.setdefault(entry.by, []).append(screen.time(entry.at))
    said = [f"{naming.staff(person, screen)} {', '.join(times[-_SHOWN:])}" for person, times in known.items()]
    return [f"Acknowledged: {words.listed(said[-_SHOWN:])}."] if said else []
