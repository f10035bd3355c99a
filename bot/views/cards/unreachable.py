"""What could not be put where it belongs, said where somebody reads it."""

from collections.abc import Sequence

from bot.domain.people import Role
from bot.ports.outbox import Outgoing
from bot.ports.outbox_kind import OutboxKind
from bot.ports.rosters import ROSTER
from bot.views import ids
from bot.views.blocks import actions, button, header, marking, section
from bot.views.message import Message
from bot.views.screen import Screen
from bot.views.wording import clock_words, naming, words

_ASKED = {"offer": "to be asked to take the case", "handover": "to be asked to accept it"}
_MOST, _BUTTONS = 20, 5  # things named in one post, and cases to be opened from it


def not_reached(person: str, rows: Sequence[Outgoing], role: Role, screen: Screen) -> Message:
    """To `role`: what was on its way to a person whom Slack lets nobody write to."""
    who, refs = naming.staff(person, screen), list(dict.fromkeys(row.ref for row in rows))
    lines = [f"{_named(row)}: {_what(row)}" for row in rows[:_MOST]]
    lines += [f"and {len(rows) - _MOST} more"] if len(rows) > _MOST else []
    said = f"{who} cannot be reached in Slack. Ring them, or give it to somebody else."
    cases = [ref for ref in refs if ref != ROSTER][:_BUTTONS]
    opened = [button(f"Open {ref}", ids.OPEN_CASE, ref, spoken=f"Open case {ref}") for ref in cases]
    return Message(
        text=f"Not delivered: {', '.join(dict.fromkeys(map(_named, rows[:_MOST])))}. {said}",
        blocks=[
            header(f"{words.LATE} Not delivered to {who}"),
            section(f"{screen.mention(role)} {said}"),
            section("\n".join(lines)),
            *([actions(*opened)] if opened else []),
            marking(),
        ],
    )


def _named(row: Outgoing) -> str:
    return "Hand-over" if row.ref == ROSTER else row.ref


def _what(row: Outgoing) -> str:
    if row.kind == OutboxKind.PAGE:
        return "paged: " + ", ".join(clock_words.of(line.clock).title for line in row.lines)
    return _ASKED[row.kind]


def moved(link: str) -> Message:
    """In place of a card whose thread takes no more."""
    said = f"This case goes on under a newer card; {words.link('open it', link)}."
    return Message(text="This case goes on under a newer card.", blocks=[section(said), marking()])
