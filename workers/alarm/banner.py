"""The watchdog's posts in the FIM channel. No outbox carries them: it lies in the record, which may be away."""

import structlog

from bot.late_edits import ON_ITS_WAY
from bot.slack.slack_chat import LOOKS_BACK, ChatError, PostDeclined, SlackChat
from bot.time import MachineClock, has_passed
from bot.views.message import Message

log = structlog.get_logger()


def over(trouble: str) -> str:
    """The key of the word that it is over."""
    return f"{trouble}:over"


def is_of(key: str, trouble: str) -> bool:
    return key == trouble or key.startswith(f"{trouble}:")


def _ends(key: str) -> bool:
    return key.endswith(":over")


class Banner:
    def __init__(self, chat: SlackChat, channel: str, machine: MachineClock) -> None:
        self._chat = chat
        self._channel = channel
        self._machine = machine
        self._again: dict[str, tuple[float, Message]] = {}  # `ts` → since when, and what is to stand there

    def find(self, key: str, trouble: str) -> str | None:
        """The `ts` of the post with this key about the trouble as it is now: one of the same name may have been and
        gone a moment ago. Raises ChatError."""
        posts = self._chat.find(self._channel, self._machine.seconds() - LOOKS_BACK)
        opposite = [ts for other, ts in posts.items() if is_of(other, trouble) and _ends(other) != _ends(key)]
        ts = posts.get(key)
        return None if ts is None or any(float(other) > float(ts) for other in opposite) else ts

    def post(self, key: str, message: Message) -> str:
        """Raises ChatError; then nobody knows, and `find` does."""
        return self._chat.post(self._channel, message, key)

    def redraw(self, ts: str, message: Message) -> bool:
        """False where Slack did not do it now: it is done in half a minute. So it is where an older drawing may come
        late."""
        try:
            self._chat.edit(self._channel, ts, message)
        except PostDeclined as no:
            self._again.pop(ts, None)
            log.error("banner left as it is", code=no.code)
            return no.is_gone
        except ChatError:
            self._again[ts] = self._machine.seconds(), message
            return False
        if ts in self._again:
            self._again[ts] = self._again[ts][0], message
        return True

    def turn(self) -> None:
        """Each second."""
        now = self._machine.seconds()
        for ts, (since, message) in list(self._again.items()):
            if has_passed(ON_ITS_WAY, since, now):
                del self._again[ts]
                self.redraw(ts, message)
