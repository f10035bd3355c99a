"""When time stops: one banner however many bots look, whatever else fails, and the word when it is over."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from bot.ports.errors import StoreUnavailable
from bot.slack.slack_chat import Unsure
from bot.views.message import Message as Drawn
from sandbox.client import Message
from tests.outside import Letterbox, pager
from tests.unit.workers.conftest import Evening
from tests.waiting import until
from tests.world import TOLD, answers
from workers.alarm.alarm import Alarm
from workers.alarm.banner import Banner
from workers.alarm.calls import Calls
from workers.alarm.notifier import Notifier
from workers.alarm.troubles import Known
from workers.alarm.watchdog import Watchdog, WatchdogPatience
from workers.timing.timer import BEAT
from workers.ways_out.ways import Ways

REMIND = 1800.0
SILENT = WatchdogPatience().silent
STOPPED, AGAIN = "CLOCKS STOPPED since", "Running again"


class Post:
    """The watch of one evening: as many bots as a test wants, and timers that beat while it says so."""

    def __init__(self, evening: Evening) -> None:
        self.evening = evening
        self.ways = Ways({})
        self.bots: list[Alarm] = []

    def bot(self) -> Alarm:
        """Started now."""
        evening, stores = self.evening, self.evening.stores
        watchdog = Watchdog(
            stores, evening.case_clock, evening.machine, evening.machine.seconds, BEAT, WatchdogPatience()
        )
        teller = Notifier(
            stores.requests,
            Banner(evening.chat, "C0FIM", evening.machine),
            Calls(self.ways, evening.people.on_duty),
            evening.setting,
            evening.case_clock,
            evening.machine,
            remind=REMIND,
        )
        alarm = Alarm(watchdog, lambda: self.known(), lambda: (), stores.documents, teller, evening.machine)
        self.bots.append(alarm)
        return alarm

    def known(self) -> Known:
        return Known(high=tuple(self.evening.stores.cases.open_refs()), as_of=self.evening.clock.now())

    def goes_by(self, seconds: float, *, beating: bool = False) -> None:
        for _ in range(int(seconds)):
            self.evening.later(1)
            if beating:
                self.evening.stores.heartbeats.beat(BEAT, self.evening.machine.seconds())
            for bot in self.bots:
                bot.look()

    def said(self, words: str) -> list[Message]:
        return [message for message in self.evening.in_fim() if message.says(words)]


@pytest.fixture
def post(evening: Evening) -> Post:
    post = Post(evening)
    evening.report(markers=answers("suicidal_today"))
    return post


def stopped(post: Post, bots: int = 1) -> None:
    for _ in range(bots):
        post.bot()
    post.goes_by(3, beating=True)
    post.goes_by(SILENT + 1)


def test_the_banner_says_since_when_what_to_do_and_which_high_cases_are_open(post: Post) -> None:
    stopped(post)
    (banner,) = post.said(STOPPED)
    assert banner.says("CLOCKS STOPPED since 13:40")
    assert banner.says("@fim The bot cannot page anyone. Use the paper board.")
    assert banner.says("1 HIGH case open at that time: MC-26-0001.")
    assert banner.says("OFFICIAL-SENSITIVE")
    assert not banner.says("sent"), "nobody was called beside Slack"


def test_three_bots_make_one_banner_and_one_word_that_it_is_over(post: Post) -> None:
    stopped(post, bots=3)
    post.goes_by(60)
    assert len(post.said(STOPPED)) == 1
    post.goes_by(10, beating=True)
    assert len(post.said(AGAIN)) == 1
    assert post.said(STOPPED) == [], "the banner says that it is over"


def test_a_bot_that_claimed_the_banner_and_died_is_stood_in_for(post: Post) -> None:
    first, _ = post.bot(), post.bot()
    post.goes_by(3, beating=True)
    post.evening.workspace.fault("server_error", "chat.postMessage", channel="C0FIM", count=1)
    post.goes_by(SILENT + 1)
    post.bots.remove(first)
    assert post.said(STOPPED) == []
    post.goes_by(10)
    assert len(post.said(STOPPED)) == 1


def test_an_answer_that_got_lost_makes_no_second_banner(post: Post) -> None:
    post.evening.workspace.fault("lost_reply", "chat.postMessage", channel="C0FIM", count=1)
    stopped(post)
    post.goes_by(5)
    assert len(post.said(STOPPED)) == 1


def test_while_it_lasts_it_is_said_again_every_half_hour(post: Post) -> None:
    stopped(post, bots=2)
    post.goes_by(REMIND - 60)
    assert len(post.said(STOPPED)) == 1
    post.goes_by(60)
    assert len(post.said(STOPPED)) == 2
    post.goes_by(5, beating=True)
    assert (len(post.said(STOPPED)), len(post.said(AGAIN))) == (0, 1)


def test_a_bot_started_again_meanwhile_neither_repeats_it_nor_forgets_to_say_that_it_is_over(
    post: Post,
) -> None:
    stopped(post)
    post.bots.clear()
    post.bot()
    post.goes_by(SILENT + 10)
    assert len(post.said(STOPPED)) == 1
    post.bots.clear()
    post.evening.stores.heartbeats.beat(BEAT, post.evening.machine.seconds())
    post.bot()
    post.goes_by(5, beating=True)
    assert len(post.said(AGAIN)) == 1
    assert post.said(STOPPED) == []


def test_the_banner_says_that_it_is_over_though_slack_does_not_draw_that_at_once(post: Post) -> None:
    stopped(post)
    post.evening.workspace.fault("server_error", "chat.update", count=1)
    post.goes_by(5, beating=True)
    assert (len(post.said(STOPPED)), len(post.said(AGAIN))) == (1, 1)
    post.goes_by(30, beating=True)
    assert (len(post.said(STOPPED)), len(post.said(AGAIN))) == (0, 1)


def test_a_second_stop_is_a_banner_of_its_own(post: Post) -> None:
    stopped(post)
    post.goes_by(5, beating=True)
    post.goes_by(SILENT + 1)
    assert (len(post.said(STOPPED)), len(post.said(AGAIN))) == (1, 1)


def test_without_the_record_it_still_speaks_and_names_what_it_last_knew(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> dict[str, float]:
        raise StoreUnavailable

    post.bot(), post.bot()
    post.goes_by(3, beating=True)
    monkeypatch.setattr(post.evening.stores.heartbeats, "beats", away)
    monkeypatch.setattr(post.evening.stores.requests, "seen_before", away)
    post.goes_by(SILENT + 5)
    (banner,) = post.said(STOPPED)
    assert banner.says("MC-26-0001")


class Record:
    """Of the watch: it can be taken away, and is there again after the block."""

    def __init__(self, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
        self._post = post
        self._monkeypatch = monkeypatch

    @contextmanager
    def away(self) -> Iterator[None]:
        def gone(*_: object) -> dict[str, float]:
            raise StoreUnavailable

        with self._monkeypatch.context() as meanwhile:
            meanwhile.setattr(self._post.evening.stores.heartbeats, "beats", gone)
            meanwhile.setattr(self._post.evening.stores.requests, "seen_before", gone)
            meanwhile.setattr(self._post.evening.stores.documents, "get", gone)
            meanwhile.setattr(self._post, "known", lambda: Known(answers=False))
            yield


@pytest.fixture
def record(post: Post, monkeypatch: pytest.MonkeyPatch) -> Record:
    return Record(post, monkeypatch)


@pytest.mark.parametrize("bots", [1, 2])
def test_two_outages_within_ten_minutes_that_begin_without_a_record_are_told_both(
    post: Post, record: Record, bots: int
) -> None:
    with pager() as beeper:
        post.ways = Ways({"technician": {"SMS": beeper.url}})

        def called() -> list[str]:
            return [words.partition(" ")[0].rpartition("\n")[2] for words in beeper.words]

        for outage in (1, 2):
            post.bots.clear()
            with record.away():
                for _ in range(bots):
                    post.bot()
                post.goes_by(SILENT + 5)
                assert len(post.said(STOPPED)) == 1, f"outage {outage}"
                post.goes_by(20)
                assert len(post.said(STOPPED)) == 1, "said once"
            post.goes_by(10, beating=True)
            assert (len(post.said(STOPPED)), len(post.said(AGAIN))) == (0, outage)

            def are_made() -> bool:
                post.goes_by(1, beating=True)
                return len(called()) >= 2 * outage  # noqa: B023

            until(f"both calls of outage {outage}", are_made)
        assert called() == ["CLOCKS", "Running"] * 2


def test_the_same_bot_tells_a_second_stop_of_the_same_name(post: Post) -> None:
    """A record server that was begun afresh knows no timer."""
    post.bot()
    for stop in (1, 2):
        post.evening.stores.heartbeats._beats.clear()
        post.goes_by(SILENT + 5)
        assert len(post.said(STOPPED)) == 1, f"stop {stop}"
        post.goes_by(10, beating=True)
        assert (len(post.said(STOPPED)), len(post.said(AGAIN))) == (0, stop)


def test_a_record_that_is_back_while_no_timer_runs_is_not_called_running(post: Post, record: Record) -> None:
    post.evening.stores.heartbeats.beat(BEAT, post.evening.machine.seconds() - 3600)
    with record.away():
        post.bot()
        post.goes_by(SILENT + 5)
        assert post.said("The record cannot be read")
    post.goes_by(30)
    (banner,) = post.said(STOPPED)
    assert banner.says("1 HIGH case open at that time: MC-26-0001.")
    assert not banner.says("cannot be read")
    assert post.said(AGAIN) == []
    post.goes_by(5, beating=True)
    assert (len(post.said(STOPPED)), len(post.said(AGAIN))) == (0, 1)


def test_a_banner_that_slack_drew_late_says_that_it_is_over_in_the_end(
    post: Post, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.evening.stores.heartbeats.beat(BEAT, post.evening.machine.seconds() - 3600)
    with record.away():
        post.bot()
        post.goes_by(SILENT + 5)
    edit, late = post.evening.chat.edit, list[tuple[str, str, Drawn]]()

    def on_its_way(*given: Any) -> None:
        late.append(given)
        raise Unsure("chat.update: no answer")

    with monkeypatch.context() as silent:
        silent.setattr(post.evening.chat, "edit", on_its_way)
        post.goes_by(1)
    post.goes_by(5, beating=True)
    assert post.said(STOPPED) == []
    edit(*late[0])
    assert len(post.said(STOPPED)) == 1
    post.goes_by(30, beating=True)
    assert post.said(STOPPED) == []


def test_a_word_that_it_is_over_is_said_by_another_where_the_bot_that_claimed_it_has_died(
    post: Post,
) -> None:
    stopped(post, bots=2)
    over = next(iter(post.bots[0]._troubles))
    post.evening.stores.requests.seen_before(f"{over}:over", 1)
    post.goes_by(10, beating=True)
    assert len(post.said(AGAIN)) == 1


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (Known(answers=False), "nobody knows from here which cases are open. Call the technician."),
        (Known(answers=False, as_of=TOLD), "Open when it was last read, at 13:40: no HIGH case."),
        (
            Known(answers=False, as_of=TOLD, high=("MC-26-0001",)),
            "Open when it was last read, at 13:40: 1 HIGH case: MC-26-0001.",
        ),
    ],
)
def test_of_a_record_that_cannot_be_read_only_what_was_read_is_said(
    post: Post, monkeypatch: pytest.MonkeyPatch, known: Known, said: str
) -> None:
    monkeypatch.setattr(post, "known", lambda: known)
    stopped(post)
    (banner,) = post.said(STOPPED)
    assert banner.says(f"The record cannot be read{':' if known.as_of is None else '.'} {said}")
    assert not banner.says("No HIGH case was open")


def test_a_call_that_the_mail_server_puts_off_is_made_until_it_is_taken(post: Post, mail: Letterbox) -> None:
    mail.puts_off = 2
    post.ways = Ways({"technician": {"e-mail": mail.url}})
    stopped(post)

    def said(words: str) -> bool:
        post.goes_by(1)
        return bool(post.said(words))

    until(
        "the banner says that it did not work", lambda: said("E-mail to technician did NOT work. Ring them.")
    )
    until("it is taken", lambda: said("E-mail to technician sent"))
    assert not post.said("did NOT work"), "the banner is true again"
    post.goes_by(200)
    assert len(mail.subjects) == 1


def test_what_was_never_taken_is_not_sent_any_more_once_it_is_over(post: Post, mail: Letterbox) -> None:
    mail.refuses = {"duty@example.org"}
    post.ways = Ways({"technician": {"e-mail": mail.url}})
    stopped(post)
    until("it was tried", lambda: post.goes_by(1) or bool(post.said("did NOT work")))
    post.goes_by(3, beating=True)
    mail.refuses = set()
    until("the word that it is over is taken", lambda: post.goes_by(1, beating=True) or bool(mail.subjects))
    post.goes_by(120, beating=True)
    assert mail.subjects[0].startswith(AGAIN) and not any("CLOCKS" in subject for subject in mail.subjects)


def test_who_was_called_is_told_once_it_was_really_sent(post: Post) -> None:
    with pager() as beeper:
        post.ways = Ways({"fim": {"SMS": beeper.url}, "technician": {"pager": "json://127.0.0.1:1/"}})
        stopped(post)
        post.evening.workspace.wait_for(lambda: beeper.pages, "the call")
        post.evening.workspace.wait_for(
            lambda: post.goes_by(1) or post.said("SMS to FIM sent"), "its outcome"
        )
        post.evening.workspace.wait_for(
            lambda: post.goes_by(1) or post.said("Pager to technician did NOT work. Ring them."),
            "the other outcome",
        )
        assert len(beeper.pages) == 1
        assert "MC-26-0001" in beeper.words[0]


def test_with_slack_away_too_the_call_goes_out_all_the_same(post: Post) -> None:
    with pager() as beeper:
        post.ways = Ways({"fim": {"SMS": beeper.url}})
        post.evening.workspace.fault("server_error")
        stopped(post)
        post.goes_by(5)
        post.evening.workspace.wait_for(lambda: beeper.pages, "the call")
        post.evening.workspace.clear_faults()
        post.goes_by(3)
        assert (len(post.said(STOPPED)), len(beeper.pages)) == (1, 1)


def test_a_single_case_that_nobody_decides_is_named_and_the_rest_is_not_called_stopped(post: Post) -> None:
    post.bot()
    post.goes_by(30, beating=True)  # the page of the report was due at once, and no timer here decides
    (banner,) = post.said("NO PAGES for MC-26-0001")
    assert banner.says("All other cases run")
    assert post.said(STOPPED) == []
    post.evening.desk.recheck("MC-26-0001")
    post.goes_by(3, beating=True)
    assert post.said("MC-26-0001: decided")
    assert post.said("NO PAGES") == []
