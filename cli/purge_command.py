"""`missing-bot purge REF`: a closed case erased for ever, as two people decide."""

import click

from bot.domain.erasing import Erasure, NotErased
from bot.domain.permissions import Look
from bot.typed_cases import as_ref
from bot.views.wording import erasing_words
from cli.terminal.case_command import AS
from cli.terminal.prompting import asker_here
from cli.terminal.session import Session, at_the_desk
from handlers.errors import NotDone


@click.command("purge")
@click.argument("ref_", metavar="REF")
@click.option("--withdraw", is_flag=True, help="Take back what was asked for; nothing is erased.")
def purge(ref_: str, withdraw: bool, as_: str) -> None:
    """Erases a closed case for ever, once it was exported: one person asks, another one confirms with the same command
    within 24 hours. Nothing does it by itself.

    At a terminal whoever confirms types the reference once more. Whatever stops it, run it again. Ends with 0 where it
    was asked for, withdrawn or erased, with 1 where it was not, and says why.
    """
    with at_the_desk(as_) as session:
        try:
            for line in _withdrawn(session, ref_) if withdraw else _purged(session, ref_):
                click.echo(line)
        except NotErased as no:
            raise NotDone(erasing_words.refusal(no, session.screen)) from None


purge.params.append(AS)


def _withdrawn(session: Session, typed: str) -> list[str]:
    case, desk = session.case(typed, Look.PURGE), session.erasing
    desk.need_yours(case, session.actor)
    return ["Taken back. Nothing is erased." if desk.withdraw(case.ref) else "Nobody had asked for it."]


def _purged(session: Session, typed: str) -> list[str]:
    desk = session.erasing
    before = desk.erased(as_ref(typed))
    if before is not None:
        return [erasing_words.done(_finished(session, before), session.screen)]
    case = session.case(typed, Look.PURGE)
    stands = desk.stands(case, session.actor)
    read = list(erasing_words.before(stands, session.screen))
    if stands.asked is None:
        asked = desk.ask(stands, session.actor, session.surface)
        return [*read, erasing_words.asked(asked, session.screen)]
    for line in (erasing_words.asked_by(stands.asked, session.screen), *read):
        click.echo(line)
    _typed_again(case.ref)
    return [erasing_words.done(desk.confirm(stands, session.actor, session.surface), session.screen)]


def _finished(session: Session, erasure: Erasure) -> Erasure:
    """What somebody began and did not live to end was decided then."""
    session.need(Look.PURGE, erasure.ref)
    return erasure if erasure.is_done else session.erasing.finish(erasure)


def _typed_again(ref: str) -> None:
    """Who sits at a terminal may have meant to ask. A program means what it says."""
    asker = asker_here()
    if asker.is_person and as_ref(asker.ask(f"Type {ref} to erase it for ever") or "") != ref:
        raise NotDone("Not erased. Nothing changed.")
