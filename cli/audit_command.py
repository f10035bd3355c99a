"""`missing-bot audit`: what became of the cases of a period, from their timelines (docs/audit.md)."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot.audit.assurance import lapses
from bot.audit.unfolding import history
from bot.domain.case import Case
from bot.domain.likeness import plain_number
from bot.domain.permissions import Look
from bot.files import equality_file
from bot.files.equality_file import EqualityFile
from bot.files.invalid import FileInvalid
from bot.period_audit import audit_all, in_turn, without_training
from bot.views.blocks import MARKING
from bot.views.plain.audit_document import Equality, Made, Period, audit_document
from bot.views.plain.audit_return import ReturnTo
from bot.views.plain.audit_tables import tables
from cli.lapse_lines import lapse_line
from cli.plainly import FILE, NotValid
from cli.terminal.case_command import AS
from cli.terminal.session import Session, at_the_desk
from cli.written_files import write_privately

_DAY = click.DateTime(["%Y-%m-%d"])
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command("audit")
@click.option("--from", "since", type=_DAY, required=True, metavar="DAY", help="The first day: 2026-03-01.")
@click.option("--to", "until", type=_DAY, required=True, metavar="DAY", help="The last day: 2026-03-31.")
@click.option(
    "--equality",
    type=FILE,
    help="A CSV of what is kept outside Slack: incident, and any of ethnicity, sex, looked_after.",
)
@click.option(
    "--return",
    "to",
    type=click.Choice([each.value for each in ReturnTo]),
    help="Also a row for each missing child's incident, as the UK Missing Persons Unit counts them.",
)
@click.option("--out", type=_FOLDER, help="The folder to write to.")
@click.option(
    "--assure", is_flag=True, help="The log audits the bot: a line for each page that failed. Ends with 1."
)
def audit(
    since: datetime,
    until: datetime,
    equality: Path | None,
    to: str | None,
    out: Path | None,
    assure: bool,
    as_: str,
) -> None:
    """Each case that police were told of in that time: every clock met, late or missed, the inspectors' seven checks,
    its grade; then all of them together, and by who the child is. As JSON, CSV and a page; marked, and noted."""
    period = Period(since=since.date(), until=until.date())
    if period.until < period.since:
        raise click.BadParameter("the last day comes before the first", param_hint="--to")
    if assure:
        _assure(period, as_)
    elif out is None:
        raise click.UsageError("Say --out, the folder to write to.")
    else:
        _write(period, equality, ReturnTo(to) if to else None, out, as_)


audit.params.append(AS)


def _write(period: Period, equality: Path | None, to: ReturnTo | None, out: Path, as_: str) -> None:
    beside = _read(equality)
    with at_the_desk(as_) as session:
        document = _document(session, period, beside, to)
    name = f"audit-{period.since}-to-{period.until}-{MARKING}"
    write_privately(out / f"{name}.json", json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    write_privately(out / f"{name}.html", _page(document))
    for table, text in tables(document).items():
        write_privately(out / f"{name}-{table}.csv", text)
    _tell(document["equality_file"]["bad_rows"], document["left_out"]["unreadable"], equality)
    if to is not None:
        _tell_empty(document["return"])


def _assure(period: Period, as_: str) -> None:
    """A line for each lapse. Ends with 1 where there is one, or a case that cannot be read."""
    with at_the_desk(as_) as session:
        found, unread = session.reported(*period.moments(session.screen.zone), Look.AUDIT)
        found, damaged, trained = without_training(found, unread)
        lost, screen = len(damaged), session.screen
        lapsed = [
            lapse_line(case, lapse, screen.zone)
            for case, entries in in_turn(found, session.entries, damaged)
            for lapse in lapses(history(entries), screen.policy, screen.now)
        ]
    for line in lapsed:
        click.echo(line)
    left_out = f" Left out: {len(trained)} training." if trained else ""
    click.echo(f"{len(found) + lost - len(damaged)} cases looked through: {len(lapsed)} lapses.{left_out}")
    _tell((), damaged, None)
    sys.exit(1 if lapsed or damaged else 0)


def _page(document: Mapping[str, Any]) -> str:
    from bot.views.plain.audit_page import (
        audit_page,  # the plots take seconds to load: once nothing else can fail
    )

    return audit_page(document)


def _read(equality: Path | None) -> EqualityFile:
    if equality is None:
        return EqualityFile(known={}, bad=())
    try:
        return equality_file.load(equality)
    except FileInvalid as error:
        raise NotValid([error]) from None


def _document(session: Session, period: Period, beside: EqualityFile, to: ReturnTo | None) -> dict[str, Any]:
    found, unread = session.reported(*period.moments(session.screen.zone), Look.AUDIT)
    screen = session.screen
    got = audit_all(found, unread, session.entries, screen.policy, screen.now)
    made = Made(by=screen.directory.name(session.actor.id), at=screen.now.astimezone(screen.zone))
    return audit_document(got.audits, period, got.left_out, _joined(beside, got.counted), made, to)


def _joined(beside: EqualityFile, cases: Sequence[Case]) -> Equality:
    """By incident number, however it is written."""
    refs: Mapping[str, str] = {plain_number(case.incident): case.ref for case in cases if case.incident}
    known = {refs[number]: said for number, said in beside.known.items() if number in refs}
    bad = [(row.line, row.why) for row in beside.bad]
    return Equality(known=known, bad=bad, of_no_case=len(beside.known) - len(known))


def _tell(bad_rows: Iterable[Mapping[str, object]], unreadable: Sequence[str], equality: Path | None) -> None:
    for row in bad_rows:
        click.echo(f"{equality}:{row['line']}: left out, {row['why']}", err=True)
    if unreadable:
        click.echo(f"Not audited, since they cannot be read: {', '.join(unreadable)}.", err=True)


def _tell_empty(returned: Mapping[str, Any]) -> None:
    """Which columns of a return have nothing in any row, and why."""
    count = len(returned["rows"])
    click.echo(f"Return to {returned['to']}: {count} incidents of missing children.", err=True)
    for column in returned["columns"]:
        if count and column["empty"] == count:
            click.echo(f"Empty throughout: {column['name']} ({column['why']}).", err=True)
