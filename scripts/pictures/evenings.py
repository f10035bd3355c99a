"""Evenings told for their pictures: one where nothing comes due, one where nobody owns the case, one storm."""

import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from bot.replay import scenario
from bot.views import ids
from cli.demo import cast
from cli.demo.gestures import GESTURES, Scene
from cli.demo.stage import Stage
from sandbox.client import Message, Person
from sandbox.errors import NotPossible
from scripts.pictures.camera import Camera
from tests.browser.screen import Screen

UP = 20.0  # seconds for the bot to put something on a screen
STORM = ["Rowan Pike", "Jude Amari", "Alex Thorn", "Robin Vale", "Kit Larch", "Noa Fenn", "Remy Holt"]


class Evening:
    """The workspace of one set of pictures."""

    def __init__(self, stage: Stage, story: scenario.Scenario, camera: Camera) -> None:
        self.workspace = workspace = stage.workspace
        self.surroundings = stage.surroundings
        self._camera = camera
        self._scene = Scene(workspace, story, ZoneInfo("Europe/London"))
        self._report = story.said.steps[0]

    def person(self, name: str) -> Person:
        return self.workspace.person(name)

    def picture(
        self,
        name: str,
        person: str,
        *,
        of: str = "",
        tall: int = 860,
        first: Callable[[Page], object] | None = None,
        **place: str,
    ) -> None:
        url = self.workspace.address + Screen.place_of(person=person, **place)[1:]
        self._camera.take(name, url, of=of, tall=tall, first=first)

    def reports(self, number: int, name: str, age: int) -> None:
        said = self._report.report
        child = said.child.model_copy(update={"name": name, "age": age})
        said = said.model_copy(update={"ref": f"LOG-{number}", "child": child})
        GESTURES["report"](self._scene, self._report.model_copy(update={"report": said}))

    def offers(self, who: str, action: str, channel: str) -> Message:
        """The newest message there that offers it; a first direct message has no channel before it comes."""
        if channel == cast.DIRECT:
            self.workspace.wait_for(lambda: _has_direct(self.person(who)), f"a message to {who}", UP)
        return self._scene.message_with(self.person(who), action, channel)

    def presses(self, who: str, action: str, channel: str) -> None:
        self.person(who).click(action, self.offers(who, action, channel))

    def chooses(self, who: str, verb: str) -> None:
        """From the menu of the case's card; waits for its modal."""
        card = self.offers(who, ids.MORE, cast.CASES)
        self.person(who).choose(ids.MORE, f"{verb}:{ref_of(card)}", card)
        self.sees_modal(who)

    def sees_modal(self, who: str, words: str = "") -> None:
        def there() -> bool:
            modal = self.person(who).modal
            return modal is not None and (modal.says(words) or words in modal.title)

        self.workspace.wait_for(there, f"a modal {words!r} before {who}", UP)

    def heard(self, words: str, channel: str) -> Message:
        return self.workspace.expect(words, channel, within=UP)


def ref_of(card: Message) -> str:
    found = re.search(r"MC-\d\d-\d{4,}", card.words)
    assert found, "a case's card names its case"
    return found[0]


def _has_direct(person: Person) -> bool:
    try:
        return bool(person.sees(cast.DIRECT))
    except NotPossible:
        return False


REPORT = {
    "name": "Rowan Pike",
    "why_worried": "He walked out of school at lunch, and this morning he texted me that he wants to end it.",
    "last_seen_at": "1245",
    "last_seen_where": "Avonmead School, main gate",
    "reporter_name": "Tom Pike",
    "reporter_phone": "07700 900001",
    "reporter_relationship": "father",
    "incident": "LOG-1042",
    "told_at": "1340",
}


def quiet(it: Evening) -> None:
    """Nothing comes due: the forms, and what follows from them at once."""
    _report(it)
    _case(it)
    _open_case(it)
    _offer(it)
    it.presses("cal", ids.TAKE, cast.CASES)
    it.workspace.expect("Nothing changed; the attempt was logged.", to="cal", within=UP)
    it.picture("refusal", "cal", channel=cast.CASES, tall=700)


def _report(it: Evening) -> None:
    cal = it.person("cal")
    cal.type("/missing", cast.CASES)
    it.sees_modal("cal", "Report a missing child")
    cal.fill({block: {ids.VALUE: text} for block, text in REPORT.items()} | {"age": {ids.LIVE: "13"}})
    cal.choose(ids.LIVE, ["suicidal_today", "self_harm", "adverse_event"], block_id="yes")
    it.sees_modal("cal", "PROPOSED: HIGH")
    it.picture("report", "cal", of="dialog", channel=cast.CASES)
    cal.click(ids.CONCERN_INSTEAD)
    it.sees_modal("cal", "STOP")
    cal.submit({"not_missing": {ids.VALUE: "   "}})
    it.picture("concern", "cal", of="dialog", channel=cast.CASES)
    cal.submit({"not_missing": {ids.VALUE: "Believed to be walking home; his father said so at 13:40"}})
    it.sees_modal("cal", "SAVED")
    cal.choose(ids.LIVE, ["mental_health"], block_id="yes_health")
    cal.choose(ids.LIVE, "high", block_id="level")
    cal.fill({"rationale": {ids.VALUE: "Said today that he wants to end it"}})
    it.sees_modal("cal", "Yes 3")
    it.picture("risk", "cal", of="dialog", channel=cast.CASES)
    cal.submit()


def _case(it: Evening) -> None:
    card = it.heard("Outstanding", cast.CASES)
    it.heard("graded HIGH", cast.CASES)
    it.heard("acknowledge by", "fim")
    it.picture("page-new", "fay", channel="fim", tall=560)
    it.picture(
        "phone", "fay", channel="fim", tall=560, first=lambda page: page.locator(".tools .tool").first.click()
    )
    bot = it.workspace.app(cast.APP).bot_user
    it.person("sam").type(f"<@{bot}> status", cast.CASES, thread=card.ts)
    it.heard("Next:", cast.CASES)
    it.picture("case", "sam", channel=cast.CASES, tall=700)
    it.picture("thread", "sam", channel=cast.CASES, thread=card.ts, tall=860)


def _open_case(it: Evening) -> None:
    for who, name in (("sam", "open-case"), ("ola", "open-case-officer")):
        it.presses(who, ids.OPEN_CASE, cast.CASES)
        it.sees_modal(who, "OUTSTANDING")
        it.picture(name, who, of="dialog", channel=cast.CASES)
        it.person(who).close()


def _offer(it: Evening) -> None:
    it.chooses("sam", "assign")
    it.person("sam").submit({"to": {ids.VALUE: it.person("ola").id}})
    it.offers("ola", ids.DECLINE, cast.DIRECT)
    it.picture("offer", "ola", home=cast.APP, tab="messages", tall=560)


def evening(it: Evening) -> None:
    """Nobody owns the child's case: the page comes again, is known, and is cleared."""
    it.reports(1042, "Rowan Pike", 13)
    it.heard("acknowledge by", "fim")
    it.presses("fay", ids.ACKNOWLEDGE, "fim")
    it.heard("no owner, late since", "fim")
    it.picture("page-again", "fay", channel="fim", tall=760)
    it.presses("fay", ids.ACKNOWLEDGE, "fim")
    it.workspace.wait_for(
        lambda: "still late" in it.person("fay").sees("fim")[-1].words, "the page to say so", UP
    )
    it.picture("page-known", "fay", channel="fim", tall=700)
    it.presses("ola", ids.TAKE, cast.CASES)
    it.workspace.wait_for(lambda: it.person("fay").sees("fim")[-1].says("No page open"), "cleared", UP)
    it.picture("page-cleared", "fay", channel="fim", tall=560)
    _asked(it)


def _asked(it: Evening) -> None:
    """Several questions at once, and the picture that one of them is answered with."""
    bot, card = it.workspace.app(cast.APP).bot_user, it.offers("sam", ids.OPEN_CASE, cast.CASES)
    it.person("sam").type(f"<@{bot}> who has it, what is late and who was told?", cast.CASES, thread=card.ts)
    it.heard("Told", cast.CASES)
    it.picture("answers", "sam", channel=cast.CASES, thread=card.ts, tall=860)
    it.person("sam").type(f"<@{bot}> timeline", cast.CASES, thread=card.ts)
    it.heard("Timeline", cast.CASES)
    it.picture("timeline", "sam", channel=cast.CASES, thread=card.ts, tall=1100, first=_drawn)


def _drawn(page: Page) -> None:
    page.locator("aside img, .thread img, img[alt]").last.wait_for()


def storm(it: Evening) -> None:
    """More at one moment than anybody reads one by one."""
    for number, name in enumerate(STORM):
        it.reports(2001 + number, name, 11 + number % 6)
    it.workspace.expect("cases need FIM", "fim", within=4 * UP)
    it.picture("digest", "fay", channel="fim", tall=1100)
