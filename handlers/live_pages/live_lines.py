"""The lines of an open view that follow what is typed: redrawn only when their words change.

Two redraws may overtake each other, in one process or in several. Slack refuses one whose hash is stale; here the
newest press wins, and an older one draws nothing.
"""

from collections import OrderedDict
from threading import Lock
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.ports.drafts import DraftPlace
from bot.time import LONGEST_WAIT, is_ahead, later_of
from bot.views.message import View
from handlers.dependencies import Body, Dependencies
from handlers.error_replies import follow
from handlers.forms import lost_forms, redrawing
from handlers.intake import person_of
from handlers.sight import sight

# How often a surface may be redrawn by itself. Machine time, in seconds.

EVERY = 10.0  # between two redraws of one home page, or of the board


class RedrawPace:
    """Open again so long after each pass, and not before any moment until which it was shut."""

    def __init__(self, every: float) -> None:
        self._every = every
        self._opens = float("-inf")

    def is_open(self, now: float) -> bool:
        return not is_ahead(self._opens, now)

    def passed(self, now: float) -> None:
        self._opens = now + self._every

    def open(self) -> None:
        """Somebody waits to see what they did."""
        self._opens = float("-inf")

    def shut(self, now: float, wait: float) -> None:
        """Slack asked to wait; for longer than the longest, it is asked again after that."""
        self._opens = later_of(self._opens, now + min(wait, LONGEST_WAIT))


_VIEWS_REMEMBERED = 500


class Live:
    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._lock = Lock()
        self._newest: OrderedDict[str, tuple[str, str]] = OrderedDict()  # view → when pressed, hash
        self._metadata: dict[str, str] = {}  # of the same views: what they were last drawn with

    def redraw(self, body: Body, *, concern: bool | None = None, no_lists: bool = False) -> None:
        view = body.get("view") or {}
        submitted = self._deps.submitted.times(str(view.get("id", "")))  # first: all else takes its time
        pressed, seen = str(body["actions"][0].get("action_ts", "")), sight(body, self._deps)

        def drawn() -> View | None:
            return redrawing.live(view, seen, self._deps, concern=concern, no_lists=no_lists)

        def redraw() -> None:
            form = drawn()
            with self._deps.submitted.redraws(str(view.get("id", "")), submitted) as is_wanted:
                if is_wanted and form:
                    self._redraw(view, pressed, form, lost_forms.place_of(view, person_of(body)))

        follow("live lines", body, redraw, self._deps)

    def _redraw(self, view: dict[str, Any], pressed: str, drawn: View, place: DraftPlace) -> None:
        if words_of(drawn["blocks"]) == words_of(view["blocks"]):
            return
        known = self._hash_for(view, pressed)
        if known is None or (known and self._is_drawn(view["id"], drawn, pressed, known)):
            return
        # Drawn on by somebody else meanwhile. A press that is still the newest says what is typed now; unless that is
        # saved, maybe by another process: then another form has taken its place.
        if self._is_newest(view["id"], pressed) and not self._deps.drafts.is_over(place, view["id"]):
            self._update(view["id"], drawn, pressed, "")

    def _is_drawn(self, view_id: str, drawn: dict[str, Any], pressed: str, known: str) -> bool:
        """False where what stands there is not what was `known`."""
        try:
            self._update(view_id, drawn, pressed, known)
        except SlackApiError as error:
            if error.response.get("error") != "hash_conflict":
                raise
            return False
        return True

    def show(self, view_id: str, drawn: dict[str, Any]) -> bool:
        """What nobody pressed for. False where a press was drawn meanwhile, which may not say it yet."""
        with self._lock:
            pressed, known = self._newest.get(view_id, ("", ""))
        if not self._is_drawn(view_id, drawn, pressed, known):
            self._doubt(view_id, known)
            return False
        return True

    def replaced(self, view_id: str) -> None:
        """Another form is to take the view's place: what was known of it is void."""
        with self._lock:
            self._newest.pop(view_id, None)
            self._metadata.pop(view_id, None)

    def _doubt(self, view_id: str, known: str) -> None:
        """Where nobody drew it from here meanwhile, another process did: its hash is not known any more."""
        with self._lock:
            pressed, newest = self._newest.get(view_id, ("", ""))
            if newest == known:
                self._newest[view_id] = (pressed, "")

    def _hash_for(self, view: dict[str, Any], pressed: str) -> str | None:
        """None where a newer press is being drawn already."""
        with self._lock:
            newest, known = self._newest.get(view["id"], ("", str(view["hash"])))
            if pressed < newest:
                return None
            self._remember(view["id"], pressed, known)
            return known

    def _is_newest(self, view_id: str, pressed: str) -> bool:
        with self._lock:
            return self._newest.get(view_id, ("", ""))[0] == pressed

    def _update(self, view_id: str, drawn: dict[str, Any], pressed: str, known: str) -> None:
        stale = {"hash": known} if known else {}
        answer = self._deps.asking.views_update(view_id=view_id, view=drawn, **stale)
        view: dict[str, Any] = answer.get("view") or {}
        with self._lock:
            newest, _ = self._newest.get(view_id, (pressed, ""))
            self._remember(view_id, max(newest, pressed), str(view.get("hash", "")))
            self._metadata[view_id] = str(drawn.get("private_metadata", ""))

    def metadata(self, view_id: str) -> str | None:
        """What the view was last drawn with, such as which lists are open; None where it was not drawn from here."""
        with self._lock:
            return self._metadata.get(view_id)

    def _remember(self, view_id: str, pressed: str, known: str) -> None:
        self._newest[view_id] = (pressed, known)
        self._newest.move_to_end(view_id)
        while len(self._newest) > _VIEWS_REMEMBERED:
            gone, _ = self._newest.popitem(last=False)
            self._metadata.pop(gone, None)


def words_of(blocks: list[dict[str, Any]]) -> list[tuple[str, str, tuple[str, ...]]]:
    """What a reader sees of these blocks, without what Slack adds to them."""
    return [(block["type"], _text(block), _inside(block)) for block in blocks]


def _text(block: dict[str, Any]) -> str:
    """Those of a markdown block stand there as they are."""
    said = block.get("text") or block.get("label") or {}
    return said if isinstance(said, str) else str(said.get("text", ""))


def _inside(block: dict[str, Any]) -> tuple[str, ...]:
    within = [block.get("accessory"), block.get("element"), *block.get("elements", [])]
    found = [each for each in within if each]
    return tuple(str(part.get("value", part.get("action_id", ""))) for each in found for part in _parts(each))


def _parts(element: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"action_id": element.get("action_id", "")}, *element.get("options", [])]
