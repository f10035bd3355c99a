"""What only the technician can mend, told beside Slack: once, by one of several bots, and each half hour again."""

from collections.abc import Callable, Mapping

from bot.ports import Requests
from bot.time import MachineClock, is_ahead
from workers.alarm.calls import TECHNICIAN
from workers.ways_out.ways import Sent

_AGAIN = 60.0  # machine seconds after which a call that no way took is made again


class Matters:
    def __init__(
        self,
        found: Callable[[], Mapping[str, str]],
        requests: Requests,
        send: Callable[[str, str, str], Sent],
        machine: MachineClock,
        *,
        remind: float,
    ) -> None:
        """`found`: a name of each matter that stands now, and a sentence that says what to do. `remind`: machine
        seconds."""
        self._found = found
        self._requests = requests
        self._send = send
        self._machine = machine
        self._remind = remind
        self._not_before: dict[str, float] = {}

    def look(self) -> None:
        """Raises RedisError."""
        now = self._machine.seconds()
        for name, said in self._found().items():
            if not is_ahead(self._not_before.get(name, 0.0), now):
                self._not_before[name] = now + _AGAIN
                self._tell(f"matter:{name}:{int(now // self._remind)}", said, now)

    def _tell(self, claim: str, said: str, now: float) -> None:
        if self._requests.seen_before(claim, int(now * 1000)):
            return
        sent = self._send(TECHNICIAN, "missing-bot: please mend", said)
        if sent.failed and not sent.taken:
            self._requests.forget(claim)
