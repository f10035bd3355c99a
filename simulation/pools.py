"""Pools of a process without threads: what is handed in is a task of its own, and whoever waits for it gives way."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

from slack_bolt import Ack, BoltResponse

from bot.pools import Pools
from simulation.asked import Request
from simulation.schedule import Life, Schedule, Task

T = TypeVar("T")
# Whoever asks these by concurrent.futures.wait cannot give way: they are done before they are waited for.
_INLINE = frozenset({"way-out"})
_ANSWERS = "answer"  # Bolt's own: it looks at the clock until the listener has acknowledged


class HeardAck(Ack):
    """Bolt's acknowledgement, that says when it is made."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Bolt's
        self.heard: Callable[[], None] = lambda: None

    def __call__(self, *args: Any, **kwargs: Any) -> BoltResponse:
        made = super().__call__(*args, **kwargs)
        self.heard()
        return made


class Answer(Future[T]):
    def __init__(self, schedule: Schedule) -> None:
        super().__init__()
        self._schedule = schedule
        self._waits: list[Task] = []

    def result(self, timeout: float | None = None) -> T:
        """In virtual seconds. Raises TimeoutError."""
        if not self.done():
            self.wait(timeout)
            self._note_silence()
        return super().result(0)

    def _note_silence(self) -> None:
        request = self._schedule.running.request
        if not self.done() and isinstance(request, Request):
            request.failed = True

    def wait(self, timeout: float | None) -> None:
        self._waits.append(self._schedule.running)
        if timeout is None:
            self._schedule.wait()
        else:
            self._schedule.sleep(timeout)

    def known(self) -> None:
        for task in self._waits:
            if not task.is_done and not self._schedule.is_running(task):
                self._schedule.put(task, self._schedule.now)
        self._waits.clear()


class Pool(Executor):
    def __init__(self, schedule: Schedule, life: Life, name: str) -> None:
        self._schedule = schedule
        self._life = life
        self._name = name

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        answer: Answer[T] = Answer(self._schedule)

        def work() -> None:
            try:
                answer.set_result(fn(*args, **kwargs))
            except Exception as error:  # noqa: BLE001 - it is raised where the answer is asked for
                answer.set_exception(error)
            answer.known()

        if self._name in _INLINE:
            work()
            return answer
        self._schedule.spawn(self._life, self._name, work)
        if self._name == _ANSWERS:
            self._until_acknowledged(answer)
        return answer

    def _until_acknowledged(self, answer: Answer[T]) -> None:
        """Whoever dispatches goes on as soon as it may answer Slack; the listener goes on beside it."""
        ack = self._schedule.running.ack
        assert isinstance(ack, HeardAck), "a request is dispatched with one"
        ack.heard = answer.known
        if ack.response is None and not answer.done():
            answer.wait(None)


def pools_of(schedule: Schedule, life: Life) -> Pools:
    return lambda _, name: Pool(schedule, life, name)
