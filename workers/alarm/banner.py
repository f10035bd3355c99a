"""The watchdog's posts in the FIM channel. No outbox carries them: it lies in the record, which may be away."""

from bot.slack_chat import ChatError, SlackChat
from bot.time import MachineClock
from bot.views.message import Message

_LOOKS_BACK = (
    600.0  # seconds before now in which a post of another bot's, or of ours with a lost answer, may lie
)


class Banner:
    def __init__(self, chat: SlackChat, channel: str, machine: MachineClock) -> None:
        self._chat = chat
        self._channel = channel
        self._machine = machine

    def find(self, key: str) -> str | None:
        """The `ts` of the post with this key. Raises ChatError."""
        return self._chat.find(self._channel, self._machine.seconds() - _LOOKS_BACK).get(key)

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
