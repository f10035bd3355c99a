"""The words after `/missing` that are about a case, a list of cases, a new report, or who has a role."""

from collections.abc import Callable
from typing import Any

import structlog
from msgspec import Struct

from bot.domain import commands
from bot.domain.people import HANDED_OVER, Role
from bot.domain.permissions import Look
from bot.domain.refusals import Because
from bot.domain.training import TRAINING
from bot.ports.drafts import DraftPlace
from bot.typed_cases import holds_a_number, is_ref
from bot.typed_values import is_number
from bot.views import ids
from bot.views.answering import answers
from bot.views.blocks import actions, button, marking, section
from bot.views.lists.listing import Filter, Shown, listing, read
from bot.views.message import Message, View
from bot.views.wording import no_case_words, place_words, words
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
from handlers.sight import Sight, sight

log = structlog.get_logger()

# What stands behind each word after `/missing`.


class WordAsked(Struct, frozen=True):
    """One command: what was typed after its word, and by whom."""

    rest: str
    body: Body
    deps: Dependencies

    @property
    def person(self) -> str:
        return person_of(self.body)

    @property
    def seen(self) -> Sight:
        return sight(self.body, self.deps)


# A message is for the person who typed, a view is opened before them. Raises NotDone where it can be neither.
Word = Callable[[WordAsked], Message | View]


def status(asked: WordAsked) -> Message:
    if not asked.rest.strip():
        raise which_case(asked.seen)
    ref = asked.seen.find(asked.rest, Look.STATUS)
    return answers.status(asked.seen.case(ref, Look.STATUS), asked.deps.screen)


def by_number(asked: WordAsked) -> View | None:
    """The case of that reference or incident number; else, for a number that has none, its report. None for a word."""
    if not holds_a_number(asked.rest):
        return None
    ref = asked.seen.look_up(asked.rest, Look.CASE)
    if ref:
        return drawn(asked.body, ref, asked.deps)
    if is_ref(asked.rest):
        raise asked.seen.no_such_case(asked.rest, Look.CASE)
    return report(asked, incident=asked.rest) if is_number(asked.rest, asked.deps.screen) else None


# `/missing list` and `/missing mine`: many cases at once.

_NOT_A_LIST = (
    "That is not a list. Try /missing list with: late, high, no owner, concern, mine or all. "
    "A number turns the page."
)


def everything(asked: WordAsked) -> Message:
    return list_of(asked.seen, asked.rest, asked.deps)


def mine(asked: WordAsked) -> Message:
    """What I own, was assigned, or reported."""
    return list_of(asked.seen, f"{Filter.MINE} {asked.rest}", asked.deps)


def list_of(seen: Sight, wanted: str, deps: Dependencies) -> Message:
    """`wanted`: as typed, or as a list's button carries it. Raises NotDone."""
    shown: Shown | None = read(wanted)
    if shown is None:
        raise NotDone(_NOT_A_LIST)
    look = Look.MINE if shown.filter is Filter.MINE else Look.LIST
    return seen.of_open_cases(look, lambda opened: listing(opened, seen.person, shown, deps.screen))


def which_case(seen: Sight) -> NotDone:
    """Nothing was typed where a case belongs."""
    refs = seen.open_refs(Look.STATUS)
    return NotDone(no_case_words.which_case(refs[0] if len(refs) == 1 else no_case_words.EXAMPLE))


# `/missing` by itself: a child is reported.


def report(asked: WordAsked, incident: str = "", form: str = ids.REPORT) -> View:
    """With the incident number already there, where it was typed after the command. Raises NotDone."""
    asked.deps.need(commands.Report, asked.person)
    place = DraftPlace(asked.person, form)
    screen = asked.deps.screen
    if question := lost_forms.offer(place, incident, asked.deps):
        return question
    return with_words(report_page(opened(screen, form), screen), incident=incident)


def training(asked: WordAsked) -> View:
    """Its own form, with no tick in it: nobody makes a child's case a training case by a slip."""
    typed = f"{TRAINING} {asked.rest}"
    if is_ref(typed) and (ref := asked.seen.look_up(typed, Look.CASE)):
        return drawn(asked.body, ref, asked.deps)
    number = asked.rest if holds_a_number(asked.rest) and is_number(asked.rest, asked.deps.screen) else ""
    return report(asked, number, ids.TRAINING_REPORT)


# `/missing handover` and `/missing duty ROLE`.


def handover(asked: WordAsked) -> View:
    return handovers.offering(asked.person, asked.deps)


def duty(asked: WordAsked) -> View:
    return handovers.who_has(_role(asked.rest), asked.seen, asked.deps)


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
    "training": training,
}


# `/missing board`: one message that a room keeps in view, edited as things change.

Ack = Callable[..., Any]
_COMING = (
    "The board will be in this channel within a few seconds, if it is private to the force. "
    "It is edited as things change; there is only one."
)


def board(asked: WordAsked) -> Message:
    """`/missing board`. Raises NotDone in a direct message, which no room sees."""
    channel, deps = str(asked.body.get("channel_id", "")), asked.deps
    asked.seen.need(Look.BOARD)
    if channel.startswith("D"):
        raise NotDone("Not put here: a board is for a room. Type /missing board in a private channel.")
    there = deps.ask(lambda: wanted(deps.documents))
    if there is not None and there.channel == channel:
        _need_safe(channel, "The board was taken down here", deps)
        return private("The board is in this channel already. Look for the message that begins with “Board”.")
    if there is not None:
        return _elsewhere(there, channel, may_move=deps.actor(asked.person).supervises)
    _put(channel, asked.person, deps)
    return private(_COMING)


def _put(channel: str, person: str, deps: Dependencies) -> None:
    """Of a channel that Slack was not asked about yet the board keeper finds out whether it is fit. Raises NotDone."""
    if not deps.actor(person).supervises:
        deps.note_refusal(Because.NOT_PERMITTED.value, person, step="board")
        raise NotDone("Not done: only a supervisor or above can put the board in a channel, or move it.")
    _need_safe(channel, "Not put here", deps)
    deps.ask(lambda: want(channel, person, deps))


def _need_safe(channel: str, not_done: str, deps: Dependencies) -> None:
    """Raises NotDone where others than the force's own are known to read it."""
    if faults := deps.ask(lambda: deps.places.safety(channel)).faults:
        why, mend = place_words.wrong(faults), place_words.mend(faults)
        raise NotDone(f"{not_done}: this channel is not private to the force ({why}). To mend it, {mend}.")


def _elsewhere(there: Wanted, channel: str, *, may_move: bool) -> Message:
    said = f"The board is in <#{there.channel}>. There is one, so that two cannot disagree."
    if not may_move:
        return private(f"{said} Only a supervisor or above can move it.")
    move = button("Move it to this channel", ids.MOVE_BOARD, channel, spoken="Move the board to this channel")
    return Message(text="The board is in another channel.", blocks=[section(said), actions(move), marking()])


def register(app: Listeners, deps: Dependencies) -> None:
    @app.action(ids.MOVE_BOARD)
    def moved(ack: Ack, body: Body) -> None:
        channel = value_of(body)
        sight(body, deps).need(Look.BOARD)
        _put(channel, person_of(body), deps)
        ack()
        follow("board moves", body, lambda: replace_own(body, private(_COMING), deps), deps)


BOARD_WORDS: dict[str, Word] = {"board": board}
