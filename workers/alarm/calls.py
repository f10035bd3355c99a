"""The watchdog's calls beside Slack, to the FIM and to the technician, in threads: a slow mail server holds up no
banner."""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from bot.domain.people import Role
from bot.views import words
from bot.views.blocks import MARKING
from bot.views.message import Message
from bot.views.screen import Screen
from workers.ways_out.ways import Sent, Ways

TECHNICIAN = "technician"


class Calls:
    def __init__(self, ways: Ways) -> None:
        self._ways = ways
        self._pool = ThreadPoolExecutor(4, "call")

    def make(self, message: Message) -> "Call":
        """What a locked phone shows of the post, to everybody who is to know; returns at once."""
        title, body = message.text.partition(". ")[0], f"{message.text}\n{MARKING}"
        fim = self._ways.of(Role.FIM)
        recipients = [*([fim] if fim else []), *([TECHNICIAN] if fim != TECHNICIAN else [])]
        asked = {to: self._pool.submit(self._ways.send, to, title, body) for to in recipients}
        return Call(asked)


class Call:
    """One call, on its way or done."""

    def __init__(self, asked: Mapping[str, "Future[Sent]"]) -> None:
        self._asked = asked

    @property
    def is_over(self) -> bool:
        return all(answer.done() for answer in self._asked.values())

    def outcome(self, at: datetime, screen: Screen) -> tuple[str, ...]:
        """A sentence for what was really sent, and one for what was not; none where no way is set up."""
        sent = {to: answer.result() for to, answer in self._asked.items()}
        taken = [f"{way} to {_named(to)}" for to, ways in sent.items() for way in ways.taken]
        failed = [f"{way} to {_named(to)}" for to, ways in sent.items() for way in ways.failed]
        said = [f"{words.sentence(', '.join(taken))} sent {screen.time(at)}."] if taken else []
        not_sent = [f"{words.sentence(', '.join(failed))} did NOT work. Ring them."] if failed else []
        return (*said, *not_sent)


def _named(recipient: str) -> str:
    return words.ROLES[Role(recipient)] if recipient in set(Role) else recipient
