"""A scenario played by people in the workspace: each step, and each page, where it happens and in its readers' time."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.people import Role
from bot.replay.engine import replay
from bot.replay.expectations import RefusedStep
from bot.replay.scenario import Scenario
from bot.replay.scenario_steps import ScenarioStep
from bot.replay.values import moment_from
from bot.store.memory import MemoryStores
from bot.views import ids
from bot.views.wording import clock_words, words
from cli.demo import cast
from cli.demo.cast import People, described
from cli.demo.gestures import GESTURES, caption_of, place_of
from cli.demo.looks import Gaze
from cli.demo.pace import Pace, reading
from cli.demo.scene import Refusal, Scene
from sandbox.client import Message
from sandbox.errors import NotPossible, StillWaiting

# When something happens in a story that is worth telling: its steps, and the pages that a replay says will
# come.


class StoryPage(Struct, frozen=True):
    role: Role
    clocks: tuple[str, ...]

    @property
    def caption(self) -> str:
        why = "; ".join(dict.fromkeys(_why(clock, self.role) for clock in self.clocks))
        return f"The bot pages the {words.ROLES[self.role]}: {why}"


class Moment(Struct, frozen=True):
    at: datetime
    what: ScenarioStep | StoryPage
    number: int = 0  # of a step, from 1


def moments_of(scenario: Scenario) -> list[Moment]:
    """In the order of their times; at one time, steps before pages."""
    return sorted([*_steps(scenario), *_pages(scenario)], key=lambda each: each.at)


def _steps(scenario: Scenario) -> Iterator[Moment]:
    for number, step in enumerate(scenario.said.steps, 1):
        yield Moment(moment_from(scenario.start, step.at), step, number)


def _pages(scenario: Scenario) -> Iterator[Moment]:
    for posted in replay(scenario, MemoryStores()).of("posted"):
        at = scenario.start + timedelta(seconds=posted.at)
        yield Moment(at, StoryPage(Role(posted.told["role"]), tuple(posted.told["clocks"])))


def _why(clock: str, role: Role) -> str:
    return clock_words.of(clock, role).missing


_SHORT = 2.0  # seconds, for a button that is not to come
_EFFECT = 2.5  # seconds to see what came of a press
_FORM = 2.0  # seconds to see what was filled in
_CARD = "The case has a card for everybody: what is due, by when, and what is late"
_YOURS = "Case time stands: look around, act as anybody."
ENDED = f"The story has ended. {_YOURS}"
YIELDED = f"You were quicker than the story: it stops here. {_YOURS}"


class Narrator(Protocol):
    def caption(self, text: str, look: Gaze, told: float) -> None:
        """What happens now, where to look, and how much of the story is told by then, of 1."""

    def look(self, look: Gaze) -> None:
        """The same caption tells of something else."""

    def end(self, text: str, look: Gaze) -> None:
        """The last caption: nothing is left to take over."""


class PlayedStory:
    """A `Cue` of its own gestures. It never fights the hands of whoever watches."""

    def __init__(self, scene: Scene, pace: Pace, narrator: Narrator) -> None:
        self._scene = replace(scene, cue=self)
        self._people: People = scene.scenario.said.people
        self._pace = pace
        self._narrator = narrator
        self._refused = _refused(scene.scenario)
        self._moments = moments_of(scene.scenario)
        self._past = 0  # moments
        self._caption, self._look = "", Gaze("", cast.CASES)
        self._pages: set[str] = set()  # those told

    def play(self) -> str:
        """The last caption: how it came to its end. Raises Again, Ended."""
        try:
            for past, moment in enumerate(self._moments):
                self._past = past
                self._pace.run_to(moment.at)
                self._tell(moment)
            self._pace.run_to(self._scene.scenario.until)
        except _Overtaken:
            return YIELDED
        return ENDED

    def _tell(self, moment: Moment) -> None:
        if isinstance(moment.what, StoryPage):
            self._show_page(moment.what)
        else:
            self._take(moment.what, self._scene_for(moment))

    def _scene_for(self, moment: Moment) -> Scene:
        """What the story says will be refused is not waited for long."""
        step = moment.what
        assert isinstance(step, ScenarioStep), "asked by the caller"
        case = step.case if len(self._scene.scenario.refs) > 1 and step.case else ""
        short = moment.number in self._refused
        patience = min(_SHORT, self._scene.patience) if short else self._scene.patience
        return replace(self._scene, case=case, patience=patience)

    def _take(self, step: ScenarioStep, scene: Scene) -> None:
        gesture = GESTURES.get(step.verb)
        person = step.by or ""
        who = described(person, self._people)
        if gesture is None:
            self._say(
                f"{who}: {caption_of(step)} (not told in Slack yet)", Gaze(person, cast.CASES), read=True
            )
            return
        self._say(f"{who} {caption_of(step)}", Gaze(person, place_of(step, self._people)))
        try:
            gesture(scene, step)
            self._show_effect(step, scene)
        except (Refusal, NotPossible, StillWaiting) as trouble:
            if self._pace.was_held:
                raise _Overtaken from trouble
            self._say(f"{who} could not: {trouble}", Gaze(person, cast.CASES), read=True)
        finally:
            self._scene.close_views(person)

    def before(self, message: Message, action: str) -> None:
        self._turn(replace(self._look, place=message.channel, message=message.ts, action=action))
        self._pace.read(reading(self._caption))

    def typing(self, text: str) -> None:
        self._turn(replace(self._look, typed=text))
        self._pace.read(reading(self._caption))
        self._turn(replace(self._look, typed=""))

    def filled(self, told: str, block: str) -> None:
        if told:
            self._say(told, self._look, read=True)
        if block:
            self._turn(replace(self._look, block=block))
        self._pace.read(_FORM)
        self._turn(replace(self._look, block=""))

    def _show_effect(self, step: ScenarioStep, scene: Scene) -> None:
        if step.verb != "report":
            self._turn(replace(self._look, action=""))
            self._pace.read(_EFFECT)
            return
        person = scene.person(step.by or "")
        card = scene.newest(person, ids.OPEN_CASE, cast.CASES)
        self._say(_CARD, Gaze(person.name, card.channel, message=card.ts), read=True)

    def _show_page(self, page: StoryPage) -> None:
        """Told once it is there; a page that somebody's hands made needless does not come, and is not told."""
        watcher = next((each for each, roles in self._people.items() if page.role in roles), None)
        if page.role not in cast.PAGED or watcher is None:
            return
        try:
            posted = self._scene.newest(
                self._scene.person(watcher), ids.OPEN_CASE, cast.channel_of(page.role), but=self._pages
            )
        except Refusal:
            return
        self._pages.add(posted.ts)
        self._say(page.caption, Gaze(watcher, posted.channel, message=posted.ts), read=True)

    def _say(self, text: str, look: Gaze, *, read: bool = False) -> None:
        self._caption, self._look = text, look
        self._narrator.caption(text, look, (self._past + 1) / (len(self._moments) + 1))
        if read:
            self._pace.read(reading(text))

    def _turn(self, look: Gaze) -> None:
        if look != self._look:
            self._look = look
            self._narrator.look(look)

    def end(self, last: str) -> None:
        """The last caption, with the thread that kept all of it beside the card."""
        person = self._scene.person(self._look.person)
        cards = [each for each in person.sees(cast.CASES) if ids.OPEN_CASE in each.action_ids]
        thread = cards[-1].ts if cards else ""
        self._narrator.end(last, Gaze(person.name, cast.CASES, thread=thread))


def _refused(told: Scenario) -> frozenset[int]:
    """The numbers of the steps that will be refused, from 1."""
    wanted = [entry.wanted for entry in told.said.expect]
    return frozenset(each.step for each in wanted if isinstance(each, RefusedStep))


class _Overtaken(Exception):
    """What the next step needs is no longer there: somebody's hands were quicker."""
