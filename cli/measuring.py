"""What `/metrics` says now: read off this process and the record, or left out where that cannot be known."""

from collections.abc import Iterator
from datetime import datetime
from importlib import import_module

from bot.domain.reach import Reach
from bot.ports.errors import RecordTrouble, StoreUnavailable
from bot.ports.metrics import Counts, Measured, Series
from cli.compose.bot import Bot
from cli.listening import Listening
from workers.alarm.reach_watch import ReachWatch
from workers.alarm.reconciler import Reconciler, oldest_page
from workers.rq.job_queue import waiting

Read = Iterator[tuple[Measured, Series]]


class Measuring:
    def __init__(self, ours: Bot, listening: Listening, reconciler: Reconciler, watch: ReachWatch) -> None:
        self._ours = ours
        self._listening = listening
        self._reconciler = reconciler
        self._watch = watch

    def page(self) -> bytes:
        """Its library is loaded when it is first asked for: whoever watches the timers starts without it, too."""
        found: bytes = import_module("workers.alarm.metrics_page").page(*self.read())
        return found

    def read(self) -> tuple[dict[Measured, Series], Counts | None]:
        here = dict(self._of_this_process())
        try:
            there = dict(self._of_the_record())
            counts = self._ours.quick_stores.metrics.read()
        except StoreUnavailable:
            return {Measured.UP: _one(0), **here}, None
        return {Measured.UP: _one(1), **here, **there}, counts

    def _of_this_process(self) -> Read:
        trouble = self._ours.watchdog.trouble
        yield Measured.RECORD_TROUBLE, {(each.value,): float(each is trouble) for each in RecordTrouble}
        yield Measured.CONNECTED, _one(self._listening.is_connected)
        if (lag := self._listening.event_lag) is not None:
            yield Measured.EVENT_LAG, _one(lag)

    def _of_the_record(self) -> Read:
        """Raises StoreUnavailable."""
        stuck = (
            self._reconciler.stuck()
        )  # as it was, where the record is away: what is asked next finds that out
        outbox = self._ours.quick_stores.outbox
        yield Measured.OUTBOX_LANES, _one(len(outbox.lanes()))
        yield Measured.OUTBOX_AGE, _one(self._waited(oldest_page(outbox)))
        yield Measured.STUCK, _one(len(stuck))
        yield from self._of_processes()
        yield from self._of_queues()
        yield from self._of_copies()
        yield from self._of_the_round()
        if self._watch.reach is not None:
            yield Measured.REACH, reached(self._watch.reach)

    def _waited(self, since: datetime | None) -> float:
        return max(0.0, self._ours.clock.seconds_since(since)) if since else 0.0

    def _of_processes(self) -> Read:
        """What the watchdog last saw."""
        now, watchdog = self._ours.machine.seconds(), self._ours.watchdog
        if watchdog.seen.beat is not None:
            yield Measured.TICK_AGE, _one(max(0.0, now - watchdog.seen.beat.at))
        yield Measured.UNDECIDED, _one(len(watchdog.pulse().undecided))
        beats = watchdog.seen.workers
        ages: Series = {
            (work,): max(0.0, now - beats[work].at) for work in self._ours.queue_names if work in beats
        }
        yield Measured.WORKER_AGE, ages

    def _of_queues(self) -> Read:
        found = {work: waiting(self._ours.watching, name) for work, name in self._ours.queue_names.items()}
        now = self._ours.machine.seconds()
        ages: Series = {
            (work,): max(0.0, now - since) if since else 0.0 for work, (_, since) in found.items()
        }
        yield Measured.QUEUE_JOBS, {(work,): float(jobs) for work, (jobs, _) in found.items()}
        yield Measured.QUEUE_AGE, ages

    def _of_copies(self) -> Read:
        said = self._ours.watching.info("replication")
        yield Measured.COPIES, _one(said.get("connected_slaves", 0))
        yield Measured.COPIES_WANTED, _one(self._ours.settings.replicas)

    def _of_the_round(self) -> Read:
        yield Measured.PLACES_SHUT, _one(len(self._reconciler.shut_places()))
        found = self._reconciler.newest()
        if found is None:
            return
        yield Measured.OPEN, {(grade.value,): float(cases) for grade, cases in found.grades.items()}
        yield Measured.OVERDUE, _one(len(found.unpaged))
        yield Measured.UNREADABLE, _one(len(found.unreadable_cases))


def reached(reach: Reach) -> Series:
    """A way that was never tried counts as one: nothing is held against it."""
    found: dict[tuple[str, ...], float] = {}
    for one in reach.roles:
        ways = any(way.taken or way.tried_at is None for way in one.ways)
        found[one.role.value, "slack"] = float(bool(one.holders) and one.unheard is None)
        found[one.role.value, "beside"] = float(ways)
    return found


def _one(value: float) -> Series:
    return {(): float(value)}
