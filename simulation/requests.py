"""What Slack sends to the bot when somebody types, presses or submits: on its way it may be lost, come late, come twice
and overtake another; and its answer may not be heard."""

import json
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.request import BoltRequest

from simulation.asked import Request
from simulation.pools import Answer, HeardAck
from simulation.processes import BotProcess, Machines
from simulation.slack import JSON
from simulation.universe import Universe

SLACK_WAITS = 3.0  # seconds until it tells the person that there is no answer


class Wire:
    """Between Slack and the bots that are connected."""

    def __init__(self, universe: Universe, machines: Machines) -> None:
        self._universe = universe
        self._machines = machines
        self._slack_itself = universe.fate

    def ask(self, request: Request) -> JSON | None:
        """What the acknowledgement carries; None where Slack heard none in time."""
        ours = self._universe
        answer: Answer[JSON] = Answer(ours.schedule)
        for delay in self._deliveries():
            ours.schedule.spawn(
                self._slack_itself, "slack", lambda: self._deliver(request, answer), delay
            ).request = request
        try:
            return answer.result(SLACK_WAITS)
        except TimeoutError:
            ours.trace.note(ours.schedule.now, request.person, f"{request.what}: no answer")
            return None

    def _deliveries(self) -> list[float]:
        """After how many seconds it arrives, each time."""
        ours, life, chance = self._universe, self._slack_itself, self._universe.chance
        if ours.strikes(life, "request lost"):
            return []
        first = chance.choice((0.5, 2.0, 6.0)) if ours.strikes(life, "request late") else 0.02
        if ours.strikes(life, "request doubled"):
            return [first, first + chance.choice((0.0, 0.05, 1.0, 5.0))]
        return [first]

    def _deliver(self, request: Request, answer: Answer[JSON]) -> None:
        """To any one of them."""
        bots = self._machines.bots()
        if bots:
            bot = self._universe.chance.choice(bots)
            task = self._universe.schedule.spawn(
                bot.life, "request", lambda: self._dispatched(bot, request, answer)
            )
            task.request = request

    def _dispatched(self, bot: BotProcess, request: Request, answer: Answer[JSON]) -> None:
        ours, ack = self._universe, HeardAck()
        ours.schedule.running.ack = ack
        assert bot.app is not None, "it is connected"
        body = json.loads(json.dumps(request.body))
        said = bot.app.dispatch(BoltRequest(mode="socket_mode", body=body, context={"ack": ack}))
        ours.gives_way(bot.life, "dies before", "ack")
        if said.status != 200:
            return
        ours.promises.acknowledged(request, bot.life, _body(said))
        ours.trace.note(ours.schedule.now, bot.life.name, f"answers {request.what}")
        if not answer.done() and not ours.strikes(bot.life, "answer lost"):
            answer.set_result(_body(said))
            answer.known()


def _body(said: BoltResponse) -> JSON:
    found: Any = json.loads(said.body) if said.body else {}
    return found if isinstance(found, dict) else {"text": str(found)}
