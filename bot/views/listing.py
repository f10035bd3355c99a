"""Lists of cases: my debts before everyone's, highest risk first, then most late."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.domain.case import Case
from bot.views import clock_words, debts, ids, naming, standing
from bot.views.blocks import button, header, marking, section
from bot.views.message import Block, Message
from bot.views.screen import Screen

ROWS = 20
_NEVER = datetime.max.replace(tzinfo=UTC)


def listing(cases: Sequence[Case], screen: Screen, *, title: str = "open") -> Message:
    ordered = by_risk(cases, screen)
    late = sum(bool(debts.late(case, screen)) for case in ordered)
    unowned = sum(case.owner is None for case in ordered)
    head = f"{len(ordered)} {title} · {late} late · {unowned} no owner · as at {screen.time(screen.now)}"
    return Message(
        text=f"{head}.",
        blocks=[
            header(head),
            *([] if ordered else [section("Nothing waits for you.")]),
            *(_row(case, screen) for case in ordered[:ROWS]),
            *_rest(ordered[ROWS:]),
            marking(),
        ],
    )


def by_risk(cases: Sequence[Case], screen: Screen) -> list[Case]:
    """Highest risk first, then most late: the order of every list of cases."""
    return sorted(cases, key=lambda case: (-case.running_grade.rank, _soonest(case, screen)))


def _soonest(case: Case, screen: Screen) -> datetime:
    owed = debts.outstanding(case, screen)
    return min((clock.due for clock in owed if clock.due), default=_NEVER)


def _row(case: Case, screen: Screen) -> Block:
    owed = debts.outstanding(case, screen)
    first = owed[0] if owed else None
    due = (
        f"{debts.mark_dated(first, screen)} {clock_words.of(first.key).title}" if first else "nothing is due"
    )
    said = [naming.heading(case), standing.owner(case, screen), due]
    return section(" · ".join(said), accessory=_open(case))


def _open(case: Case) -> Block:
    return button("Open", ids.OPEN_CASE, case.ref, spoken=f"Open case {case.ref}")


def _rest(cases: Sequence[Case]) -> list[Block]:
    if not cases:
        return []
    shown = ", ".join(case.ref for case in cases[:200])
    more = f", and {len(cases) - 200} more" if len(cases) > 200 else ""
    return [section(f"*Also ({len(cases)}):* {shown}{more}")]
