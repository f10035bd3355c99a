"""Puts the board where it is wanted, and keeps it up to date by edits: at most every 10 s, never a second message.

Its post carries a key. Before it is posted, the channel is asked for that key, so neither a crash between the post and
the note of it nor an answer that got lost makes two boards. One process at a time is at it, under a lease.
"""

from datetime import datetime
from functools import partial
from uuid import uuid4

import msgspec
import structlog
from msgspec import Struct
from msgspec.structs import replace

from bot.late_edits import ON_ITS_WAY
from bot.ports.damaged import read
from bot.ports.destination import Destination
from bot.ports.notes import Documents
from bot.ports.places import Place
from bot.slack.slack_chat import ChatError, Limited, PostDeclined, SlackChat
from bot.steps import written
from bot.time import has_passed, is_ahead
from bot.views.lists import wall_board as boards
from bot.views.message import Message
from bot.views.wording import place_words
from handlers.dependencies import Dependencies
from handlers.live_pages.live_lines import EVERY, RedrawPace
from handlers.replies import private

log = structlog.get_logger()

# The board is wanted in one channel. Saying where only notes the wish; the board keeper puts it there.

_WISH = "board wanted"


class Wanted(Struct, frozen=True, kw_only=True):
    channel: str
    key: str  # opaque; the message carries it, so that it can be found again after a crash
    by: str
    at: float  # machine seconds


def wanted(documents: Documents) -> Wanted | None:
    """Where that cannot be read, the board stays where it is: one that stood still would look like calm."""
    wish = read(documents, _WISH, Wanted)
    if wish is None and documents.get(_WISH) != b"" and (placed := read(documents, _NAME, Placed)):
        wish = Wanted(channel=placed.channel, key=placed.key, by="", at=placed.drawn_at)
        documents.put(_WISH, msgspec.json.encode(wish))
    return wish


def no_longer_wanted(documents: Documents) -> None:
    documents.put(_WISH, b"")


def keep_at(channel: str, key: str, instead_of: Wanted, documents: Documents) -> None:
    """It could not be moved: it stays."""
    documents.put(_WISH, msgspec.json.encode(replace(instead_of, channel=channel, key=key)))


def want(channel: str, person: str, deps: Dependencies) -> None:
    wish = Wanted(channel=channel, key=f"board {uuid4().hex}", by=person, at=deps.machine_now)
    written(partial(deps.documents.put, _WISH), msgspec.json.encode(wish))


LANE = Destination("board")  # in the outbox, for its lease alone: no row is ever in it
LEASE = 30.0  # machine seconds; longer than the calls of one turn may take
_NAME = "board placed"
_LOOKS_BACK = 60.0  # seconds that Slack's clock may be behind ours
_AGAIN = 5.0  # machine seconds until the next try where Slack did not do it
_UNSAID = 45.0  # machine seconds in which Slack should have said what a channel is and who is in it


class Placed(Struct, frozen=True, kw_only=True):
    key: str
    channel: str
    ts: str
    drawn_of: str = ""
    drawn_at: float = 0.0  # machine seconds
    changes_at: datetime | None = None
    leaving: str = ""  # the `Place` of the board before it, until that one says so
    unanswered_at: float = 0.0  # machine seconds: when a drawing left that may come after what is newer
    is_down: bool = False  # its channel is not private to the force: nothing of a case stands in it


class BoardKeeper:
    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._chat = SlackChat(deps.redrawing)
        self._gate = RedrawPace(0.0)  # shut while Slack asks to wait
        self._shown: tuple[str, ...] = ()  # on what was drawn last

    def turn(self) -> None:
        """Each second. Cheap where nothing has changed."""
        wish, now = wanted(self._deps.documents), self._deps.machine_now
        if wish is None or not self._gate.is_open(now) or not self._is_due(wish, self._placed(), now):
            return
        token = self._deps.outbox.claim(LANE, now, LEASE)
        if token is None:
            return
        try:
            self._keep(wish)
        except ChatError as error:
            self._not_done(error)
        finally:
            self._deps.outbox.release(LANE, token)

    def _is_due(self, wish: Wanted, placed: Placed | None, now: float) -> bool:
        if placed is None or placed.key != wish.key or placed.leaving or _may_be_overtaken(placed, now):
            return True
        found = self._deps.places.safety(placed.channel)
        if found.faults or placed.is_down:
            return placed.is_down == found.is_safe
        return found.is_known and self._differs(placed, now)

    def _differs(self, placed: Placed, now: float) -> bool:
        is_past = placed.changes_at is not None and self._deps.clock.now() >= placed.changes_at
        return not is_ahead(placed.drawn_at + EVERY, now) and (is_past or placed.drawn_of != self._source())

    def _source(self) -> str:
        """Changes whenever the board would, but for the passing of time."""
        pulse = self._deps.watch.pulse()
        stopped = "stopped" if pulse.stopped_since else "running"
        return f"{self._deps.outbox.turn()} {stopped} {','.join(pulse.undecided)}"

    def _keep(self, wish: Wanted) -> None:
        placed = self._placed()
        if placed is None or placed.key != wish.key:
            placed = self._put(wish, placed)
        elif self._is_due(wish, placed, self._deps.machine_now) and not placed.leaving:
            self._edit(placed, *self._drawn(placed))
        if placed and placed.leaving:
            self._say_moved(placed)

    def _put(self, wish: Wanted, before: Placed | None) -> Placed | None:
        if unfit := self._unfit(wish):
            self._give_up(wish, before, unfit)
            return None
        if not self._deps.places.safety(wish.channel).is_known:
            return None  # Slack is asked of a new channel within seconds
        made, drawn = self._draw(Placed(key=wish.key, channel=wish.channel, ts=""))
        # A post whose answer was lost, or whose poster died, is there already.
        there = self._chat.find(wish.channel, wish.at - _LOOKS_BACK)
        ts = there.get(wish.key) or self._chat.post(wish.channel, drawn, wish.key)
        leaving = str(Place.of(before.channel, before.ts)) if before else ""
        made = replace(made, ts=ts, leaving=leaving)
        self._deps.reading.put_up(made.channel, self._shown)
        self._note(made)
        return made

    def _unfit(self, wish: Wanted) -> str:
        """Why the board cannot be there; empty where it can, or where that is not known yet."""
        if self._deps.places.refused(wish.channel):
            return "I am not in that channel. Invite me there"
        found = self._deps.places.safety(wish.channel)
        if found.faults:
            why, mend = place_words.wrong(found.faults), place_words.mend(found.faults)
            return f"That channel is not private to the force: {why}. To mend it, {mend}"
        is_late = not found.is_known and has_passed(_UNSAID, wish.at, self._deps.machine_now)
        return "Slack does not say who reads that channel. Wait some minutes" if is_late else ""

    def _give_up(self, wish: Wanted, before: Placed | None, why: str) -> None:
        """The board stays where it was, if it was anywhere."""
        if before:
            keep_at(before.channel, before.key, wish, self._deps.documents)
        else:
            no_longer_wanted(self._deps.documents)
        said = private(f"The board was not put there. {why}, then type /missing board again.")
        self._chat.post(wish.by, said, f"{wish.key} not put")

    def _edit(self, placed: Placed, made: Placed, message: Message) -> None:
        """Noted before it leaves, since nobody who dies until Slack answers notes it any more."""
        now = self._deps.machine_now
        self._note(replace(placed, unanswered_at=now))
        try:
            self._chat.edit(made.channel, made.ts, message)
        except PostDeclined as no:
            if not _is_gone(no):
                raise
            log.warning("the board was deleted; it is put again when somebody asks")
            no_longer_wanted(self._deps.documents)
            return
        self._deps.reading.put_up(made.channel, self._shown)
        is_settled = has_passed(ON_ITS_WAY, placed.unanswered_at, now)
        self._note(replace(made, unanswered_at=0.0 if is_settled else placed.unanswered_at))

    def _drawn(self, placed: Placed) -> tuple[Placed, Message]:
        """As it is to be: where others read it, without a case on it."""
        if self._deps.places.safety(placed.channel).faults:
            self._shown = ()
            return replace(placed, is_down=True), boards.taken_down(self._deps.screen)
        return self._draw(replace(placed, is_down=False))

    def _draw(self, placed: Placed) -> tuple[Placed, Message]:
        source, deps = self._source(), self._deps  # before the cases: what changes meanwhile is drawn next
        opened = deps.reading.open_for_a_room()
        self._shown = tuple(each.ref for each in opened.outlines)
        drawn = boards.board(opened, deps.watch.pulse(), deps.screen)
        made = replace(placed, drawn_of=source, drawn_at=deps.machine_now, changes_at=drawn.changes_at)
        return made, drawn.message

    def _say_moved(self, placed: Placed) -> None:
        left = Place(placed.leaving)
        try:
            self._chat.edit(left.channel, left.ts, boards.moved(self._deps.screen))
        except PostDeclined as no:
            if not _is_gone(no):
                raise
        self._note(replace(placed, leaving=""))

    def _not_done(self, error: ChatError) -> None:
        """It comes round again."""
        asked = error.wait if isinstance(error, Limited) else 0.0
        self._gate.shut(self._deps.machine_now, max(asked, _AGAIN))
        log.warning("the board was not drawn", why=str(error))

    def _placed(self) -> Placed | None:
        return read(self._deps.documents, _NAME, Placed)

    def _note(self, placed: Placed) -> None:
        self._deps.documents.put(_NAME, msgspec.json.encode(placed))


def _may_be_overtaken(placed: Placed, machine_now: float) -> bool:
    """By what left without an answer, and is there by now if it ever comes."""
    return placed.unanswered_at > 0 and has_passed(ON_ITS_WAY, placed.unanswered_at, machine_now)


def _is_gone(no: PostDeclined) -> bool:
    return no.is_gone or no.code == "channel_not_found"
