"""Rows of a log by minutes: told at 15:40 on 2 March 2025."""

from datetime import UTC, datetime, timedelta

from bot.backtest.columns import not_tested, without
from bot.backtest.incident_row import incident_of
from bot.backtest.past_entries import entries_of
from bot.backtest.virtual_time import Played, played
from bot.domain.policy import Policy

TOLD_AT = datetime(2025, 3, 2, 15, 40, tzinfo=UTC)


def at(minutes: int) -> str:
    return (TOLD_AT + timedelta(minutes=minutes)).isoformat(timespec="minutes")


def minutes(moment: datetime | None) -> int | None:
    return None if moment is None else round((moment - TOLD_AT) / timedelta(minutes=1))


def row(**cells: str) -> dict[str, str]:
    """A row that says what every one must, and those cells."""
    needed = {
        "incident": "X-1",
        "told_at": at(0),
        "category": "missing",
        "age": "15",
        "grades": "",
        "seen_at": "",
        "closed_at": "",
    }
    return {**needed, **cells}


def play(policy: Policy, *, until: int, **cells: str) -> Played:
    """That row alone, until so many minutes after police were told."""
    told = row(**cells)
    return played(
        entries_of(incident_of(told)),
        without(policy, not_tested(told.keys())),
        TOLD_AT + timedelta(minutes=until),
    )
