"""Replies to texts: the code that a person was sent, from a number known to be theirs, acknowledges as that person,
at the same desk as a press. Anything else is answered with what to do.

Read by polling, newest first, so the same reply is seen for a week. Each is taken under a lease and ticked off once
it is answered: whoever dies in between leaves it to the next. Nothing is done twice then: the desk is asked only for
a page that still waits, and an answer has a name under which the service is asked for it before it is sent again.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import structlog

from bot.desk import Desk, NoSuchCase
from bot.domain.case import Case, Status
from bot.domain.commands import Acknowledge, Command
from bot.domain.events import Acknowledged, PageLine
from bot.domain.people import Actor
from bot.ports.errors import Conflict, Unreadable
from bot.ports.notes import Metric
from bot.ports.stores import Stores
from bot.ports.texts import BY_TEXT, Pages, ReplyTurn, TextedPage
from bot.time import MachineClock
from bot.views.screen import Screen, Setting
from bot.views.wording import refusal_words
from workers.ways_out import reply_words
from workers.ways_out.leaving import lines_of, stands
from workers.ways_out.letters import sent_at
from workers.ways_out.notify_api import NotifyApi, NotifyAway, NotifyRefused, ReceivedText
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
        self._desk = desk
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
        return self._answers(text, actor), _NOT_AGAIN

    def _answers(self, text: ReceivedText, actor: Actor) -> list[str]:
        known = self._stores.texts.codes(actor.id)
        codes = reply_words.codes_in(text.content)
        if not codes:
            return [reply_words.not_understood(self._waiting(known))]
        said: list[str] = []
        for code in codes:
            if code in known:
                said += [self._acknowledge(page, actor) for page in known[code]]
            else:
                said.append(reply_words.no_such_code(code, self._waiting(known)))
        return said

    def _waiting(self, known: Mapping[int, Pages]) -> dict[int, list[str]]:
        """Code → references, of the pages that still wait; the newest code of each case."""
        found = {code: [page.ref for page in pages if self._waits(page)] for code, pages in known.items()}
        return {code: list(dict.fromkeys(refs)) for code, refs in found.items() if refs}

    def _waits(self, page: TextedPage) -> bool:
        try:
            case = self._stores.cases.load(page.ref)
            return case is not None and bool(self._standing(page, case))
        except Unreadable:
            return False

    def _standing(self, page: TextedPage, case: Case) -> Sequence[PageLine]:
        return [line for line in lines_of(page, self._stores.cases.entries(page.ref)) if stands(case, line)]

    def _acknowledge(self, page: TextedPage, actor: Actor) -> str:
        """Only what still waits is asked of the desk, in the same write: a reply read twice finds it answered."""

        def wishes(case: Case) -> Sequence[Command]:
            return [Acknowledge()] if self._standing(page, case) else []

        try:
            done, refused = self._desk.handle_in_turn(page.ref, wishes, actor, BY_TEXT)
        except (NoSuchCase, Unreadable, Conflict) as why:
            log.error("a reply could not be taken to its case", case=page.ref, why=type(why).__name__)
            return reply_words.CANNOT_READ.format(ref=page.ref)
        screen = self._setting.at(self._now())
        if refused is not None:
            command, no = refused
            why_not = refusal_words.sentence(no, refusal_words.Wish(command, actor.id), done.case, screen)
            return reply_words.refused(page.ref, why_not)
        return self._stands_now(page, done.case, actor, screen)

    def _stands_now(self, page: TextedPage, case: Case, actor: Actor, screen: Screen) -> str:
        """From the record alone: the same words, however often the reply is read."""
        known = self._known(page)
        if known is not None:
            by, at, until = known
            if by == actor.id:
                return reply_words.acknowledged(page.ref, screen.time(at), screen.time(until))
            return reply_words.by_another(page.ref, screen.directory.name(by), screen.time(at))
        if case.status is Status.CLOSED:
            return reply_words.closed(page.ref)
        return reply_words.over(page.ref)

    def _known(self, page: TextedPage) -> tuple[str, datetime, datetime] | None:
        """Who acknowledged that page first, when, and until when it is quiet."""
        entries = self._stores.cases.entries(page.ref)
        clocks = {line.clock for line in lines_of(page, entries)}
        for entry in entries[page.page :]:
            if isinstance(entry.event, Acknowledged) and clocks & set(entry.event.clocks):
                return entry.by, entry.at, entry.event.until
        return None

    def _sent(self, text: ReceivedText, number: str, said: Sequence[str], *, again: bool) -> bool:
        """Whether nothing more is to be done about it."""
        name = f"answer-{text.id}"
        message = reply_words.marked(said, sent_at(self._setting.at(self._now())))
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
