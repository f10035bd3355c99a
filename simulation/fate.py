"""What befalls whole machines and services for a while: the record, Slack, a place in it, a machine and its clock."""

from collections.abc import Callable

from simulation import staff
from simulation.processes import Machines
from simulation.universe import Universe

_JUMPS = (-86_400.0, -3600.0, -3600.0, -90.0, -10.0, 2.0, 40.0, 400.0, 3600.0, 3600.0, 86_400.0)  # seconds
_AWAY = (2.0, 20.0, 75.0)
_SHUT = (15.0, 60.0, 200.0)
_PLACES = ("", staff.FIM, staff.CASES, staff.SUPERVISORS, staff.INSPECTORS, "DU0OLA", "DU0CAL")
_OF_A_PLACE = ("not_in_channel", "is_archived", "channel_not_found")
_OF_A_PERSON = ("user_disabled", "user_not_found")
_OF_THE_TOKEN = ("token_revoked", "account_inactive")
_WAYS_TO_BE_AWAY = ("no answer", "500", "limited", "html")


class Fate:
    def __init__(self, universe: Universe, machines: Machines, until: float) -> None:
        self._universe = universe
        self._machines = machines
        self._chance = universe.chance
        spells: dict[str, Callable[[], None]] = {
            "record away": self._record_away,
            "Slack away": self._slack_away,
            "place shut": self._place_shut,
            "clock jumps": self._clock_jumps,
            "host dies": self._host_dies,
        }
        length = until - universe.schedule.now
        for kind, times in universe.weather.spells.items():
            for _ in range(times):
                after = self._chance.uniform(5.0, length * 0.9)
                universe.schedule.spawn(universe.fate, "fate", spells[kind], after)

    def _note(self, kind: str, about: str) -> None:
        self._universe.trace.fault(self._universe.schedule.now, "fate", kind, about)

    def _lasts(self, seconds: float) -> None:
        self._universe.schedule.sleep(seconds)

    def _record_away(self) -> None:
        seconds = self._chance.choice(_AWAY)
        self._note("record away", f"{seconds:g} s")
        self._universe.is_record_away = True
        self._lasts(seconds)
        self._universe.is_record_away = False

    def _slack_away(self) -> None:
        seconds, how = self._chance.choice(_AWAY), self._chance.choice(_WAYS_TO_BE_AWAY)
        self._note("Slack away", f"{seconds:g} s: {how}")
        self._universe.slack_fault = how
        self._lasts(seconds)
        self._universe.slack_fault = ""

    def _place_shut(self) -> None:
        place, seconds = self._chance.choice(_PLACES), self._chance.choice(_SHUT)
        codes = _OF_A_PLACE if place.startswith("C") else _OF_A_PERSON if place else _OF_THE_TOKEN
        code = self._chance.choice(codes)
        self._note("place shut", f"{place or 'everything'} {seconds:g} s: {code}")
        self._universe.slack.shut[place] = code
        self._lasts(seconds)
        self._universe.slack.shut.pop(place, None)

    def _clock_jumps(self) -> None:
        host, by = self._chance.choice(self._universe.hosts), self._chance.choice(_JUMPS)
        self._note("clock jumps", f"{host.name} {by:+g} s")
        host.ahead += by
        self._lasts(self._chance.choice((20.0, 100.0, 400.0)))
        if self._chance.random() < 0.5:
            self._note("clock jumps", f"{host.name} {-by:+g} s")
            host.ahead -= by

    def _host_dies(self) -> None:
        host = self._chance.choice(self._universe.hosts)
        self._note("host dies", host.name)
        for process in self._machines.of(host):
            self._universe.kill(process.life)
