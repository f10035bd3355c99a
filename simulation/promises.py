"""What is promised, looked at after every step. What breaks is noted with the steps before it; nothing is raised into
the product, which would catch it.
"""

import re
from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import Struct, field

from bot.domain.case import Case
from bot.domain.escalation import next_steps, watched
from bot.domain.events import Delivered, Entry, WentOut
from bot.domain.fold import fold
from bot.domain.people import TIMER
from bot.domain.processing import of_step
from bot.ports.cases import Append
from bot.ports.destination import Destination, OutboxKind
from bot.ports.outbox import Outgoing
from bot.ports.places import CardKey, Place
from bot.ports.rosters import ROSTER, RosterAppend
from bot.views.screen import Setting
from simulation import cards
from simulation.asked import Request
from simulation.schedule import Life
from simulation.slack import JSON, Post
from simulation.trace import Traced
from simulation.universe import Universe
from workers.delivery.page_posts import is_waiting
from workers.ways_out.channel import Letter

_WORDS = re.compile(r"SIM-\d{4}")
_FAR = datetime(9999, 1, 1, tzinfo=UTC)
REPEATS = "May repeat"
_REFUSES = ("errors", "push")


class Offence(Struct, frozen=True):
    promise: str
    what: str
    at: float
    before: list[Traced]


class PageOnItsWay(Struct, kw_only=True, eq=False):
    row: Outgoing
    written: float  # true time, seconds, by Slack's count: what is edited at the same instant comes before or after
    posts: list[Post] = field(default_factory=list)  # that brought it
    is_struck: bool = False


class Promises:
    def __init__(self, universe: Universe, setting: Setting) -> None:
        """`setting`: in which screens are drawn."""
        self._universe = universe
        self._setting = setting
        self._policy = setting.policy
        self.broken: list[Offence] = []
        self.pages: dict[str, PageOnItsWay] = {}
        self._asked: dict[
            tuple[Destination, str], int
        ] = {}  # lane and case → the last that redrew its page card
        self._written: dict[str, set[tuple[str, int]]] = defaultdict(set)  # words → the steps that hold them
        self._wrote: Counter[tuple[str, str]] = Counter()  # request and case → steps
        self._letters: list[str] = []
        self._stood: dict[CardKey, set[Place]] = defaultdict(set)  # places of page cards, live or replaced
        self._sending: dict[Life, dict[object, tuple[str, ...]]] = defaultdict(dict)
        self._on = {
            "cases.append": self._case_written,
            "rosters.append": self._roster_written,
            "outbox.sending": self._sending_begun,
            "outbox.sent": self._struck_off,
        }

    def broke(self, promise: str, what: str) -> None:
        now = self._universe.schedule.now
        self.broken.append(Offence(promise, what, now, self._universe.trace.last()))

    # --- after each step ------------------------------------------------------------------------------------

    def saw(self, life: Life, what: str, args: tuple[Any, ...], answer: Any) -> None:
        if (look := self._on.get(what)) is not None:
            look(life, args, answer)

    def _case_written(self, _: Life, args: tuple[Any, ...], __: Any) -> None:
        step: Append = args[0]
        self._universe.refs[step.case.ref] = None
        self._note_pages(step.outgoing)
        for row in step.outgoing:
            if row.kind == OutboxKind.REFRESH:
                self._asked[row.lane, row.ref] = row.version
            elif row.kind == OutboxKind.PAGE:  # drawn as a page, with its own lines
                self._asked.pop((row.lane, row.ref), None)
        self._is_due_in_time(step)
        self._is_written_once(step.case.ref, step.case.version, step.entries)
        self._is_logged(step)
        for entry in step.entries:
            self._has_happened(step.case, entry)

    def _is_logged(self, step: Append) -> None:
        lines = list(of_step(step.case.ref, step.entries))
        if lines and self._universe.stores.log_reader.newest(len(lines)) != lines:
            self.broke("Each step is in the processing log.", f"{step.case.ref}, version {step.case.version}")

    def _note_pages(self, rows: tuple[Outgoing, ...]) -> None:
        for row in rows:
            if row.kind == OutboxKind.PAGE and row.ref != ROSTER:
                self.pages[row.id] = PageOnItsWay(row=row, written=float(self._universe.slack.next_ts()))

    def _is_due_in_time(self, step: Append) -> None:
        """Every breach is paged, or somebody will look no later than it is due."""
        coming = [
            each.at for each in next_steps(watched(step.case, self._policy), self._policy, lambda _: True)
        ]
        if not coming:
            return
        waiting = self._universe.stores.due.waiting(_FAR, 10_000)
        looked_at = waiting.get(step.case.ref)
        if looked_at is None or looked_at > min(coming):
            late = f"{step.case.ref} is to be paged at {min(coming):%H:%M:%S} and looked at {looked_at}"
            self.broke("Every breach is paged, or visibly pending.", late)

    def _is_written_once(self, ref: str, version: int, entries: tuple[Entry, ...]) -> None:
        """By one request, and what was typed once by one step."""
        people = [entry for entry in entries if entry.by != TIMER.id]
        request = self._universe.schedule.running.request
        if people and isinstance(request, Request):
            self._wrote[request.id, ref] += 1
            if self._wrote[request.id, ref] > 1:
                self.broke("No action is applied twice.", f"{request.what} of {request.person} on {ref}")
        for entry in people:
            for words in set(_WORDS.findall(msgspec.json.encode(entry.event).decode())):
                self._written[words].add((ref, version))
                if len(self._written[words]) > 1:
                    self.broke("No action is applied twice.", f"{words} is in {sorted(self._written[words])}")

    def _has_happened(self, case: Case, entry: Entry) -> None:
        said = entry.event
        if isinstance(said, Delivered):
            about = [
                page
                for page in self.pages.values()
                if (page.row.ref, page.row.version, page.row.role) == (case.ref, said.page, said.role)
            ]
            if not any(self.is_visible(page) for page in about):
                self.broke("Nothing is said to have happened that has not.", f"{case.ref}: {said}")
        if isinstance(said, WentOut) and said.reached and not any(case.ref in one for one in self._letters):
            self.broke("Nothing is said to have happened that has not.", f"{case.ref}: {said}")

    def _roster_written(self, _: Life, args: tuple[Any, ...], __: Any) -> None:
        step: RosterAppend = args[0]
        self._is_written_once(ROSTER, step.roster.version, step.entries)

    # --- pages ----------------------------------------------------------------------------------------------

    def _sending_begun(self, _: Life, args: tuple[Any, ...], answer: Any) -> None:
        if answer and args[2]:
            self._universe.schedule.running.sending = tuple(args[2])

    def _struck_off(self, _: Life, args: tuple[Any, ...], answer: Any) -> None:
        """Only what is there, or needed nobody any more when that was asked: it may be paged anew since."""
        placed = args[3] if answer else {}
        for key, where in placed.items():
            if key.startswith("page:"):
                self._stood[key].add(Place(where))
        for id in args[2] if answer else ():
            page = self.pages.get(id)
            if page is None:
                continue
            page.is_struck = True
            if not self.is_visible(page) and not self.was_needless(page):
                self.broke("A page is sent at least once.", f"{id} was struck off and is nowhere")

    def is_visible(self, page: PageOnItsWay) -> bool:
        """By a post of its own or with others, or on a card that was there already."""
        return bool(page.posts) or any(
            post.touched > page.written and page.row.ref in post.text + str(post.blocks)
            for post in self._universe.slack.all_posts()
            if post.key.endswith(f":page:{page.row.lane}") and post.touched > post.at
        )

    def slack_took(self, method: str, asked: JSON, said: JSON) -> None:
        if method in ("chat.postMessage", "chat.update"):
            drawn = self._universe.slack.find(str(said.get("channel") or asked["channel"]), said["ts"])
            assert drawn is not None, "it was just taken"
            drawn.read_then = tuple(self._universe.schedule.running.readings)
        if method in ("conversations.history", "conversations.replies"):
            # By Slack's own count: what is posted at the same instant, and after it, was not there to be seen.
            self._universe.schedule.running.looked_at = float(self._universe.slack.next_ts())
        if method != "chat.postMessage" or not asked.get("metadata"):
            return
        post = self._universe.slack.find(said["channel"], said["ts"])
        assert post is not None, "it was just made"
        sending = self._universe.schedule.running.sending
        for id in sending if post.key in sending else ():
            if (page := self.pages.get(id)) is not None:
                page.posts.append(post)
                self._is_no_double(page, post)
        self._universe.schedule.running.sending = ()

    def _is_no_double(self, page: PageOnItsWay, post: Post) -> None:
        """All but one of several say that they may be repeats, and whoever made the later one could not see the
        earlier."""
        if len(page.posts) < 2:
            return
        plain = [one for one in page.posts if REPEATS not in one.named_at_first]
        if len(plain) > 1:
            self.broke("A page that is there twice says so.", f"{page.row.id} at {[p.ts for p in plain]}")
        # Where its own place was shut, it went to the FIM's, and is looked for in its own once that is open again.
        earlier, looked_at = page.posts[-2], self._universe.schedule.running.looked_at
        if (
            earlier.channel == post.channel
            and earlier.at < looked_at
            and earlier.was_hidden_until < looked_at
        ):
            self.broke("A page is sent twice only where Slack hid the first.", f"{page.row.id} at {post.ts}")

    def pager_took(self, letter: Letter) -> None:
        self._letters.append(f"{letter.title} {letter.body}")

    def at_rest(self) -> None:
        """All is quiet, and nothing goes wrong any more."""
        for page in self.pages.values():
            if not self.is_visible(page) and not self.was_needless(page):
                self.broke("A page is sent at least once.", f"{page.row.id} is nowhere")
        for stale in (
            *cards.stale_case_cards(self._universe, self._setting),
            *cards.stale_page_cards(self._universe, self._setting, self._asked),
            *cards.stale_digests(self._universe, self._asked),
        ):
            self.broke("Each card shows the case as it stands.", stale)
        for twice in cards.open_twice(self._universe, [page.row for page in self.pages.values()]):
            self.broke("Of what was posted twice one is left to act on.", twice)
        for open_still in cards.replaced_cards_that_ask(self._universe, self._stood):
            self.broke("No page that was replaced looks open.", open_still)

    def was_needless(self, page: PageOnItsWay) -> bool:
        """At some time before it could leave."""
        entries = self._universe.stores.cases.entries(page.row.ref)
        return any(
            not is_waiting(fold(entries[:version]), page.row)
            for version in range(page.row.version, len(entries) + 1)
        )

    # --- people ---------------------------------------------------------------------------------------------

    def acknowledged(self, request: Request, life: Life, said: JSON) -> None:
        """With a refusal, or because the desk has said something to it."""
        if (
            not request.is_step
            or request.decided
            or request.failed
            or said.get("response_action") in _REFUSES
        ):
            return
        self.broke(
            "Once Slack has been acknowledged, the step is in the record.",
            f"{life.name} acknowledged {request.what} of {request.person} undecided",
        )
