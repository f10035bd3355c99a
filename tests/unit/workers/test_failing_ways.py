"""One address of several that is refused: the page has left by the others, and the technician is told, once, until it
takes messages again."""

import pytest

from tests.outside import Letterbox, Pager
from tests.unit.workers.conftest import Evening
from tests.unit.workers.test_ways_out import HIGH, SLACK, Outside
from workers.alarm.matters import Matters
from workers.alarm.sources import failing_ways
from workers.ways_out.leaving import FailingWays
from workers.ways_out.ways import Ways

NAMED = "The last message by e-mail (2 of 2) to FIM was not taken."
AGAIN = "E-mail (2 of 2) to FIM takes messages again."


class Post:
    """A FIM with two addresses, a technician with a pager, and two bots that look after both."""

    def __init__(self, evening: Evening, mail: Letterbox, beeper: Pager) -> None:
        self.evening = evening
        failing = FailingWays(evening.stores.documents, evening.case_clock)
        two = mail.url.replace("to=duty@example.org", "to=duty@example.org,old@example.org")
        self.ways = Ways({"fim": {"e-mail": two}, "technician": {"pager": beeper.url}}, failing.note)
        self.outside = Outside(evening, self.ways)
        self.bots = [
            Matters(
                [lambda: failing_ways(failing.last(self.ways.all), evening.people.name)],
                evening.stores,
                self.ways.send,
                evening.machine,
                remind=1800,
            )
            for _ in range(2)
        ]

    def pages(self) -> None:
        """One more child, whose page Slack does not take."""
        self.evening.report(**HIGH)
        self.evening.desk.recheck(self.evening.stores.cases.open_refs()[-1])
        self.outside.goes_by(SLACK + 2)

    def goes_by(self, seconds: int) -> None:
        for _ in range(seconds):
            self.evening.later(1)
            for bot in self.bots:
                bot.look()


@pytest.fixture
def post(evening: Evening, mail: Letterbox, beeper: Pager) -> Post:
    return Post(evening, mail, beeper)


def test_the_technician_is_told_once_until_it_works_again(post: Post, mail: Letterbox, beeper: Pager) -> None:
    mail.refuses = {"old@example.org"}
    post.pages()
    post.goes_by(4000)
    assert mail.recipients == ["duty@example.org"]
    (told,) = beeper.words
    assert NAMED in told and "MISSING_WAYS_OUT" in told and "example.org" not in told
    assert all(NAMED in bot.standing[0] for bot in post.bots), "for /healthz"

    post.pages()
    post.goes_by(10)
    assert len(beeper.words) == 1

    mail.refuses = set()
    post.pages()
    post.goes_by(90)
    assert [AGAIN in words for words in beeper.words] == [False, True]
    assert [bot.standing for bot in post.bots] == [(), ()]


def test_where_all_take_it_nobody_is_told(post: Post, mail: Letterbox, beeper: Pager) -> None:
    post.pages()
    post.goes_by(90)
    assert (len(mail.recipients), beeper.words) == (2, [])
