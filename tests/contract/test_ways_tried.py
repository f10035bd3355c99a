"""When each way beside Slack was last tried, and with what answer."""

from datetime import UTC, datetime

import pytest

from bot.ports.stores import Stores
from bot.ports.ways_tried import Way, WayAnswer, WaysTried, WayTried

SMS, MAIL = Way("U0KIM", "SMS"), Way("fim", "e-mail")
AT = datetime(2026, 2, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
def tried(stores: Stores) -> WaysTried:
    return WaysTried(stores.documents)


def test_a_way_that_was_never_tried_says_so(tried: WaysTried) -> None:
    assert tried.of(SMS) is None
    assert tried.of_all([SMS, MAIL]) == {SMS: None, MAIL: None}
    assert tried.of_all([]) == {}


@pytest.mark.parametrize(
    ("answer", "fails"),
    [("taken", False), ("delivered", False), ("refused", True), ("silent", True), ("undelivered", True)],
)
def test_the_last_try_is_kept_with_its_answer(tried: WaysTried, answer: str, fails: bool) -> None:
    tried.note(SMS, WayTried(at=AT.replace(hour=1), answer=WayAnswer.REFUSED))
    last = WayTried(at=AT, answer=WayAnswer(answer), said="the number is not in use", was_test=True)
    tried.note(SMS, last)
    assert tried.of(SMS) == last
    assert last.works is not fails


def test_each_way_of_each_recipient_is_kept_by_itself(tried: WaysTried) -> None:
    refused, taken = WayTried(at=AT, answer=WayAnswer.REFUSED), WayTried(at=AT, answer=WayAnswer.TAKEN)
    tried.note(SMS, refused)
    tried.note(MAIL, taken)
    other = Way("fim", "SMS")
    assert tried.of_all([SMS, MAIL, other]) == {SMS: refused, MAIL: taken, other: None}
