"""A desk that notes, for whoever asked, that it was asked and what it said."""

from collections.abc import Callable
from typing import Any

from bot.desk import Desk
from bot.duty_desk import DutyDesk
from simulation.asked import Request
from simulation.schedule import Schedule

_DECIDES = frozenset({"report", "handle", "handle_in_turn"})


class Watched:
    def __init__(self, desk: Desk | DutyDesk, schedule: Schedule) -> None:
        self._desk = desk
        self._schedule = schedule

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self._desk, name)
        return self._noted(asked) if name in _DECIDES else asked

    def _noted(self, asked: Callable[..., Any]) -> Callable[..., Any]:
        def decided(*args: Any, **kwargs: Any) -> Any:
            request = self._schedule.running.request
            said = "failed"
            try:
                done = asked(*args, **kwargs)
                said = "done"
                return done
            except Exception as no:
                said = type(no).__name__
                raise
            finally:
                if isinstance(request, Request):
                    request.decided.append(said)

        return decided
