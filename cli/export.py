"""`missing-bot export REF`, a case as a document that leaves the record; and whether one is as it was made."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from bot.domain.permissions import Look
from bot.views.plain.export_document import SUM, Redaction, exported, sum_of
from bot.views.plain.export_page import document_in, page
from cli.terminal.case_command import AS
from cli.terminal.session import at_the_desk
from cli.written_files import write_privately

_FOLDER = click.Path(path_type=Path, file_okay=False)
_LEFT_OUT = (
    "What is left out: none; staff (names of the force's people); references (all names, places and words)."
)


class Changed(click.ClickException):
    exit_code = 1


@click.command("export")
@click.argument("ref_", metavar="REF")
@click.option(
    "--redact",
    type=click.Choice([each.value for each in Redaction]),
    default=Redaction.NONE.value,
    help=_LEFT_OUT,
)
@click.option(
    "--out", type=_FOLDER, default=Path(), help="The folder to write to; this one, unless another is named."
)
def export(ref_: str, redact: str, out: Path, as_: str) -> None:
    """A case as JSON, and as a page to read and print. It is marked, and noted as a look at the case.

    One with nothing left out is what has to be there before a case may be erased (`missing-bot purge`).
    """
    with at_the_desk(as_) as session:
        found = session.case(ref_, Look.EXPORT)
        by = session.screen.directory.name(session.actor.id)
        entries = session.entries(found)
        document = exported(found, entries, session.screen, Redaction(redact), by)
        _write(out, document)
        if redact == Redaction.NONE:  # once it is on disk
            session.erasing.note_export(found, session.actor, document[SUM], len(entries))


export.params.append(AS)


def _write(out: Path, document: Mapping[str, Any]) -> None:
    when = document["made_at"][:19].replace(":", "")
    for ending, text in {
        "json": json.dumps(document, ensure_ascii=False, indent=1) + "\n",
        "html": page(dict(document)),
    }.items():
        write_privately(out / f"{document['ref']}-{when}-{document['redaction']}.{ending}", text)


def verified_export(file: Path) -> str:
    """What is to be said of one that is as it was made. Raises Changed where it is not."""
    try:
        text = file.read_text(encoding="utf-8")
        document = document_in(text)
        is_whole = sum_of(document) == document[SUM]
        is_drawn = not text.lstrip().startswith("<") or page(document) == text
    except (ValueError, KeyError, TypeError):
        raise Changed(f"{file} is no whole export.") from None
    if not is_whole:
        raise Changed(f"{file} was changed: what it holds is not what its sum was made of.")
    if not is_drawn:
        raise Changed(f"{file} was changed: the page shows something else than the document in it.")
    made = f"{document['ref']}, by {document['made_by']}, {document['made_at']}"
    return f"As it was made: {made}. SHA-256 {document[SUM]}"
