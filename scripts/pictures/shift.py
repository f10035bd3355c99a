"""The end of a shift: to whom, what the next one gets, case by case, and the read-back."""

from bot.views import ids
from cli.demo import cast
from scripts.pictures.evenings import STORM, UP, Evening


def shift(it: Evening) -> None:
    for number, name in enumerate(STORM[:3]):
        it.reports(5001 + number, name, 11 + number % 6)
    fay, kim = it.person("fay"), it.person("kim")
    fay.type("/missing handover", "fim")
    it.sees_modal("fay", "You stay FIM until they accept")
    it.picture("hand-over", "fay", of="dialog", channel="fim")
    fay.submit({"to": {ids.VALUE: kim.id}})
    pack = it.offers("kim", ids.ACCEPT_ALL, cast.DIRECT)
    it.picture("hand-over-pack", "kim", home=cast.APP, tab="messages", tall=900)
    kim.click(ids.ACCEPT_EACH, pack)
    it.sees_modal("kim", "Close this at any time")
    it.picture("hand-over-case", "kim", of="dialog", home=cast.APP, tab="messages")
    kim.close()
    kim.click(ids.ACCEPT_ALL, pack)
    it.sees_modal("kim", "What will you do first?")
    it.picture("read-back", "kim", of="dialog", home=cast.APP, tab="messages")
    kim.submit({"first": {ids.VALUE: "Get MC-26-0001 an owner, then ring the duty inspector"}})
    it.workspace.expect("You are no longer FIM", within=UP)
    it.picture("handed-over", "fay", home=cast.APP, tab="messages", tall=560)
