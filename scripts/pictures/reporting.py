"""A report that comes again: the child was missing before, the form was lost, a message holds something new."""

from playwright.sync_api import Page

from bot.views import ids
from cli.demo import cast
from handlers.conversation.shortcuts import ADD_INFORMATION
from sandbox.client import Message, Person
from scripts.pictures.evenings import REPORT, UP, Evening

BLAMING = (
    "She says he is streetwise and often absconds, attention seeking. He texted that he wants to end it."
)


def reporting(it: Evening) -> None:
    it.reports(1041, "Rowan Pike", 13)
    card = it.heard("Outstanding", cast.CASES)
    _language(it)
    _lost(it)
    _seen_before(it)
    _from_a_message(it, card)
    _no_role(it)


def _begins(it: Evening) -> Person:
    cal = it.person("cal")
    cal.type("/missing", cast.CASES)
    it.sees_modal("cal", "Report a missing child")
    cal.fill({block: {ids.VALUE: text} for block, text in REPORT.items()} | {"age": {ids.LIVE: "13"}})
    return cal


def _language(it: Evening) -> None:
    cal = _begins(it)
    cal.fill({"why_worried": {ids.VALUE: BLAMING}})
    cal.choose(ids.LIVE, ["self_harm"], block_id="yes")
    it.sees_modal("cal", "streetwise")
    it.picture("language", "cal", of="dialog", channel=cast.CASES)


def _lost(it: Evening) -> None:
    cal = it.person("cal")
    cal.close()
    cal.type("/missing", cast.CASES)
    it.sees_modal("cal", "unfinished")
    it.picture("draft", "cal", of="dialog", channel=cast.CASES)
    cal.click(ids.START_FRESH)
    it.sees_modal("cal", "Report a missing child")
    cal.close()


def _seen_before(it: Evening) -> None:
    cal = _begins(it)
    cal.submit()
    it.sees_modal("cal", "SEEN BEFORE?")
    it.picture("seen-before", "cal", of="dialog", channel=cast.CASES)
    cal.click(ids.SAME_CHILD)
    it.sees_modal("cal", "Missing before")
    it.picture("same-child", "cal", of="dialog", channel=cast.CASES)
    cal.close()


def _from_a_message(it: Evening, card: Message) -> None:
    ola = it.person("ola")
    ola.type("Bus driver: a boy in that uniform got off at Quay Street, 14:05", cast.CASES)
    said = next(each for each in reversed(ola.sees(cast.CASES)) if each.says("Bus driver"))
    ola.shortcut(ADD_INFORMATION, on=said)
    it.sees_modal("ola", "Add to which case?")
    it.picture("which-case", "ola", of="dialog", channel=cast.CASES)
    ola.submit({"case": {ids.VALUE: "MC-26-0001"}})
    it.sees_modal("ola", "New information")
    it.picture("from-message", "ola", of="dialog", channel=cast.CASES)
    ola.close()
    ola.type("Rang his aunt: not there", cast.CASES, thread=card.ts)
    it.workspace.expect("Save your reply to", to="ola", within=UP)
    it.picture("keep", "ola", channel=cast.CASES, thread=card.ts, tall=700)


def _no_role(it: Evening) -> None:
    it.person("pat").type("/missing", cast.CASES)
    it.workspace.expect("Nothing is saved", to="pat", within=UP)
    it.picture("no-role", "pat", channel=cast.CASES, tall=620, first=_to_the_end)


def _to_the_end(page: Page) -> None:
    page.locator("li.message", has_text="Only visible to you").last.scroll_into_view_if_needed()
