"""The way out beside Slack: a pager's service, that takes a message, refuses it, or does not say."""

from bot.ports.ways_tried import WayAnswer
from simulation.network import Outside
from simulation.universe import Universe
from workers.ways_out.channel import Attempt, Letter


class Pager:
    """A `Channel`."""

    asks = "the simulated pager"
    number = ""

    def __init__(self, universe: Universe, outside: Outside) -> None:
        self._universe = universe
        self._outside = outside

    def send(self, letter: Letter) -> Attempt:
        ours, life = self._universe, self._outside.life
        ours.gives_way(life, "dies before", "pager")
        if ours.strikes(life, "pager refuses"):
            return Attempt(answer=WayAnswer.REFUSED, said="the pager's server refuses")
        ours.promises.pager_took(letter)
        ours.trace.note(ours.schedule.now, life.name, "pager rings")
        ours.gives_way(life, "dies after", "pager")
        if ours.strikes(life, "pager loses the answer"):
            return Attempt(answer=WayAnswer.SILENT, said="no answer in time")
        return Attempt(answer=WayAnswer.TAKEN)
