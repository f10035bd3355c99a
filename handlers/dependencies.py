"""Dependencies shared by all handlers: desks, stores, clocks, Slack clients, settings."""

from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError as TookTooLong
from contextvars import copy_context
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any, TypeVar

import structlog
from slack_sdk import WebClient

from bot.deadline import current
from bot.desk import Desk, Done, NoSuchCase, Opened, Wishes
from bot.domain.commands import Command, Report
from bot.domain.people import Actor
from bot.domain.permissions import Look, may
from bot.domain.refusals import Because, Refused
from bot.duty_desk import DutyDesk
from bot.pools import THREADS, Pools
from bot.ports.answer_places import AnswerPlaces
from bot.ports.cases import Watch
from bot.ports.drafts import Drafts, Saved
from bot.ports.errors import Erased, Unreadable
from bot.ports.notes import Documents, Requests
from bot.ports.outbox import Outbox
from bot.ports.rosters import ForceDirectory
from bot.ports.time_source import TimeSource
from bot.reading_desk import MayNotRead, ReadingDesk, Viewer
from bot.views.screen import Screen, Setting
from bot.views.wording import access_words, no_case_words, refusal_words
from bot.views.wording.refusal_words import Wish
from handlers.answers_first import AnswersFirst
from handlers.background import BackgroundTasks
from handlers.errors import NotDone, RecordSilent
from handlers.submitted_views import SubmittedViews

T = TypeVar("T")
log = structlog.get_logger()

SURFACE = "slack"
SLACK_WAITS = (
    2.2  # seconds for all that is asked of the record; Slack drops what is not acknowledged within 3
)
_AT_THE_DESK = 64


@dataclass(kw_only=True, eq=False)
class Dependencies:
    """The desk, the record to read from, and the setting that screens are drawn in."""

    desk: Desk
    duty_desk: DutyDesk
    appointments: ForceDirectory
    reading: ReadingDesk  # for `handlers.sight`, and nothing else here
    outbox: Outbox
    requests: Requests
    drafts: Drafts
    drafts_kept: timedelta  # of machine time
    documents: Documents
    clock: TimeSource
    watch: Watch
    places: AnswerPlaces
    setting: Setting
    machine_ms: Callable[[], int]
    asking: WebClient
    posting: WebClient
    redrawing: WebClient  # tries nothing twice by itself: what redraws comes round again
    second_copy: Callable[[], bool] = lambda: False  # another installation is connected with the same tokens
    refused: Callable[[str], None] = lambda _: None  # counts a refusal, by its reason; nobody waits for it
    pools: Pools = THREADS
    monotonic: Callable[[], float] = monotonic
    slack_waits: float = SLACK_WAITS  # seconds for all that a request asks of the record

    def __post_init__(self) -> None:
        self.answers_first = AnswersFirst()
        self.submitted = SubmittedViews()
        self.background = BackgroundTasks(self.pools, gives_way=self.answers_first.give_way)
        self.slowly = BackgroundTasks(
            self.pools, 1, "slowly"
        )  # what takes seconds: it keeps no answer waiting
        self.after_a_step: list[Callable[[str], None]] = []  # called with who took it
        self._together = self.pools(_AT_THE_DESK, "together")
        self._at_the_desk = self.pools(_AT_THE_DESK, "desk")

    @property
    def screen(self) -> Screen:
        return self.setting.at(self.clock.now())

    def actor(self, person: str) -> Actor:
        """With the roles held now. Somebody unknown has none, and the door says so."""
        return self.setting.directory.actor(person) or Actor(id=person)

    @property
    def machine_now(self) -> float:
        """Machine seconds."""
        return self.machine_ms() / 1000

    def is_known(self, person: str) -> bool:
        return self.setting.directory.actor(person) is not None

    def need_known(self, person: str) -> None:
        """Before anything of a case is shown. Raises NotDone."""
        if not self.is_known(person):
            raise self.nobody(person)

    def nobody(self, person: str) -> NotDone:
        """Names no staff: whoever reads it may be anybody."""
        force = self.appointments
        self.note_refusal(Because.NO_SUCH_PERSON.value, person)
        return NotDone(access_words.nobody(force.account(person), force.list_age()))

    def need(self, step: type[Command], person: str) -> None:
        """Before a form opens: nobody types what would not be saved. Raises NotDone."""
        self.need_known(person)
        actor = self.actor(person)
        if actor.outdated:
            raise NotDone(f"Not done: {access_words.OUTDATED}", because=Because.NOT_PERMITTED)
        if may(actor.roles, step):
            return
        because = Because.NOT_PERMITTED
        self.note_refusal(because.value, person, step=step.__name__)
        raise NotDone(refusal_words.not_yours(step, person, self.screen), because=because)

    def report(self, command: Report, actor: Actor, saved: Saved) -> Opened:
        opened = self.ask(lambda: self.desk.report(command, actor, SURFACE, shows=True, saved=saved))
        log.info("saved", case=opened.case.ref, step=type(command).__name__, by=actor.id)
        return opened

    def do(self, ref: str, command: Command, actor: Actor, saved: Saved | None = None) -> Done:
        """One step. Raises NotDone with the sentence for this person."""
        try:
            done = self.ask(lambda: self.desk.handle(ref, command, actor, SURFACE, saved=saved))
        except Refused as no:
            raise self._refused(command, no, ref, actor) from no
        except NoSuchCase as no:
            raise NotDone(no_case_words.no_such_case(ref, None)) from no
        self._saved(done, ref, actor, type(command).__name__)
        return done

    def do_in_turn(self, ref: str, wishes: Wishes, actor: Actor, saved: Saved | None) -> Done:
        """Several steps in one write. Raises NotDone for the first that is refused; those before it are done."""
        try:
            done, refused = self.ask(
                lambda: self.desk.handle_in_turn(ref, wishes, actor, SURFACE, saved=saved)
            )
        except NoSuchCase as no:
            raise NotDone(no_case_words.no_such_case(ref, None)) from no
        if done.entries:
            self._saved(done, ref, actor, "several")
        if refused:
            told = self._refused(*refused, ref, actor)
            said = refusal_words.partly(told.sentence) if done.entries else told.sentence
            raise NotDone(said, field=told.field, because=told.because) from refused[1]
        return done

    def _saved(self, done: Done, ref: str, actor: Actor, step: str) -> None:
        log.info("saved", case=ref, step=step, entries=len(done.entries), by=actor.id)
        self.took_a_step(actor.id)

    def note_refusal(self, because: str, by: str, **about: str) -> None:
        log.info("refused", because=because, **about, by=by)
        self.background.do("count", lambda: self.refused(because))

    def _refused(self, command: Command, no: Refused, ref: str, actor: Actor) -> NotDone:
        return self.not_done(no, Wish(command, actor.id), ref)

    def took_a_step(self, person: str) -> None:
        for told in self.after_a_step:
            told(person)

    def not_done(self, no: Refused, wish: Wish, ref: str) -> NotDone:
        """Who reads nothing of the case is told nothing of it, nor of anybody who is on duty."""
        if not self.is_known(wish.by):
            return self.nobody(wish.by)
        self.note_refusal(no.because.value, wish.by, step=type(wish.command).__name__, case=ref)
        reader = Viewer(person=wish.by, surface=SURFACE)
        try:
            case = self.ask(lambda: self.reading.again(ref, Look.FORM, reader)) if ref else None
        except NoSuchCase:
            case = None
        except MayNotRead:
            return NotDone(access_words.NOT_YOURS, field=no.field, because=no.because)
        return NotDone(
            refusal_words.sentence(no, wish, case, self.screen), field=no.field, because=no.because
        )

    def ask(self, question: Callable[[], T], within: float | None = None) -> T:
        """The record's answer, while Slack still waits for ours: all that one request asks has one deadline, after
        that each question its own, `within` so many seconds. Raises RecordSilent where there is no answer in time, and
        NotDone where it cannot be read.

        What was asked may still come to pass afterwards; saying it again is safe, since the door knows.
        """
        deadline = current()
        allowed = self.slack_waits if within is None else within
        seconds = min(allowed, deadline.left()) if deadline else allowed
        try:
            return self._at_the_desk.submit(copy_context().run, question).result(seconds)
        except TookTooLong as late:
            raise RecordSilent from late
        except Unreadable as why:
            if not isinstance(why, Erased):
                log.error("asked for what cannot be read", why=str(why))
            raise NotDone(no_case_words.unreadable(why, self.screen.zone)) from None

    def at_once(self, all_of: Sequence[str], step: Callable[[str], T]) -> list[T]:
        """Steps on several cases, none of which waits for another one's. Raises what the first to fail raised."""
        begun = [self._together.submit(copy_context().run, step, each) for each in all_of]
        return [each.result() for each in begun]

    def close(self) -> None:
        self.slowly.close()  # first: what fails in it is told by the other
        self.background.close()
        self._together.shutdown(wait=False, cancel_futures=True)
        self._at_the_desk.shutdown(wait=False, cancel_futures=True)


Body = dict[str, Any]
