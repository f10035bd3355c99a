"""One seed: an evening of people and faults, then fair weather until all is quiet, then what is left is judged."""

from collections.abc import Mapping

from msgspec import Struct

from simulation import staff
from simulation.fate import Fate
from simulation.people import Crowd
from simulation.processes import Machines, setting_of
from simulation.promises import Offence, Promises
from simulation.requests import Wire
from simulation.universe import Universe

_LENGTHS = (80.0, 160.0, 320.0, 600.0)  # seconds of faults
_QUIET = 5.0  # seconds without anything that is due or waits
_QUIET_WITHIN = 300.0
_CASES = (1, 1, 1, 2, 6)


class Outcome(Struct, frozen=True, kw_only=True):
    seed: int
    sum: str  # of the trace
    steps: int
    crashes: int
    faults: Mapping[str, int]
    broken: list[Offence]


def night(seed: int) -> Outcome:
    universe = Universe(seed)
    universe.promises = Promises(universe, setting_of(universe))
    staff.list_people(universe.stores.documents, universe.schedule.now)
    machines = Machines(universe)
    until = universe.schedule.now + universe.chance.choice(_LENGTHS)
    Crowd(universe, Wire(universe, machines), universe.chance.choice(_CASES), until)
    Fate(universe, machines, until)
    _passes(universe, until)
    if not universe.promises.broken:
        universe.calm_down()
        _comes_to_rest(universe)
    _ends(universe, machines)
    return Outcome(
        seed=seed,
        sum=universe.trace.sum,
        steps=universe.trace.steps,
        crashes=universe.crashes,
        faults=dict(universe.trace.faults),
        broken=universe.promises.broken,
    )


def _passes(universe: Universe, until: float) -> None:
    """Until then, or until a promise is broken."""
    while universe.schedule.now < until and not universe.promises.broken:
        universe.schedule.run_until(min(until, universe.schedule.now + 1.0))


def _comes_to_rest(universe: Universe) -> None:
    gives_up, quiet_since = universe.schedule.now + _QUIET_WITHIN, universe.schedule.now
    while universe.schedule.now < gives_up and not universe.promises.broken:
        _passes(universe, universe.schedule.now + 1.0)
        if universe.is_busy():
            quiet_since = universe.schedule.now
        elif universe.schedule.now - quiet_since > _QUIET:
            return universe.promises.at_rest()
    if not universe.promises.broken:
        universe.promises.broke("Everything is delivered once the faults are over.", universe.what_waits())


def _ends(universe: Universe, machines: Machines) -> None:
    """Nothing of it is left in this process."""
    for process in machines.all():
        universe.schedule.kill(process.life)
    universe.schedule.kill(universe.fate)
