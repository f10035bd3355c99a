"""How a step is told: who takes it, from where, what is refused first, and what everybody then reads in the thread."""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from msgspec import Struct
from playwright.sync_api import Locator, expect

from bot.domain.commands import Command
from sandbox.client import Message
from tests.browser.evening.conftest import Cast, ref_of
from tests.browser.screen import Screen

REQUIRED = "Please complete this required field."
BLANK = "   "  # satisfies the page, and not the bot
CONTROL_ROOM = "Only the control room or a supervisor can do this. On duty:"
NO_READER = "Not opened: cases are read by those on duty"
STRANGER = "Only staff on duty can do this. On duty:"


class Picked(str):
    """One of a few that are all in sight."""


class Chosen(str):
    """One of a list that opens."""


Answer: TypeAlias = str | Picked | Chosen
Opening: TypeAlias = Callable[[Screen, str], None]  # brings a step before somebody who looks at that case
Look: TypeAlias = Callable[[Screen, str], None]


class Wrong(Struct, frozen=True):
    """What the view is sent with first, and what is then said under which field."""

    answers: Mapping[str, Answer]
    under: str
    said: str


class Act(Struct, frozen=True, kw_only=True):
    verb: type[Command]
    by: str
    opens: Opening
    answers: Mapping[str, Answer] = {}
    saves: str = ""  # the view's button; empty where the press itself is the step
    wrong: Wrong | None = None
    seen: str  # in the case's thread
    refused_to: str
    refused: Look


# --- where a step is offered --------------------------------------------------------------------------------


def in_case(label: str) -> Opening:
    """By its button in the open case."""

    def press(screen: Screen, ref: str) -> None:
        open_case(screen, ref)
        screen.modal.get_by_role("button", name=f"{label} {ref}", exact=True).first.click()

    return press


def in_case_menu(label: str) -> Opening:
    def press(screen: Screen, ref: str) -> None:
        open_case(screen, ref)
        screen.choose(screen.modal.get_by_role("button", name="More actions"), label)

    return press


def on_card(label: str) -> Opening:
    """`label`: as it is read out."""

    def press(screen: Screen, ref: str) -> None:
        screen.message(ref).get_by_role("button", name=label.format(ref=ref), exact=True).click()

    return press


def on_card_menu(label: str) -> Opening:
    def press(screen: Screen, ref: str) -> None:
        screen.choose(screen.message(ref).get_by_role("button", name="More actions"), label)

    return press


def in_messages(label: str) -> Opening:
    """In what the bot wrote to this person alone."""

    def press(screen: Screen, ref: str) -> None:
        screen.page.get_by_role("region", name="Apps").get_by_role("button").click()
        screen.button("Messages").click()
        screen.button(f"{label} {ref}").last.click()

    return press


def open_case(screen: Screen, ref: str) -> None:
    on_card("Open case {ref}")(screen, ref)
    expect(screen.modal).to_contain_text("OUTSTANDING")


# --- filling in ---------------------------------------------------------------------------------------------


def fill(screen: Screen, answers: Mapping[str, Answer]) -> None:
    for label, answer in answers.items():
        if isinstance(answer, Picked):
            screen.group(label).get_by_label(answer, exact=True).check()
        elif isinstance(answer, Chosen):
            screen.field(label).click()
            screen.option(answer).click()
        else:
            screen.field(label).fill(answer)


def takes(cast: Cast, act: Act, card: Message, looks: Callable[[Screen], None] | None = None) -> None:
    """Sent too early, the view says what is wrong, and stays; then it is filled in, and everybody reads of it.

    `looks` is called while the view still says what is wrong.
    """
    screen = cast.enters(act.by, card)
    act.opens(screen, ref_of(card))
    if act.wrong:
        fill(screen, act.wrong.answers)
        screen.button(act.saves).click()
        says_under(screen, act.wrong.under, act.wrong.said)
    if looks:
        looks(screen)
    fill(screen, act.answers)
    if act.saves:
        screen.button(act.saves).click()
    if not screen.thread.is_visible():
        expect(screen.modal).to_have_count(0)
        screen = cast.enters(act.by, card)
    expect(screen.thread).to_contain_text(act.seen)


def says_under(screen: Screen, label: str, said: str) -> None:
    """Tied to its field, so a screen reader says it there."""
    group = screen.group(label)
    if group.count():
        expect(group).to_contain_text(said)
    else:
        expect(screen.field(label)).to_have_accessible_description(re.compile(re.escape(said)))


# --- not theirs ---------------------------------------------------------------------------------------------


def waits_for(debt: str, role: str) -> Look:
    """What is owed is shown, and whose it is to do."""

    def look(screen: Screen, ref: str) -> None:
        open_case(screen, ref)
        expect(screen.modal).to_contain_text(re.compile(f"{re.escape(debt)}.*Waiting for: {role}"))

    return look


def not_offered(label: str) -> Look:
    def look(screen: Screen, ref: str) -> None:
        open_case(screen, ref)
        expect(screen.modal.get_by_role("button", name=f"{label} {ref}", exact=True)).to_have_count(0)

    return look


def not_read() -> Look:
    """Whoever holds no role sees no case, and so none of its steps."""
    return told(on_card("Open case {ref}"), NO_READER)


def not_in_menu(label: str) -> Look:
    def look(screen: Screen, ref: str) -> None:
        open_case(screen, ref)
        menu = screen.modal.get_by_role("button", name="More actions")
        if menu.count():
            menu.click()
            expect(screen.page.get_by_role("menuitem").first).to_be_visible()
        expect(screen.page.get_by_role("menuitem", name=label)).to_have_count(0)

    return look


def told(opens: Opening, said: str) -> Look:
    """Pressed all the same: a private sentence says whose it is."""

    def look(screen: Screen, ref: str) -> None:
        opens(screen, ref)
        expect(_privately(screen)).to_contain_text(said)

    return look


def _privately(screen: Screen) -> Locator:
    return screen.page.locator("li.message", has_text="Only visible to you").last
