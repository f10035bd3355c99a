"""`missing-bot duty`: who holds which role, would a page reach them, and the force's plan of who is to hold it when."""

import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot import plan_document
from bot.domain.planned import Plan
from bot.files import plan_file
from bot.views.wording import reach_words, words
from cli.compose.shared import Shared, share
from cli.plainly import FILE, told_plainly
from cli.terminal import prompting
from cli.terminal.session import asking_the_record, with_server
from config.settings import read_without_slack
from handlers.errors import NotDone


@click.group(invoke_without_command=True)
@click.pass_context
def duty(context: click.Context) -> None:
    """Who holds each role that is paged, and would they hear it? Ends with 1 where nobody would."""
    if context.invoked_subcommand is None:
        _show()


def _show() -> None:
    with told_plainly(), asking_the_record():
        ours = share(with_server(read_without_slack()))
        ours.stores.key_check.look()
        reach, screen = ours.reach(), ours.setting.at(ours.clock.now())
    shown = screen.policy.paged
    for line in reach_words.roles(reach, shown, screen):
        click.echo(line)
    click.echo(reach_words.as_of(reach))
    sys.exit(1 if reach.is_old or any(reach_words.is_wrong(reach.of(role)) for role in shown) else 0)


@duty.command("import")
@click.argument("file", type=FILE)
@click.option("--check", is_flag=True, help="Only say what is wrong with it; save nothing.")
def import_plan(file: Path, *, check: bool) -> None:
    """Takes FILE (CSV: role, person, from, to) for the plan, in place of the one before.

    It puts nobody on duty: an hour before a turn ends its holder is asked to hand over, with who is planned next, and
    whoever is planned takes the role. One wrong row, and nothing is saved.
    """
    with told_plainly(), asking_the_record():
        ours = share(with_server(read_without_slack()))
        ours.stores.key_check.look()
        zone = ZoneInfo(ours.settings.zone)
        plan = plan_file.load(file, _people(ours, zone))
        _tell(plan, zone)
        if check:
            click.echo("Not saved: --check only reads.")
            return
        plan_document.save(ours.stores.documents, plan)
        ours.duty_desk.recheck()  # so that the timer wakes for its first moment
        click.echo("Saved.")


def _people(ours: Shared, zone: ZoneInfo) -> plan_file.KnownPeople:
    names = ours.force.names()

    def find(said: str) -> str | None:
        try:
            return prompting.find(said, names)
        except NotDone:
            raise ValueError from None

    return plan_file.KnownPeople(
        find=find,
        may_hold=lambda person, role: person in ours.force.candidates(role),
        zone=zone,
    )


def _tell(plan: Plan, zone: ZoneInfo) -> None:
    roles = sorted({words.ROLES[turn.role] for turn in plan.turns})
    click.echo(f"Turns: {len(plan.turns)}, of {', '.join(roles) or 'nobody'}.")
    for role, since, until in plan_file.gaps(plan):
        between = f"from {_say(since, zone)} to {_say(until, zone)}"
        click.echo(f"🔺 Nobody is planned as {words.ROLES[role]} {between}.")


def _say(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%d %b %H:%M}"
