"""Rows of a log, one policy or two → what each would have done. Rows come in the order in which police were told."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from bot.backtest.incident import Incident
from bot.backtest.incident_row import RowInvalid, incident_of
from bot.backtest.past_entries import entries_of
from bot.backtest.tally import HourlyShifts, PolicyTally
from bot.backtest.virtual_time import PageKind, Played, VirtualPage, played
from bot.domain.facts import Episode
from bot.domain.policy import Policy

PLAYED_ON = timedelta(days=7)
"""For how long an incident is played after the last thing that its row tells: what nobody did by then, nobody did."""


class Rules(Struct, frozen=True, kw_only=True):
    """One policy, under the name by which it is shown."""

    name: str
    policy: Policy  # without the clocks that the log says nothing of


class LogRow(Struct, frozen=True):
    line: int  # in the file, from 1
    cells: Mapping[str, str]


class RowLeftOut(Struct, frozen=True):
    line: int
    because: str


class PageRow(Struct, frozen=True):
    """One page, of one incident, by one of the policies; the same rung again is counted, and not told one by one."""

    rules: str
    incident: str
    page: VirtualPage


class Batch(Struct, kw_only=True):
    """What came of some rows."""

    tallies: dict[str, PolicyTally]  # of each policy, by its name
    rows: int = 0
    bad: list[RowLeftOut] = field(default_factory=list)
    pages: list[PageRow] = field(default_factory=list)


class Backtest:
    """Knows each child's last episode, so all rows of one child have to come to the same one."""

    def __init__(self, rules: Sequence[Rules], zone: ZoneInfo, *, keeps_pages: bool) -> None:
        self._rules = rules
        self._shifts = {each.name: HourlyShifts(each.policy.shifts, zone) for each in rules}
        self._keeps_pages = keeps_pages
        self._last: dict[tuple[str, str], Episode] = {}  # policy and child

    def run(self, rows: Iterable[LogRow]) -> Batch:
        batch = Batch(tallies={rules.name: PolicyTally() for rules in self._rules})
        for row in rows:
            batch.rows += 1
            try:
                past = incident_of(row.cells)
            except RowInvalid as wrong:
                batch.bad.append(RowLeftOut(row.line, str(wrong)))
                continue
            for rules in self._rules:
                self._play(past, rules, batch)
        return batch

    def _play(self, past: Incident, rules: Rules, batch: Batch) -> None:
        entries = entries_of(past, self._last_episode(past, rules))
        told = played(entries, rules.policy, entries[-1].at + PLAYED_ON)
        batch.tallies[rules.name].count(told, self._shifts[rules.name])
        if self._keeps_pages:
            news = (page for page in told.pages if page.kind is not PageKind.AGAIN)
            batch.pages += [PageRow(rules.name, past.incident, page) for page in news]
        self._remember(past, rules, told)

    def _last_episode(self, past: Incident, rules: Rules) -> Episode | None:
        """The newest within the force's window, with its final grade (domain.md §5, Grades)."""
        last = self._last.get((rules.name, past.person_ref)) if past.person_ref else None
        if last is None or past.told_at - last.reported_at > rules.policy.episode_window:
            return None
        return last

    def _remember(self, past: Incident, rules: Rules, told: Played) -> None:
        if past.person_ref:
            self._last[rules.name, past.person_ref] = Episode(
                ref=past.incident, grade=told.case.running_grade, reported_at=past.told_at
            )
