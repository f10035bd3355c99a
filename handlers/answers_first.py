"""Slack waits three seconds for an answer, and whoever looks at a view waits a moment: answers come first.

One interpreter does both, and drawing a case is ten times the work of an answer. So what is only shown begins once no
request is in hand, or after a moment at the latest.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, get_ident

_AT_MOST = 0.2  # seconds for which a show gives way: its trigger lives for three


class AnswersFirst:
    def __init__(self) -> None:
        self._changed = Condition()
        self._in_hand: Counter[int] = Counter()  # thread → requests

    @contextmanager
    def answering(self) -> Iterator[None]:
        """A request is in hand, on this thread."""
        me = get_ident()
        with self._changed:
            self._in_hand[me] += 1
        try:
            yield
        finally:
            with self._changed:
                self._in_hand[me] -= 1
                if not self._in_hand[me]:
                    del self._in_hand[me]
                    self._changed.notify_all()

    def give_way(self) -> None:
        """To what other threads have in hand: whoever does everything on one waits for nobody."""
        me = get_ident()
        with self._changed:
            self._changed.wait_for(lambda: not self._in_hand.keys() - {me}, _AT_MOST)
