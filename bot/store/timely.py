"""Connections that begin nothing for somebody who waits no longer, and wait for no answer past then."""

from typing import Any

from redis.exceptions import RedisError

from bot.deadline import current


class TooLate(RedisError):
    """Whoever asked was told that there was no answer in time; so it is not asked any more. Not tried again."""


def timely(kind: type[Any]) -> type[Any]:
    """A kind of redis-py's connections (over TCP, TLS or a socket file) that keeps to `bot.deadline`."""

    class Timely(kind):  # type: ignore[misc]  # whichever kind the address calls for
        def send_packed_command(self, command: Any, check_health: bool = True) -> None:
            deadline = current()
            if deadline and not deadline.left():
                raise TooLate("not asked: nobody waits for the answer any more")
            super().send_packed_command(command, check_health)

        def read_response(self, *args: Any, **how: Any) -> Any:
            deadline = current()
            if deadline and "timeout" not in how:
                how["timeout"] = min(deadline.left() or 0.001, self.socket_timeout or deadline.left())
            return super().read_response(*args, **how)

    return Timely
