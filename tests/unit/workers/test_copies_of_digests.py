"""Given a digest that was made again in doubt, then its first try leads to the page that came of it once no case is
asked for there alone, and never before."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.domain.commands import Accept, Acknowledge, Assign
from bot.late_posts import copies_of
from bot.ports.destination import Destination, LaneKind, OutboxKind
from bot.ports.outbox import Outgoing
from bot.ports.places import Place, digest_key, page_key
from bot.slack import slack_chat
from bot.slack.slack_chat import PostDeclined
from bot.store.redis_stores import RedisStores
from sandbox.client import Message
from sandbox.runner import running_workspace
from tests.damage import DamagedRow
from tests.unit.workers.conftest import MANIFEST, SEED, Evening
from tests.unit.workers.test_copies import leads, taken_late
from tests.unit.workers.test_delivery import FIM
from tests.unit.workers.test_several_copies import (
    HIGH,
    SENT_TWICE,
    SUPERVISORS,
    asks,
    copies_waiting,
    looked_for,
    two_left_of_six,
)
from workers.delivery.mended_rows import DamagedRows
from workers.delivery.quarantine import Quarantine

QUARANTINE = Destination.of(LaneKind.QUARANTINE, FIM)


def eight(evening: Evening) -> list[str]:
    """Their pages wait."""
    refs = [evening.report(**HIGH) for _ in range(8)]
    evening.until(0)
    return refs


def page_of(evening: Evening, ref: str) -> Outgoing:
    return next(row for row in evening.stores.outbox.pending(FIM, 99) if row.ref == ref)


def ask_for_acknowledgement(post: Message) -> bool:
    return bool({"acknowledge", "acknowledge_many"} & {*post.action_ids})


def unreadable(evening: Evening, damage: pytest.MonkeyPatch, ref: str) -> None:
    """So long as `damage` lasts."""
    readable = evening.stores.cases.readable

    def but_that(asked: Any) -> Any:
        found, unread = readable(asked)
        return [case for case in found if case.ref != ref], [*unread, *({ref} & {*asked})]

    damage.setattr(evening.stores.cases, "readable", but_that)


def made_again_without_the_last(evening: Evening, damage: pytest.MonkeyPatch) -> list[str]:
    """The cases of a digest that Slack hid, of which the last cannot be read."""
    refs = eight(evening)
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    evening.drain(FIM)
    unreadable(evening, damage, refs[-1])
    evening.workspace.fault("hides", "conversations.history", count=1)
    evening.drain(FIM, turns=4)
    return refs


def mended(evening: Evening) -> None:
    Quarantine(evening.stores, evening.rate_limits, evening.machine).drain(QUARANTINE)


@pytest.fixture
def made_again(evening: Evening) -> tuple[list[str], Outgoing]:
    """Its cases, and the first of their pages: two digests of the same eight are there, and both look open."""
    refs = eight(evening)
    first = page_of(evening, refs[0])
    with taken_late(evening) as late:
        evening.drain(FIM)
    evening.drain(FIM, turns=2)
    late[0]()
    assert all(ask_for_acknowledgement(post) for post in evening.in_fim())
    return refs, first


def test_what_is_acknowledged_meanwhile_is_drawn_on_the_one_that_is_left(
    evening: Evening, made_again: tuple[list[str], Outgoing]
) -> None:
    refs, _ = made_again
    for ref in refs:
        evening.do(1, "fay", Acknowledge(), ref)
    evening.drain_all(FIM)
    kept, copy = evening.in_fim()
    assert leads(copy, kept) and not ask_for_acknowledgement(kept)


def test_the_one_that_was_made_again_stays_though_one_of_its_cases_has_a_newer_page(
    evening: Evening, made_again: tuple[list[str], Outgoing]
) -> None:
    refs, first = made_again
    for ref in refs[1:]:
        evening.do(1, "sam", Assign(to="ola"), ref)
        evening.do(1, "ola", Accept(), ref)
    evening.until(5)
    evening.drain_all(FIM)
    kept, copy, newer = evening.in_fim()
    evening.stores.outbox.ask_again(FIM, copies_of([first], Place.of("C0FIM", newer.ts)))
    evening.drain_all(FIM)
    kept, copy, newer = evening.in_fim()
    assert newer.says(refs[0]) and ask_for_acknowledgement(newer)
    assert kept.says(refs[1]) and not kept.says(SENT_TWICE)
    assert leads(copy, kept) or leads(copy, newer)


def test_it_leads_on_where_those_that_were_left_of_it_were_paged_one_by_one(evening: Evening) -> None:
    with taken_late(evening) as late:
        first, second = two_left_of_six(evening)
    evening.drain(FIM, turns=4)
    late[0]()
    evening.drain_all(FIM)
    *pages, copy = evening.in_fim()
    assert [page.says(ref) for page, ref in zip(pages, (first, second), strict=True)] == [True, True]
    assert all(map(ask_for_acknowledgement, pages))
    assert copy.says(SENT_TWICE) and not copy.action_ids


def test_one_that_is_found_in_it_alone_is_asked_for_there_and_by_its_own_name(evening: Evening) -> None:
    with taken_late(evening) as late:
        first, second = two_left_of_six(evening)
    evening.drain(FIM)
    late[0]()
    evening.drain_all(FIM)
    own, digest = evening.in_fim()
    assert own.says(first) and ask_for_acknowledgement(own)
    assert digest.says(second) and not digest.says(first) and ask_for_acknowledgement(digest)


def test_while_one_of_its_cases_cannot_be_read_it_is_left_as_it_is(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That one may be asked for there alone, once it is found."""
    with monkeypatch.context() as damage:
        refs = made_again_without_the_last(evening, damage)
    copy, _ = evening.in_fim()
    assert asks(evening, refs[-1]) and not copy.says(SENT_TWICE)
    mended(evening)
    evening.drain_all(FIM)
    copy, kept = evening.in_fim()
    assert copy.says(refs[-1]) and not copy.says(refs[0]) and ask_for_acknowledgement(copy)
    assert kept.says(refs[0]) and not kept.says(refs[-1]) and ask_for_acknowledgement(kept)


def test_two_that_are_found_in_it_one_after_the_other_are_both_asked_for_there(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    first, second = two_left_of_six(evening)
    with monkeypatch.context() as damage:
        unreadable(evening, damage, second)
        evening.workspace.fault("hides", "conversations.history", count=1)
        evening.workspace.fault("rate_limited", "chat.postMessage", count=1, seconds=5)
        evening.drain(FIM, turns=2)
    evening.drain(FIM)
    mended(evening)
    evening.drain_all(FIM)
    (digest,) = evening.in_fim()
    assert digest.says(first) and digest.says(second) and ask_for_acknowledgement(digest)


def of_an_earlier_release(damage: pytest.MonkeyPatch) -> None:
    """It did not say of how many cases a post is."""
    made = slack_chat.metadata

    def without(keys: Sequence[str]) -> dict[str, Any]:
        said = made(keys)
        said["event_payload"].pop("cases", None)
        return said

    damage.setattr(slack_chat, "metadata", without)


def test_one_of_an_earlier_release_that_is_found_asks_for_all_of_them(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = eight(evening)
    with monkeypatch.context() as before:
        of_an_earlier_release(before)
        evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
        evening.drain(FIM)
    evening.drain_all(FIM)
    assert [ref for ref in refs if not asks(evening, ref)] == []


def test_one_of_an_earlier_release_is_left_since_that_wrote_down_less(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a page that it found alone in a digest it knew the place, and not that others are there."""
    with monkeypatch.context() as before:
        of_an_earlier_release(before)
        with taken_late(evening) as late:
            first, second = two_left_of_six(evening)
        evening.drain(FIM)
        late[0]()
        evening.drain(FIM)
    digest = evening.in_fim()[1]
    unlisted = {digest_key(Place.of("C0FIM", digest.ts)): ""}
    assert evening.stores.outbox.sent(FIM, taken(evening, FIM), [], unlisted)
    evening.later(2)
    evening.drain_all(FIM)
    assert asks(evening, first) and asks(evening, second)


def taken(evening: Evening, lane: Destination) -> int:
    """The lane, for a second."""
    token = evening.stores.outbox.claim(lane, evening.machine.seconds(), 1.0)
    assert token is not None
    return token


def test_while_one_of_its_pages_is_put_by_it_is_left_as_it_is(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    with taken_late(evening) as late:
        first, second = two_left_of_six(evening)
    evening.drain(FIM)
    post = evening.chat.post

    def refuses(*_: Any) -> str:
        monkeypatch.setattr(evening.chat, "post", post)
        late[0]()  # just now
        raise PostDeclined("chat.postMessage", "message_limit_exceeded")

    monkeypatch.setattr(evening.chat, "post", refuses)
    for turn in range(70):
        evening.delivery.drain(FIM)
        if turn % 5 == 4:
            evening.postponed(FIM)
        evening.later(1)
        assert asks(evening, second), turn
    assert asks(evening, first)


def test_while_the_page_of_one_cannot_be_read_it_is_looked_for_so_many_times_and_no_more(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = made_again_without_the_last(evening, monkeypatch)
    looked_for(evening, times=25, turns=1)
    assert copies_waiting(evening) == []
    assert asks(evening, refs[-1])


@pytest.mark.redis
def test_while_a_page_of_its_lies_damaged_it_is_left_as_it_is(redis_stores: RedisStores) -> None:
    """Until it is written again, with its doubt."""
    with running_workspace(MANIFEST, SEED) as workspace:
        evening = Evening(workspace, redis_stores)
        evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
        first, second = two_left_of_six(evening)
        evening.workspace.fault("hides", "conversations.history", count=1)
        evening.drain(FIM)
        DamagedRow(redis_stores, FIM, page_of(evening, second).id).strike()
        evening.drain(FIM, turns=3)
        assert asks(evening, second)
        DamagedRows(redis_stores).look()
        evening.drain_all(FIM)
        assert asks(evening, first) and asks(evening, second)


def test_what_is_shown_in_another_channel_leads_to_no_digest_here(evening: Evening) -> None:
    first, second, *others = [evening.report(**HIGH) for _ in range(6)]
    evening.until(10)
    rows = evening.stores.outbox.pending(SUPERVISORS, 99)
    pages = {row.ref: row for row in rows if row.kind == OutboxKind.PAGE}
    with taken_late(evening) as late:
        evening.drain(SUPERVISORS)
    for ref in others:
        evening.do(10, "sam", Acknowledge(), ref)
    evening.drain(SUPERVISORS, turns=3)
    own = evening.stores.outbox.cards([page_key(SUPERVISORS, ref) for ref in (first, second)])
    late[0]()
    elsewhere = {page_key(SUPERVISORS, first): Place.of("C0FIM", "1796000000.000001")}
    assert evening.stores.outbox.sent(SUPERVISORS, taken(evening, SUPERVISORS), [], elsewhere)
    evening.later(2)
    for ref in (first, second):
        evening.stores.outbox.ask_again(SUPERVISORS, copies_of([pages[ref]], own[page_key(SUPERVISORS, ref)]))
    evening.drain(SUPERVISORS, turns=6)
    posts = evening.workspace.person("sam").sees("supervisors")
    assert any(post.says(first) and ask_for_acknowledgement(post) for post in posts)
