"""At the terminal as in Slack: a case that cannot be read is said to be so, and the others go on."""

from bot.store.redis_stores import RedisStores
from tests.damage import Damage
from tests.terminal.conftest import Terminal

INSTEAD = "Not done. {} cannot be read. Work it from the incident log, and call the technician."


def test_it_is_said_in_a_sentence_and_listed_by_its_reference(
    terminal: Terminal, redis_stores: RedisStores
) -> None:
    ref = terminal.reported()
    Damage(redis_stores, ref).strike()
    for typed in (f"show {ref}", f"take {ref}", "show LOG-1042"):
        assert terminal.refused("ola", typed) == INSTEAD.format(ref)
    assert terminal.case("ola", "list --json").document == [{"ref": ref, "unreadable": True}]
