"""Simulated people: each does one thing after another, at random, by what is before their eyes, until told to stop."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable

from msgspec import Struct

from benchmarks.soak import forms
from bot.views import ids
from cli.demo import cast
from handlers.forms.report.report_page import NOT_MISSING
from sandbox.blocks import Place, places
from sandbox.client import Message, Modal, Outcome, Person, Workspace
from sandbox.errors import NotPossible, StillWaiting

NAMES = tuple(
    f"{first} {last}"
    for first in ("Wrenna", "Tobiah", "Maribel", "Osric", "Peregrin", "Isolde")
    for last in ("Halewick", "Quillfeather", "Brambleton")
)
_PATIENCE = 4.0  # seconds that somebody looks at an empty screen
_PRESSED = (ids.ACKNOWLEDGE, ids.TAKE, ids.ACCEPT, ids.RECORD_MISSING, ids.ACKNOWLEDGE_MANY)
_LED_ASTRAY = frozenset({ids.DETAILS, ids.REFRESH_CASE, ids.TIMELINE_PICTURE})  # open no form


class Told(Struct, frozen=True):
    """Somebody was told that this is done."""

    who: str  # Slack's id
    did: str  # the button or form
    ref: str  # "" for a report and for what is of no case
    words: str  # what was typed; "" for a press
    began: float  # machine seconds
    ended: float


class Crowd:
    """Those who act in one thread, in turn."""

    def __init__(
        self,
        workspace: Workspace,
        names: tuple[str, ...],
        number: int,
        seed: str,
        cases: int,
        stop: threading.Event,
    ) -> None:
        self._workspace = workspace
        self._number = number
        self._people = [workspace.person(name) for name in names]
        self._ids = {person.name: person.id for person in self._people}
        self._chance = random.Random(f"{seed} {names}")  # nosec B311 # has to be repeatable
        self._slowest = random.Random(f"pace {seed}").choice([0.3, 1.0, 3.0])  # seconds between two deeds  # nosec B311 # has to be repeatable
        self._cases = cases
        self._stop = stop
        self._said = 0
        self.told: list[Told] = []
        self.met: Counter[str] = Counter()
        self.thread = threading.Thread(target=self._live, name=f"people {names}", daemon=True)
        self.trouble: BaseException | None = None

    def _live(self) -> None:
        try:
            while not self._stop.wait(self._chance.uniform(0.05, self._slowest)):
                self._turn(self._chance.choice(self._people))
        except Exception as trouble:  # noqa: BLE001 - told by the main thread
            self.trouble = trouble

    def _turn(self, person: Person) -> None:
        deed = self._deed(person)
        try:
            if person.modal:
                person.close(everything=True)
            deed(person)
        except NotPossible as no:
            self.met[f"not possible: {str(no)[:40]}"] += 1
        except StillWaiting:
            self.met["waited for a screen in vain"] += 1

    def _deed(self, person: Person) -> Callable[[Person], None]:
        if person.name == "cal" and self._cases > 0 and self._chance.random() < 0.35:
            return self._report
        deeds = [(self._press, 5), (self._step, 5), (self._menu, 1), (self._decline, 1)]
        if person.name in ("fay", "kim", "ian", "sam"):
            deeds += [(self._hand_over, 1), (self._accept_hand_over, 2)]
        return self._chance.choices([deed for deed, _ in deeds], [weight for _, weight in deeds])[0]

    # --- deeds ----------------------------------------------------------------------------------------------

    def _report(self, person: Person) -> None:
        began, words = time.time(), self._words()
        person.type("/missing", cast.CASES)
        modal = self._modal(person, "Report a missing", ids.START_FRESH)
        if ids.START_FRESH in modal.action_ids:
            person.click(ids.START_FRESH)
            self._modal(person, "Report a missing")
        if self._chance.random() < 0.3:
            person.click(ids.CONCERN_INSTEAD)
            self._wait(lambda: (m := person.modal) and NOT_MISSING in m.values, "why it is not missing")
        given = forms.report(self._chance, words, self._chance.choice(NAMES)) | {
            NOT_MISSING: {ids.VALUE: words}
        }
        said = person.submit(forms.asked(person.modal or modal, self._chance, words, given))
        if self._note(person, said, "report", "", words, began):
            self._cases -= 1
            self._grade_at_once(person)

    def _grade_at_once(self, person: Person) -> None:
        modal = person.modal
        if modal and modal.title.startswith("Risk: ") and self._chance.random() < 0.6:
            began, words = time.time(), self._words()
            given = forms.answers(modal, self._chance, words)
            self._note(person, person.submit(given), "risk", modal.title.removeprefix("Risk: "), "", began)

    def _press(self, person: Person) -> None:
        seen = [(message, place) for message in self._before(person) for place in _pressable(message)]
        if not seen:
            return
        message, place = self._chance.choice(seen[-12:])
        began = time.time()
        outcome = person.click(place.action_id, message, block_id=place.block_id)
        ref = str(place.element.get("value", ""))
        self._note(person, outcome, place.action_id, ref, "", began)

    def _decline(self, person: Person) -> None:
        offers = [message for message in person.sees(cast.DIRECT) if ids.DECLINE in message.action_ids]
        if offers:
            offer = offers[-1]
            ref = _value(offer, ids.DECLINE)
            person.click(ids.DECLINE, offer)
            self._fill(person, self._modal(person, "Decline"), "decline", ref)

    def _step(self, person: Person) -> None:
        """Opens a case and one of its forms, and fills it in."""
        cards = [card for card in person.sees(cast.CASES) if ids.OPEN_CASE in card.action_ids]
        if not cards:
            return
        card = self._chance.choice(cards[-15:])
        person.click(ids.OPEN_CASE, card)
        case = self._modal(person, "MC-")
        steps = [place for place in _buttons(case) if place.action_id not in _LED_ASTRAY]
        if not steps:
            return
        step = self._chance.choice(steps)
        began = time.time()
        outcome = person.click(step.action_id, block_id=step.block_id)
        if step.action_id in _PRESSED:
            self._note(person, outcome, step.action_id, case.title, "", began)
            return
        form = self._wait(lambda: (m := person.modal) and m.title != case.title and m, "the form")
        self._fill(person, form, step.action_id, case.title)

    def _menu(self, person: Person) -> None:
        cards = [card for card in person.sees(cast.CASES) if ids.MORE in card.action_ids]
        if not cards:
            return
        card = self._chance.choice(cards[-15:])
        (menu,) = [place.element for place in places(card.blocks) if place.action_id == ids.MORE]
        verb, ref = ids.chosen(str(self._chance.choice(menu["options"])["value"]))
        person.choose(ids.MORE, f"{verb}:{ref}", card)
        self._fill(person, self._wait(lambda: person.modal, f"the form {verb}"), verb, ref)

    def _hand_over(self, person: Person) -> None:
        person.type("/missing handover", cast.CASES)
        self._fill(person, self._modal(person, "Hand over"), "handover", "")

    def _accept_hand_over(self, person: Person) -> None:
        offers = [each for each in person.sees(cast.DIRECT) if ids.ACCEPT_ALL in each.action_ids]
        if offers:
            person.click(ids.ACCEPT_ALL, offers[-1])
            self._fill(person, self._wait(lambda: person.modal, "the read-back"), "accept_handover", "")

    # --- what deeds have in common --------------------------------------------------------------------------

    def _fill(self, person: Person, form: Modal, did: str, ref: str) -> None:
        if ids.START_FRESH in form.action_ids:
            person.click(ids.START_FRESH)
            form = self._wait(
                lambda: (m := person.modal) and ids.START_FRESH not in m.action_ids and m, "a fresh form"
            )
        began, words = time.time(), self._words()
        given = forms.answers(form, self._chance, words)
        typed = any(value == words for block in given.values() for value in block.values())
        self._note(person, person.submit(given), did, ref, words if typed else "", began)

    def _note(self, person: Person, said: Outcome, did: str, ref: str, words: str, began: float) -> bool:
        """Whether this person was told that it is done, as far as the acknowledgement tells."""
        if not said.acked:
            self.met[f"{did}: {said.error}"] += 1
        elif said.raw.get("errors"):
            self.met[f"{did}: refused"] += 1
        else:
            self.met[f"{did}: done"] += 1
            self.told.append(Told(self._ids[person.name], did, ref, words, began, time.time()))
            return True
        return False

    def _before(self, person: Person) -> list[Message]:
        channels = [cast.CASES, *(cast.channel_of(role) for role in cast.PAGED), cast.DIRECT]
        found: list[Message] = []
        for channel in channels:
            try:
                found += person.sees(channel)[-8:]
            except NotPossible:
                continue  # not theirs to see
        return sorted(found, key=lambda message: float(message.ts))

    def _modal(self, person: Person, title: str, button: str = "") -> Modal:
        return self._wait(
            lambda: (m := person.modal) and (m.title.startswith(title) or button in m.action_ids) and m, title
        )

    def _wait(self, probe: Callable[[], Modal | bool | None], what: str) -> Modal:
        return self._workspace.wait_for(probe, what, _PATIENCE)  # type: ignore[return-value]  # true: a modal

    def _words(self) -> str:
        """A number, since in reference-only mode nothing else is taken: of an incident, and of an entry in its log."""
        self._said += 1
        return forms.number(self._number, self._said)


def _pressable(message: Message) -> list[Place]:
    return [place for place in places(message.blocks) if place.action_id in _PRESSED]


def _buttons(modal: Modal) -> list[Place]:
    return [place for place in places(modal.blocks) if place.element["type"] == "button"]


def _value(message: Message, action: str) -> str:
    return next(str(p.element["value"]) for p in places(message.blocks) if p.action_id == action)


def crowds(workspace: Workspace, seed: int, cases: int, stop: threading.Event) -> list[Crowd]:
    together = (("cal",), ("fay", "kim"), ("sam", "sid"), ("ian", "sue", "ola", "oz"))
    return [
        Crowd(workspace, names, number, str(seed), cases if "cal" in names else 0, stop)
        for number, names in enumerate(together)
    ]
