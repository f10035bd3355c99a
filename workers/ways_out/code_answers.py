"""What a reply of somebody known does and is told: a code acknowledges what was texted under it, at the same desk as a
press; anything else is answered with what to do."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import structlog

from bot.desk import Desk, Done, NoSuchCase
from bot.domain.case import Case, Status
from bot.domain.commands import Acknowledge, Command
from bot.domain.door.ownership_rules import paged_to
from bot.domain.events import Acknowledged, Entry, PageLine
from bot.domain.people import Actor
from bot.domain.refusals import Because, Refused
from bot.ports.errors import Conflict, Unreadable
from bot.ports.stores import Stores
from bot.ports.texts import BY_TEXT, Pages, TextedPage
from bot.views.screen import Screen, Setting
from bot.views.wording import refusal_words
from workers.ways_out import reply_words
from workers.ways_out.leaving import lines_of, stands
from workers.ways_out.reply_words import Outcome

log = structlog.get_logger()


class CodeAnswers:
    def __init__(self, stores: Stores, desk: Desk, setting: Setting, now: Callable[[], datetime]) -> None:
        """`now` is case time."""
        self._stores = stores
        self._desk = desk
        self._setting = setting
        self._now = now

    def answers(self, said: str, actor: Actor) -> list[str]:
        """Sentences: what came of the pages that the codes stand for, and which codes stand for none."""
        known, codes = self._stores.texts.codes(actor.id), reply_words.codes_in(said)
        if not codes:
            return [reply_words.not_understood(self._waiting(known))]
        outcomes = [self._acknowledge(page, actor) for code in codes for page in known.get(code, ())]
        none = [code for code in codes if code not in known]
        waiting = self._waiting(known) if none else {}
        return [
            *reply_words.summed(outcomes),
            *(reply_words.no_such_code(code, waiting) for code in none),
        ]

    def _waiting(self, known: Mapping[int, Pages]) -> dict[int, list[str]]:
        """Code → references, of the pages that still wait."""
        found = {code: [page.ref for page in pages if self._waits(page)] for code, pages in known.items()}
        return {code: list(dict.fromkeys(refs)) for code, refs in found.items() if refs}

    def _waits(self, page: TextedPage) -> bool:
        try:
            case = self._stores.cases.load(page.ref)
            return case is not None and bool(self._standing(page, case))
        except Unreadable:
            return False

    def _standing(self, page: TextedPage, case: Case) -> Sequence[PageLine]:
        return [line for line in lines_of(page, self._entries(page)) if stands(case, line)]

    def _entries(self, page: TextedPage) -> Sequence[Entry]:
        return self._stores.cases.entries(page.ref)

    def _acknowledge(self, page: TextedPage, actor: Actor) -> Outcome:
        """Only what still waits, and is theirs, is asked of the desk, in the same write: a reply read twice finds it
        answered, and whoever holds another role by now says nothing about that one."""

        def wishes(case: Case) -> Sequence[Command]:
            return [Acknowledge()] if self._is_theirs(page, case, actor) else []

        try:
            done, refused = self._desk.handle_in_turn(page.ref, wishes, actor, BY_TEXT)
        except (NoSuchCase, Unreadable, Conflict) as why:
            log.error("a reply could not be taken to its case", case=page.ref, why=type(why).__name__)
            return Outcome(reply_words.cannot_read, (), page.ref)
        screen = self._setting.at(self._now())
        if refused is not None or self._standing(page, done.case):
            no = refused[1] if refused is not None else Refused(Because.NOT_PERMITTED)
            wish = refusal_words.Wish(Acknowledge(), actor.id)
            why_not = refusal_words.sentence(no, wish, done.case, screen)
            return Outcome(reply_words.refused, (why_not,), page.ref)
        return self._stands_now(page, done, actor, screen)

    def _is_theirs(self, page: TextedPage, case: Case, actor: Actor) -> bool:
        mine = paged_to(case, actor)
        return any(line.clock in mine for line in self._standing(page, case))

    def _stands_now(self, page: TextedPage, done: Done, actor: Actor, screen: Screen) -> Outcome:
        """From the record alone: what was just done, and read again the same, as long as nobody did more."""
        known = self._known(page, done.entries)
        if known is not None:
            by, at, until = known
            if by == actor.id:
                return Outcome(reply_words.acknowledged, (screen.time(at), screen.time(until)), page.ref)
            return Outcome(reply_words.by_another, (screen.directory.name(by), screen.time(at)), page.ref)
        if done.case.status is Status.CLOSED:
            return Outcome(reply_words.closed, (), page.ref)
        return Outcome(reply_words.over, (), page.ref)

    def _known(self, page: TextedPage, just_now: Sequence[Entry]) -> tuple[str, datetime, datetime] | None:
        """Who acknowledged that clock last, when, and until when it is quiet: it may have been paged again since."""
        entries = self._entries(page)
        clocks = {line.clock for line in lines_of(page, entries)}
        for entry in (*reversed(just_now), *reversed(entries[page.page :])):
            if isinstance(entry.event, Acknowledged) and clocks & set(entry.event.clocks):
                return entry.by, entry.at, entry.event.until
        return None
