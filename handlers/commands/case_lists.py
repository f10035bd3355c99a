"""`/missing list` and `/missing mine`: many cases at once."""

from bot.views.lists.listing import Filter, Shown, listing, read
from bot.views.message import Message
from handlers.commands.word import Word, WordAsked
from handlers.dependencies import Dependencies
from handlers.errors import NotDone

_NOT_A_LIST = (
    "That is not a list. Try /missing list with: late, high, no owner, concern, mine or all. "
    "A number turns the page."
)


def everything(asked: WordAsked) -> Message:
    return list_of(asked.person, asked.rest, asked.deps)


def mine(asked: WordAsked) -> Message:
    """What I own, was assigned, or reported."""
    return list_of(asked.person, f"{Filter.MINE} {asked.rest}", asked.deps)


def list_of(person: str, wanted: str, deps: Dependencies) -> Message:
    """`wanted`: as typed, or as a list's button carries it. Raises NotDone."""
    shown: Shown | None = read(wanted)
    if shown is None:
        raise NotDone(_NOT_A_LIST)
    opened = deps.ask(deps.cases.open_cases)
    deps.viewed(deps.actor(person), "", "mine" if shown.filter is Filter.MINE else "list")
    return listing(opened, person, shown, deps.screen)


WORDS: dict[str, Word] = {"list": everything, "mine": mine}
