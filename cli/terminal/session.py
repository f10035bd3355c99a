"""One person at the desk: who they are, what they see, and what becomes of a step."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO, Any, TypeVar

import click
import structlog
from msgspec.structs import replace
from pydantic import SecretStr

from bot.desk import Done
from bot.domain import commands
from bot.domain.case import Case
from bot.domain.commands import Command
from bot.domain.people import Actor
from bot.domain.refusals import Because, Refused
from bot.duty_desk import Handed
from bot.ports.errors import StoreUnavailable
from bot.ports.errors import Unreadable as RecordUnreadable
from bot.store.server import running_in
from bot.typed_cases import found_in, not_among
from bot.typed_values import NotReadable, NotTakable
from bot.views.plain.plain_case import status
from bot.views.plain.plain_text import plain
from bot.views.screen import Screen
from bot.views.wording import duty_refusals, earlier_episodes, refusal_words
from bot.views.wording.refusal_words import Wish
from cli.compose.shared import Shared, share
from cli.plainly import told_plainly
from cli.terminal import prompting
from cli.terminal.field_reading import Reader
from config.settings import Settings, read_without_slack
from handlers.errors import NotDone

T = TypeVar("T")
SURFACE = "terminal"
_NOBODY_KNOWN = (
    "Not done. Nobody is known here yet: `missing-bot run` reads people and roles from Slack. Until it has: "
    "paper log, and ring FIM."
)
_NO_ANSWER = (
    "Not known whether it was done: the record did not answer. Look with `missing-bot case show`, and try again; "
    "if it fails twice: paper log, and ring FIM."
)


class NotTaken(click.ClickException):
    """A sentence on standard error, and 1."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file, err=True)


class Session:
    def __init__(self, bot: Shared, actor: Actor, names: Mapping[str, str]) -> None:
        self.bot = bot
        self.actor = actor
        self._names = names

    @property
    def screen(self) -> Screen:
        return self.bot.setting.at(self.bot.clock.now())

    def reader(self, case: Case | None) -> Reader:
        return Reader(self.screen, self._names, case)

    def case(self, typed: str) -> Case:
        """By reference, however it was typed, or incident number. Raises NotDone."""
        cases = self.bot.stores.cases
        ref = found_in(cases, typed)
        found = cases.load(ref) if ref else None
        if found is None:
            raise NotDone(not_among(cases.open_refs(), typed, full=self.bot.setting.full))
        return found

    def report(self, command: commands.Report) -> str:
        """What is to be read of it: that it is saved, what is like it, and how it stands. Reference-only mode asks for
        less, here as in Slack."""
        command = replace(command, full=self.bot.setting.full)
        desk = self.bot.desk
        opened = self._taken(command, None, lambda: desk.report(command, self.actor, SURFACE, shows=True))
        screen = self.screen
        seen = _read_as(earlier_episodes.lines(opened.case, opened.likely, opened.unread, screen))
        return "\n".join(["Saved. Clocks run.", *seen, status(opened.case, screen)])

    def seen_before(self, case: Case) -> str:
        """Likely earlier episodes, to be read before a grade is chosen; empty where there are none."""
        earlier = self.bot.desk.earlier(case)
        return "\n".join(_read_as(earlier_episodes.lines(case, *earlier, self.screen)))

    def do(self, case: Case, command: Command) -> Done:
        return self._taken(
            command, case, lambda: self.bot.desk.handle(case.ref, command, self.actor, SURFACE)
        )

    def on_duty(self, command: Command) -> Handed:
        """A step on who holds a role."""
        desk = self.bot.duty_desk
        try:
            return desk.handle(command, self.actor, SURFACE)
        except Refused as no:
            said = duty_refusals.sentence(no, Wish(command, self.actor.id), desk.roster(), self.screen)
            raise NotDone(said, because=no.because) from no

    def _taken(self, command: Command, case: Case | None, step: Callable[[], T]) -> T:
        try:
            return step()
        except Refused as no:
            about = no.case or (case.ref if case else "")
            now = self.bot.stores.cases.load(about) if about else None
            said = refusal_words.sentence(no, Wish(command, self.actor.id), now, self.screen)
            raise NotDone(said, because=no.because) from no


def _read_as(lines: Sequence[str]) -> list[str]:
    """Nothing is bold at a terminal."""
    return [plain(line).replace("*", "") for line in lines]


@contextmanager
def at_the_desk(person: str) -> Iterator[Session]:
    """Refused: a sentence and 1. Not to be read, or not set up: what to do, and 2."""
    # The answer may be read by a program: no line of the log stands in it.
    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))
    with told_plainly():
        try:
            yield _sit_down(person)
        except NotDone as no:
            raise NotTaken(plain(no.sentence)) from None
        except Refused as no:  # nothing was said that could be asked of the desk
            raise NotTaken(f"Not saved. Say --{(no.field or 'what').replace('_', '-')}.") from None
        except NotTakable as no:
            raise NotTaken(no.sentence) from None
        except NotReadable as what:
            raise click.UsageError(what.ask) from None
        except RecordUnreadable as record:
            raise NotTaken(refusal_words.unreadable(record.ref)) from None
        except StoreUnavailable:
            raise NotTaken(_NO_ANSWER) from None


def _sit_down(person: str) -> Session:
    bot = share(with_server(read_without_slack()))
    bot.stores.key_check.check()
    names = bot.force.names()
    if not names:
        raise NotDone(_NOBODY_KNOWN)
    found = prompting.find(person, names)
    actor = bot.directory.actor(found) if found else None
    if actor is None:
        said = refusal_words.sentence(
            Refused(Because.NO_SUCH_PERSON),
            Wish(commands.Take(), person),
            None,
            bot.setting.at(bot.clock.now()),
        )
        raise NotDone(said)
    return Session(bot, actor, names)


def with_server(settings: Settings) -> Settings:
    """With the server that `run` has started, where they name none. Raises ServerTrouble, which says what to do."""
    if settings.redis_url:
        return settings
    return settings.model_copy(update={"redis_url": SecretStr(running_in(settings.data_dir))})
