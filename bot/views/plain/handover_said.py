"""A step on who holds a role, said to whoever took it at a terminal."""

from bot.domain.events import Entry, HandoverAccepted, HandoverOffered, PutOnDuty, TakenOffDuty
from bot.domain.handover import Roster
from bot.views.cards import handover_card
from bot.views.screen import Screen
from bot.views.wording import naming, words


def done(roster: Roster, entry: Entry, screen: Screen) -> str:
    """Offered is not handed over: who holds it meanwhile, and until when."""
    event = entry.event
    if isinstance(event, HandoverOffered):
        offer = next(
            each for each in roster.offers.values() if (each.by, each.role) == (entry.by, event.role)
        )
        taker, due = naming.staff(event.to, screen), handover_card.due(offer, screen)
        return f"Done. You stay {words.ROLES[event.role]} until {taker} accepts (due {due})."
    if isinstance(event, HandoverAccepted):
        return f"Done. You are now {words.ROLES[event.role]}. Its pages come to you."
    if isinstance(event, PutOnDuty):
        return f"Done. {naming.staff(event.person, screen)} is on duty as {words.ROLES[event.role]}."
    if isinstance(event, TakenOffDuty):
        return (
            f"Done. {naming.staff(event.person, screen)} is no longer on duty as {words.ROLES[event.role]}."
        )
    return "Done."
