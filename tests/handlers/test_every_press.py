"""Whoever presses anything gets one answer, at once, and the right one: also who may not, and where the case cannot be
read. The record server is on the same machine, where a refusal follows an acknowledgement within milliseconds.

Every listener of the app has a row; a new one without a row fails.
"""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple
from uuid import uuid4

import msgspec
import pytest
from slack_bolt import App

from bot.domain import commands
from bot.domain.commands import Command
from bot.domain.facts import Child
from bot.domain.people import Role
from bot.domain.permissions import may
from bot.store.connection import for_store
from bot.store.redis_stores import RedisStores
from bot.views import ids
from bot.views.blocks import ask, modal, typed
from bot.views.message import View
from bot.views.wording import access_words, duty_refusals, refusal_words
from handlers import commands as slash
from handlers.app import register_all
from handlers.conversation.shortcuts import ADD_INFORMATION, which_case
from handlers.forms import handing_over
from handlers.forms.every_step import STEPS
from handlers.forms.report.report_form import opened
from handlers.forms.report.report_page import report_page
from handlers.forms.report.risk_page import Answering, risk_page
from handlers.forms.step_form import FormAsked
from handlers.listeners import Known, Listeners
from tests.conftest import SECRETS
from tests.damage import Damage
from tests.handlers.evening import REPORT, Evening, an_evening, id_of
from tests.handlers.every_press import (
    Press,
    a_button,
    a_command,
    a_form,
    a_menu,
    off_duty,
    on_a_view,
    pressing,
    typing,
)
from tests.world import answers

pytestmark = pytest.mark.redis

BAD, WELL = "MC-26-0001", "MC-26-0002"

QUIET = "nothing"  # acknowledged, and not a word
ONE = "."  # one answer, whatever it says
CANNOT = "cannot be read"
STRANGER = re.escape(access_words.NOT_SET_UP)
NOT_YOURS = re.escape(access_words.NOT_YOURS)
UNREAD = "cases are read by those on duty"  # by who may not
UNCHANGED = f"Nothing changed|holds it until|Not done|{STRANGER}"
NOTHING_WAITS = "Nothing of this kind waits on the case now"
SAID_FIRST = {
    ids.DECLINE: NOTHING_WAITS,
    ids.DECIDE: NOTHING_WAITS,
    ids.SIGN_OFF: NOTHING_WAITS,
    ids.TRANSFER_ACCEPTED: NOTHING_WAITS,
    ids.TRANSFER_REFUSED: NOTHING_WAITS,
    ids.KEEP: NOTHING_WAITS,
    ids.SET_ENQUIRY: "Only an arrest or a circulation is about a suspect",
    ids.REOPEN: NOTHING_WAITS,
    ids.CONFIRM: NOTHING_WAITS,
    ids.FINISH_ENQUIRY: "Type what came of it",
    ids.THEIR_WORDS: "Type the markers that were answered",
    ids.CONSIDER: "Type what follows from it",
    ids.RELEASE: "This is not assigned to you",
    ids.DUPLICATE: "Type the reference or incident number of another case",
}


class Row(NamedTuple):
    """What somebody reads who presses it: a regular expression each. `verb`: refused to who may not take that step."""

    press: Press
    verb: type[Command] | None = None
    stranger: str = ""
    idle: str = ""  # one of the force's people, without a role
    unreadable: str = CANNOT  # empty where it is of no case


def plain(press: Press, said: str = ONE) -> Row:
    """For everybody alike, and of no case."""
    return Row(press, None, said, said, "")


def shown(press: Press, unreadable: str = CANNOT) -> Row:
    """For anybody of the force."""
    return Row(press, None, STRANGER, ONE, unreadable)


def step(press: Press, verb: type[Command]) -> Row:
    """What is given to one person says so when it is saved."""
    named = may(frozenset(), verb)
    return Row(press, verb, STRANGER if named else "", ONE)


def saving(press: Press, idle: str) -> Row:
    """`idle`: what the door says to one of the force's people without a role. Nothing is recorded."""
    return Row(press, None, STRANGER, f"{idle}|{NOT_YOURS}")


def saved_form(id: str) -> Row:
    """The door says first what is wrong with the step itself; else whose step it is."""
    if id in SAID_FIRST:
        return saving(form_of(id), SAID_FIRST[id])
    return Row(form_of(id), STEPS[id].verb, STRANGER)


def form_of(id: str) -> Press:
    def view(evening: Evening, ref: str) -> View:
        drawn = STEPS[id].view(evening.case(WELL), evening.deps.screen, "")
        return {**drawn, "private_metadata": FormAsked(ref, "1").kept(), "submit": _button("Save")}

    return a_form(view, when="1341", of=WELL, field="reporter.name")


def _button(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def risk_form(evening: Evening, ref: str) -> View:
    drawn = risk_page(evening.case(WELL), Answering(saved=evening.clock.now()), evening.deps.screen)
    kept = msgspec.json.decode(drawn["private_metadata"])
    return {**drawn, "private_metadata": msgspec.json.encode(kept | {"ref": ref}).decode()}


def handing(evening: Evening, _: str) -> View:
    people = frozenset({id_of("ian"), id_of("sid")})
    return handing_over.hand_over([Role.FIM], people, evening.deps.screen)


def reading_back(_: Evening, __: str) -> View:
    asked = ask("first", "What will you do first?", typed(ids.VALUE))
    return {
        **modal(ids.READ_BACK, "Accept", [asked], submit="Accept"),
        "private_metadata": FormAsked("", "1").kept(),
    }


def putting_on(_: Evening, __: str) -> View:
    chosen = {"type": "users_select", "action_id": ids.VALUE}
    return modal(ids.PUT_ON_DUTY, "On duty", [ask("person", "Who", chosen)], submit="Put", metadata="fim")


def choosing(evening: Evening, _: str) -> View:
    view = which_case([evening.case(WELL)], [], "", evening.deps.screen)
    return {**view, "private_metadata": FormAsked("", "C1:1.1:1.1").kept()}


def one(_: str) -> str:
    return "1"


def on_case(action: str, value: Any) -> Press:
    return on_a_view(action, value, ids.CASE, lambda ref: ref)


def kept_form(action: str) -> Press:
    return on_a_view(action, lambda ref: f"grade {ref}", ids.UNFINISHED, lambda ref: FormAsked(ref).kept())


def reported(evening: Evening, _: str) -> View:
    return report_page(opened(evening.deps.screen), evening.deps.screen)


def trained(evening: Evening, _: str) -> View:
    return report_page(opened(evening.deps.screen, ids.TRAINING_REPORT), evening.deps.screen)


ACTIONS: dict[str, Row] = {
    ids.TAKE: step(a_button(ids.TAKE), commands.Take),
    ids.RECORD_MISSING: saving(a_button(ids.RECORD_MISSING), "dealt with this"),
    ids.ACKNOWLEDGE: Row(a_button(ids.ACKNOWLEDGE), None, UNCHANGED, UNCHANGED),
    ids.ACKNOWLEDGE_MANY: Row(a_button(ids.ACKNOWLEDGE_MANY), None, UNCHANGED, UNCHANGED),
    ids.ACCEPT: Row(a_button(ids.ACCEPT), None, UNCHANGED, UNCHANGED),
    ids.SHOW_ALL: shown(a_button(ids.SHOW_ALL, lambda _: "fim"), ""),
    ids.OPEN_CASE: shown(a_button(ids.OPEN_CASE)),
    ids.REFRESH_CASE: shown(on_case(ids.REFRESH_CASE, lambda ref: ref)),
    ids.DETAILS: shown(a_button(ids.DETAILS)),
    ids.TIMELINE_PICTURE: Row(a_button(ids.TIMELINE_PICTURE), None, STRANGER, ONE),
    ids.MORE: step(a_menu(ids.MORE, lambda ref: f"assign:{ref}"), commands.Assign),
    ids.SELDOM: step(a_menu(ids.SELDOM, lambda ref: f"void:{ref}"), commands.Void),
    "^list_": shown(a_button("list_all", lambda _: "all"), ""),
    ids.WELCOMED: Row(a_button(ids.WELCOMED), None, STRANGER, ONE, ""),
    ids.PRACTICE: plain(a_button(ids.PRACTICE)),
    ids.PRACTICE_ACKNOWLEDGE: plain(a_button(ids.PRACTICE_ACKNOWLEDGE)),
    ids.MOVE_BOARD: Row(a_button(ids.MOVE_BOARD, lambda _: "C0LOBBY"), None, STRANGER, ONE, ""),
    ids.KEEP_ACTIVITY: step(a_button(ids.KEEP_ACTIVITY, lambda ref: f"{ref} 1.1 1.1"), commands.Note),
    ids.KEEP_INFORMATION: step(a_button(ids.KEEP_INFORMATION, lambda ref: f"{ref} 1.1 1.1"), commands.Inform),
    ids.HAND_OVER: plain(a_button(ids.HAND_OVER), re.escape(duty_refusals.HOLDS_NOTHING)),
    ids.ACCEPT_ALL: plain(a_button(ids.ACCEPT_ALL, one), UNCHANGED),
    ids.ACCEPT_EACH: plain(a_button(ids.ACCEPT_EACH, one), UNCHANGED),
    ids.TAKE_CASE: plain(on_a_view(ids.TAKE_CASE, lambda ref: f"1 {ref}", "each", one), UNCHANGED),
    ids.TAKE_REST: plain(on_a_view(ids.TAKE_REST, one, "each", one), UNCHANGED),
    ids.TAKE_OFF_DUTY: plain(
        on_a_view(ids.TAKE_OFF_DUTY, lambda _: f"fim {id_of('fay')}", ids.DUTY, one), f"Not done|{STRANGER}"
    ),
    ids.LIVE: plain(typing(ids.LIVE, "elsewhere", "{}"), QUIET),
    ids.VALUE: plain(typing(ids.VALUE, "elsewhere", "{}"), QUIET),
    ids.CONCERN_INSTEAD: plain(on_case(ids.CONCERN_INSTEAD, one), QUIET),
    ids.KEEP_MISSING: plain(on_case(ids.KEEP_MISSING, one), QUIET),
    ids.SHOW_NO_LISTS: plain(on_case(ids.SHOW_NO_LISTS, one), QUIET),
    ids.SAME_CHILD: saving(on_case(ids.SAME_CHILD, lambda ref: f"{ref} {WELL}"), "Not saved"),
    ids.GO_ON: plain(kept_form(ids.GO_ON)),
    ids.START_FRESH: Row(kept_form(ids.START_FRESH), None, ONE, ONE),
} | {id: step(a_button(id), taken.verb) for id, taken in STEPS.items()}
VIEWS: dict[str, Row] = {
    ids.REPORT: Row(a_form(reported, **REPORT, person_ref="N-77"), commands.Report, unreadable=""),
    ids.TRAINING_REPORT: Row(a_form(trained, **REPORT), commands.Report, unreadable=""),
    ids.RISK: saving(a_form(risk_form, yes_health=["pregnancy"]), "Only staff on duty can do this"),
    ids.WHICH_CASE: Row(a_form(choosing, case=None, reference="MC-26-0404"), None, STRANGER, UNREAD, ""),
    ids.HAND_OVER: plain(a_form(handing), f"Not offered|{STRANGER}"),
    ids.READ_BACK: plain(a_form(reading_back), UNCHANGED),
    ids.PUT_ON_DUTY: plain(a_form(putting_on), f"Not done|{STRANGER}"),
} | {id: saved_form(id) for id in STEPS}
COMMANDS: dict[str, Row] = {
    "": Row(a_command(lambda _: ""), commands.Report, unreadable=""),
    "REF": shown(a_command(lambda ref: ref)),
    "status": shown(a_command(lambda ref: f"status {ref}")),
    "nonsense": Row(a_command(lambda _: "stauts"), None, STRANGER, "status", ""),
} | {word: shown(a_command(lambda _, word=word: word), "") for word in slash.WORDS if word != "status"}


def by_shortcut(evening: Evening, name: str, _: str) -> Any:
    evening.person("ola").type("Seen at the bus station", "control")
    message = evening.person("ola").sees("control")[-1]
    return lambda: evening.person(name).shortcut(ADD_INFORMATION, on=message)


ROWS: dict[str, Row] = (
    {f"action {id}": row for id, row in ACTIONS.items()}
    | {f"view {id}": row for id, row in VIEWS.items()}
    | {f"command {word}": row for word, row in COMMANDS.items()}
    | {f"shortcut {ADD_INFORMATION}": Row(by_shortcut, commands.Inform, unreadable="")}
    | {
        "action of yesterday": plain(a_button("of_yesterday"), "no longer works"),
        "view of yesterday": plain(
            a_form(lambda *_: modal("of_yesterday", "Old", [ask("text", "Text", typed("x"))], submit="Save")),
            "no longer works",
        ),
    }
)


@pytest.fixture(scope="module")
def running(redis_url: str) -> Iterator[Evening]:
    """Two cases of one child, one of which nobody can read. Begun afresh where tests of another file came between."""
    with for_store(redis_url) as redis:
        stores = RedisStores(redis, SECRETS, prefix=f"every-press-{uuid4().hex}")
        with an_evening(stores=stores) as evening:
            evening.workspace.settings(trigger_seconds=60, rate_limits=False)
            child = Child(name="Rowan Pike", age=13, person_ref="P-77")
            for number in (1, 2):
                evening.report(
                    1, by=id_of("cal"), incident=f"LOG-{number}", child=child, markers=answers("abduction")
                )
            evening.until(1)
            Damage(stores, BAD).strike()
            yield evening


def test_every_listener_has_a_row(running: Evening) -> None:
    listeners = Listeners(
        App(token="xoxb-none", token_verification_enabled=False), ThreadPoolExecutor(1), lambda *_: None
    )
    register_all(listeners, running.deps, running.refresher)
    known = {f"{kind} {_named(id)}" for kind, ids in listeners.known.items() for id in ids}
    with_row = set(ROWS) | {"command /missing"}
    unanswered = {"event app_mention", "event message", "event app_home_opened"}  # nobody waits for those
    assert known - with_row == unanswered


def _named(id: Known) -> str:
    return id if isinstance(id, str) else id.pattern


@pytest.mark.parametrize("row", ROWS)
def test_a_stranger_is_answered_once(running: Evening, row: str) -> None:
    expected = ROWS[row].stranger or f"{STRANGER}|{refusal_of(ROWS[row], 'pat', running)}"
    answered(running, row, "pat", WELL, expected)


@pytest.mark.parametrize("row", ROWS)
def test_who_has_no_role_is_answered_once(running: Evening, row: str) -> None:
    with off_duty(running, "oz"):
        refused = ROWS[row].verb and not may(frozenset(), ROWS[row].verb)
        expected = f"{refusal_of(ROWS[row], 'oz', running)}|{NOT_YOURS}" if refused else ROWS[row].idle
        answered(running, row, "oz", WELL, expected)


@pytest.mark.parametrize("row", [row for row in ROWS if ROWS[row].verb])
def test_the_wrong_role_is_answered_once(running: Evening, row: str) -> None:
    verb = ROWS[row].verb
    assert verb is not None
    wrong = next((name for name in ("cal", "ola") if not may(running.actor(id_of(name)).roles, verb)), None)
    if wrong is None:
        pytest.skip("open to every role, or given to one person")
    answered(running, row, wrong, WELL, refusal_of(ROWS[row], wrong, running))


@pytest.mark.parametrize("row", [row for row in ROWS if ROWS[row].unreadable])
def test_on_a_case_that_cannot_be_read_one_is_answered_once(running: Evening, row: str) -> None:
    answered(running, row, "sam", BAD, ROWS[row].unreadable)


def refusal_of(row: Row, name: str, evening: Evening) -> str:
    assert row.verb is not None, "a row says what a stranger reads, or which step it is"
    return re.escape(refusal_words.not_yours(row.verb, id_of(name), evening.deps.screen))


def answered(evening: Evening, row: str, name: str, ref: str, expected: str) -> None:
    recorded = evening.did(WELL)
    pressed = pressing(evening, ROWS[row].press, name, ref)
    assert evening.did(WELL) == recorded
    assert pressed.acked
    assert pressed.seconds < 1
    if expected == QUIET:
        assert pressed.answers == []
        return
    [answer] = pressed.answers
    assert re.search(expected, answer)
    assert "did not answer" not in answer
