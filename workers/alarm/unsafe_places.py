"""Channels that are not private to the force: told to the FIM and to the technician, while pages go there as ever.

One matter for each place. What is not known just now is no matter, and ends none.
"""

from collections.abc import Callable

from bot.domain.safe_places import Fault, Safety
from bot.outgoing import CASES
from bot.ports.destination import Destination
from bot.views.wording import place_words, words
from workers.alarm.matters import Found, Matter
from workers.alarm.refused_places import ChannelsInUse, called

_OF_PEOPLE = frozenset((Fault.STRANGERS, Fault.GUESTS, Fault.APPS))


def unsafe_places(channels: ChannelsInUse, safety: Callable[[str], Safety]) -> Found:
    """Raises StoreUnavailable."""
    return {
        f"unsafe {lane}": _matter(called(lane), _follows(lane), found)
        for lane, channel in channels.lanes.items()
        if not (found := safety(channel)).is_safe
    }


def unsafe_board(channel: str, safety: Callable[[str], Safety]) -> Found:
    """`channel`: of the board; "" where there is none. Raises StoreUnavailable."""
    if not channel or (found := safety(channel)).is_safe:
        return {}
    follows = "The board is taken down there until then. A supervisor can move it: /missing board."
    return {"unsafe board": _matter("the board's channel", follows, found)}


def _follows(lane: Destination) -> str:
    what = "Cards" if lane == CASES else "Pages"
    return f"{what} still go there. Answers about cases are given privately until it is mended."


def _matter(place: str, follows: str, found: Safety) -> Matter | None:
    if not found.faults:
        return None
    named = " Who that is: missing-bot doctor." if _OF_PEOPLE & set(found.faults) else ""
    return Matter(
        says=f"{words.sentence(place)} is not private to the force: {place_words.wrong(found.faults)}. {follows} "
        f"To mend it, {place_words.mend(found.faults)}.{named}",
        over=f"{words.sentence(place)} is private to the force again.",
    )
