"""What is wrong with a place, told in Slack to who can ring: in the cases channel, or else in the FIM's."""

from collections.abc import Sequence
from uuid import uuid4

import structlog

from bot.slack.slack_chat import LOOKS_BACK, ChatError, SlackChat
from bot.time import MachineClock
from bot.views.cards import undelivered
from workers.ways_out.ways import Sent

log = structlog.get_logger()


class ChannelNotices:
    """As `Matters` sends: whoever of several bots may tell it is decided there."""

    def __init__(self, chat: SlackChat, channels: Sequence[str], machine: MachineClock) -> None:
        """`channels`: the one that is told, then those that are where it takes nothing."""
        self._chat = chat
        self._channels = channels
        self._machine = machine
        self._tried: dict[str, str] = {}  # what was tried and is not known to stand there → its key

    def send(self, _to: str, _title: str, said: str) -> Sent:
        for channel in dict.fromkeys(self._channels):
            try:
                self._post(channel, said)
            except ChatError as no:
                log.warning("a notice is not taken", channel=channel, why=str(no))
            else:
                self._tried.pop(said, None)
                return Sent(taken=("Slack",))
        return Sent(failed=("Slack",))

    def _post(self, channel: str, said: str) -> None:
        """Looked for before it is posted again: an answer may have got lost."""
        key = self._tried.get(said)
        if key and key in self._chat.find(channel, self._machine.seconds() - LOOKS_BACK):
            return
        key = self._tried.setdefault(said, f"notice:{uuid4().hex}")
        self._chat.post(channel, undelivered.notice(said), key)
