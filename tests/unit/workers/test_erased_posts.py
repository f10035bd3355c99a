"""What stands in Slack of an erased case: cards say so, what the bot said under them goes, what people said stays."""

from collections.abc import Iterator

import pytest

from bot.domain.commands import Acknowledge, Close, Interview, Locate, Take
from bot.outgoing import CASES
from bot.ports.destination import Destination, LaneKind
from bot.store.redis_stores import RedisStores
from sandbox.client import Message
from sandbox.runner import running_workspace
from tests.erasing import erase
from tests.unit.workers.conftest import MANIFEST, SEED, Evening
from tests.world import TOLD, answers

pytestmark = pytest.mark.redis
SAID = "MC-26-0001 was erased on 2 March 2026. Nothing of it is kept; its reference is not used again."
FIM = Destination("role:fim")
REF, OTHER = "MC-26-0001", "MC-26-0002"


@pytest.fixture
def evening(redis_stores: RedisStores) -> Iterator[Evening]:
    """Wren Hale's case, paged, answered and closed; another one, open."""
    with running_workspace(MANIFEST, SEED) as workspace:
        evening = Evening(workspace, redis_stores)
        evening.report(markers=answers("suicidal_today"))
        evening.report(1, markers=answers("suicidal_today"))
        sent(evening)
        closed(evening, 2, 3, 4, 5, 6)
        sent(evening)
        yield evening


@pytest.fixture
def six(redis_stores: RedisStores) -> Iterator[Evening]:
    """Hers and five others, open, in one digest."""
    with running_workspace(MANIFEST, SEED) as workspace:
        evening = Evening(workspace, redis_stores)
        for _ in range(6):
            evening.report(markers=answers("suicidal_today"))
        evening.until(0)
        sent(evening)
        closed(evening, 1, 1.1, 1.2, 1.3, 1.4)
        evening.drain(FIM, turns=3)
        yield evening


def closed(evening: Evening, *at: float) -> None:
    acknowledged, taken, located, heard, done = at
    evening.do(acknowledged, "fay", Acknowledge())
    evening.do(taken, "ola", Take())
    evening.do(located, "ola", Locate(where="Pier", seen_in_person=True))
    evening.do(heard, "ola", Interview(kind="prevention", in_person=True, by_whom="Ola"))
    evening.do(done, "sam", Close(reason="Home"))


def sent(evening: Evening) -> None:
    for _ in range(40):
        waiting = in_slack(evening)
        if not waiting:
            return
        for lane in waiting:
            evening.drain(lane)
    raise AssertionError(f"still waiting: {in_slack(evening)}")


def in_slack(evening: Evening) -> list[Destination]:
    return [lane for lane in evening.stores.outbox.lanes() if lane.kind is not LaneKind.FALLBACK]


def purge(stores: RedisStores) -> None:
    erase(stores, REF, TOLD)


def test_its_cards_say_so_and_what_was_said_under_them_is_gone(
    evening: Evening, redis_stores: RedisStores
) -> None:
    fay = evening.workspace.person("fay")
    card = next(post for post in evening.in_cases() if post.says(REF))
    assert any(said.says("located") for said in fay.thread("cases", card.ts))
    fay.type("I rang the carer", "cases", card.ts)
    purge(redis_stores)
    sent(evening)
    (drawn,) = [post for post in evening.in_cases() if post.says(REF)]
    assert (drawn.ts, drawn.words.splitlines()[0]) == (card.ts, SAID)
    assert [said.text for said in fay.thread("cases", card.ts)[1:]] == ["I rang the carer"]
    assert shown_of(evening.in_fim(), REF) == [drawn.words]


def test_every_other_child_stays_as_it_was(evening: Evening, redis_stores: RedisStores) -> None:
    before = shown_of(evening.in_fim(), OTHER), shown_of(evening.in_cases(), OTHER)
    assert all(before)
    purge(redis_stores)
    sent(evening)
    assert (shown_of(evening.in_fim(), OTHER), shown_of(evening.in_cases(), OTHER)) == before


def test_a_digest_goes_on_asking_for_its_other_cases(six: Evening, redis_stores: RedisStores) -> None:
    (before,) = six.in_fim()
    assert before.says("5 cases") and before.says(REF)
    purge(redis_stores)
    six.drain(FIM, turns=3)
    (digest,) = six.in_fim()
    assert digest.says("5 cases") and not digest.says(REF)
    assert list(digest.action_ids) == list(before.action_ids)


def test_slack_that_is_away_is_asked_until_it_is_done(evening: Evening, redis_stores: RedisStores) -> None:
    down = evening.workspace.fault("server_error", "chat.delete")
    purge(redis_stores)
    evening.drain(CASES)
    assert CASES in in_slack(evening)
    evening.workspace.clear_faults(down)
    sent(evening)
    assert shown_of(evening.in_cases(), REF)[0].startswith(f"{REF} was erased")


def shown_of(posts: list[Message], ref: str) -> list[str]:
    return [post.words for post in posts if post.says(ref)]
