"""What a form that was submitted is answered with stays there: no redraw that was begun before comes after it.

Whatever redraws a view takes away the sentences under its fields, and with them why it was not saved.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

_REMEMBERED = 500
_AT_MOST = 1.0  # seconds for which an answer waits for a redraw that is on its way


class SubmittedViews:
    def __init__(self) -> None:
        self._changed = Condition()
        self._times: OrderedDict[str, int] = OrderedDict()
        self._drawn: Counter[str] = Counter()  # redraws on their way to Slack

    def note(self, view_id: str) -> None:
        """Before it is answered. Returns once no redraw is on its way, or after a moment at the latest."""
        with self._changed:
            self._times[view_id] = self._times.pop(view_id, 0) + 1
            while len(self._times) > _REMEMBERED:
                self._times.popitem(last=False)
            self._changed.wait_for(lambda: not self._drawn[view_id], _AT_MOST)

    def times(self, view_id: str) -> int:
        with self._changed:
            return self._times.get(view_id, 0)

    @contextmanager
    def redraws(self, view_id: str, submitted: int) -> Iterator[bool]:
        """Whether it may still be redrawn by whoever knew of so many submissions: within the block."""
        with self._changed:
            may = self._times.get(view_id, 0) == submitted
            self._drawn[view_id] += may
        try:
            yield may
        finally:
            with self._changed:
                self._drawn[view_id] -= may
                if not self._drawn[view_id]:
                    del self._drawn[view_id]
                self._changed.notify_all()
