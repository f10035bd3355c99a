"""Given something in the record that somebody else has put there, then FIM and technician read what it is and since
when."""

from zoneinfo import ZoneInfo

from bot.directory_document import DOCUMENT
from bot.ports.damaged import Damaged, DamageKind, Doubt
from bot.store.memory import MemoryStores
from workers.alarm.damage import damaged, doubted

LONDON = ZoneInfo("Europe/London")
AT = 1_772_460_000.0  # 2 March 2026, 14:00


def found(name: str, doubt: Doubt, at: float = AT) -> Damaged:
    return Damaged(kind=DamageKind.DOCUMENT, name=name, key="documents", doubt=doubt, at=at)


def test_a_forged_role_is_said_with_what_counts_and_what_mends_it() -> None:
    stores = MemoryStores()
    stores.damaged.keep(found(DOCUMENT, Doubt.NOT_OURS))
    matter = doubted(stores, LONDON)["doubted"]
    assert matter is not None and not matter.lasts
    assert matter.says == (
        "The list of who holds which role in the record server was not written by missing-bot (found at 14:00 on 2 "
        "Mar). It was not believed: each role is held as Slack's user groups and the hand-overs say. Technician: look "
        "who can write to the record server, and change its password; missing-bot damaged shows what lay there. If you "
        "have put the server back yourselves, start the bot's processes anew."
    )
    assert damaged(stores) == {}


def test_several_notes_that_were_put_back_are_said_once() -> None:
    stores = MemoryStores()
    for name in ("board placed", "alarms"):
        stores.damaged.keep(found(name, Doubt.OLDER))
    matter = doubted(stores, LONDON)["doubted"]
    assert matter is not None
    assert (
        matter.says.count("A note of the bot's own in the record server was put back to an older state") == 1
    )


def test_what_is_merely_damaged_is_no_forgery() -> None:
    stores = MemoryStores()
    stores.damaged.keep(found(DOCUMENT, Doubt.NONE))
    assert doubted(stores, LONDON) == {}
    assert "cannot be read" in str(damaged(stores)["damaged"])
