"""The re-checks: what is due on this case now?"""

from collections.abc import Iterable

import structlog

from bot.desk import Desk, NoSuchCase
from bot.duty_desk import DutyDesk
from bot.ports.errors import StoreUnavailable, Unreadable
from bot.ports.metrics import Metric, Metrics
from bot.ports.rosters import ROSTER
from workers.periodic import told
from workers.rq.job_functions import Doer

log = structlog.get_logger()


_BY = {
    Doer.WORKER: Metric.RECHECKED_BY_WORKER,
    Doer.TIMER: Metric.RECHECKED_BY_TIMER,
    Doer.START: Metric.RECHECKED_AT_START,
}


class Rechecks:
    def __init__(self, desk: Desk, duty_desk: DutyDesk, metrics: Metrics) -> None:
        self._desk = desk
        self._duty_desk = duty_desk
        self._metrics = metrics

    def recheck_all(self, refs: Iterable[str], who: Doer) -> None:
        """Counts each under who did it, a worker or the timer. All in one go; what that leaves, one by one."""
        due = list(dict.fromkeys(refs))
        cases = [ref for ref in due if ref != ROSTER]
        done = self._desk.recheck_each(cases) if len(cases) > 1 else frozenset()
        alone = sum(self._recheck(ref) for ref in due if ref not in done)
        if decided := len(done) + alone:
            self._metrics.count(_BY[who], decided)

    def _recheck(self, ref: str) -> bool:
        """One that cannot be decided must not keep the others of its batch from being decided."""
        try:
            if ref == ROSTER:
                self._duty_desk.recheck()
            else:
                self._desk.recheck(ref)
        except StoreUnavailable:
            raise
        except (NoSuchCase, Unreadable) as why:
            self._stays_due(ref, why=str(why))
        except Exception as error:  # noqa: BLE001 - whatever it is, the other cases are decided
            self._stays_due(ref, **told(error))
        else:
            return True
        return False

    def _stays_due(self, ref: str, **said: str) -> None:
        """So its lease runs out and it comes again; the watchdog names it where that lasts."""
        self._metrics.count(Metric.RECHECK_FAILED)
        log.error("recheck failed", ref=ref, **said)
