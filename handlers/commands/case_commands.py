"""The words after `/missing` that are about a case, a list of cases, a new report, or who has a role."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from bot.domain import commands
from bot.domain.people import HANDED_OVER, Role
from bot.ports.drafts import DraftPlace
from bot.typed_cases import found_in, is_ref, not_among
from bot.typed_values import is_number
from bot.views import ids
from bot.views.answering import answers
from bot.views.blocks import actions, button, marking, section
from bot.views.lists.listing import Filter, Shown, listing, read
from bot.views.message import Message, View
from bot.views.wording import refusal_words, words
from handlers import handovers
from handlers.dependencies import Body, Dependencies
from handlers.error_replies import follow
from handlers.errors import NotDone
from handlers.forms import lost_forms
from handlers.forms.reason_inputs import with_words
from handlers.forms.report.report_form import opened
from handlers.forms.report.report_page import report_page
from handlers.intake import person_of, value_of
from handlers.listeners import Listeners
from handlers.live_pages.board_keeper import Wanted, want, wanted
from handlers.replies import private, replace_own
from handlers.showing import drawn

# What stands behind each word after `/missing`.


class WordAsked(Struct, frozen=True):
    """One command: what was typed after its word, and by whom."""

    rest: str
    body: Body
    deps: Dependencies

    @property
    def person(self) -> str:
        return person_of(self.body)


# A message is for the person who typed, a view is opened before them. Raises NotDone where it can be neither.
Word = Callable[[WordAsked], Message | View]


def status(asked: WordAsked) -> Message:
    deps = asked.deps
    if not asked.rest.strip():
        raise which_case(deps)
    ref = find(asked.rest, deps)
    case = deps.the_case(ref)
    deps.viewed(deps.actor(asked.person), ref, "status")
    return answers.status(case, deps.screen)


def by_number(asked: WordAsked) -> View | None:
    """The case of that reference or incident number; else, for a number that has none, its report. None for a word."""
    ref = look_up(asked.rest, asked.deps)
    if ref:
        return drawn(asked.body, ref, asked.deps)
    if is_ref(asked.rest):
        raise no_such_case(asked.rest, asked.deps)
    return report(asked, incident=asked.rest) if is_number(asked.rest) else None


# `/missing list` and `/missing mine`: many cases at once.

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


# The case that somebody typed in Slack, or what to say where there is none.


def find(typed: str, deps: Dependencies) -> str:
    """The case's reference. Raises NotDone."""
    found = look_up(typed, deps)
    if found is None:
        raise no_such_case(typed, deps)
    return found


def look_up(typed: str, deps: Dependencies) -> str | None:
    return deps.ask(lambda: found_in(deps.cases, typed))


def which_case(deps: Dependencies) -> NotDone:
    """Nothing was typed where a case belongs."""
    refs = deps.ask(deps.cases.open_refs)
    return NotDone(refusal_words.which_case(refs[0] if len(refs) == 1 else refusal_words.EXAMPLE))


def no_such_case(typed: str, deps: Dependencies) -> NotDone:
    return NotDone(not_among(deps.ask(deps.cases.open_refs), typed, full=deps.setting.full))


# `/missing` by itself: a child is reported.


def report(asked: WordAsked, incident: str = "") -> View:
    """With the incident number already there, where it was typed after the command. Raises NotDone."""
    asked.deps.need(commands.Report, asked.person)
    place = DraftPlace(asked.person, ids.REPORT)
    screen = asked.deps.screen
    if question := lost_forms.offer(place, incident, asked.deps):
        return question
    return with_words(report_page(opened(screen), screen), incident=incident)


# `/missing handover` and `/missing duty ROLE`.


def handover(asked: WordAsked) -> View:
    return handovers.offering(asked.person, asked.deps)


def duty(asked: WordAsked) -> View:
    """Anybody may look."""
    return handovers.who_has(_role(asked.rest), asked.person, asked.deps)


def _role(typed: str) -> Role:
    """However it was written: "Duty inspector", "duty_inspector". Raises NotDone."""
    named = typed.strip().lower().replace(" ", "_").replace("-", "_")
    found = next((role for role in HANDED_OVER if role.value == named), None)
    if found is None:
        known = ", ".join(words.ROLES[role] for role in sorted(HANDED_OVER))
        raise NotDone(f"Say which role: {known}. Such as /missing duty fim.")
    return found


WORDS: dict[str, Word] = {
    "status": status,
    "list": everything,
    "mine": mine,
    "handover": handover,
    "duty": duty,
}


# `/missing board`: one message that a room keeps in view, edited as things change.

Ack = Callable[..., Any]
_COMING = "The board will be in this channel within a few seconds. It is edited as things change; there is only one."


def board(asked: WordAsked) -> Message:
    """`/missing board`. Raises NotDone in a direct message, which no room sees."""
    channel, deps = str(asked.body.get("channel_id", "")), asked.deps
    if channel.startswith("D"):
        raise NotDone("Not put here: a board is for a room. Type /missing board in a private channel.")
    there = deps.ask(lambda: wanted(deps.documents))
    if there is None:
        deps.ask(lambda: want(channel, asked.person, deps))
        return private(_COMING)
    if there.channel == channel:
        return private("The board is in this channel already. Look for the message that begins with “Board”.")
    return _elsewhere(there, channel)


def _elsewhere(there: Wanted, channel: str) -> Message:
    said = f"The board is in <#{there.channel}>. There is one, so that two cannot disagree."
    move = button("Move it to this channel", ids.MOVE_BOARD, channel, spoken="Move the board to this channel")
    return Message(text="The board is in another channel.", blocks=[section(said), actions(move), marking()])


def register(app: Listeners, deps: Dependencies) -> None:
    @app.action(ids.MOVE_BOARD)
    def moved(ack: Ack, body: Body) -> None:
        channel = value_of(body)
        deps.need_known(person_of(body))
        deps.ask(lambda: want(channel, person_of(body), deps))
        ack()
        follow("board moves", body, lambda: replace_own(body, private(_COMING), deps), deps)


BOARD_WORDS: dict[str, Word] = {"board": board}
