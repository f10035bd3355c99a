"""Who sits in the control room, and what they do: each one thing after another, by what is before their eyes."""

from random import Random
from typing import Any

from benchmarks.soak import forms
from bot.views import ids
from handlers.forms.report.report_page import NOT_MISSING
from sandbox.blocks import Place, places
from sandbox.client.things import Modal
from sandbox.inputs import chosen, first_values
from simulation import staff
from simulation.asked import Request
from simulation.requests import Wire
from simulation.slack import JSON, Post, View
from simulation.universe import Universe

_LOOKS_FOR = 3.0  # seconds that somebody waits for a screen
_DEPTH = 3  # screens that one deed leads through
_SHOWN = 6  # posts of a channel that somebody reads
_OPENS_A_CASE = (
    0.2  # of the posts that offer it: a whole case takes long to draw, and its forms are elsewhere too
)
_TEAM = {"id": "T0", "domain": "force"}
_LEAD_NOWHERE = frozenset({ids.DETAILS, ids.TIMELINE_PICTURE, ids.PRACTICE, ids.PRACTICE_ACKNOWLEDGE})
_NAMES = ("Wrenna Halewick", "Tobiah Quillfeather", "Osric Brambleton")


class Crowd:
    """All of them. What they type is found again: no two things are the same."""

    def __init__(self, universe: Universe, wire: Wire, cases: int, until: float) -> None:
        self.universe = universe
        self.wire = wire
        self.cases = cases  # still to be reported
        self.until = until
        self.numbers = 0
        for person in staff.PEOPLE:
            universe.schedule.spawn(universe.fate, person, SimulatedPerson(self, person).live)

    def words(self) -> str:
        """A number of the control room's log looks so, too."""
        self.numbers += 1
        return f"SIM-{self.numbers:04}"


class SimulatedPerson:
    def __init__(self, crowd: Crowd, person: str) -> None:
        self._crowd = crowd
        self._universe = crowd.universe
        self._slack = crowd.universe.slack
        self._chance: Random = crowd.universe.chance
        self._id = person
        self._calls = person in ("U0CAL", "U0CAT")

    def live(self) -> None:
        schedule = self._universe.schedule
        if self._calls:
            schedule.sleep(self._chance.uniform(1.0, 20.0))
            self._report()
        while schedule.now < self._crowd.until:
            schedule.sleep(self._chance.choice((5.0, 30.0, 90.0, 180.0, 300.0)))
            if self._calls and self._crowd.cases > 0 and self._chance.random() < 0.5:
                self._report()
            else:
                self._press()
            self._slack.views.pop(self._id, None)

    # --- deeds ----------------------------------------------------------------------------------------------

    def _report(self) -> None:
        if self._crowd.cases == 0:
            return
        self._crowd.cases -= 1
        self._type("/missing")
        view = self._in_front(None)
        if view is None or view.content.get("callback_id") != ids.REPORT:
            return
        words = self._crowd.words()
        given = forms.report(self._chance, words, self._chance.choice(_NAMES))
        if self._chance.random() < 0.3 and ids.CONCERN_INSTEAD in _action_ids(view):
            self._use(view, self._place(view, ids.CONCERN_INSTEAD))
            self._universe.schedule.sleep(0.5)
            given |= {NOT_MISSING: {ids.VALUE: words}} if NOT_MISSING in _blocks(view) else {}
        self._fill(view, given)
        self._submit(view, "report")
        if view in self._slack.views[self._id] and view.content.get("callback_id") == ids.RISK:
            self._go_on(view, 1)

    def _press(self) -> None:
        seen = [
            (post, place)
            for channel in staff.sees(self._id)
            for post in self._slack.posts[channel][-_SHOWN:]
            if post.seen_by in (None, self._id)
            for place in places(post.blocks)
            if place.element["type"] in ("button", "overflow") and place.action_id not in _LEAD_NOWHERE
            if place.action_id != ids.OPEN_CASE or self._chance.random() < _OPENS_A_CASE
        ]
        if seen:
            post, place = self._chance.choice(seen)
            before = self._top()
            self._act(place, _of_post(post))
            if view := self._in_front(before):
                self._go_on(view, _DEPTH)

    def _go_on(self, view: View, depth: int) -> None:
        """Fills a form in and sends it; of a screen without one, presses one of its buttons."""
        if view.content.get("submit"):
            words = self._crowd.words()
            self._fill(view, forms.answers(_modal(view), self._chance, words))
            self._submit(view, str(view.content.get("callback_id")))
            return
        buttons = [
            place
            for place in places(view.content["blocks"])
            if place.element["type"] in ("button", "overflow") and place.action_id not in _LEAD_NOWHERE
        ]
        if depth and buttons:
            self._use(view, self._chance.choice(buttons))
            if (on_top := self._in_front(view)) is not None:
                self._go_on(on_top, depth - 1)

    # --- what deeds have in common --------------------------------------------------------------------------

    def _top(self) -> View | None:
        stack = self._slack.views[self._id]
        return stack[-1] if stack else None

    def _in_front(self, before: View | None) -> View | None:
        """The view that has come up since, if one does."""
        schedule = self._universe.schedule
        gives_up = schedule.now + _LOOKS_FOR
        while schedule.now < gives_up:
            top = self._top()
            if top is not None and top is not before:
                return top
            schedule.sleep(0.25)
        return None

    def _place(self, view: View, action: str) -> Place:
        return next(place for place in places(view.content["blocks"]) if place.action_id == action)

    def _fill(self, view: View, given: forms.Answers) -> None:
        values = first_values(view.content["blocks"])
        by_name = {(place.block_id, place.action_id): place for place in places(view.content["blocks"])}
        for block, actions in given.items():
            for action, choice in actions.items():
                if (place := by_name.get((block, action))) is not None:
                    kind = {"type": place.element["type"]}
                    values.setdefault(block, {})[action] = kind | chosen(None, place.element, choice)  # type: ignore[arg-type]
        view.values = values

    def _type(self, line: str) -> None:
        command, _, text = line.partition(" ")
        body: JSON = {
            "command": command,
            "text": text,
            "user_id": self._id,
            "team_id": "T0",
            "channel_id": staff.CASES,
        }
        self._ask(command, body)

    def _use(self, view: View, place: Place) -> None:
        shown = self._slack.shown(view)
        self._act(place, {"view": shown, "container": {"type": "view", "view_id": view.id}})

    def _act(self, place: Place, where: JSON) -> None:
        element = place.element
        made: dict[str, Any] = {"value": element["value"]} if "value" in element else {}
        if element["type"] == "overflow":
            made = {"selected_option": self._chance.choice(element["options"])}
        action = {
            "type": element["type"],
            "action_id": place.action_id,
            "block_id": place.block_id,
            "action_ts": self._slack.next_ts(),
            **made,
        }
        self._ask(place.action_id, {"type": "block_actions", "actions": [action], **self._who(), **where})

    def _submit(self, view: View, what: str) -> None:
        """Whoever hears nothing presses Save again, as the form tells them to."""
        for _ in range(3):
            asked = {"type": "view_submission", "view": self._slack.shown(view), **self._who()}
            said = self._ask(f"save {what}", asked)
            if said is not None and said.get("response_action") != "errors":
                return self._follow(view, said)
            if said is not None and not self._try_again(said):
                return
            self._universe.schedule.sleep(2.0)

    def _try_again(self, said: JSON) -> bool:
        return any("ress Save again" in str(error) for error in said["errors"].values())

    def _follow(self, view: View, said: JSON) -> None:
        stack = self._slack.views[self._id]
        match said.get("response_action"):
            case "update" if view in stack:
                self._slack.redraw(view, said["view"])
                view.values = {}
            case "push":
                stack.append(self._slack.drawn(self._id, said["view"]))
            case "clear":
                stack.clear()
            case _ if view in stack:
                stack.remove(view)

    def _who(self) -> JSON:
        return {"user": {"id": self._id, "name": self._id, "team_id": "T0"}, "team": _TEAM}

    def _ask(self, what: str, body: JSON) -> JSON | None:
        body |= {"trigger_id": self._slack.trigger(self._id), "api_app_id": "A0"}
        schedule = self._universe.schedule
        self._universe.trace.note(schedule.now, self._id, what)
        request = Request(id=body["trigger_id"], person=self._id, what=what, body=body)
        said = self._crowd.wire.ask(request)
        schedule.sleep(0.0)
        return said


def _of_post(post: Post) -> JSON:
    container: JSON = {
        "type": "message",
        "message_ts": post.ts,
        "channel_id": post.channel,
        "is_ephemeral": post.seen_by is not None,
    }
    if post.thread_ts:
        container["thread_ts"] = post.thread_ts
    message = {"ts": post.ts, "text": post.text, "blocks": post.blocks, "metadata": post.metadata}
    return {"container": container, "channel": {"id": post.channel}, "message": message}


def _modal(view: View) -> Modal:
    blocks = view.content["blocks"]
    title = str(view.content["title"]["text"])
    return Modal(view.id, title, blocks, first_values(blocks), {}, view.hash, {})


def _action_ids(view: View) -> list[str]:
    return [place.action_id for place in places(view.content["blocks"])]


def _blocks(view: View) -> list[str]:
    return [str(block["block_id"]) for block in view.content["blocks"]]
