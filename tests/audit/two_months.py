"""Two months of the invented year in a record, as though the bot had kept it: each step at its time, and no pages."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.backtest.incident import Incident
from bot.backtest.incident_row import incident_of
from bot.backtest.past_entries import entries_of
from bot.backtest.synthetic.year import year
from bot.domain.case import Case
from bot.domain.events import DowngradeAsked, Entry
from bot.domain.facts import Episode
from bot.domain.fold import advance
from bot.domain.policy import Policy
from bot.files import policy_file
from bot.ports.cases import Append
from bot.store.memory import MemoryStores

LONDON = ZoneInfo("Europe/London")
BEGINS = date(2025, 4, 1)
ENDS = datetime(2025, 6, 1, tzinfo=LONDON).astimezone(UTC)
AUDITED = datetime(2025, 7, 1, tzinfo=LONDON).astimezone(UTC)
A_YEAR = 10_000  # incidents, as `missing-bot synth` has them


@cache
def incidents() -> tuple[Incident, ...]:
    """Of which police were told in April and May."""
    header, *rows = year(A_YEAR, 1, BEGINS, LONDON)
    told = (incident_of(dict(zip(header, row, strict=True))) for row in rows)
    return tuple(each for each in told if each.told_at < ENDS)


def picked() -> list[Incident]:
    """The ten of the hand check."""
    return Random(19).sample(incidents(), 10)


def recorded(policy: Policy | None = None) -> MemoryStores:
    stores, last = MemoryStores(), dict[str, Episode]()
    policy = policy or policy_file.load()
    for past in incidents():
        known = last.get(past.person_ref)
        is_recent = known is not None and past.told_at - known.reported_at <= policy.episode_window
        case = _keep(stores, entries_of(past, known if is_recent else None))
        last[past.person_ref] = Episode(ref=case.ref, grade=case.running_grade, reported_at=past.told_at)
    return stores


def _keep(stores: MemoryStores, entries: list[Entry]) -> Case:
    case, kept = None, list[Entry]()
    for entry in _as_shown(entries):
        kept.append(entry)
        case = advance(case, entry)
    assert case is not None
    stores.cases.append(Append(case=case, entries=tuple(kept), expected=0, wake_at=None))
    return case


def _as_shown(entries: list[Entry]) -> Iterator[Entry]:
    """A downgrade answers every reason that stood then."""
    case: Case | None = None
    for entry in entries:
        shown = entry
        if case is not None and isinstance(entry.event, DowngradeAsked):
            shown = replace(entry, event=replace(entry.event, reasons=tuple(case.risk.raised)))
        case = advance(case, shown)
        yield shown
