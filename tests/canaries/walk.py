"""A walk through every form, word and message with a canary in each: typed, abandoned, taken up again, refused.

The forms are those of the catalogue (tests/unit/views/surfaces.py), which holds each that there is.
"""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from slack_sdk import WebClient

from bot.domain.permissions import may
from bot.views import ids
from bot.views.blocks import actions, button
from handlers import commands
from handlers.conversation.shortcuts import ADD_INFORMATION
from handlers.forms.every_step import STEPS
from handlers.forms.step_form import FormAsked
from sandbox.client import Message, Workspace
from sandbox.errors import NotPossible, StillWaiting
from tests.canaries.hunt import Hunt
from tests.unit.views.busy import busy
from tests.unit.views.surfaces import views
from tests.world import PEOPLE

REF = "MC-26-0001"
View = dict[str, Any]
_BY = ("sam", "cal", "ola", "fay")


_MOMENT = 3.0  # seconds


class Walk:
    """`control`: a channel of the force with the bot in it, and everybody."""

    def __init__(self, workspace: Workspace, hunt: Hunt, control: str = "control", ref: str = REF) -> None:
        self.workspace = workspace
        self.hunt = hunt
        self.control = control
        self.ref = ref
        self.client = WebClient(workspace.app().bot_token, base_url=workspace.api_url)
        workspace.settings(rate_limits=False)  # a walk is quicker than any person

    def everything(self) -> None:
        self.forms(full=False)
        self.forms(full=True)
        self.taken_up_again()
        self.messages()

    # --- forms ------------------------------------------------------------------------------------------------

    def forms(self, *, full: bool) -> None:
        """Each as it is drawn now; `full`: as it was drawn before the force chose reference-only mode."""
        for _, view in text_forms(full=full):
            self.form(view)

    def form(self, view: View) -> None:
        person = self._who(view["callback_id"])
        self._bring(person, view)
        self._fill(person, view, self.hunt.name)
        self._submit(person, view, self.hunt.number)
        self._close(person)

    def taken_up_again(self) -> None:
        """By the buttons that people press: what was kept is offered, and gone on with."""
        self.go_on("cal", lambda: self.workspace.person("cal").type("/missing", self.control))
        for id in STEPS:
            person = self._who(id)
            post = self._post(button("Step", id, self.ref))
            self.go_on(person, partial(self.workspace.person(person).click, id, on=post))

    def go_on(self, name: str, opens: Any) -> None:
        person = self.workspace.person(name)
        for _ in range(2):
            opens()
            with suppress(StillWaiting):  # it may be refused; on a busy machine a form comes a moment later
                self.workspace.wait_for(lambda: person.modal, "the form", within=_MOMENT)
            modal = person.modal
            if modal is None:
                return
            if modal.title == "Continue?":
                person.click("go_on")
                modal = person.modal
            if modal is not None:
                self._fill(name, {"blocks": modal.blocks}, self.hunt.name)
            self._close(name)

    def _bring(self, name: str, view: View) -> None:
        """Before that person, in the place of whatever the bot opens."""
        person = self.workspace.person(name)
        person.type("/missing", self.control)
        opened = self.workspace.wait_for(lambda: person.modal, "a form of the bot's")
        assert opened is not None
        self.client.views_update(view_id=opened.id, view=view)

    def _fill(self, name: str, view: View, text: str) -> None:
        self._try(lambda: self.workspace.person(name).fill(_filled(view, text)))

    def _submit(self, name: str, view: View, text: str) -> None:
        self._try(lambda: self.workspace.person(name).submit(_filled(view, text)))

    def _close(self, name: str) -> None:
        person = self.workspace.person(name)
        if person.modal:
            person.close(everything=True)

    def _try(self, act: Any) -> None:
        """A form may have been drawn anew, without an input that it had."""
        with suppress(NotPossible):
            act()

    def _who(self, form: str) -> str:
        step = STEPS.get(form)
        if step is None:
            return "cal"
        return next(name for name in _BY if may(frozenset(PEOPLE[name]), step.verb))

    # --- words ------------------------------------------------------------------------------------------------

    def messages(self) -> None:
        name, number = self.hunt.name, self.hunt.number
        cal = self.workspace.person("cal")
        for typed in (name, number, *(f"{word} {name}" for word in commands.WORDS)):
            cal.type(f"/missing {typed}", self.control)
            self._close("cal")
        card = self._post(button("Open case", ids.OPEN_CASE, self.ref))
        bot = f"<@{self.workspace.app().bot_user}>"
        for words in self._said(bot):
            said = cal.type(words, self.control, card.ts)
            cal.type(words, self.control, files=[f"{self.hunt.stem}.jpg"])
            self._shortcut(said.ts)
        for words in (
            name,
            number,
            f"status {name}",
            f"close {number}",
            f"who has {name}?",
            f"/missing {name}",
        ):
            cal.type(words, "@missing", files=[f"{self.hunt.stem}.pdf"])

    def _said(self, bot: str) -> Iterator[str]:
        name, number = self.hunt.name, self.hunt.number
        yield f"{name} was seen at the pier"
        yield f"{bot} who has {name}?"
        yield f"{bot} status of {number}"
        yield f"{bot} close {name}"
        yield f"{bot} {name}"

    def _shortcut(self, ts: str) -> None:
        sam = self.workspace.person("sam")
        for message in sam.thread(self.control, ts):
            if message.ts == ts:
                sam.shortcut(ADD_INFORMATION, on=message)
                if sam.modal:
                    self._submit("sam", {"blocks": sam.modal.blocks}, self.hunt.number)
                self._close("sam")

    def _post(self, *elements: Any) -> Message:
        answer = self.client.chat_postMessage(
            channel=self.workspace.channel_id(self.control), text="Steps", blocks=[actions(*elements)]
        )
        return next(each for each in self.workspace.posts() if each.ts == answer["ts"])


def typed_into(workspace: Workspace, hunt: Hunt) -> set[tuple[str, str]]:
    """(form, block) of each input in which Slack told the bot of a canary."""
    told = [sent["payload"]["view"] for sent in workspace.deliveries() if "view" in sent["payload"]]
    return {
        (view["callback_id"], block)
        for view in told
        for block, within in view["state"]["values"].items()
        if hunt.stem in str(within).lower()
    }


def text_inputs(*, full: bool) -> set[tuple[str, str]]:
    return {
        (view["callback_id"], block["block_id"])
        for _, view in text_forms(full=full)
        for block in view["blocks"]
        if _is_text(block)
    }


def text_forms(*, full: bool) -> Iterator[tuple[str, View]]:
    """Every form in which something can be typed, ready to be opened about the first case."""
    for what, view in views(busy("x", full=full)):
        if any(_is_text(block) for block in view["blocks"]) and view.get("submit"):
            yield what, view | {"private_metadata": _metadata(view)}


def _metadata(view: View) -> str:
    kept = str(view.get("private_metadata") or "")
    return kept if kept.startswith("{") else FormAsked(REF, "1").kept()


def _is_text(block: View) -> bool:
    return block["type"] == "input" and block["element"]["type"] == "plain_text_input"


def _filled(view: View, text: str) -> dict[str, Any]:
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return {
        block["block_id"]: {block["element"]["action_id"]: _something(block["element"], text)}
        for block in inputs
    }


def _something(element: View, text: str) -> Any:
    match element["type"]:
        case "plain_text_input":
            return text
        case "checkboxes":
            return [element["options"][0]["value"]]
        case "users_select":
            return None
        case _:
            return element["options"][0]["value"]
