"""One person at the desk: who they are, what they see, and what becomes of a step."""

import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any, TypeVar

import click
import structlog
from pydantic import SecretStr

from bot.deadline import Deadline, within
from bot.desk import Done
from bot.domain import commands
from bot.domain.case import Case
from bot.domain.commands import Command
from bot.domain.episodes import Likely
from bot.domain.events import Entry
from bot.domain.people import Actor, Role
from bot.domain.permissions import OF_SUPERVISORS, Look
from bot.domain.refusals import Because, Refused
from bot.duty_desk import Handed
from bot.erasure_desk import ErasureDesk
from bot.ports.cases import OpenCases
from bot.ports.errors import StoreUnavailable
from bot.ports.errors import Unreadable as RecordUnreadable
from bot.reading_desk import MayNotRead
from bot.reading_desk import Viewer as Looking
from bot.store.errors import NotBegun
from bot.store.server import running_in
from bot.typed_cases import not_among
from bot.typed_values import NotReadable, NotTakable
from bot.views.plain.plain_case import status
from bot.views.plain.plain_text import plain
from bot.views.screen import Screen
from bot.views.wording import (
    access_words,
    duty_refusals,
    earlier_episodes,
    no_case_words,
    record_words,
    refusal_words,
)
from bot.views.wording.refusal_words import Wish
from cli.compose.shared import Shared, share
from cli.plainly import told_plainly
from cli.terminal import prompting
from cli.terminal.field_reading import Reader
from cli.terminal.signing import machine_user, sign
from config.settings import Settings, read_without_slack
from handlers.errors import NotDone

T = TypeVar("T")
_NOBODY_KNOWN = (
    "Not done. Nobody is known here yet: `missing-bot run` reads people and roles from Slack. Until it has: "
    "paper log, and ring FIM."
)


class NotTaken(click.ClickException):
    """A sentence on standard error, and 1."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file, err=True)


@contextmanager
def asking_the_record() -> Iterator[None]:
    """What of it is saved, and what not, where the record refuses or is away. Raises NotTaken."""
    with within(Deadline(math.inf)) as asked:
        try:
            yield
        except StoreUnavailable as away:
            raise NotTaken(record_words.at_a_terminal(away.trouble, asked.fate)) from None


class Session:
    def __init__(self, bot: Shared, actor: Actor, names: Mapping[str, str], surface: str) -> None:
        self.bot = bot
        self.actor = actor
        self.surface = surface
        self._names = names

    @property
    def screen(self) -> Screen:
        return self.bot.setting.at(self.bot.clock.now())

    def reader(self, case: Case | None) -> Reader:
        return Reader(self.screen, self._names, case)

    @property
    def looking(self) -> Looking:
        return Looking(person=self.actor.id, surface=self.surface)

    @property
    def erasing(self) -> ErasureDesk:
        return self.bot.erasing

    def case(self, typed: str, look: Look = Look.FORM) -> Case:
        """By reference, however it was typed, or incident number. Raises NotDone."""
        reading, looking = self.bot.reading, self.looking
        with self._allowed():
            ref = reading.find(typed, look, looking)
            if ref is None:
                open_refs = reading.open_refs(look, looking)
                raise NotDone(not_among(open_refs, typed, full=self.bot.setting.full))
            return reading.case(ref, look, looking)

    def entries(self, case: Case) -> list[Entry]:
        return self.bot.reading.entries(case)

    def open_cases(self, look: Look) -> OpenCases:
        """Raises NotDone."""
        with self._allowed():
            return self.bot.reading.open_cases(look, self.looking)

    def several(self, refs: Sequence[str], look: Look) -> tuple[list[Case], tuple[str, ...]]:
        """Those that can be read, and the references of the others. Raises NotDone."""
        with self._allowed(look):
            self.bot.reading.need(look, self.looking)
            return self.bot.reading.several(refs, look, self.looking)

    def reported(self, since: datetime, before: datetime, look: Look) -> tuple[list[Case], tuple[str, ...]]:
        """Every case of that time, and the references of those that cannot be read. Raises NotDone."""
        with self._allowed():
            return self.bot.reading.reported(since, before, look, self.looking)

    def need(self, look: Look, ref: str = "") -> None:
        """What is in no case is shown now. Raises NotDone."""
        with self._allowed(look):
            self.bot.reading.need(look, self.looking, ref)

    def person(self, typed: str) -> str | None:
        """The id of whom they mean; None where nobody here is called that. Raises NotDone where several are."""
        return prompting.find(typed, self._names)

    @contextmanager
    def _allowed(self, look: Look | None = None) -> Iterator[None]:
        try:
            yield
        except MayNotRead:
            if look in OF_SUPERVISORS and self.actor.roles and not self.actor.outdated:
                raise NotDone(access_words.OF_SUPERVISORS) from None
            age = self.bot.force.age(Role)
            raise NotDone(access_words.may_not_read(age, outdated=self.actor.outdated)) from None

    def report(self, command: commands.Report) -> str:
        """What is to be read of it: that it is saved, what is like it, and how it stands."""
        desk = self.bot.desk
        opened = self._taken(
            command, None, lambda: desk.report(command, self.actor, self.surface, shows=True)
        )
        self._note_earlier(opened.likely)
        screen = self.screen
        seen = _read_as(earlier_episodes.lines(opened.case, opened.likely, opened.unread, screen))
        return "\n".join(["Saved. Clocks run.", *seen, status(opened.case, screen)])

    def seen_before(self, case: Case) -> str:
        """Likely earlier episodes, to be read before a grade is chosen; empty where there are none."""
        earlier = self.bot.desk.earlier(case)
        self._note_earlier(earlier.likely)
        lines = earlier_episodes.lines(case, earlier.likely, earlier.unread, self.screen)
        return "\n".join(_read_as(lines))

    def _note_earlier(self, shown: Sequence[Likely]) -> None:
        self.bot.reading.note(Look.EARLIER, self.looking, [each.case.ref for each in shown])

    def do(self, case: Case, command: Command) -> Done:
        return self._taken(
            command, case, lambda: self.bot.desk.handle(case.ref, command, self.actor, self.surface)
        )

    def on_duty(self, command: Command) -> Handed:
        """A step on who holds a role."""
        desk = self.bot.duty_desk
        try:
            return desk.handle(command, self.actor, self.surface)
        except Refused as no:
            said = duty_refusals.sentence(no, Wish(command, self.actor.id), desk.roster(), self.screen)
            raise NotDone(said, because=no.because) from no

    def _taken(self, command: Command, case: Case | None, step: Callable[[], T]) -> T:
        try:
            return step()
        except Refused as no:
            about = no.case or (case.ref if case else "")
            now = self._about(about) if about else None
            said = refusal_words.sentence(no, Wish(command, self.actor.id), now, self.screen)
            raise NotDone(said, because=no.because) from no

    def _about(self, ref: str) -> Case | None:
        with self._allowed():
            return self.bot.reading.again(ref, Look.FORM, self.looking)


def _read_as(lines: Sequence[str]) -> list[str]:
    """Nothing is bold at a terminal."""
    return [plain(line).replace("*", "") for line in lines]


@contextmanager
def at_the_desk(person: str) -> Iterator[Session]:
    """Refused: a sentence and 1. Not to be read, or not set up: what to do, and 2."""
    # The answer may be read by a program: no line of the log stands in it.
    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))
    with told_plainly(), asking_the_record():
        bot = share(with_server(read_without_slack()))
        try:
            yield _sit_down(bot, person)
        except NotDone as no:
            raise NotTaken(plain(no.sentence)) from None
        except Refused as no:  # nothing was said that could be asked of the desk
            raise NotTaken(f"Not saved. Say --{(no.field or 'what').replace('_', '-')}.") from None
        except NotTakable as no:
            raise NotTaken(no.sentence) from None
        except NotReadable as what:
            raise click.UsageError(what.ask) from None
        except RecordUnreadable as record:
            raise NotTaken(no_case_words.unreadable(record, bot.setting.zone)) from None


def _sit_down(bot: Shared, person: str) -> Session:
    try:
        bot.stores.key_check.look()
    except NotBegun:
        raise NotDone(_NOBODY_KNOWN) from None
    names = bot.force.names()
    if not names:
        raise NotDone(_NOBODY_KNOWN)
    signed = sign(person, bot.settings.terminal, names, machine_user())
    actor = bot.directory.actor(signed.person) if signed.person else None
    if actor is None:
        said = refusal_words.sentence(
            Refused(Because.NO_SUCH_PERSON),
            Wish(commands.Take(), person),
            None,
            bot.setting.at(bot.clock.now()),
        )
        raise NotDone(said)
    return Session(bot, actor, names, signed.surface)


def with_server(settings: Settings) -> Settings:
    """With the server that `run` has started, where they name none. Raises ServerTrouble, which says what to do."""
    if settings.redis_url:
        return settings
    return settings.model_copy(update={"redis_url": SecretStr(running_in(settings.data_dir))})
