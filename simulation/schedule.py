"""Virtual time, and who runs when: tasks that give way at each call to the outside, taken up again as a seed says.

A task is a greenlet: the product's own code runs in it unchanged, and stops in the middle of it.
"""

from collections import deque
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count
from random import Random

from greenlet import getcurrent, greenlet

Work = Callable[[], object]


class Killed(BaseException):
    """Its process is no more. Nothing of ours catches it, and nothing that is called while it unwinds has an effect."""


class Life:
    """Of one process: it ends once, and stands still for as long as it is stopped."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_over = False
        self.stopped_until = 0.0  # seconds
        self.tasks: list[Task] = []


class Task:
    def __init__(self, life: Life, name: str, work: Work) -> None:
        self.life = life
        self.name = name
        self.is_done = False
        self.is_resting = False  # it looks again sooner where something happens
        self.ticket = -1  # of its place in the queue; an older one is void
        self.at = 0.0
        self.request: object = None  # of the person on whose behalf it runs
        self.ack: object = None  # where it dispatches a request
        self.sending: tuple[str, ...] = ()  # rows that its next post brings
        self.readings: deque[float] = deque(maxlen=40)  # what its machine's clock has shown it
        self.looked_at = 0.0  # when it last asked a channel what is there
        self.fiber = greenlet(self._run)
        self._work = work

    def _run(self) -> None:
        try:
            self._work()
        except Killed:
            pass
        finally:
            self.is_done = True
            if self in self.life.tasks:
                self.life.tasks.remove(self)


class Schedule:
    def __init__(self, chance: Random, start: float) -> None:
        """`start`: seconds since 1970."""
        self.now = start
        self._chance = chance
        self._queue: list[tuple[float, float, int, Task]] = []
        self._tickets = count()
        self._home = getcurrent()
        self._running: Task | None = None

    @property
    def running(self) -> Task:
        assert self._running is not None, "called from within a task"
        return self._running

    def seconds(self) -> float:
        return self.now

    def spawn(self, life: Life, name: str, work: Work, after: float = 0.0) -> Task:
        """What a request asks for is done on its behalf."""
        task = Task(life, name, work)
        task.request = self._running.request if self._running else None
        life.tasks.append(task)
        self.put(task, self.now + after)
        return task

    def put(self, task: Task, at: float) -> None:
        """Instead of wherever it stood in the queue."""
        task.ticket, task.at = next(self._tickets), at
        heappush(self._queue, (at, self._chance.random(), task.ticket, task))

    def clock_read(self, seconds: float) -> None:
        if self._running is not None:
            self._running.readings.append(seconds)

    def needs_life(self, life: Life) -> None:
        """Raises Killed where it is over: what is called while it unwinds has no effect."""
        if life.is_over:
            raise Killed

    def is_running(self, task: Task) -> bool:
        return task is self._running

    def sleep(self, seconds: float) -> None:
        """Of the running task: others run meanwhile. Raises Killed."""
        self.needs_life(self.running.life)
        self.put(self.running, self.now + seconds)
        self.wait()

    def wait(self) -> None:
        """Until somebody puts it into the queue again. Raises Killed."""
        life = self.running.life
        self.needs_life(life)
        self._home.switch()
        self.needs_life(life)

    def hurry(self, soon: Callable[[], float]) -> None:
        """Whoever rests looks again within so many seconds."""
        for _, _, ticket, task in list(self._queue):
            if task.is_resting and ticket == task.ticket and task.at > self.now + 1.0:
                self.put(task, self.now + soon())

    def kill(self, life: Life) -> None:
        """At once, wherever its tasks stand. Raises Killed where it is the running task's own."""
        life.is_over = True
        running = self._running
        for task in list(life.tasks):
            if task is not running and not task.is_done:
                task.ticket = -1
                self._unwind(task)
        if running is not None and running.life is life:
            raise Killed

    def _unwind(self, task: Task) -> None:
        """What it holds open is closed without effect: that is how it is as if it had never been."""
        if not task.fiber:  # not begun
            task.is_done = True
            task.life.tasks.remove(task)
            return
        running, self._running = self._running, task
        task.fiber.parent = getcurrent()
        task.fiber.throw(Killed)
        self._running = running

    def run_until(self, end: float) -> None:
        while self._queue and self._queue[0][0] <= end:
            at, _, ticket, task = heappop(self._queue)
            if ticket != task.ticket or task.is_done:
                continue
            if task.life.stopped_until > at:
                self.put(task, task.life.stopped_until)
                continue
            self.now = max(self.now, at)
            self._take_up(task)
        self.now = max(self.now, end)

    def _take_up(self, task: Task) -> None:
        task.ticket = -1
        self._running = task
        task.fiber.parent = self._home
        task.fiber.switch()
        self._running = None
