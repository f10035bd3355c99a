"""Given an envelope that is wrong in any way, or several, then the bot answers or refuses it at once, saves all of a
step or nothing of it, and tells nobody of a case that they may not read.

`FUZZ=100000 pytest tests/fuzz` (or `make fuzz`) sends as many, others each time, and prints how to see one again.
"""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_bolt import App

from bot.views.wording.refusal_words import PARTLY
from handlers.app import register_all
from handlers.intake import person_of
from handlers.listeners import Listeners, id_in
from tests.fuzz.corpus import Envelope
from tests.fuzz.mutations import TYPED, Sent, made, sequences
from tests.fuzz.room import NAMES, CameOf, Room

MOST = 5  # envelopes of one sequence
ASKED = int(os.environ.get("FUZZ") or 0)
SENT = ASKED or 5_000
LATE = 3.0  # seconds, as Slack has it; of this process alone, which waits for nobody (test_wires.py goes by the clock)


class Counting:
    """How many were sent, and what became of them."""

    def __init__(self) -> None:
        self.sent = self.refused = self.changed = 0


def test_every_listener_is_pressed(corpus: list[Envelope], room: Room) -> None:
    pressed = {f"{_kind(each)} {id_in(_kind(each), each)}" for each in corpus}
    known = {(kind, id) for kind, ids in _known(room).items() for id in ids}
    missed = [
        f"{kind} {id}"
        for kind, id in known
        if not any(one == f"{kind} {id}" or _matches(kind, id, one) for one in pressed)
    ]
    assert missed == []


def _known(room: Room) -> Any:
    listeners = Listeners(
        App(token="xoxb-none", token_verification_enabled=False), ThreadPoolExecutor(1), lambda *_: None
    )
    register_all(listeners, room.evening.deps, room.evening.refresher)
    return listeners.known


def _matches(kind: str, id: Any, one: str) -> bool:
    return not isinstance(id, str) and one.startswith(f"{kind} ") and bool(id.search(one.partition(" ")[2]))


def _kind(envelope: Envelope) -> str:
    if "command" in envelope:
        return "command"
    kinds = {"block_actions": "action", "view_submission": "view", "event_callback": "event"}
    return kinds.get(envelope["type"], "shortcut")


def test_envelopes(corpus: list[Envelope], room: Room) -> None:
    count = Counting()

    @settings(
        max_examples=SENT // 4,  # more than four to a sequence, on average, with those that come twice
        derandomize=not ASKED,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def each(data: st.DataObject) -> None:
        sent = data.draw(sequences(len(corpus), MOST))
        room.anew()
        for one in sent:
            _holds(one, corpus, room, count)

    each()
    print(f"\n{count.sent} envelopes: {count.refused} of no known shape, {count.changed} recorded something")
    assert count.sent >= SENT and count.changed > SENT / 100


def _holds(one: Sent, corpus: list[Envelope], room: Room, count: Counting) -> None:
    envelope = made(corpus[one.base], one.changes)
    for again in range(1 + one.is_twice):
        before, kept = room.record(), room.all_kept()
        came = room.send(envelope, again=bool(again))
        count.sent += 1
        count.refused += came.status == 400
        count.changed += room.record() != before
        _answered(came)
        _saved_whole(came, before, room)
        assert came.status == 200 or room.all_kept() == kept
        _tells_nobody_else(came, envelope, room)
        _logs_no_words(came)


def _answered(came: CameOf) -> None:
    failed = [each for each in came.logged if each["event"] in FAILED or each["log_level"] == "critical"]
    assert not failed, failed
    assert came.seconds < LATE
    assert came.status in (200, 400, 404, 409)
    assert "Traceback" not in came.said


FAILED = ("request failed", "not shown", "a library's trouble", "draft not forgotten")


def _saved_whole(came: CameOf, before: dict[str, list[Any]], room: Room) -> None:
    after = room.record()
    assert all(after[ref][: len(entries)] == entries for ref, entries in before.items())
    assert room.is_whole()
    if came.status != 200 or '"response_action": "errors"' in came.body:
        assert (after != before) == (PARTLY in came.body), "what is saved is said to be, and nothing else is"


def _tells_nobody_else(came: CameOf, envelope: Envelope, room: Room) -> None:
    """Of a case: neither what it holds nor that there is one, but for a reference that they sent themselves."""
    person = _who(envelope)
    sent = json.dumps(envelope)
    for ref, name in NAMES.items():
        if room.may_read(person, ref):
            continue
        told = [word for word in (ref, name) if word in came.said and word not in sent]
        assert told == [], f"{person} reads of {ref}"
    for method, asked in came.told:
        to = str(asked.get("user") or asked.get("user_id") or person)
        if method in ("chat.postEphemeral", "views.publish", "conversations.open"):
            assert to == person


def _who(envelope: Envelope) -> str:
    try:
        return person_of(envelope)
    except (KeyError, TypeError, AttributeError):
        return ""


def _logs_no_words(came: CameOf) -> None:
    said = json.dumps(came.logged, default=str)
    assert TYPED not in said
    assert not any(name in said for name in NAMES.values())
