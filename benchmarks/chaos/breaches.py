"""What has to arrive: children reported in Slack by people who do not give up, and cases whose clock comes due."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random

from msgspec import Struct, field

from benchmarks.chaos.site import DESK, REPORTERS, Site
from benchmarks.soak import forms
from benchmarks.soak.people import NAMES, Told
from bot.domain.commands import GradeGiven, Report
from bot.domain.facts import Child, Grade, Reporter
from bot.domain.people import Actor, Role
from bot.views import ids
from sandbox.client import Modal, Person
from sandbox.errors import NotPossible, StillWaiting

OWNER_DUE = timedelta(minutes=15)  # at medium, as the storm's policy says
_PATIENCE = 8.0  # seconds that somebody looks at an empty screen
_AGAIN = 1.0  # seconds before somebody presses once more
_REPORTER = Reporter(name="Jo Hale", phone="07700 900003", relationship="carer")
_FORM = "Report a missing"


class Wave(Struct):
    """Breaches that have to arrive, by the number of the call or, where no person reported it, of the case."""

    name: str
    due: dict[str, float] = field(default_factory=dict)  # case → machine second at which its clock comes due
    told: list[Told] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    troubles: list[BaseException] = field(default_factory=list)

    @property
    def sent(self) -> int:
        return len(self.due) + len(self.told)


def let_come_due(site: Site, wave: Wave, count: int, soonest: float, within: float) -> None:
    """Cases reported a while ago: their clocks come due `soonest` to `soonest + within` seconds from now."""
    actor = Actor(id=site.workspace.person(REPORTERS[0]).id, roles=frozenset({Role.CONTROL_ROOM}))
    now, machine = site.bot.clock.now(), time.time()
    for number in range(count):
        after = soonest + within * number / max(count, 1)
        command = Report(
            incident=f"DUE-{wave.name}-{number}",
            child=Child(name=f"{NAMES[number % len(NAMES)]} {number}", age=15),
            category="missing",
            why_worried="Not home",
            reporter=_REPORTER,
            told_at=now + timedelta(seconds=after) - OWNER_DUE,
            grade=GradeGiven(level=Grade.MEDIUM, rationale="coded:other_in_log;log=17"),
        )
        wave.due[site.bot.desk.report(command, actor, "chaos").case.ref] = machine + after


class Reporters:
    """Call handlers in threads of their own; each has so many children to report, spread over so many seconds."""

    def __init__(self, site: Site, wave: Wave, count: int, within: float) -> None:
        self._site, self._wave, self._within = site, wave, within
        shares = [count // len(REPORTERS) + (each < count % len(REPORTERS)) for each in range(len(REPORTERS))]
        self._threads = [
            threading.Thread(target=self._live, args=(name, share), name=f"reporter {name}", daemon=True)
            for name, share in zip(REPORTERS, shares, strict=True)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def wait(self) -> None:
        """Until every one of them has been told that it is saved."""
        for thread in self._threads:
            thread.join()
        if self._wave.troubles:
            raise self._wave.troubles[0]

    def _live(self, name: str, share: int) -> None:
        person, began = self._site.workspace.person(name), time.monotonic()
        try:
            for number in range(share):
                time.sleep(max(0.0, began + self._within * number / share - time.monotonic()))
                self._report(person, forms.number(0, next(self._site.calls)), Random(number))  # nosec B311 # repeatable
        except Exception as trouble:  # noqa: BLE001 # told by the main thread
            self._wave.troubles.append(trouble)

    def _report(self, person: Person, words: str, chance: Random) -> None:
        given = forms.report(chance, words, chance.choice(NAMES)) | {"yes": {ids.LIVE: ["suicidal_today"]}}
        given.pop("person_ref", None)  # the same child again would be another story
        began = time.time()
        while not (self._filled_in(person) and self._saved(person, given)):
            time.sleep(_AGAIN)
        self._wave.told.append(Told(person.id, "report", "", words, began, time.time()))
        _put_away(person)

    def _filled_in(self, person: Person) -> bool:
        """Whether the empty form is before them; what was typed is handed in with Save."""
        if (modal := person.modal) and modal.title.startswith(_FORM) and not modal.errors:
            return True
        try:
            _put_away(person)
            person.type("/missing", DESK)
            if ids.START_FRESH in self._form(person, bool).action_ids:
                person.click(ids.START_FRESH)
                self._form(person, lambda modal: ids.START_FRESH not in modal.action_ids)
            return True
        except (NotPossible, StillWaiting) as no:
            self._wave.met[f"no form: {type(no).__name__}"] += 1
            return False

    def _form(self, person: Person, fits: Callable[[Modal], bool]) -> Modal:
        def there() -> Modal | None:
            modal = person.modal
            return (
                modal
                if modal
                and (modal.title.startswith(_FORM) or ids.START_FRESH in modal.action_ids)
                and fits(modal)
                else None
            )

        found = self._site.workspace.wait_for(there, "the form", _PATIENCE)
        assert found is not None
        return found

    def _saved(self, person: Person, given: forms.Answers) -> bool:
        try:
            said = person.submit(given)
        except NotPossible as no:
            self._wave.met[f"not saved: {str(no)[:40]}"] += 1
            return False
        errors = said.raw.get("errors")
        self._wave.met[f"Save: {said.error or errors or 'acknowledged'}"[:160]] += 1
        return said.acked and not errors


def _put_away(person: Person) -> None:
    if person.modal:
        person.close(everything=True)
