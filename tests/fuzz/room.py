"""The whole application, its record in memory and everything done at once, with what each envelope brought about."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time
from typing import Any

import pytest
from msgspec import Struct
from slack_bolt import BoltRequest
from structlog.testing import capture_logs

from bot.domain import commands
from bot.domain.case import Case
from bot.domain.events import Entry
from bot.domain.fold import fold
from bot.domain.permissions import Look, Readers, may_read
from bot.ports.metrics import Metric
from bot.store.memory import MemoryStores
from handlers import replies
from handlers.app import build_app
from handlers.intake import Gate, Identity
from sandbox.runner import running_workspace
from tests.fuzz.corpus import Envelope, report_all
from tests.fuzz.inline import Inline
from tests.fuzz.slack_side import TakesAll
from tests.handlers.evening import MANIFEST, Evening, seed
from tests.world import TOLD, minutes

NAMES = {"MC-26-0001": "Rowan Pike", "MC-26-0002": "Rowan Pike", "MC-26-0003": "Wren Hale"}


class CameOf(Struct, frozen=True):
    """One envelope."""

    status: int
    body: str
    seconds: float
    told: list[tuple[str, dict[str, Any]]]
    logged: list[dict[str, Any]]

    @property
    def said(self) -> str:
        return f"{self.body} {json.dumps(self.told, default=str)}"


class Room:
    def __init__(self, evening: Evening, slack: TakesAll) -> None:
        self.evening, self.slack = evening, slack
        deps = evening.deps
        deps.asking = deps.posting = deps.redrawing = slack
        self.gate = Gate(lambda: evening.stores.metrics.count(Metric.MISSHAPEN))
        self.app = build_app(deps, evening.refresher, Identity(slack))
        self._number = 0
        self._kept = [(part, _copied(vars(part))) for part in _parts(evening.stores)]

    def anew(self) -> None:
        """As it was before the first envelope."""
        for part, kept in self._kept:
            vars(part).update(_copied(kept))

    def send(self, envelope: Envelope, *, again: bool = False) -> CameOf:
        """As Slack would, under an id of its own unless it comes `again`."""
        self._number += not again
        for name in ("trigger_id", "event_id"):
            if isinstance(envelope.get(name), str):
                envelope[name] = f"{self._number}.{name}"
        del self.slack.told[:]
        began = process_time()
        with capture_logs() as logged:
            if refusal := self.gate.answer(envelope):
                return CameOf(refusal.status, "", process_time() - began, [], list(logged))
            answer = self.app.dispatch(BoltRequest(body=envelope, mode="socket_mode"))
        return CameOf(
            answer.status, str(answer.body), process_time() - began, list(self.slack.told), list(logged)
        )

    def record(self) -> dict[str, list[Entry]]:
        cases: Any = self.evening.stores.cases
        return {ref: list(entries) for ref, entries in cases._entries.items()}

    def all_kept(self) -> list[Any]:
        """The record, the lanes, the roster, and what was typed and not saved."""
        stores: Any = self.evening.stores
        kept = (stores.cases, stores.outbox, stores.due, stores.rosters, stores.drafts, stores.documents)
        return [_copied(vars(part)) for part in kept]

    def case(self, ref: str) -> Case | None:
        return self.evening.stores.cases.load(ref)

    def is_whole(self) -> bool:
        """What is kept of each case is what its entries say."""
        return all(self.case(ref) == fold(entries) for ref, entries in self.record().items())

    def may_read(self, person: str, ref: str) -> bool:
        actor, case = self.evening.people.actor(person), self.case(ref)
        if actor is None or case is None:
            return False
        return any(may_read(actor, look, Readers.ROLE_HOLDERS, case) for look in Look)


def _parts(stores: Any) -> Iterator[Any]:
    assert isinstance(stores, MemoryStores)
    yield from (part for name, part in vars(stores).items() if name != "arrivals")


def _copied(thing: Any) -> Any:
    """Its containers; what they hold at the end is never changed in place."""
    if isinstance(thing, defaultdict):
        return defaultdict(thing.default_factory, {key: _copied(value) for key, value in thing.items()})
    if isinstance(thing, Counter):
        return Counter(thing)
    if isinstance(thing, dict):
        return {key: _copied(value) for key, value in thing.items()}
    if isinstance(thing, list):
        return [_copied(value) for value in thing]
    return set(thing) if type(thing) is set else thing


@contextmanager
def a_room() -> Iterator[Room]:
    """Full content; U0OZ holds no role, and the third case is assigned to them."""
    with running_workspace(MANIFEST, seed(), start=(TOLD + minutes(1)).timestamp()) as workspace:
        evening = Evening(workspace, full=True, pools=Inline)
        evening.clock.at = TOLD + minutes(1)
        report_all(evening)
        evening.desk.handle("MC-26-0003", commands.Assign(to="U0OZ"), evening.actor("U0SAM"), "slack")
        evening.people.people["U0OZ"] = ()
        slack = TakesAll()
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(replies, "WebhookClient", slack.behind)
            yield Room(evening, slack)
        evening.deps.close()
