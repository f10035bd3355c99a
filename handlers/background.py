"""What is shown after Slack was answered: on threads of its own, so that slow shows hold up no answer."""

from collections.abc import Callable

import structlog

from bot.deadline import request_at_hand
from bot.pools import Pools

log = structlog.get_logger()

_AT_ONCE = 16


class BackgroundTasks:
    def __init__(
        self,
        pools: Pools,
        at_once: int = _AT_ONCE,
        name: str = "show",
        gives_way: Callable[[], None] = lambda: None,
    ) -> None:
        """`gives_way`: waits until nothing is in hand that comes first."""
        self._pool = pools(at_once, name)
        self._gives_way = gives_way

    def do(self, what: str, show: Callable[[], object]) -> None:
        """`what` names it in the log, where it fails: what failed is a picture, the record has the step."""
        request = request_at_hand()

        def shown() -> None:
            self._gives_way()
            try:
                show()
            except Exception as error:  # noqa: BLE001 - nobody else would hear of it
                log.warning(
                    "not shown", what=what, error=type(error).__name__, code=code_of(error), request=request
                )

        self._pool.submit(shown)

    def close(self) -> None:
        """Finishes what is in hand, begins nothing more."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def code_of(error: Exception) -> str:
    """Slack's own word for it; never the message, which may repeat what somebody typed."""
    response = getattr(error, "response", None)
    found = response.get("error", "") if response is not None and hasattr(response, "get") else ""
    return str(found)
