"""Given a digest that was made again in doubt, then its first try leads to the page that came of it once no case is
asked for there alone, and never before."""

from typing import Any

import pytest

from bot.domain.commands import Accept, Acknowledge, Assign
from bot.late_posts import copies_of
from bot.ports.destination import Destination, LaneKind
from bot.ports.outbox import Outgoing
from bot.ports.places import Place
from sandbox.client import Message
from tests.unit.workers.conftest import Evening
from tests.unit.workers.test_copies import leads, taken_late
from tests.unit.workers.test_delivery import FIM
from tests.unit.workers.test_several_copies import HIGH, SENT_TWICE, asks, two_left_of_six
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
    assert [
        (page.says(ref), ask_for_acknowledgement(page))
        for page, ref in zip(pages, (first, second), strict=True)
    ]
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
    refs = eight(evening)
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    evening.drain(FIM)
    with monkeypatch.context() as damage:
        unreadable(evening, damage, refs[-1])
        evening.workspace.fault("hides", "conversations.history", count=1)
        evening.drain(FIM, turns=4)
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
