"""The watchdog's posts in the FIM channel. No outbox carries them: it lies in the record, which may be away."""

from bot.slack.slack_chat import ChatError, SlackChat
from bot.time import MachineClock
from bot.views.message import Message

_LOOKS_BACK = (
    600.0  # seconds before now in which a post of another bot's, or of ours with a lost answer, may lie
)


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

    def find(self, key: str, trouble: str) -> str | None:
        """The `ts` of the post with this key about the trouble as it is now: one of the same name may have been and
        gone a moment ago. Raises ChatError."""
        posts = self._chat.find(self._channel, self._machine.seconds() - _LOOKS_BACK)
        opposite = [ts for other, ts in posts.items() if is_of(other, trouble) and _ends(other) != _ends(key)]
        ts = posts.get(key)
        return None if ts is None or any(float(other) > float(ts) for other in opposite) else ts

    def post(self, key: str, message: Message) -> str:
        """Raises ChatError; then nobody knows, and `find` does."""
        return self._chat.post(self._channel, message, key)

    def redraw(self, ts: str, message: Message) -> bool:
        """False where Slack did not do it now."""
        try:
            self._chat.edit(self._channel, ts, message)
        except ChatError:
            return False
        return True
