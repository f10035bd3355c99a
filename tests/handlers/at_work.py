"""What a bot does after its answers, on threads of its own: whether any of it is still under way."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from sandbox.client import Workspace
from tests.waiting import until


class PoolsAtWork:
    """Pools of threads that know whether anything is under way in any of them."""

    def __init__(self) -> None:
        self._under_way: set[Future[Any]] = set()

    def __call__(self, at_once: int, name: str) -> ThreadPoolExecutor:
        return _Counted(self._under_way, at_once, name)

    @property
    def are_idle(self) -> bool:
        return all(each.done() for each in tuple(self._under_way))


class _Counted(ThreadPoolExecutor):
    def __init__(self, under_way: set[Future[Any]], at_once: int, name: str) -> None:
        super().__init__(at_once, name)
        self._under_way = under_way

    def submit(self, *given: Any, **more: Any) -> Future[Any]:
        work = super().submit(*given, **more)
        self._under_way.add(work)
        work.add_done_callback(self._under_way.discard)
        return work


def settle(workspace: Workspace, pools: PoolsAtWork) -> None:
    """Slack has every answer, and all that follows those is done: what is not there by now does not come any more."""

    def is_quiet() -> bool:
        seen = workspace.info
        return seen["waiting"] == 0 and pools.are_idle and workspace.info["changes"] == seen["changes"]

    until("what was sent is answered, and all that follows the answers is done", is_quiet)
