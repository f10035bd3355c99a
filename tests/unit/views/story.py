"""The story of screens.md: Rowan Pike, 13, walked out of school; police told 13:40, 2 March 2026."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.events import Entry, Paged, PageLine
from bot.domain.facts import Child, Reporter
from bot.domain.people import Role
from bot.files import forces_file, reasons_file, risk_words_file
from bot.views.cards.renderer import Screens
from bot.views.message import Message
from bot.views.screen import Screen, Setting
from tests.world import PEOPLE, TOLD, People, World, answers

NAMES = {"fay": "Fay Marsh", "sam": "Sam Doyle", "ola": "Ola Brandt"}
ROWAN: dict[str, Any] = {
    "category": "concern_for_safety",
    "rationale": "Believed to be walking home",
    "child": Child(name="Rowan Pike", age=13),
    "incident": "LOG-1042",
    "last_seen_at": TOLD - timedelta(minutes=55),
    "last_seen_where": "Avonmead School",
    "why_worried": "He texted that he wants to end it",
    "reporter": Reporter(name="Tom Pike", relationship="father", phone="07700 900001"),
    "markers": answers("suicidal_today", "self_harm"),
}


class Named(People):
    def name(self, person: str) -> str:
        return NAMES.get(person, person.title())


class Told(World):
    """A world with screens. `full` as in the demo; False as in production."""

    def __init__(self, *, full: bool = True, overrides: Mapping[str, Any] | None = None) -> None:
        super().__init__(overrides)
        self.people.__class__ = Named
        self.setting = Setting(
            policy=self.policy,
            directory=self.people,
            zone=ZoneInfo("Europe/London"),
            reasons=reasons_file.load(),
            forces=forces_file.load(),
            risk_words=risk_words_file.shipped(),
            full=full,
        )
        self.screens = Screens(self.setting, self.clock)

    @property
    def screen(self) -> Screen:
        return self.setting.at(self.clock.now())

    @property
    def record(self) -> list[Entry]:
        return self.stores.cases.entries(self.first)

    def page(self, role: Role = Role.FIM, **how: Any) -> Message:
        return self.screens.page(self.case(), self.record, role, self.lines(role), **how)

    def state_of_page(self, role: Role = Role.FIM) -> Message:
        return self.screens.page_state(self.case(), self.record, role)

    def card(self) -> Message:
        return self.screens.card(self.case())

    def lines(self, role: Role) -> tuple[PageLine, ...]:
        for entry in reversed(self.record):
            if isinstance(entry.event, Paged):
                lines = tuple(line for line in entry.event.lines if line.role is role)
                if lines:
                    return lines
        raise AssertionError(f"nothing was paged to {role}")


def rowan(*, full: bool = True, **other: Any) -> Told:
    """Reported at 13:41."""
    told = Told(full=full)
    told.report(1, **{**ROWAN, **other})
    told.until(1)
    return told


def said(message: Message) -> list[str]:
    """Each block's words, as they are read."""
    return [words(block) for block in message.blocks]


def words(block: dict[str, Any]) -> str:
    if block["type"] in ("header", "section"):
        button = block.get("accessory", {}).get("text", {}).get("text")
        return str(block["text"]["text"]) + (f" [{button}]" if button else "")
    if block["type"] == "input":
        return str(block["label"]["text"])
    parts = [element.get("text", "▾") for element in block["elements"]]
    return " | ".join(part if isinstance(part, str) else part["text"] for part in parts)


assert set(NAMES) <= set(PEOPLE)
