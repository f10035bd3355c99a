"""Pages that wait in the outbox → posts, composed by the same code as in production, and thrown away once counted."""

from datetime import datetime
from heapq import heappop, heappush

from bot.digest import WITHIN, PagedCase, Post, compose, lines_joined
from bot.domain.case import Case
from bot.domain.clocks import Clock, State, clocks, name_and_item
from bot.domain.grading import proposal, reasons_for
from bot.domain.policy import Policy
from bot.ports.destination import Destination, OutboxKind
from bot.ports.outbox import Outgoing
from bot.ports.rosters import ROSTER
from bot.ports.stores import Stores
from bot.replay.timeline import Timeline

_LEASE = 60.0  # seconds; a replay drains alone and loses no lease
_AT_ONCE = 1000


class Postroom:
    def __init__(self, stores: Stores, policy: Policy) -> None:
        self._stores = stores
        self._policy = policy
        # Lane and case → when its live card rang; a line in a digest is no card that another page could join.
        self._rang: dict[tuple[str, str], datetime] = {}

    def send(self, machine_now: float, *, caught_up: bool) -> list[Post]:
        """Empties every lane. `caught_up` where the timer was down until now."""
        posts: list[Post] = []
        for lane in self._stores.outbox.lanes():
            pages = [row for row in self._emptied(lane, machine_now) if row.kind == OutboxKind.PAGE]
            posts += self._composed(pages, caught_up)
        return posts

    def _emptied(self, lane: Destination, machine_now: float) -> list[Outgoing]:
        outbox, rows = self._stores.outbox, []
        token = outbox.claim(lane, machine_now, _LEASE)
        if token is None:
            raise RuntimeError(f"Somebody else drains the lanes of this replay ({lane}).")
        while waiting := outbox.pending(lane, _AT_ONCE):
            rows += waiting
            outbox.sent(lane, token, [row.id for row in waiting], {})
        outbox.release(lane, token)
        return rows

    def _composed(self, pages: list[Outgoing], caught_up: bool) -> list[Post]:
        """A page about a hand-over is a post of its own: no case is behind it that could be ranked."""
        of_cases = [row for row in pages if row.ref != ROSTER]
        grades = {ref: self._case(ref).running_grade for ref in {row.ref for row in of_cases}}
        composed = compose(of_cases, grades, digest_over=self._policy.digest_over, caught_up=caught_up)
        posts = [post for post in composed if not self._joins(post)]
        for post in posts:
            self._note_cards(post)
        return [*posts, *(_handover(row) for row in pages if row.ref == ROSTER)]

    def _case(self, ref: str) -> Case:
        """Of a replay every case can be read, or the replay ends."""
        case = self._stores.cases.load(ref)
        assert case is not None, "rows are written in the same append as their case"
        return case

    def _note_cards(self, post: Post) -> None:
        for case in post.cases:
            card = (case.rows[0].lane, case.ref)
            self._rang.pop(card, None)
            if not post.is_digest:
                self._rang[card] = case.at

    def _joins(self, post: Post) -> bool:
        """Whether it goes onto a card less than a minute old, by edit: paged, not posted (as `workers.delivery`)."""
        page = post.cases[0].rows[0]
        rang = None if post.is_digest else self._rang.get((page.lane, page.ref))
        if rang is None or page.at - rang >= WITHIN:
            return False
        return bool(lines_joined(self._stores.cases.entries(page.ref), page))


def _handover(row: Outgoing) -> Post:
    assert row.role is not None, "a page is to a role"
    return Post(role=row.role, cases=(PagedCase(ref=ROSTER, rows=(row,)),), is_digest=False)


# Looks at a case and writes down what became different: what a screen would show, at the instant it would.

_UNSEEN = object()


class Observer:
    def __init__(self, timeline: Timeline, policy: Policy) -> None:
        self._timeline = timeline
        self._policy = policy
        self._known: dict[tuple[str, str], object] = {}  # case and what it is about → what was last seen
        self._states: dict[str, dict[str, State]] = {}  # case → clock key → state
        self._coming: list[tuple[datetime, str]] = []  # when a running clock of which case will breach

    def next_at(self) -> datetime | None:
        """When something changes with nobody doing anything."""
        return self._coming[0][0] if self._coming else None

    def due(self, now: datetime) -> set[str]:
        """Cases to look at now, by the scenario's names."""
        names = set()
        while self._coming and self._coming[0][0] <= now:
            names.add(heappop(self._coming)[1])
        return names

    def look(self, name: str, case: Case, now: datetime) -> None:
        level, _ = proposal(case)
        reasons = list(reasons_for(case))
        self._note(name, now, "status", {"is": case.status.value})
        self._note(name, now, "proposed", {"level": level.value, "because": reasons})
        self._note(name, now, "running", {"level": case.running_grade.value})
        self._note(name, now, "owner", {"is": case.owner})
        self.look_at_clocks(name, clocks(case, self._policy), now)

    def look_at_clocks(self, name: str | None, running: list[Clock], now: datetime) -> None:
        """`name` is None for hand-overs, which are of no case."""
        before = self._states.get(name or "", {})
        after = {clock.key: clock.state(now) for clock in running}
        for key in dict.fromkeys([*after, *before]):
            state = after.get(key, State.OFF)
            if state is not before.get(key, State.OFF):
                self._write_state(name, key, state, now)
        self._states[name or ""] = after
        for clock in running:
            if clock.due and clock.due > now and after[clock.key] is State.RUNNING:
                heappush(self._coming, (clock.due, name or ""))

    def _write_state(self, name: str | None, key: str, state: State, now: datetime) -> None:
        clock, item = name_and_item(key)
        told = {"case": name, "clock": clock.value} | ({"item": item} if item else {})
        self._timeline.write(now, "clock", **told, state=state.value)

    def _note(self, name: str, now: datetime, kind: str, told: dict[str, object]) -> None:
        if self._known.get((name, kind), _UNSEEN) != told:
            self._known[name, kind] = told
            self._timeline.write(now, kind, case=name, **told)
