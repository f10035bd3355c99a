"""The page of a hand-over that nobody accepted: of a role, so it belongs to no case and has no card to keep."""

from collections.abc import Iterable, Sequence

from bot.domain.handover import Offer
from bot.domain.people import Role
from bot.ports import Clock, Outgoing, RosterStore
from bot.views import blocks, words
from bot.views.message import Message
from bot.views.screen import Screen, Setting
from workers.delivery.turn import Turn


class Handovers:
    def __init__(self, rosters: RosterStore, setting: Setting, clock: Clock) -> None:
        self._rosters = rosters
        self._setting = setting
        self._clock = clock

    def send(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        """One post for all that wait; none for those accepted meanwhile."""
        offers = self._rosters.load().offers
        handed = {Role(line.clock.partition("/")[2]) for row in rows for line in row.lines}
        open_ones = {role: offers[role] for role in sorted(handed) if not offers[role].accepted_at}
        if rows and open_ones:
            turn.post(rows, self._message(open_ones, {row.role for row in rows if row.role}))
        turn.done(rows)

    def _message(self, offers: dict[Role, Offer], to: Iterable[Role]) -> Message:
        screen = self._setting.at(self._clock.now())
        said = [_said(role, offer, screen) for role, offer in offers.items()]
        mentions = " ".join(screen.mention(role) for role in sorted(to))
        shown = [blocks.header("🔺 Hand-over not accepted"), blocks.section(f"{mentions} " + "\n".join(said))]
        return Message(text=f"Hand-over not accepted. {' '.join(said)}", blocks=[*shown, blocks.marking()])


def _said(role: Role, offer: Offer, screen: Screen) -> str:
    giver, taker = (words.escape(screen.directory.name(person)) for person in (offer.by, offer.to))
    named = role.value.replace("_", " ")
    return f"{giver} offered {named} to {taker} at {screen.time(offer.at)}. Until it is accepted, {giver} holds it."
