"""`missing-bot verify`: is the record as the bot wrote it? And of an export: is it as it was made?"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click
from msgspec import to_builtins

from bot.ports.log_reader import LogFinding
from bot.ports.rosters import ROSTER
from bot.ports.tampered import Tampered
from bot.typed_cases import as_ref, is_ref
from bot.views.plain import log_table
from bot.views.wording import tamper_words
from cli.anchor_check import checked
from cli.compose.shared import Shared
from cli.export import verified_export
from cli.plainly import FILE
from cli.the_record import the_record


class NotRead(click.ClickException):
    exit_code = 2


@click.command("verify")
@click.argument("ref", required=False)
@click.option(
    "--export",
    "file",
    type=FILE,
    help="A .json or .html that `missing-bot export` wrote, in place of the record.",
)
@click.option(
    "--anchor",
    type=FILE,
    help="An anchor that the bot wrote (MISSING_ANCHOR__FOLDER): is the record older than it was then?",
)
@click.option("--json", "as_json", is_flag=True, help="What was found, for a program.")
def verify(ref: str | None, file: Path | None, anchor: Path | None, as_json: bool) -> None:
    """Is the record as the bot wrote it, all of it or the case REF? Has it come as far as an anchor says? Or is an
    export as it was made?

    All of it takes the processing log in.

    It shows references, numbers and times, nothing of what a case says, and changes nothing. Ends with 0 where all is
    as it was written, with 1 where something is not, and with 2 where it cannot be read.
    """
    if file is not None:
        click.echo(verified_export(file))
        return
    if anchor is not None:
        _beside_an_anchor(anchor, as_json)
    with the_record(NotRead) as ours:
        looked_at, found = _looked_at(ours, ref)
        of_the_log = ours.stores.log_reader.check() if ref is None else []
        zone = ours.setting.zone
    if as_json:
        click.echo(json.dumps(_document(looked_at, found, of_the_log), indent=1))
    else:
        for each in found:
            click.echo(tamper_words.line(each, zone))
        for fault in of_the_log:
            click.echo(log_table.finding(fault, zone))
        click.echo(_ending(looked_at, found))
    sys.exit(1 if found or of_the_log else 0)


def _beside_an_anchor(anchor: Path, as_json: bool) -> NoReturn:
    with the_record(NotRead) as ours:
        said, document = checked(ours, anchor)
    for line in [json.dumps(document, indent=1)] if as_json else said:
        click.echo(line)
    sys.exit(0 if document["ok"] else 1)


def _looked_at(ours: Shared, typed: str | None) -> tuple[int, list[Tampered]]:
    """How many records, and what was found of them."""
    checks = ours.stores.checks
    if typed is None:
        refs, beside = list(checks.refs()), checks.beside()
    else:
        refs, beside = [_ref(typed)], ()
    found = [each for ref in refs for each in checks.check(ref)]
    if typed is not None and not found and refs != [ROSTER] and not ours.stores.cases.stored(refs[0]):
        raise NotRead(f"There is no record of {refs[0]}.")
    return len(refs), [*found, *beside]


def _ref(typed: str) -> str:
    if typed.strip().upper() == ROSTER:
        return ROSTER
    if not is_ref(typed):
        raise NotRead("Say the reference of a case, such as MC-26-0142, or ROSTER for hand-overs.")
    return as_ref(typed)


def _ending(looked_at: int, found: Sequence[Tampered]) -> str:
    counted = "1 record" if looked_at == 1 else f"{looked_at} records"
    if not found:
        return f"As the bot wrote it: {counted}."
    by_record: dict[str, list[Tampered]] = {}
    for each in found:
        by_record.setdefault(tamper_words.named(each), []).append(each)
    mends: dict[str, list[str]] = {}
    for named, some in by_record.items():
        mends.setdefault(tamper_words.follows(some), []).append(named)
    return "\n".join(
        (f"Looked at {counted}.", *(f"{', '.join(some)}: {mend}" for mend, some in mends.items()))
    )


def _document(looked_at: int, found: Sequence[Tampered], of_the_log: Sequence[LogFinding]) -> dict[str, Any]:
    told = [{**to_builtins(each), "says": tamper_words.what(each)} for each in found]
    ok = not (found or of_the_log)
    return {"ok": ok, "records": looked_at, "found": told, "processing_log": to_builtins(of_the_log)}
