"""How soon one of Slack's methods may be asked again: at its own pace, or when a 429 says."""

from slack_sdk.errors import SlackApiError

from bot.slack.slack_chat import wait_asked
from bot.time import LONGEST_WAIT, MachineClock, is_ahead


class AskingPace:
    def __init__(self, machine: MachineClock, gap: float = 0.0) -> None:
        """`gap`: machine seconds from one question to the next."""
        self._machine = machine
        self._gap = gap
        self._until = float("-inf")

    @property
    def is_open(self) -> bool:
        return not is_ahead(self._until, self._machine.seconds())

    def asked(self, *, in_haste: bool = False) -> None:
        self._until = self._machine.seconds() + (0.0 if in_haste else self._gap)

    def hold(self, error: Exception) -> bool:
        """Whether Slack asks to wait; then it is waited, a minute at most at a time."""
        wait = wait_asked(error) if isinstance(error, SlackApiError) else None
        if wait is None:
            return False
        self._until = self._machine.seconds() + min(wait, LONGEST_WAIT)
        return True


def trouble_of(error: Exception) -> str:
    """Slack's own word, or the kind of error."""
    code = str(error.response.get("error", "")) if isinstance(error, SlackApiError) else ""
    return code if code and " " not in code else type(error).__name__  # slack_sdk says in a sentence: no JSON
