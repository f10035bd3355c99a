"""A text by GOV.UK Notify to one person, who can answer it."""

from collections.abc import Callable

from msgspec import Struct

from bot.ports.ways_tried import WayAnswer
from workers.ways_out.channel import Attempt, BadWay, Letter
from workers.ways_out.notify_api import LONGEST, NotifyApi, NotifyAway, NotifyRefused
from workers.ways_out.numbers import BadNumber, spoken, uk_mobile

SCHEME = "notify"


class NotifyChannel(Struct, frozen=True):
    number: str
    api: NotifyApi
    template: str
    sender: str = ""

    @property
    def asks(self) -> str:
        return f"GOV.UK Notify for {spoken(self.number)}"

    def send(self, letter: Letter) -> Attempt:
        try:
            found = self.api.find(letter.name) if letter.in_doubt and letter.name else None
            return _taken(found or self._sent(letter))
        except NotifyRefused as no:
            return Attempt(answer=WayAnswer.REFUSED, said=str(no), is_final=no.is_final)
        except NotifyAway:
            return self._looked_for(letter)

    def _sent(self, letter: Letter) -> str:
        says_it = letter.body.startswith(letter.title)
        message = letter.body if says_it else f"{letter.title}\n{letter.body}"
        return self.api.send_text(
            self.number,
            message[:LONGEST],
            template=self.template,
            reference=letter.name,
            sender=self.sender,
        )

    def _looked_for(self, letter: Letter) -> Attempt:
        """It did not answer, and may have taken it all the same: then it is not sent again."""
        silent = Attempt(answer=WayAnswer.SILENT, said="GOV.UK Notify does not answer")
        try:
            found = self.api.find(letter.name) if letter.name else None
        except (NotifyRefused, NotifyAway):
            return silent
        return _taken(found) if found else silent


def _taken(receipt: str) -> Attempt:
    return Attempt(answer=WayAnswer.TAKEN, receipt=receipt)


def by_notify(api: NotifyApi, template: str, sender: str) -> Callable[[str, str], list[NotifyChannel]]:
    """What makes a channel of `notify://07700900124`. Raises BadWay."""

    def made(whose: str, url: str) -> list[NotifyChannel]:
        try:
            number = uk_mobile(url.strip().partition("://")[2].strip("/"))
        except BadNumber as bad:
            raise BadWay(f"the number of {whose} {bad}. One number a way: notify://07700900124") from None
        return [NotifyChannel(number, api, template, sender)]

    return made


def not_set_up(whose: str, _url: str) -> list[NotifyChannel]:
    raise BadWay(f"{whose} is a text by GOV.UK Notify: set MISSING_NOTIFY__KEY and MISSING_NOTIFY__TEMPLATE")
