"""`missing-bot retention`: which closed cases somebody has to decide about. It deletes nothing."""

import json

import click

from bot.domain.permissions import Look
from bot.domain.retention import kept
from bot.views.plain import retention_list
from cli.terminal.case_command import AS
from cli.terminal.session import at_the_desk


@click.command("retention")
@click.option(
    "--due", is_flag=True, help="Only those whose period is over, and what was begun and not ended."
)
@click.option("--json", "as_json", is_flag=True, help="For another program.")
def retention(due: bool, as_json: bool, as_: str) -> None:
    """Lists closed cases, when the period of each is over ([retention] in the policy), and what each waits for.

    It deletes nothing, and nothing else does by itself: `missing-bot purge REF` erases one, as two people decide.
    """
    with at_the_desk(as_) as session:
        desk, screen = session.erasing, session.screen
        cases, unreadable = session.several(desk.kept_refs(), Look.RETENTION)
        found = kept(cases, desk.decided(), screen.policy, screen.now)
        erased = desk.all_erased()
    if due:
        found = [each for each in found if each.is_due(screen.now)]
        erased = [each for each in erased if not each.is_done]
    if as_json:
        click.echo(json.dumps(retention_list.document(found, erased, unreadable, screen), indent=1))
        return
    for line in retention_list.rows(found, erased, unreadable, screen):
        click.echo(line)
    if not (found or erased or unreadable):
        click.echo("No closed case is due." if due else "No case is closed.")


retention.params.append(AS)
