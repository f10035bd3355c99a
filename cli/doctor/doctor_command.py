"""`missing-bot doctor`."""

import sys
from collections.abc import Sequence

import click
import msgspec

from cli.doctor.examination import examine
from cli.doctor.finding import Finding, FindingState, line

_NOT_KNOWN = 3


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One document for programs: ok, and findings.")
def doctor(as_json: bool) -> None:
    """Look at everything that a page needs on its way: a line each, with what mends it.

    Ends with 0 where nothing is wrong, with 1 where something is, and with 3 where nothing is but something could not
    be asked. Changes nothing.
    """
    found: list[Finding] = []
    for finding in examine(lambda what: click.echo(f"… {what}", err=True)):
        found.append(finding)
        if not as_json:
            click.echo(line(finding))
    code = _code(found)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode({"ok": code == 0, "findings": found})).decode())
    else:
        click.echo(_summary(found))
    sys.exit(code)


def _code(found: Sequence[Finding]) -> int:
    states = {finding.state for finding in found}
    if FindingState.WRONG in states:
        return 1
    return _NOT_KNOWN if FindingState.UNKNOWN in states else 0


def _summary(found: Sequence[Finding]) -> str:
    bad = sum(finding.state is FindingState.WRONG for finding in found)
    unasked = sum(finding.state is FindingState.UNKNOWN for finding in found)
    if not bad and not unasked:
        return f"All well: {len(found)} things looked at."
    return f"{bad} wrong, {unasked} not known, of {len(found)} things looked at."
