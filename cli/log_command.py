"""`missing-bot processing-log`: who did what to whose data, when and what for (Data Protection Act 2018, s.62).

It serves lawfulness, self-monitoring, integrity and criminal proceedings. No report is made of it.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time

import click
from msgspec import Struct

from bot import typed_values
from bot.domain.permissions import Look
from bot.domain.processing import MEMBERS, ProcessingKind
from bot.ports.log_reader import LoggedLine, LogReader
from bot.typed_cases import as_ref, is_ref
from bot.views.plain import log_table
from bot.views.screen import Screen
from cli.terminal.case_command import AS
from cli.terminal.prompting import STDIN, all_of_stdin
from cli.terminal.session import Session, at_the_desk
from handlers.errors import NotDone

_BEGINNING = datetime.min.replace(tzinfo=UTC)


@click.command("processing-log")
@click.option("--case", "case", default="", metavar="REF", help="Of one case, also of one that was erased.")
@click.option(
    "--by", default="", metavar="NAME", help="Of one person: a name, an id, or `timer` for the bot itself."
)
@click.option("--from", "since", default="", metavar="TIME", help="From a day (2026-03-02) or a time on.")
@click.option("--json", "as_json", is_flag=True, help="For another program: a list, one object a line.")
@click.option("--verify", is_flag=True, help="Is each line as it was written? Ends with 1 where one is not.")
def processing_log(case: str, by: str, since: str, as_json: bool, verify: bool, as_: str) -> None:
    """Who collected, altered, looked at, was shown, combined or erased what, in the order of time. --case, --by and
    --from together narrow it down. Reading it is noted in it. For supervisors and above."""
    with at_the_desk(as_) as session:
        wanted = _wanted(session, case, _typed(by), since)
        session.need(Look.LOG, wanted.ref)
        reader = session.bot.stores.log_reader
        if verify:
            sys.exit(_verified(reader, session.screen))
        found = _chosen(reader.lines(), wanted)
    screen = session.screen
    click.echo(
        json.dumps(log_table.document(found, screen), ensure_ascii=False)
        if as_json
        else log_table.table(found, screen)
    )


processing_log.params.append(AS)


class _Wanted(Struct, frozen=True, kw_only=True):
    ref: str = ""
    by: str = ""
    since: datetime = _BEGINNING


def _typed(said: str) -> str:
    return all_of_stdin() if said == STDIN else said


def _wanted(session: Session, case: str, by: str, since: str) -> _Wanted:
    """Raises NotDone, NotReadable."""
    return _Wanted(
        ref=_ref(session, case) if case else "",
        by=_person(session, by) if by else "",
        since=_time(since, session.screen) if since else _BEGINNING,
    )


def _ref(session: Session, typed: str) -> str:
    """A reference is not looked up: its case may be erased, and the log has it still."""
    return as_ref(typed) if is_ref(typed) else session.case(typed, Look.LOG).ref


def _person(session: Session, typed: str) -> str:
    """Somebody who has left is on no list any more, and in the log under their id."""
    found = session.person(typed)
    if found is None and not any(
        line.said and line.said.by == typed for line in session.bot.stores.log_reader.lines()
    ):
        raise NotDone("Not done. Nobody of that name is on the list, and no line of the log is by that id.")
    return found or typed


def _time(typed: str, screen: Screen) -> datetime:
    """Raises NotReadable."""
    try:
        if len(typed) == len("2026-03-02"):
            return datetime.combine(date.fromisoformat(typed), time(), tzinfo=screen.zone)
        at = datetime.fromisoformat(typed)
    except ValueError:
        return typed_values.past(typed, screen)
    return at if at.tzinfo else at.replace(tzinfo=screen.zone)


def _chosen(lines: Iterable[LoggedLine], wanted: _Wanted) -> list[LoggedLine]:
    """By time; what cannot be read comes first, since nobody knows what it was."""
    known = list(lines)
    lost = [line for line in known if line.said is None]
    read = sorted((line for line in known if line.said), key=lambda line: _at(line))
    return [*lost, *_narrowed(read, wanted)]


def _at(line: LoggedLine) -> datetime:
    return line.said.at if line.said else _BEGINNING


def _narrowed(lines: Iterable[LoggedLine], wanted: _Wanted) -> Iterator[LoggedLine]:
    """Of a case also who was, and who came, where it had been disclosed by then."""
    in_channels = _InChannels(wanted.ref)
    for line in lines:
        for each in in_channels.with_members(line):
            said = each.said
            if said and said.at >= wanted.since and wanted.by in ("", said.by):
                yield each


class _InChannels:
    """Lines of one case, or of all where none is named."""

    def __init__(self, ref: str) -> None:
        self._ref = ref
        self._members: dict[str, LoggedLine] = {}  # channel → the last line that says who is in it
        self._places: set[str] = set()  # where the case was disclosed

    def with_members(self, line: LoggedLine) -> Iterator[LoggedLine]:
        """In the order of time. None, the line, or it with the one before it that says who was there."""
        said = line.said
        assert said, "what cannot be read was left out"
        if said.action == MEMBERS and said.kind is ProcessingKind.DISCLOSURE:
            self._members[said.place] = line
            if not self._ref or said.place in self._places:
                yield line
        elif not self._ref or self._ref in (said.ref, *said.refs):
            if said.kind is ProcessingKind.DISCLOSURE:
                yield from self._who_was_there(said.place)
            yield line

    def _who_was_there(self, place: str) -> Iterator[LoggedLine]:
        if self._ref and place not in self._places and place in self._members:
            yield self._members[place]
        self._places.add(place)


def _verified(reader: LogReader, screen: Screen) -> int:
    found = reader.check()
    for each in found:
        click.echo(log_table.finding(each, screen.zone))
    if not found:
        head = reader.head()
        linked = (
            f"{head.lines} lines in the chain, which ends in {head.link[:16]}"
            if head
            else "nothing is in the chain yet"
        )
        click.echo(f"Processing log: each line is as it was written; {linked}.")
    return 1 if found else 0
