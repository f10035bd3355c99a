"""Replies to texts: the code that a person was sent, from a number known to be theirs, acknowledges as that person,
at the same desk as a press. Anything else is answered with what to do.

Read by polling, newest first, so the same reply is seen for a week. Each is taken under a lease and ticked off once
it is answered: whoever dies in between leaves it to the next. Nothing is done twice then: the desk is asked only for
a page that still waits, and an answer has a name under which the service is asked for it before it is sent again.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import structlog

from bot.desk import Desk
from bot.ports.metrics import Metric
from bot.ports.stores import Stores
from bot.ports.texts import ReplyTurn
from bot.time import MachineClock
from bot.views.screen import Setting
from workers.ways_out import reply_words
from workers.ways_out.code_answers import CodeAnswers
from workers.ways_out.letters import sent_at
from workers.ways_out.notify_api import LONGEST, NotifyApi, NotifyAway, NotifyRefused, ReceivedText
from workers.ways_out.numbers import BadNumber, uk_mobile

log = structlog.get_logger()

_LEASE = 30.0  # machine seconds: longer than a reply may take
_STRANGERS_WITHIN = 3600.0  # seconds: to whoever wrote before that, an answer says nothing any more
_KNOWN_WITHIN = 86_400.0
_NOT_AGAIN = 600.0  # seconds for which the same is not said again to one number
_NOT_AGAIN_TO_STRANGERS = 86_400.0


class Replies:
    def __init__(
        self,
        api: NotifyApi,
        template: str,
        phones: Mapping[str, str],
        stores: Stores,
        desk: Desk,
        setting: Setting,
        now: Callable[[], datetime],
        machine: MachineClock,
    ) -> None:
        """`phones`: number (E.164) → person. `now` is case time."""
        self._api = api
        self._template = template
        self._phones = phones
        self._stores = stores
        self._codes = CodeAnswers(stores, desk, setting, now)
        self._setting = setting
        self._now = now
        self._machine = machine
        self._ticked: set[str] = set()  # what was seen to be done: asked of the record once

    def look(self) -> None:
        """Deals with what came since, the oldest first. Raises NotifyRefused, NotifyAway and StoreUnavailable."""
        for text in self._new():
            turn = self._stores.texts.take(text.id, self._machine.seconds(), _LEASE)
            if turn is ReplyTurn.DONE:
                self._ticked.add(text.id)
            elif turn is not ReplyTurn.THEIRS:
                self._deal_with(text, again=turn is ReplyTurn.AGAIN)

    def _new(self) -> list[ReceivedText]:
        """As far back as a page on which all was dealt with."""
        found: list[ReceivedText] = []
        shown: set[str] = set()
        for page in self._api.received():
            shown |= {text.id for text in page}
            fresh = [text for text in page if text.id not in self._ticked]
            found += fresh
            if not fresh:
                break
        self._ticked &= shown
        return sorted(found, key=lambda text: text.at)

    def _deal_with(self, text: ReceivedText, *, again: bool) -> None:
        number = _number(text)
        said, not_again = self._said(text, number)
        words = "\n".join(said)
        if said and not self._was_said(number, words, not_again):
            if not self._sent(text, number, said, again=again):
                return  # its lease runs out, and it is answered then
            self._stores.texts.note_said(number, words, self._machine.seconds())
        self._stores.texts.done(text.id)
        self._ticked.add(text.id)

    def _was_said(self, number: str, words: str, within: float) -> bool:
        return self._stores.texts.said_before(number, words, self._machine.seconds(), within)

    def _said(self, text: ReceivedText, number: str) -> tuple[list[str], float]:
        """The answer, empty where it would only puzzle; and for how long it is not said again."""
        person = self._phones.get(number)
        age = self._machine.seconds() - text.at.timestamp()
        self._stores.metrics.count(Metric.REPLIES if person else Metric.REPLIES_FOREIGN)
        if person is None:
            log.warning("a text from a number that is nobody's here")
            answers = bool(number) and age < _STRANGERS_WITHIN
            return [reply_words.FOREIGN] if answers else [], _NOT_AGAIN_TO_STRANGERS
        actor = self._setting.directory.actor(person)
        if age > _KNOWN_WITHIN:
            log.warning("a reply is too old to be answered", person=person)
            return [], _NOT_AGAIN
        if actor is None:
            return [reply_words.NO_MORE], _NOT_AGAIN
        return self._codes.answers(text.content, actor), _NOT_AGAIN

    def _sent(self, text: ReceivedText, number: str, said: Sequence[str], *, again: bool) -> bool:
        """Whether nothing more is to be done about it."""
        name = f"answer-{text.id}"
        message = reply_words.marked(said, sent_at(self._setting.at(self._now())), LONGEST)
        try:
            if again and self._api.find(name):
                return True
            self._api.send_text(number, message, template=self._template, reference=name)
        except NotifyAway:
            return False
        except NotifyRefused as no:
            log.error("a reply could not be answered", why=str(no))
            return no.is_final
        return True


def _number(text: ReceivedText) -> str:
    """ "" where it is no number that could be answered: a network's own, or a name."""
    try:
        return uk_mobile(f"+{text.number.lstrip('+')}")
    except BadNumber:
        return ""
