"""The re-checks: what is due on this case now?"""

from collections.abc import Iterable

import structlog

from bot.desk import Desk, NoSuchCase
from bot.ports import Metrics

log = structlog.get_logger()


class Rechecks:
    def __init__(self, desk: Desk, metrics: Metrics) -> None:
        self._desk = desk
        self._metrics = metrics

    def recheck_all(self, refs: Iterable[str], who: str) -> None:
        """Counts each under who did it: `recheck_by_worker`, `recheck_by_timer`."""
        for ref in refs:
            if self._recheck(ref):
                self._metrics.count(f"recheck_by_{who}")

    def _recheck(self, ref: str) -> bool:
        """One case that cannot be decided must not keep the others of its batch from being decided."""
        try:
            self._desk.recheck(ref)
        except NoSuchCase:
            log.error("a wake-up for no case", ref=ref)
        except Exception:
            # It stays due, so its lease runs out and it comes again, and the count of overdue cases tells.
            self._metrics.count("recheck_failed")
            log.exception("recheck failed", ref=ref)
            return False
        return True
