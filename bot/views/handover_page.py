"""The page of hand-overs that nobody accepted in time."""

from collections.abc import Sequence

from bot.domain.events import PageLine
from bot.domain.handover import Offer
from bot.views.blocks import header, marking, section
from bot.views.cards import handover_card, page_lines
from bot.views.message import Message
from bot.views.screen import Screen
from bot.views.wording import naming, words


def handover_page(waiting: Sequence[Offer], lines: Sequence[PageLine], screen: Screen) -> Message:
    """Of a role, so it belongs to no case and has no card to keep: each sentence stays true as it is."""
    said = [_said(offer, screen) for offer in waiting]
    roles = sorted({line.role for line in lines})
    mentions = " ".join(screen.mention(role) for role in roles)
    since = min(handover_card.due(offer, screen) for offer in waiting)
    shown = [
        header(f"{words.LATE} Hand-over not accepted by {since}"),
        section("\n".join([f"{mentions} Get it accepted.", *said, *page_lines.skipped(lines)])),
    ]
    return Message(text=f"Hand-over not accepted by {since}. {' '.join(said)}", blocks=[*shown, marking()])


def _said(offer: Offer, screen: Screen) -> str:
    giver, taker = naming.staff(offer.by, screen), naming.staff(offer.to, screen)
    role, at = words.ROLES[offer.role], screen.time(offer.at)
    return f"{giver} offered {role} to {taker} at {at}. Until it is accepted, {giver} holds it."
