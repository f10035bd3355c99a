"""Valid envelopes: one at least of every listener, as the local Slack delivers them for a press of somebody's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.domain.facts import Child
from tests.handlers.evening import Evening, an_evening, id_of
from tests.handlers.test_every_press import ROWS
from tests.world import answers

Envelope = dict[str, Any]
WHO = "sam"
FIRST = "MC-26-0001"
_AT_A_TIME = 10  # what was delivered is read anew for each


def report_all(evening: Evening) -> None:
    """Two episodes of one child, and a case of another one."""
    child = Child(name="Rowan Pike", age=13, person_ref="P-77")
    for number in (1, 2):
        evening.report(
            1, by=id_of("cal"), incident=f"LOG-{number}", child=child, markers=answers("abduction")
        )
    evening.report(1, by=id_of("cal"), incident="LOG-3")
    evening.until(1)


def valid_envelopes() -> list[Envelope]:
    rows = list(ROWS)
    pressed = [
        each for at in range(0, len(rows), _AT_A_TIME) for each in _pressed(rows[at : at + _AT_A_TIME])
    ]
    return [*pressed, *_events()]


def _pressed(rows: list[str]) -> Iterator[Envelope]:
    with _room() as evening:
        for name in rows:
            if evening.person(WHO).modal:
                evening.person(WHO).close(everything=True)
            go = ROWS[name].press(evening, WHO, FIRST)
            before = len(evening.workspace.deliveries())
            go()
            evening.settle()  # a form that opens late would stand before the next press
            yield from (each["payload"] for each in evening.workspace.deliveries()[before:])


def _events() -> Iterator[Envelope]:
    """What is said in channels, in threads and to the bot; files; and its home."""
    with _room() as evening:
        bot, who = f"<@{evening.workspace.info['apps'][0]['bot_user']}>", evening.person(WHO)
        card = evening.post(evening.screens.card(evening.case(FIRST)))
        who.type(f"{bot} status {FIRST}", "cases")
        for words in (
            f"{bot} who has it?",
            f"{bot} timeline",
            f"accept {bot}",
            "Rang the school",
            f"{bot} hm",
        ):
            who.type(words, "cases", thread=card.ts)
        who.type("Seen at the pier", "cases", thread=card.ts, files=["pier.jpg"])
        for words in (f"status {FIRST}", "accept", "list", "hello"):
            who.type(words, "@missing")
        who.open_home()
        yield from (each["payload"] for each in evening.workspace.deliveries())


@contextmanager
def _room() -> Iterator[Evening]:
    with an_evening() as evening:
        evening.workspace.settings(trigger_seconds=600, rate_limits=False)
        report_all(evening)
        yield evening
