"""Codes that stand for pages, texts on their way, and replies that are dealt with once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from bot.domain.people import Role
from bot.ports.stores import Stores
from bot.ports.texts import ReplyTurn, SentText, TextedPage
from bot.ports.ways_tried import Way

AT = datetime(2026, 2, 3, 3, 12, tzinfo=UTC)
LEASE = 30.0


def page(number: int, ref: str = "MC-26-0001") -> tuple[TextedPage, ...]:
    return (TextedPage(ref, number, Role.FIM),)


def test_a_code_has_two_digits_and_each_page_has_its_own(stores: Stores) -> None:
    codes = [stores.texts.code("kim", page(number)) for number in range(90)]
    assert codes[0] == 47
    assert sorted(codes) == list(range(10, 100))


def test_the_same_page_has_the_same_code_however_often_it_is_texted(stores: Stores) -> None:
    first = stores.texts.code("kim", page(4))
    stores.texts.code("kim", page(5))
    assert stores.texts.code("kim", page(4)) == first


def test_each_person_has_codes_of_their_own(stores: Stores) -> None:
    assert stores.texts.code("kim", page(4)) == stores.texts.code("sue", page(9)) == 47
    assert stores.texts.codes("kim") == {47: page(4)}
    assert stores.texts.codes("sue") == {47: page(9)}
    assert stores.texts.codes("ian") == {}


def test_when_all_codes_are_used_the_oldest_is_given_to_another_page(stores: Stores) -> None:
    first = stores.texts.code("kim", page(0))
    for number in range(1, 90):
        stores.texts.code("kim", page(number))
    assert stores.texts.code("kim", page(100)) == first
    assert stores.texts.codes("kim")[first] == page(100)
    assert stores.texts.code("kim", page(0)) != first, "the old page has lost it"


def test_many_who_ask_at_once_get_one_code_for_one_page(stores: Stores) -> None:
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda number: stores.texts.code("kim", page(number % 4)), range(40)))
    assert len(set(codes)) == 4


def test_what_is_on_its_way_is_known_until_it_is_settled(stores: Stores) -> None:
    text = SentText(receipt="r1", way=Way("kim", "SMS"), label="SMS (Kim)", pages=page(4), at=AT)
    other = SentText(receipt="r2", way=Way("kim", "SMS"), label="SMS (Kim)", pages=page(5), at=AT)
    stores.texts.sent(text)
    stores.texts.sent(other)
    stores.texts.sent(text)
    assert sorted(stores.texts.on_their_way(), key=lambda each: each.receipt) == [text, other]
    stores.texts.settle("r1")
    stores.texts.settle("r1")
    assert list(stores.texts.on_their_way()) == [other]


def test_a_reply_is_dealt_with_by_one_and_once(stores: Stores) -> None:
    texts = stores.texts
    assert texts.take("a", 100.0, LEASE) is ReplyTurn.FIRST
    assert texts.take("a", 110.0, LEASE) is ReplyTurn.THEIRS
    assert texts.take("b", 110.0, LEASE) is ReplyTurn.FIRST
    texts.done("a")
    assert texts.take("a", 500.0, LEASE) is ReplyTurn.DONE


def test_whoever_died_over_a_reply_leaves_it_to_another(stores: Stores) -> None:
    stores.texts.take("a", 100.0, LEASE)
    assert stores.texts.take("a", 131.0, LEASE) is ReplyTurn.AGAIN
    assert stores.texts.take("a", 131.0, LEASE) is ReplyTurn.THEIRS


def test_a_lease_begun_before_the_clock_was_set_back_is_over(stores: Stores) -> None:
    stores.texts.take("a", 10_000.0, LEASE)
    assert stores.texts.take("a", 100.0, LEASE) is ReplyTurn.AGAIN


def test_of_many_who_take_a_reply_one_has_it(stores: Stores) -> None:
    with ThreadPoolExecutor(8) as pool:
        turns = list(pool.map(lambda _: stores.texts.take("a", 100.0, LEASE), range(40)))
    assert turns.count(ReplyTurn.FIRST) == 1


def test_what_a_number_was_told_a_moment_ago_is_known(stores: Stores) -> None:
    texts = stores.texts
    assert not texts.said_before("+447700900124", "Not understood.", 100.0, 600.0)
    texts.note_said("+447700900124", "Not understood.", 100.0)
    assert texts.said_before("+447700900124", "Not understood.", 699.0, 600.0)
    assert not texts.said_before("+447700900124", "Not understood.", 701.0, 600.0)
    assert not texts.said_before("+447700900124", "Acknowledged.", 110.0, 600.0)
    assert not texts.said_before("+447700900125", "Not understood.", 110.0, 600.0)
