"""`missing-bot case …` and `missing-bot board`: every step that a person may ask for, as it is declared."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import click
from msgspec.structs import replace

from bot.domain import commands
from bot.domain.case import Case
from bot.domain.commands import Command
from bot.domain.declared import STEPS, Field, FieldKind, leaves_of
from bot.domain.door.duty_rules import OF_DUTY
from bot.domain.permissions import Look
from bot.views.lists.listing import is_of
from bot.views.plain import plain_case
from bot.views.plain.paper_board import board as paper
from bot.views.plain.plain_case import document, one_case, rows, status, summary
from cli.terminal.command_line import CommandLine, option_of
from cli.terminal.field_reading import choices_of
from cli.terminal.filling import Filling
from cli.terminal.prompting import asker_here
from cli.terminal.session import Session, at_the_desk

# Named apart from every field of a verb: `put-on-duty` has a person of its own.
AS = click.Option(
    ["as_", "--as"],
    envvar="MISSING_PERSON",
    default="",
    metavar="NAME",
    help="Act as somebody else, where the force allows it (MISSING_TERMINAL__AS_OTHERS): both names are recorded. "
    "Left out, you are whose account on this machine it is.",
)
_LOG_ENTRY = click.Option(
    ["--log-entry"], default="", metavar="NUMBER", help="Where the words behind coded reasons are."
)
_JSON = click.Option(["as_json", "--json"], is_flag=True, help="For another program.")
_REF = "REF is a reference (MC-26-0142, mc 26 142) or the force's incident number."
_ASKS = (
    "What is left out and needed is asked for; without a terminal it is read from standard input, a line each, after "
    "what - takes. An option given as - takes all of standard input; several take a line each, in the order in which "
    "they stand. Names, words, addresses and numbers of people are taken in no other way: every user of this machine "
    "can read a command line."
)


@click.group()
def case() -> None:
    """One case, or all of them, without Slack: the same desk, the same record, the same refusals.

    Ends with 0 done, 1 refused (why, and what to do, on standard error), 2 not understood or not set up.
    """


def _command_of(kind: type[Command]) -> click.Command:
    declared, fields = STEPS[kind], list(leaves_of(kind))
    takes_ref = declared.of_case
    parameters: list[click.Parameter] = [click.Argument(["ref_"], metavar="REF")] if takes_ref else []
    parameters += [_option(field) for field in fields]
    asks = [_LOG_ENTRY] if any(field.prompt and field.prompt.coded for field in fields) else []
    return click.Command(
        declared.verb.replace("_", "-"),
        params=[*parameters, *asks, AS],
        callback=partial(_carry_out, kind),
        help=f"{declared.does} {_REF if takes_ref else ''}",
        short_help=declared.does,
        epilog=_ASKS if any(field.prompt for field in fields) else None,
    )


def _option(field: Field) -> click.Option:
    names = ["--incident", "--ref"] if field.path == ("ref",) else [option_of(field)]
    return click.Option(
        [_parameter(field), *names],
        multiple=field.bare in _REPEATED,
        metavar="|".join(choices_of(field)) or _METAVARS.get(field.kind, "TEXT"),
        help=(field.prompt.text if field.prompt else "") or None,
    )


_REPEATED = (dict, tuple)
_METAVARS = {
    FieldKind.FLAG: "yes|no",
    FieldKind.AGE: "YEARS",
    FieldKind.BORN: "DATE",
    FieldKind.PAST: "TIME",
    FieldKind.COMING: "TIME",
    FieldKind.MARKERS: "CODE[=yes|no|not_known]",
    FieldKind.CONSIDERED: "CODE",
    FieldKind.PERSON: "NAME",
    FieldKind.NUMBER: "NUMBER",
    FieldKind.CASE: "REF",
    FieldKind.ITEM: "ID",
    FieldKind.CODE: "CODE",
}


def _parameter(field: Field) -> str:
    return "__".join(field.path)


def _carry_out(kind: type[Command], /, as_: str, ref_: str = "", log_entry: str = "", **typed: Any) -> None:
    fields = {_parameter(field): field for field in leaves_of(kind)}
    line = {fields[name]: [said] if isinstance(said, str) else said for name, said in typed.items() if said}
    with at_the_desk(as_) as session:
        asker = asker_here()
        said = CommandLine(line, session.screen).values(asker)
        known = session.case(ref_) if ref_ else None
        if known and kind is commands.GradeCase and (seen := session.seen_before(known)):
            click.echo(seen, err=True)
        command = Filling(kind, said, session.reader(known), asker, log_entry).command()
        click.echo(_done(session, known, command))


def _done(session: Session, known: Case | None, command: Command) -> str:
    if isinstance(command, OF_DUTY):
        handed = session.on_duty(command)
        return plain_case.done(handed.roster, handed.entries[0], session.screen)
    if isinstance(command, commands.Report):
        return session.report(command)
    assert known is not None, "every other step takes REF"
    return f"Done.\n{status(session.do(known, command).case, session.screen)}"


def _looks(name: str, does: str, look: Callable[..., str], *parameters: click.Parameter) -> click.Command:
    def shown(as_: str, **typed: Any) -> None:
        with at_the_desk(as_) as session:
            click.echo(look(session, **typed))

    return click.Command(name, params=[*parameters, AS], callback=shown, help=does)


def _show(session: Session, ref_: str, as_json: bool) -> str:
    found = session.case(ref_, Look.CASE)
    entries = session.entries(found)
    if as_json:
        return json.dumps(document(found, entries, session.screen), ensure_ascii=False)
    return one_case(found, entries, session.screen)


def _list(session: Session, mine: bool, as_json: bool) -> str:
    opened = session.open_cases(Look.MINE if mine else Look.LIST)
    if mine:
        opened = replace(opened, cases=tuple(each for each in opened.cases if is_of(session.actor.id, each)))
    if as_json:
        lost = [{"ref": ref, "unreadable": True} for ref in opened.unreadable]
        known = [summary(each, session.screen) for each in opened.cases]
        return json.dumps([*lost, *known], ensure_ascii=False)
    return rows(opened, session.screen)


for _kind, _declared in STEPS.items():
    if _declared.verb:
        case.add_command(_command_of(_kind))
case.add_command(
    _looks(
        "show",
        f"How a case stands, what is owed by when, what happens otherwise, and its timeline. {_REF}",
        _show,
        click.Argument(["ref_"], metavar="REF"),
        _JSON,
    )
)
case.add_command(
    _looks(
        "list",
        "Every open case, highest risk first.",
        _list,
        click.Option(["--mine"], is_flag=True, help="Those that you own, were asked to own, or reported."),
        _JSON,
    )
)
board = _looks(
    "board",
    "Every open case on paper (A4 upright, 80 columns), with room for a pen: missing-bot board | lp",
    lambda session: paper(session.open_cases(Look.BOARD), session.screen),
)
