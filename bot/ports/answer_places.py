"""Where an answer about a case may be posted, as last heard of Slack."""

from typing import Protocol

from bot.domain.safe_places import Safety


class AnswerPlaces(Protocol):
    def may_answer_in(self, channel: str) -> bool:
        """Whether an answer about a case may be posted here: in direct messages with the bot, and in a configured
        channel that is private to the force. Anywhere else it is given privately, to whoever may read."""

    def safety(self, channel: str) -> Safety:
        """Of any channel that Slack was asked about: a configured one, or the board's."""

    def refused(self, channel: str) -> str:
        """Slack's word, where it lets the bot into it no more; "" where it does, or where nobody asked."""
